import { keepPreviousData, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";

import {
  commands,
  type JourneyList,
  type JourneyQuery,
  type JourneyRow,
  type Read,
} from "../../api/bindings";
import type { PlazaError } from "../../api/errors";
import { call } from "../../api/query";

/** Rows that are read at once. */
const PAGE_ROWS = 200;

/** What a list of journeys is asked for, without the slice. */
export type JourneyWish = Omit<JourneyQuery, "offset" | "limit">;

/** A long list of journeys, read slice by slice as it is scrolled. */
export interface Journeys {
  total: number | null;
  row: (place: number) => JourneyRow | undefined;
  onVisible: (first: number, last: number) => void;
  error: PlazaError | null;
  retry: () => void;
}

const keyOf = (wish: JourneyWish, page: number) => ["journeys", wish, page] as const;

/** The journeys of a week; only slices in sight are read. */
export function useJourneys(wish: JourneyWish): Journeys {
  const client = useQueryClient();
  const [[from, to], setPages] = useState<readonly [number, number]>([0, 0]);
  const pages = Array.from({ length: to - from + 1 }, (_, place) => from + place);
  const slices = useQueries({
    queries: pages.map((page) => ({
      queryKey: keyOf(wish, page),
      queryFn: (): Promise<Read<JourneyList>> =>
        call(commands.kpiJourneys({ ...wish, offset: page * PAGE_ROWS, limit: PAGE_ROWS })),
      // Sorting and filtering keep the table, and the focus in it, until the new rows are there.
      placeholderData: keepPreviousData,
    })),
  });
  const onVisible = useCallback((first: number, last: number) => {
    const wanted = [Math.floor(first / PAGE_ROWS), Math.floor(last / PAGE_ROWS)] as const;
    setPages((before) => (before[0] === wanted[0] && before[1] === wanted[1] ? before : wanted));
  }, []);
  const read = slices.find((slice) => slice.data)?.data?.data;
  const failed = slices.find((slice) => slice.error);
  // While a slice far away is read, the list stays as long as it was: it must not go and take scroll and focus along.
  const [known, setKnown] = useState<number | null>(null);
  if (read && read.total !== known) setKnown(read.total);
  return {
    total: read?.total ?? known,
    row: (place) => {
      const page = Math.floor(place / PAGE_ROWS);
      // A row with the focus may be far from those in sight.
      const slice = slices[page - from]?.data ?? client.getQueryData<Read<JourneyList>>(keyOf(wish, page));
      return slice?.data.rows[place % PAGE_ROWS];
    },
    onVisible,
    error: (failed?.error as PlazaError | null | undefined) ?? null,
    retry: () => {
      for (const slice of slices) void slice.refetch();
    },
  };
}
