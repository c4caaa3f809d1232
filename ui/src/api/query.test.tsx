import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { current, dismiss } from "../components/toast";
import type { Changed, Read, Tag } from "./bindings";
import { PlazaError } from "./errors";
import { call, invalidate, newQueryClient, useAct, useRead, type Outcome } from "./query";

function ok<T>(data: T): Promise<Outcome<T>> {
  return Promise.resolve({ status: "ok", data });
}

function page(data: string, ...provides: Tag[]): Promise<Outcome<Read<string>>> {
  return ok({ data, provides });
}

function refused<T>(): Promise<Outcome<T>> {
  return Promise.resolve({
    status: "error",
    error: { code: "conflict", message: "changed meanwhile", detail: null },
  });
}

function setUp(): {
  client: ReturnType<typeof newQueryClient>;
  wrapper: (props: { children: ReactNode }) => ReactNode;
} {
  const client = newQueryClient();
  return {
    client,
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  };
}

beforeEach(() => {
  for (const message of current()) dismiss(message.id);
});

describe("tags", () => {
  it("reads again what depends on a changed tag, and nothing else", async () => {
    const { client, wrapper } = setUp();
    const board = vi.fn(() => page("board", "observation", "kpi"));
    const people = vi.fn(() => page("people", "workspace"));
    const view = renderHook(() => [useRead(["board"], board), useRead(["people"], people)], { wrapper });
    await waitFor(() => expect(view.result.current.every((read) => read.isSuccess)).toBe(true));
    await act(() => invalidate(client, ["kpi"]));
    expect(board).toHaveBeenCalledTimes(2);
    expect(people).toHaveBeenCalledTimes(1);
    await act(() => invalidate(client, []));
    expect(board).toHaveBeenCalledTimes(2);
  });

  it("tries a page again that could not be read, whatever changed", async () => {
    const { client, wrapper } = setUp();
    const read = vi
      .fn<() => Promise<Outcome<Read<string>>>>()
      .mockReturnValueOnce(refused())
      .mockReturnValue(page("back", "run"));
    const view = renderHook(() => useRead(["board"], read), { wrapper });
    await waitFor(() => expect(view.result.current.isError).toBe(true));
    expect(view.result.current.error?.code).toBe("conflict");
    await act(() => invalidate(client, ["backup"]));
    await waitFor(() => expect(view.result.current.data).toBe("back"));
  });

  it("an act makes stale what it says", async () => {
    const { wrapper } = setUp();
    const board = vi.fn(() => page("board", "observation"));
    const sign = (week: string): Promise<Outcome<Changed<string>>> =>
      ok({ data: week, invalidates: ["observation"] });
    const view = renderHook(() => ({ read: useRead(["board"], board), act: useAct(sign) }), { wrapper });
    await waitFor(() => expect(view.result.current.read.isSuccess).toBe(true));
    const done = await act(() => view.result.current.act.run("2026-W46"));
    expect(done).toBe("2026-W46");
    expect(board).toHaveBeenCalledTimes(2);
  });
});

describe("refusals", () => {
  it("are said unless the form says them itself", async () => {
    const { wrapper } = setUp();
    const view = renderHook(
      () => ({
        loud: useAct(() => refused<Changed<null>>()),
        form: useAct(() => refused<Changed<null>>(), { inline: true }),
      }),
      { wrapper },
    );
    expect(await act(() => view.result.current.form.run())).toBeUndefined();
    expect(current()).toEqual([]);
    await waitFor(() => expect(view.result.current.form.error?.code).toBe("conflict"));
    expect(await act(() => view.result.current.loud.run())).toBeUndefined();
    expect(current().map((message) => message.words)).toEqual(["changed meanwhile"]);
  });

  it("carry the fields of a form", () => {
    const error = new PlazaError({
      code: "invalid",
      message: "no",
      fields: [{ field: "target", words: "over 100" }],
    });
    expect(error.field("target")).toBe("over 100");
    expect(error.field("reason")).toBeUndefined();
  });

  it("of another kind become a fault of our own", async () => {
    await expect(call(Promise.reject(new Error("boom")))).rejects.toMatchObject({
      code: "internal",
      message: "boom",
    });
    const unknown = { status: "error", error: "Command board_read not found" } as unknown as Outcome<null>;
    await expect(call(Promise.resolve(unknown))).rejects.toMatchObject({
      code: "internal",
      message: "Command board_read not found",
    });
  });
});
