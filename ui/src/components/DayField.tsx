import { type CalendarDate, parseDate } from "@internationalized/date";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  FieldError,
  Group,
  Heading,
  Label,
  Popover,
  Text,
} from "react-aria-components";

import styles from "./control.module.css";
import day from "./DayField.module.css";

export interface DayFieldProps {
  label: string;
  /** `YYYY-MM-DD`. */
  value: string | null;
  onChange: (value: string | null) => void;
  hint?: string;
  error?: string | undefined;
  bare?: boolean;
}

function dayOf(text: string | null): CalendarDate | null {
  try {
    return text === null ? null : parseDate(text);
  } catch {
    return null;
  }
}

/** A calendar day, typed or picked, in the reader's order of day, month and year. */
export function DayField({ label, value, onChange, hint, error, bare }: DayFieldProps) {
  return (
    <DatePicker
      className={styles.field ?? ""}
      value={dayOf(value)}
      onChange={(date) => onChange(date?.toString() ?? null)}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      {...(bare ? { "aria-label": label } : {})}
    >
      {!bare && <Label className={styles.label}>{label}</Label>}
      <Group className={day.date ?? ""}>
        <DateInput className={day.segments ?? ""}>
          {(segment) => <DateSegment segment={segment} className={day.segment ?? ""} />}
        </DateInput>
        <Button className={day.calendarButton ?? ""}>
          <CalendarIcon />
        </Button>
      </Group>
      {hint !== undefined && (
        <Text slot="description" className={styles.hint ?? ""}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error ?? ""}>{error}</FieldError>
      <Popover className={styles.popover ?? ""}>
        <Dialog className={day.calendar ?? ""}>
          <Calendar>
            <header className={day.calendarHead}>
              <Button slot="previous" className={day.calendarButton ?? ""}>
                <span aria-hidden="true">‹</span>
              </Button>
              <Heading />
              <Button slot="next" className={day.calendarButton ?? ""}>
                <span aria-hidden="true">›</span>
              </Button>
            </header>
            <CalendarGrid>{(date) => <CalendarCell date={date} className={day.cell ?? ""} />}</CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}

function CalendarIcon() {
  return (
    <svg
      viewBox="0 0 16 16"
      width="14"
      height="14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      aria-hidden="true"
    >
      <rect x="2" y="3" width="12" height="11" rx="1.5" />
      <path d="M2 6.5h12M5.5 1.5v3M10.5 1.5v3" />
    </svg>
  );
}
