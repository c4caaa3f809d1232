import type { ReactNode } from "react";

export function OrderRoute(): ReactNode {
  return null;
}
