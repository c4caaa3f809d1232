import { useState, type ReactNode } from "react";

import type { KpiId } from "../../api/bindings";
import { Button } from "../../components";
import { FigureDialog } from "./FigureDialog";

interface EnterWeekProps {
  kpi: KpiId;
  /** The week that is shown first. */
  week: string;
  /** What the button says. */
  label: string;
  primary?: boolean;
}

/** The way to the form of a week. */
export function EnterWeek({ kpi, week, label, primary = false }: EnterWeekProps): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look={primary ? "primary" : "plain"} onPress={() => setOpen(true)}>
        {label}
      </Button>
      <FigureDialog kpi={kpi} week={week} open={open} onClose={() => setOpen(false)} />
    </>
  );
}
