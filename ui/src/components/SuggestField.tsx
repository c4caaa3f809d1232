import { useMemo, type ReactNode } from "react";
import {
  ComboBox as AriaComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from "react-aria-components";

import styles from "./control.module.css";

interface SuggestFieldProps {
  label: string;
  /** Explains what belongs here. */
  hint?: ReactNode;
  /** Why what stands here cannot be. */
  error?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  /** What is likely meant; anything else can be written. */
  suggestions: readonly string[];
}

/** Suggestions that are shown at once: more are narrowed down by typing. */
const SHOWN = 12;

/** A line of text with suggestions while somebody types. */
export function SuggestField(props: SuggestFieldProps): ReactNode {
  const { label, hint, error, value, onChange, suggestions } = props;
  const items = useMemo(() => {
    const wanted = plain(value);
    const meant = suggestions.filter((one) => one !== value && plain(one).includes(wanted));
    return meant.slice(0, SHOWN).map((one) => ({ id: one }));
  }, [suggestions, value]);
  return (
    <AriaComboBox
      className={styles.field ?? ""}
      allowsCustomValue
      inputValue={value}
      onInputChange={onChange}
      items={items}
      menuTrigger="input"
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label className={styles.label}>{label}</Label>
      <Input className={styles.input ?? ""} />
      {hint ? (
        <Text slot="description" className={styles.hint ?? ""}>
          {hint}
        </Text>
      ) : null}
      <FieldError className={styles.error ?? ""}>{error}</FieldError>
      <Popover className={styles.popover ?? ""}>
        <ListBox<{ id: string }> className={styles.list ?? ""}>
          {(one) => (
            <ListBoxItem id={one.id} textValue={one.id} className={styles.option ?? ""}>
              {one.id}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

/** Lower case without accents, so that “kuste” finds “Küste”. */
function plain(text: string): string {
  return text.trim().normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
