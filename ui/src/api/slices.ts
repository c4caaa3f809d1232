import { keepPreviousData, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";

import type { Read } from "./bindings";
import type { PlazaError } from "./errors";
import { call, type Outcome } from "./query";

/** Rows that are read at once. */
const SLICE_ROWS = 200;

/** A part of a long list, as the core answers it. */
interface Slice<R> {
  total: number;
  rows: R[];
}

/** A long list, read slice by slice as it is scrolled. */
export interface Slices<L extends Slice<unknown>> {
  total: number | null;
  row: (place: number) => L["rows"][number] | undefined;
  onVisible: (first: number, last: number) => void;
  /** The newest slice that was read, with what it says beside its rows. */
  read: L | undefined;
  error: PlazaError | null;
  retry: () => void;
}

/** A long list of which only slices in sight are read. */
export function useSlices<L extends Slice<unknown>>(
  key: readonly unknown[],
  ask: (offset: number, limit: number) => Promise<Outcome<Read<L>>>,
): Slices<L> {
  const client = useQueryClient();
  const [[from, to], setPages] = useState<readonly [number, number]>([0, 0]);
  const pages = Array.from({ length: to - from + 1 }, (_, place) => from + place);
  const slices = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...key, page],
      queryFn: (): Promise<Read<L>> => call(ask(page * SLICE_ROWS, SLICE_ROWS)),
      // Sorting and filtering keep the list, and the focus in it, until the new rows are there.
      placeholderData: keepPreviousData<Read<L>>,
    })),
  });
  const onVisible = useCallback((first: number, last: number) => {
    const wanted = [Math.floor(first / SLICE_ROWS), Math.floor(last / SLICE_ROWS)] as const;
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
      const page = Math.floor(place / SLICE_ROWS);
      // A row with the focus may be far from those in sight.
      const slice = slices[page - from]?.data ?? client.getQueryData<Read<L>>([...key, page]);
      return slice?.data.rows[place % SLICE_ROWS];
    },
    onVisible,
    read,
    error: (failed?.error as PlazaError | null | undefined) ?? null,
    retry: () => {
      for (const slice of slices) void slice.refetch();
    },
  };
}
