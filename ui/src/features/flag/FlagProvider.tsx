import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { toast } from "../../components";
import { isListening } from "../frame/shortcuts";
import { FlagDialog } from "./FlagDialog";
import { around, useFocused } from "./focused";
import { FlagContext, type Flags, type FlagTarget } from "./target";

/** Lets every page be asked about: with `F`, from the palette, with its own buttons. */
export function FlagProvider({ children }: { children: ReactNode }): ReactNode {
  const { t } = useTranslation("conversation");
  const [asked, setAsked] = useState<FlagTarget | null>(null);
  const pages = useRef<FlagTarget[]>([]);
  const known = useRef(new WeakMap<Element, FlagTarget>());
  const focused = useFocused();
  const flags = useMemo<Flags>(
    () => ({
      flag: setAsked,
      flagSelected: () => {
        const target = around(focused(), known.current) ?? pages.current.at(-1);
        if (target) setAsked(target);
        else toast(t("flag.nothing"));
      },
      shows: (target) => {
        pages.current.push(target);
        return () => {
          pages.current = pages.current.filter((shown) => shown !== target);
        };
      },
      stands: (element, target) => {
        known.current.set(element, target);
      },
    }),
    [t, focused],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "f" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || isListening(event.target)) return;
      event.preventDefault();
      flags.flagSelected();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [flags]);
  return (
    <FlagContext value={flags}>
      {children}
      {asked ? <FlagDialog key={JSON.stringify(asked)} target={asked} close={() => setAsked(null)} /> : null}
    </FlagContext>
  );
}
