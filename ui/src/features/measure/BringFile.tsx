import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { KpiId } from "../../api/bindings";
import { Button } from "../../components";
import { pickFiles } from "../../platform/dialog";

/** Lets a person choose a file with weeks of a measure, and leads to where it is looked at. */
export function BringFile({ kpi, primary = false }: { kpi: KpiId; primary?: boolean }): ReactNode {
  const { t } = useTranslation("figures");
  const navigate = useNavigate();
  const choose = async (): Promise<void> => {
    const kinds = [{ name: t("kind"), extensions: ["csv", "txt", "tsv", "xlsx", "xlsm"] }];
    const [path] = await pickFiles(t("choose"), kinds, false);
    if (path !== undefined) void navigate({ to: "/kpi/$kpi/files", params: { kpi }, search: { path } });
  };
  return (
    <Button look={primary ? "primary" : "plain"} onPress={() => void choose()}>
      {t("bring")}
    </Button>
  );
}
