import { useRouter } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";

/** A link to an address of the window that the core named. */
export function AddressLink({
  address,
  className,
  children,
}: {
  /** Such as `/kpi/promise-kept?week=2026-W46`. */
  address: string;
  className?: string | undefined;
  children: ReactNode;
}): ReactNode {
  const { history } = useRouter();
  const go = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.push(address);
  };
  return (
    <a href={history.createHref(address)} className={className} onClick={go}>
      {children}
    </a>
  );
}
