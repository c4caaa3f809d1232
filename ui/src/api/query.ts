import {
  keepPreviousData,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useCallback } from "react";

import { reportError } from "../components/toast";
import type { ApiError, Changed, Read, Tag } from "./bindings";
import { asPlazaError, type PlazaError, refusal } from "./errors";

/** What a generated command answers. */
export type Outcome<T> = { status: "ok"; data: T } | { status: "error"; error: ApiError };

/** The result of a command; throws a PlazaError when it could not be had. */
export async function call<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  let answered: Outcome<T>;
  try {
    answered = await outcome;
  } catch (thrown) {
    throw asPlazaError(thrown);
  }
  if (answered.status === "error") throw refusal(answered.error);
  return answered.data;
}

/**
 * The client that keeps pages. A page is stale only when something that it read was changed: the core says what
 * (`provides`, `invalidates`), time alone makes nothing stale.
 */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 30 * 60_000,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

function isRead(data: unknown): data is Read<unknown> {
  return typeof data === "object" && data !== null && "provides" in data && Array.isArray(data.provides);
}

/** Reads every page again that depends on one of the tags, and those whose dependencies are not known yet. */
export async function invalidate(client: QueryClient, tags: readonly Tag[]): Promise<void> {
  if (tags.length === 0) return;
  await client.invalidateQueries({
    predicate: ({ state }) => !isRead(state.data) || state.data.provides.some((tag) => tags.includes(tag)),
  });
}

/** Forgets everything: another workspace was opened. */
export async function forgetAll(client: QueryClient): Promise<void> {
  await client.resetQueries();
}

interface ReadOptions {
  /** Not before something else is known. */
  enabled?: boolean;
  /** Show what was last read under another key until this is there: the page does not jump. */
  keep?: boolean;
}

/** A page's data; reads again when an act says that it changed. */
export function useRead<T>(
  key: readonly unknown[],
  read: () => Promise<Outcome<Read<T>>>,
  options: ReadOptions = {},
): UseQueryResult<T, PlazaError> {
  return useQuery<Read<T>, PlazaError, T>({
    queryKey: key,
    queryFn: () => call(read()),
    select: selectData,
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}

function selectData<T>(read: Read<T>): T {
  return read.data;
}

/** An act as a page uses it. */
export interface Act<A extends unknown[], T> {
  /** Does it; undefined when it was refused (then `error` says why). */
  run: (...args: A) => Promise<T | undefined>;
  pending: boolean;
  error: PlazaError | null;
  reset: () => void;
}

/**
 * A command that changes something. Pages that depend on what it changed are read again. A refusal is shown as a
 * message unless the form shows it itself (`inline`).
 */
export function useAct<A extends unknown[], T>(
  act: (...args: A) => Promise<Outcome<Changed<T>>>,
  options: { inline?: boolean } = {},
): Act<A, T> {
  const client = useQueryClient();
  const inline = options.inline ?? false;
  const { mutateAsync, isPending, error, reset } = useMutation<Changed<T>, PlazaError, A>({
    mutationFn: (args) => call(act(...args)),
    onSuccess: (changed) => invalidate(client, changed.invalidates),
  });
  const run = useCallback(
    async (...args: A): Promise<T | undefined> => {
      try {
        return (await mutateAsync(args)).data;
      } catch (thrown) {
        if (!inline) reportError(asPlazaError(thrown));
        return undefined;
      }
    },
    [mutateAsync, inline],
  );
  return { run, pending: isPending, error, reset };
}
