import { listen } from "@tauri-apps/api/event";

import type { JobView, Tag } from "../api/bindings";

/** Ends a subscription. */
export type Stop = () => void;

function on<T>(name: string, heard: (payload: T) => void): Stop {
  let stopped = false;
  let stop: Stop | undefined;
  void listen<T>(name, (event) => heard(event.payload)).then((unlisten) => {
    if (stopped) unlisten();
    else stop = unlisten;
  });
  return () => {
    stopped = true;
    stop?.();
  };
}

/** Hears long work as it moves. */
export function onJob(heard: (job: JobView) => void): Stop {
  return on("job", heard);
}

/** Hears that a person wants to be at an address: they clicked a notification. */
export function onOpen(heard: (address: string) => void): Stop {
  return on("open", heard);
}

/** Hears what changed outside a command: a job ended, a watched folder was pulled. */
export function onChanged(heard: (tags: Tag[]) => void): Stop {
  return on("changed", heard);
}
