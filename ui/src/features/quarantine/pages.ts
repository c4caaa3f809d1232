import { keepPreviousData, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";

import {
  commands,
  type Language,
  type QuarantineList,
  type QuarantineRow,
  type Read,
} from "../../api/bindings";
import type { PlazaError } from "../../api/errors";
import { call } from "../../api/query";

/** Rows fetched at once; the core gives 500 at most. */
export const PAGE_ROWS = 200;
/** The most that the core gives at once, for selecting all. */
const MOST_ROWS = 500;

function fetchPage(
  language: Language,
  integration: string,
  rule: string | null,
  offset: number,
  limit: number,
): Promise<Read<QuarantineList>> {
  return call(commands.quarantineList(language, { integration, rule, offset, limit }));
}

export interface QuarantinePages {
  list: QuarantineList | undefined;
  error: PlazaError | null;
  retry: () => void;
  row: (place: number) => QuarantineRow | undefined;
  onVisible: (first: number, last: number) => void;
  /** All rows, fetched page after page: for selecting them. */
  all: () => Promise<QuarantineRow[]>;
}

/** The rows of a quarantine, fetched where they are looked at. */
export function useQuarantine(language: Language, integration: string, rule: string | null): QuarantinePages {
  const client = useQueryClient();
  const [seen, setSeen] = useState<readonly [number, number]>([0, 0]);
  const key = useCallback(
    (page: number) => ["quarantine", integration, rule, page, language] as const,
    [integration, rule, language],
  );
  const first = useQuery<Read<QuarantineList>, PlazaError>({
    queryKey: key(0),
    queryFn: () => fetchPage(language, integration, rule, 0, PAGE_ROWS),
    placeholderData: keepPreviousData,
  });
  const total = first.data?.data.total ?? 0;
  const wanted: number[] = [];
  for (let page = Math.max(1, seen[0]); page <= seen[1]; page += 1) {
    if (page * PAGE_ROWS < total) wanted.push(page);
  }
  const further = useQueries({
    queries: wanted.map((page) => ({
      queryKey: key(page),
      queryFn: () => fetchPage(language, integration, rule, page * PAGE_ROWS, PAGE_ROWS),
    })),
  });
  const pages = new Map<number, QuarantineRow[]>();
  if (first.data) pages.set(0, first.data.data.rows);
  for (const [at, page] of wanted.entries()) {
    const rows = further[at]?.data?.data.rows;
    if (rows) pages.set(page, rows);
  }
  const row = (place: number): QuarantineRow | undefined =>
    pages.get(Math.floor(place / PAGE_ROWS))?.[place % PAGE_ROWS] ??
    client.getQueryData<Read<QuarantineList>>(key(Math.floor(place / PAGE_ROWS)))?.data.rows[
      place % PAGE_ROWS
    ];
  const onVisible = useCallback((from: number, to: number) => {
    const next = [Math.floor(from / PAGE_ROWS), Math.floor(to / PAGE_ROWS)] as const;
    setSeen((before) => (before[0] === next[0] && before[1] === next[1] ? before : next));
  }, []);
  const all = useCallback(async () => {
    const rows: QuarantineRow[] = [];
    for (;;) {
      // One after the other on purpose: the next offset is where the last page ended.
      // oxlint-disable-next-line no-await-in-loop
      const { data } = await fetchPage(language, integration, rule, rows.length, MOST_ROWS);
      rows.push(...data.rows);
      if (data.rows.length === 0 || rows.length >= data.total) return rows;
    }
  }, [language, integration, rule]);
  return {
    list: first.data?.data,
    error: first.error,
    retry: () => void first.refetch(),
    row,
    onVisible,
    all,
  };
}
