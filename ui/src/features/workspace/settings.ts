import type { SettingsChange } from "../../api/bindings";

/** A change that leaves everything else as it is. */
export function settings(change: Partial<SettingsChange>): SettingsChange {
  return {
    name: null,
    language: null,
    time_zone: null,
    working_days: null,
    count_working_days: null,
    holidays: null,
    ...change,
  };
}
