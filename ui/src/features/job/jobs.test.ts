import { describe, expect, it } from "vitest";

import type { JobView } from "../../api/bindings";
import { merged } from "./jobs";

function job(id: number, state: string): JobView {
  return {
    id,
    kind: "ask",
    subject: null,
    step: "asking",
    done: null,
    total: null,
    state,
    error: null,
    question: null,
    run: null,
  };
}

const states = (jobs: JobView[]): [number, string][] => jobs.map(({ id, state }) => [id, state]);

describe("a list of jobs that was overtaken by events", () => {
  it("shows no ended job as running", () => {
    const list = { provides: [], data: [job(1, "running"), job(2, "running")] };
    expect(states(merged(list, [job(1, "done")]).data)).toEqual([
      [1, "done"],
      [2, "running"],
    ]);
  });

  it("keeps what began after it was made, and forgets what the core has forgotten", () => {
    const list = { provides: [], data: [job(2, "done")] };
    expect(states(merged(list, [job(1, "done"), job(2, "running"), job(3, "running")]).data)).toEqual([
      [2, "done"],
      [3, "running"],
    ]);
  });
});
