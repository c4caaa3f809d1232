import { useCallback, useEffect, useRef } from "react";

/** What the element, or the nearest one around it, stands for. */
export function around<T>(from: Element | null, known: WeakMap<Element, T>): T | undefined {
  for (let element = from; element !== null; element = element.parentElement) {
    const target = known.get(element);
    if (target) return target;
  }
  return undefined;
}

/** What had the focus on the page before a palette or menu took it. */
export function useFocused(): () => Element | null {
  const focused = useRef<Element | null>(null);
  useEffect(() => {
    const onFocusIn = ({ target }: FocusEvent): void => {
      if (
        target instanceof Element &&
        target.closest("[role='dialog'], [role='menu'], [role='listbox']") === null
      ) {
        focused.current = target;
      }
    };
    // A press on bare paper leaves what was focused; a window that is left does not.
    const onFocusOut = ({ relatedTarget, target }: FocusEvent): void => {
      if (relatedTarget === null && document.hasFocus() && target === focused.current) focused.current = null;
    };
    document.addEventListener("focusin", onFocusIn);
    document.addEventListener("focusout", onFocusOut);
    return () => {
      document.removeEventListener("focusin", onFocusIn);
      document.removeEventListener("focusout", onFocusOut);
    };
  }, []);
  return useCallback(() => (focused.current?.isConnected ? focused.current : null), []);
}
