import { commands, type PersonView, type Start, type WorkspaceView } from "../../api/bindings";
import { useRead } from "../../api/query";

/** What the window knows about itself: the open workspace and where others are. */
export function useStart(): ReturnType<typeof useRead<Start>> {
  return useRead(["start"], commands.startRead);
}

/** Everybody in the workspace, also those who left. */
export function usePeople(): readonly PersonView[] {
  return useStart().data?.workspace?.people ?? [];
}

const NOWHERE: Pick<WorkspaceView, "people" | "departments" | "me"> = {
  people: [],
  departments: [],
  me: null,
};

/** Who and what there is in the open workspace; nobody while it is being read. */
export function useWorkspace(): Pick<WorkspaceView, "people" | "departments" | "me"> {
  return useStart().data?.workspace ?? NOWHERE;
}
