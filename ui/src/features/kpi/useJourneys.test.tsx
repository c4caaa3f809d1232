import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it } from "vitest";

import type { JourneyQuery } from "../../api/bindings";
import { newQueryClient } from "../../api/query";
import { install } from "../../platform/fixture";
import { useJourneys, type JourneyWish } from "./useJourneys";

const WISH: JourneyWish = {
  kpi: "promise-kept",
  basis: "promised",
  week: "2026-W46",
  missed_only: true,
  department: null,
  sort: "lateness",
  descending: true,
};

it("stays as long as it was while rows far away are on their way", async () => {
  let answer = (): void => {};
  install({
    kpi_journeys: async ({ query }) => {
      const far = (query as JourneyQuery).offset > 0;
      if (far) await new Promise<void>((resolve) => (answer = resolve));
      return { data: { total: 10_000, rows: [] }, provides: [] };
    },
  });
  const client = newQueryClient();
  const wrapper = ({ children }: { children: ReactNode }): ReactNode => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useJourneys(WISH), { wrapper });
  await waitFor(() => expect(result.current.total).toBe(10_000));
  act(() => result.current.onVisible(9_980, 9_999));
  expect(result.current.total).toBe(10_000);
  act(() => answer());
  await waitFor(() => expect(client.isFetching()).toBe(0));
  expect(result.current.total).toBe(10_000);
});
