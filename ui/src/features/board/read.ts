import type { QueryClient, UseQueryResult } from "@tanstack/react-query";

import { type Board, commands, type Language } from "../../api/bindings";
import type { PlazaError } from "../../api/errors";
import { call, useRead } from "../../api/query";

/** The board in a language. */
export function useBoard(language: Language): UseQueryResult<Board, PlazaError> {
  return useRead(["board", language], () => commands.boardRead(language), { keep: true });
}

/** Asks for the board before anything shows it. A refusal says nothing: whoever shows the board asks again. */
export function readBoard(client: QueryClient, language: Language): void {
  void client.prefetchQuery({
    queryKey: ["board", language],
    queryFn: () => call(commands.boardRead(language)),
  });
}
