import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";

import {
  commands,
  type Excerpt,
  type JobView,
  type OfferAnswer,
  type OfferQuestion,
  type Read,
} from "../../../api/bindings";
import type { PlazaError } from "../../../api/errors";
import { call, useAct, useRead } from "../../../api/query";
import { useLanguage } from "../../../i18n/format";
import { isRunning, noteNew, useJob } from "../../job/jobs";
import { type Draft, wholeOf } from "./draft";
import { askedOf } from "./system";

/** A question to the draft's system, with whatever became of it. */
export interface Asked {
  /** Asks it. */
  ask: (draft: Draft, question: OfferQuestion) => Promise<void>;
  /** What was asked last, and of which connection. */
  of: { question: OfferQuestion; connection: string } | null;
  job: JobView | null;
  running: boolean;
  answer: OfferAnswer | undefined;
  error: PlazaError | null;
}

export function connectionOf(draft: Draft): string {
  return JSON.stringify(draft.integration.connection ?? null);
}

export function useAsked(): Asked {
  const client = useQueryClient();
  const begin = useAct(commands.offerAsk, { inline: true });
  const [of, setOf] = useState<(NonNullable<Asked["of"]> & { job: number | null }) | null>(null);
  const job = useJob(of?.job ?? null);
  const answer = useRead(["offer", of?.job ?? null], () => commands.offerAnswer(of?.job ?? 0), {
    enabled: of?.job != null && job?.state === "done",
  });
  const { run } = begin;
  const ask = useCallback<Asked["ask"]>(
    async (draft, question) => {
      const asked = { question, connection: connectionOf(draft) };
      setOf({ ...asked, job: null });
      const started = await run(wholeOf(draft), draft.existing, question);
      if (!started) return;
      noteNew(client, started);
      setOf({ ...asked, job: started.id });
    },
    [client, run],
  );
  return {
    ask,
    of,
    job: of?.job == null ? null : job,
    running: begin.pending || (of?.job != null && (job === null || isRunning(job))),
    answer: of?.job == null ? undefined : answer.data,
    error: begin.error ?? answer.error,
  };
}

/** The first rows of the draft's streams, as far as they were read. */
export function useExcerpts(draft: Draft): {
  data: Excerpt[] | undefined;
  error: PlazaError | null;
  again: () => void;
} {
  const language = useLanguage();
  const client = useQueryClient();
  const asks = draft.integration.connection != null;
  const key = useMemo(
    () =>
      JSON.stringify([
        draft.integration.connection ?? null,
        draft.integration.stream.map((stream) => [stream.name, askedOf(stream)]),
      ]),
    [draft.integration.connection, draft.integration.stream],
  );
  const query = useQuery<Read<Excerpt[]>, PlazaError>({
    queryKey: ["excerpts", language, key],
    queryFn: () => call(commands.excerptList(language, wholeOf(draft))),
    enabled: asks,
    gcTime: 60_000,
  });
  const again = useCallback(() => {
    void client.invalidateQueries({ queryKey: ["excerpts"] });
    void client.invalidateQueries({ queryKey: ["integration", "preview"] });
  }, [client]);
  return { data: asks ? query.data?.data : undefined, error: query.error, again };
}
