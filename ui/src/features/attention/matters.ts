import type { AttentionList, AttentionView, InboxKind } from "../../api/bindings";

/** How many matters stand with a list of conversations; none with those that are about conversations alone. */
export function mattersOf(inbox: InboxKind, list: AttentionList | undefined): number {
  switch (inbox) {
    case "mine":
      return list?.mine ?? 0;
    case "department":
      return list?.department ?? 0;
    case "open":
      return list?.all ?? 0;
    default:
      return 0;
  }
}

/** Those matters. */
export function rowsOf(inbox: InboxKind, list: AttentionList): readonly AttentionView[] {
  switch (inbox) {
    case "mine":
      return list.rows.filter((row) => row.is_mine);
    case "department":
      return list.rows.filter((row) => row.is_department);
    case "open":
      return list.rows;
    default:
      return [];
  }
}
