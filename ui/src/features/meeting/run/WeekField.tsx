import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { commands } from "../../../api/bindings";
import { useRead } from "../../../api/query";
import { Select, TextField } from "../../../components";
import { useFormat, useLanguage } from "../../../i18n/format";
import { useKpiWords } from "../../board/words";

const OTHER = "\u0000";

interface WeekFieldProps {
  /** `2026-W50`. */
  value: string | null;
  onChange: (week: string | null) => void;
  error: string | undefined;
}

/** A week to come: that of one of the next meetings, or another one, typed. The core knows the calendar. */
export function WeekField({ value, onChange, error }: WeekFieldProps): ReactNode {
  const { t } = useTranslation("meeting");
  const language = useLanguage();
  const format = useFormat();
  const words = useKpiWords();
  const page = useRead(["meeting", language], () => commands.meetingPage(language));
  const coming = page.data?.coming ?? [];
  const isKnown = value === null || coming.some((line) => line.meeting === value);
  const [isTyped, setTyped] = useState(!isKnown);
  if (isTyped || (page.data && coming.length === 0)) {
    return (
      <TextField
        label={t("capture.week")}
        placeholder="2026-W50"
        value={value ?? ""}
        onChange={(text) => onChange(text === "" ? null : text.trim().toUpperCase())}
        error={error}
      />
    );
  }
  return (
    <Select
      label={t("capture.week")}
      choices={[
        ...coming.map((line) => ({
          value: line.meeting,
          label: t("capture.weekOf", { week: words.weekTitle(line.meeting), day: format.dayShort(line.day) }),
        })),
        { value: OTHER, label: t("capture.otherWeek") },
      ]}
      value={value}
      placeholder="–"
      onChange={(week) => {
        if (week === OTHER) setTyped(true);
        onChange(week === OTHER ? null : week);
      }}
      error={error}
    />
  );
}
