import type { ReactNode } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";

import control from "./control.module.css";
import styles from "./Segments.module.css";

interface SegmentsProps<V extends string> {
  label: string;
  /** The label is read out but not shown. */
  bare?: boolean;
  /** Many words that may take several lines. */
  loose?: boolean;
  /** With a count, where something waits behind a choice. */
  choices: readonly { value: V; label: string; mark?: ReactNode; count?: string | undefined }[];
  value: V | null;
  onChange: (value: V) => void;
}

/** One of a few short words, as one control. */
export function Segments<V extends string>({
  label,
  bare,
  loose,
  choices,
  value,
  onChange,
}: SegmentsProps<V>): ReactNode {
  return (
    <RadioGroup
      className={control.field ?? ""}
      orientation="horizontal"
      value={value}
      onChange={(next) => {
        const chosen = choices.find((choice) => choice.value === next);
        if (chosen) onChange(chosen.value);
      }}
      {...(bare ? { "aria-label": label } : {})}
    >
      {bare ? null : <Label className={control.label}>{label}</Label>}
      <div className={loose ? styles.loose : styles.switch}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className={styles.part ?? ""}>
            {choice.mark}
            {choice.label}
            {choice.count ? <span className={styles.count}>{choice.count}</span> : null}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
