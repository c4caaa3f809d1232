import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";

import { commands, type JobView, type Read } from "../../api/bindings";
import type { PlazaError } from "../../api/errors";
import { call, useAct } from "../../api/query";
import { useLanguage } from "../../i18n/format";
import { onJob } from "../../platform/events";

const JOBS = ["job"] as const;
const NONE: JobView[] = [];

/** Puts what the core said about one job among those known. */
export function note(client: QueryClient, job: JobView): void {
  client.setQueryData<Read<JobView[]>>(JOBS, (known) => ({
    provides: known?.provides ?? [],
    data: [...(known?.data ?? []).filter((one) => one.id !== job.id), job],
  }));
}

/**
 * The list as read and what events said meanwhile. The two come by different ways: a list that was made before an event
 * may arrive after it, and would then show work as running that has ended, for ever. An id is never given twice, so what
 * has ended stays so, and what began after the list was made is kept.
 */
export function merged(read: Read<JobView[]>, known: readonly JobView[]): Read<JobView[]> {
  const ended = new Map(known.filter((job) => !isRunning(job)).map((job) => [job.id, job]));
  const newest = Math.max(0, ...read.data.map((job) => job.id));
  return {
    ...read,
    data: [
      ...read.data.map((job) => (isRunning(job) ? (ended.get(job.id) ?? job) : job)),
      ...known.filter((job) => job.id > newest),
    ],
  };
}

/** All long work that the core knows, as it moves. */
export function useJobs(): JobView[] {
  const client = useQueryClient();
  useEffect(() => onJob((job) => note(client, job)), [client]);
  const { data } = useQuery<Read<JobView[]>, PlazaError, JobView[]>({
    queryKey: JOBS,
    queryFn: async () => {
      const read = await call(commands.jobList());
      return merged(read, client.getQueryData<Read<JobView[]>>(JOBS)?.data ?? []);
    },
    select: (read) => read.data,
    refetchOnMount: "always",
  });
  return data ?? NONE;
}

/** One job as it moves; `null` until the core has spoken of it. */
export function useJob(id: number | null): JobView | null {
  const jobs = useJobs();
  return id === null ? null : (jobs.find((job) => job.id === id) ?? null);
}

/** Calls once when the job has ended, however it ended. */
export function useJobEnd(job: JobView | null, ended: (job: JobView) => void): void {
  const told = useRef<number | null>(null);
  useEffect(() => {
    if (job === null || isRunning(job) || told.current === job.id) return;
    told.current = job.id;
    ended(job);
  }, [job, ended]);
}

export function isRunning(job: JobView): boolean {
  return job.state === "running";
}

/** The job that is pulling this integration now. */
export function pullOf(jobs: readonly JobView[], integration: string): JobView | undefined {
  return jobs.find((job) => job.kind === "pull" && job.subject === integration && isRunning(job));
}

/** Starts a pull; the job is known at once, before its first event. */
export function usePull(): (integration: string) => Promise<JobView | undefined> {
  const client = useQueryClient();
  const language = useLanguage();
  const { run } = useAct(commands.integrationPull);
  return useCallback(
    async (integration) => {
      const job = await run(language, integration);
      if (job) noteNew(client, job);
      return job;
    },
    [client, language, run],
  );
}

/** A job that a command has just begun; an event that came sooner knows better. */
export function noteNew(client: QueryClient, job: JobView): void {
  const known = client.getQueryData<Read<JobView[]>>(JOBS)?.data ?? [];
  if (!known.some((one) => one.id === job.id)) note(client, job);
}

/** Notes a job that a command has just begun. */
export function useNewJob(): (job: JobView) => void {
  const client = useQueryClient();
  return useCallback((job) => noteNew(client, job), [client]);
}
