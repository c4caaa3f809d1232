import type { Choice } from "../../components/Field";

/** Every time zone that the system knows, by a name that can be read: “Europe / Berlin”. */
export function zoneChoices(also: readonly string[] = []): Choice[] {
  const zones = new Set([
    ...Intl.supportedValuesOf("timeZone"),
    "UTC",
    ...also.filter((zone) => zone !== ""),
  ]);
  return [...zones]
    .toSorted((one, other) => one.localeCompare(other, "en"))
    .map((zone) => ({ value: zone, label: zone.replaceAll("_", " ").replaceAll("/", " / ") }));
}

/** The zone of this computer. */
export function ownZone(): string {
  return new Intl.DateTimeFormat("en").resolvedOptions().timeZone || "UTC";
}
