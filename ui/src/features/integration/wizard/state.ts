import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";

import {
  commands,
  type Integration,
  type Preview,
  type Read,
  type SourceReport,
} from "../../../api/bindings";
import type { PlazaError } from "../../../api/errors";
import { call } from "../../../api/query";
import { useLanguage } from "../../../i18n/format";
import { type Draft, wholeOf } from "./draft";
import { keepDraft } from "./keep";

/** Long enough that typing does not ask for every letter, short enough to feel live. */
const PAUSE_MS = 300;

/** The value after it has rested. */
export function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return useDeferredValue(rested);
}

/** Keeps the draft whenever it has rested, and at once when the page is left. Says whether it is kept. */
export function useKept(folder: string | undefined, draft: Draft | null): boolean {
  const [kept, setKept] = useState(true);
  const latest = useRef(draft);
  latest.current = draft;
  const rested = useRested(draft);
  useEffect(() => {
    if (folder !== undefined && rested !== null) setKept(keepDraft(folder, rested));
  }, [folder, rested]);
  useEffect(
    () => () => {
      if (folder !== undefined && latest.current !== null) keepDraft(folder, latest.current);
    },
    [folder],
  );
  return kept;
}

interface Answer<T> {
  data: T | undefined;
  error: PlazaError | null;
  /** An answer to an older question is shown while the new one is on its way. */
  waiting: boolean;
  retry: () => void;
}

/** What is in the chosen files. */
export function useReport(paths: readonly string[]): Answer<SourceReport> {
  const language = useLanguage();
  const query = useQuery<Read<SourceReport>, PlazaError>({
    queryKey: ["integration", "look", language, ...paths],
    queryFn: () => call(commands.integrationLook(language, [...paths])),
    enabled: paths.length > 0,
    placeholderData: (before) => before,
    gcTime: 5 * 60_000,
  });
  return {
    data: paths.length > 0 ? query.data?.data : undefined,
    error: query.error,
    waiting: query.isFetching,
    retry: () => void query.refetch(),
  };
}

/** The first ten rows as the draft would read them, and what is still open; asked again when the draft rests. */
export function usePreview(draft: Draft | null): Answer<Preview> {
  const language = useLanguage();
  const whole = useMemo(() => (draft === null ? null : JSON.stringify(wholeOf(draft))), [draft]);
  const question = useRested(whole);
  const query = useQuery<Read<Preview>, PlazaError>({
    queryKey: ["integration", "preview", language, question],
    queryFn: () => call(commands.integrationPreview(language, JSON.parse(question ?? "null") as Integration)),
    enabled: question !== null,
    placeholderData: (before) => before,
    gcTime: 60_000,
  });
  return {
    data: query.data?.data,
    error: query.error,
    waiting: query.isFetching || question !== whole,
    retry: () => void query.refetch(),
  };
}
