import { commands, type PersonView, type Start } from "../../api/bindings";
import { useRead } from "../../api/query";

/** What the window knows about itself: the open workspace and where others are. */
export function useStart(): ReturnType<typeof useRead<Start>> {
  return useRead(["start"], commands.startRead);
}

/** Everybody in the workspace, also those who left. */
export function usePeople(): readonly PersonView[] {
  return useStart().data?.workspace?.people ?? [];
}
