import type { ReactNode } from "react";

export function LanguagePage(): ReactNode {
  return null;
}
