import type { ReactNode, Ref } from "react";
import {
  Button as AriaButton,
  Checkbox as AriaCheckbox,
  ComboBox as AriaComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  NumberField as AriaNumberField,
  Popover,
  Radio as AriaRadio,
  RadioGroup as AriaRadioGroup,
  Select as AriaSelect,
  SelectValue,
  Switch as AriaSwitch,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type Key,
} from "react-aria-components";

import { classes } from "./classes";
import styles from "./control.module.css";
import { Icon } from "./Icon";

interface FieldProps {
  label: string;
  /** Explains what belongs here. */
  hint?: ReactNode;
  /** Why what stands here cannot be. */
  error?: string | undefined;
  /** The label is read out but not shown. */
  bare?: boolean;
  disabled?: boolean;
  required?: boolean;
}

function Below({ hint, error }: Pick<FieldProps, "hint" | "error">): ReactNode {
  return (
    <>
      {hint ? (
        <Text slot="description" className={styles.hint ?? ""}>
          {hint}
        </Text>
      ) : null}
      <FieldError className={styles.error ?? ""}>{error}</FieldError>
    </>
  );
}

interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  /** Several lines. */
  rows?: number;
  placeholder?: string;
  type?: "text" | "email" | "search" | "date" | "password";
  autoFocus?: boolean;
  /** Set in a fixed-width face: code, paths. */
  code?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/** One line of text, or several with `rows`. */
export function TextField(props: TextFieldProps): ReactNode {
  const {
    label,
    hint,
    error,
    bare,
    disabled,
    required,
    value,
    onChange,
    rows,
    placeholder,
    type,
    code,
    ref,
  } = props;
  return (
    <AriaTextField
      className={styles.field ?? ""}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      isDisabled={disabled ?? false}
      isRequired={required ?? false}
      validationBehavior="aria"
      autoFocus={props.autoFocus ?? false}
      {...(type ? { type } : {})}
      {...(bare ? { "aria-label": label } : {})}
    >
      {bare ? null : <Label className={styles.label}>{label}</Label>}
      {rows ? (
        <AriaTextArea
          className={styles.input ?? ""}
          rows={rows}
          {...(placeholder ? { placeholder } : {})}
          {...(code ? { style: { fontFamily: "var(--mono)" }, spellCheck: false } : {})}
        />
      ) : (
        <Input
          {...(ref ? { ref } : {})}
          className={styles.input ?? ""}
          {...(placeholder ? { placeholder } : {})}
          {...(code ? { style: { fontFamily: "var(--mono)" }, spellCheck: false } : {})}
        />
      )}
      <Below hint={hint} error={error} />
    </AriaTextField>
  );
}

interface NumberFieldProps extends FieldProps {
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
  step?: number;
  format?: Intl.NumberFormatOptions;
}

/** A number, written in the reader's way. */
export function NumberField(props: NumberFieldProps): ReactNode {
  const { label, hint, error, bare, disabled, required, value, onChange, min, max, step, format } = props;
  return (
    <AriaNumberField
      className={styles.field ?? ""}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      isInvalid={error !== undefined}
      isDisabled={disabled ?? false}
      isRequired={required ?? false}
      validationBehavior="aria"
      {...(min === undefined ? {} : { minValue: min })}
      {...(max === undefined ? {} : { maxValue: max })}
      {...(step === undefined ? {} : { step })}
      {...(format ? { formatOptions: format } : {})}
      {...(bare ? { "aria-label": label } : {})}
    >
      {bare ? null : <Label className={styles.label}>{label}</Label>}
      <Input className={styles.input ?? ""} />
      <Below hint={hint} error={error} />
    </AriaNumberField>
  );
}

/** One thing to choose. */
export interface Choice<V extends string = string> {
  value: V;
  label: string;
  /** In front of the label. */
  mark?: ReactNode;
}

interface SelectProps<V extends string> extends FieldProps {
  choices: readonly Choice<V>[];
  value: V | null;
  onChange: (value: V) => void;
  placeholder?: string;
}

function Options<V extends string>({ choices }: { choices: readonly Choice<V>[] }): ReactNode {
  return (
    <ListBox className={styles.list ?? ""} items={choices.map((choice) => ({ id: choice.value, ...choice }))}>
      {(choice) => (
        <ListBoxItem id={choice.value} textValue={choice.label} className={styles.option ?? ""}>
          {choice.mark}
          {choice.label}
        </ListBoxItem>
      )}
    </ListBox>
  );
}

/** A choice of one among few. */
export function Select<V extends string>(props: SelectProps<V>): ReactNode {
  const { label, hint, error, bare, disabled, required, choices, value, onChange, placeholder } = props;
  return (
    <AriaSelect
      className={styles.field ?? ""}
      value={value}
      onChange={(key: Key | null) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen) onChange(chosen.value);
      }}
      isInvalid={error !== undefined}
      isDisabled={disabled ?? false}
      isRequired={required ?? false}
      validationBehavior="aria"
      {...(placeholder ? { placeholder } : {})}
      {...(bare ? { "aria-label": label } : {})}
    >
      {bare ? null : <Label className={styles.label}>{label}</Label>}
      <AriaButton className={styles.trigger ?? ""}>
        <SelectValue />
        <Icon name="chevron" />
      </AriaButton>
      <Below hint={hint} error={error} />
      <Popover className={styles.popover ?? ""}>
        <Options choices={choices} />
      </Popover>
    </AriaSelect>
  );
}

/** A choice of one among many, found by typing. */
export function ComboBox<V extends string>(props: SelectProps<V>): ReactNode {
  const { label, hint, error, bare, disabled, required, choices, value, onChange, placeholder } = props;
  return (
    <AriaComboBox
      className={styles.field ?? ""}
      value={value}
      onChange={(key: Key | null) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen) onChange(chosen.value);
      }}
      isInvalid={error !== undefined}
      isDisabled={disabled ?? false}
      isRequired={required ?? false}
      validationBehavior="aria"
      menuTrigger="focus"
      {...(bare ? { "aria-label": label } : {})}
    >
      {bare ? null : <Label className={styles.label}>{label}</Label>}
      <div className={styles.combo}>
        <Input className={styles.input ?? ""} {...(placeholder ? { placeholder } : {})} />
        <AriaButton className={styles.open ?? ""}>
          <Icon name="chevron" />
        </AriaButton>
      </div>
      <Below hint={hint} error={error} />
      <Popover className={styles.popover ?? ""}>
        <Options choices={choices} />
      </Popover>
    </AriaComboBox>
  );
}

interface CheckProps {
  children: ReactNode;
  selected: boolean;
  onChange: (selected: boolean) => void;
  disabled?: boolean;
  /** Some but not all. */
  some?: boolean;
  "aria-label"?: string;
}

/** Yes or no, with a box. */
export function Checkbox({ children, selected, onChange, disabled, some, ...rest }: CheckProps): ReactNode {
  return (
    <AriaCheckbox
      {...rest}
      className={styles.check ?? ""}
      isSelected={selected}
      onChange={onChange}
      isDisabled={disabled ?? false}
      isIndeterminate={some ?? false}
    >
      <span className={styles.box} aria-hidden="true">
        <Icon name="check" size={12} />
      </span>
      {children ? <span>{children}</span> : null}
    </AriaCheckbox>
  );
}

/** On or off, at once. */
export function Switch({
  children,
  selected,
  onChange,
  disabled,
  ...rest
}: Omit<CheckProps, "some">): ReactNode {
  return (
    <AriaSwitch
      {...rest}
      className={styles.check ?? ""}
      isSelected={selected}
      onChange={onChange}
      isDisabled={disabled ?? false}
    >
      <span className={styles.slide} aria-hidden="true" />
      <span>{children}</span>
    </AriaSwitch>
  );
}

interface RadioGroupProps<V extends string> extends FieldProps {
  choices: readonly (Choice<V> & { detail?: ReactNode })[];
  value: V | null;
  onChange: (value: V) => void;
}

/** A choice of one, all of them in sight. */
export function RadioGroup<V extends string>(props: RadioGroupProps<V>): ReactNode {
  const { label, hint, error, bare, disabled, required, choices, value, onChange } = props;
  return (
    <AriaRadioGroup
      className={styles.field ?? ""}
      value={value}
      onChange={(next) => {
        const chosen = choices.find((choice) => choice.value === next);
        if (chosen) onChange(chosen.value);
      }}
      isInvalid={error !== undefined}
      isDisabled={disabled ?? false}
      isRequired={required ?? false}
      validationBehavior="aria"
      {...(bare ? { "aria-label": label } : {})}
    >
      {bare ? null : <Label className={styles.label}>{label}</Label>}
      <div className={styles.radios}>
        {choices.map((choice) => (
          <AriaRadio key={choice.value} value={choice.value} className={classes(styles.check, styles.radio)}>
            <span className={styles.box} aria-hidden="true">
              ●
            </span>
            <span>
              {choice.mark}
              {choice.label}
              {choice.detail ? <span className={styles.hint}> {choice.detail}</span> : null}
            </span>
          </AriaRadio>
        ))}
      </div>
      <Below hint={hint} error={error} />
    </AriaRadioGroup>
  );
}
