import { useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

import styles from "./Promise.module.css";

interface Meant {
  className: string | undefined;
  "aria-current": "true" | undefined;
  ref: (row: HTMLLIElement | null) => void;
}

/** The row that an address means (a reminder leads there) is brought into sight and marked. */
export function useMeant(id: string): Meant {
  const isMeant = useSearch({ from: "/meeting/promises" }).of === id;
  const show = useCallback(
    (row: HTMLLIElement | null) => {
      if (isMeant) row?.scrollIntoView?.({ block: "center" });
    },
    [isMeant],
  );
  return {
    className: isMeant ? styles.meant : undefined,
    "aria-current": isMeant ? "true" : undefined,
    ref: show,
  };
}
