import { useTranslation } from "react-i18next";

import { commands, type Closing, type ItemView, type MeetingRun } from "../../../api/bindings";
import { useAct } from "../../../api/query";
import { toast } from "../../../components";

/** Minutes that one press gives an item. */
export const EXTEND_MINUTES = 5;

/** What a facilitator does with the meeting and its items. */
export interface RunActs {
  item: ItemView | undefined;
  /** Its place, from 0; −1 while none is on the screen. */
  place: number;
  enter: (item: string) => void;
  next: () => void;
  back: () => void;
  /** Ends the item in a way, and goes on. */
  close: (closing: Closing) => void;
  reopen: (item: string) => void;
  pause: () => void;
  extend: () => void;
  end: () => void;
}

/** The acts of a meeting under way. Each is kept by the core at once. */
export function useRunActs(run: MeetingRun): RunActs {
  const { t } = useTranslation("meeting");
  const enter = useAct(commands.itemEnter);
  const close = useAct(commands.itemClose);
  const pause = useAct(commands.meetingPause);
  const extend = useAct(commands.itemExtend);
  const end = useAct(commands.meetingEnd);
  const begin = useAct(commands.meetingBegin);
  const meeting = run.agenda.meeting.meeting;
  const { items } = run.agenda;
  const place = items.findIndex((item) => item.item === run.current);
  const item = items[place];
  const after = items[place + 1];
  const closingOf = (id: string): Closing | null =>
    run.course.find((course) => course.item === id)?.closing ?? null;
  // A second press while the first is still being kept would skip an item.
  const busy = enter.pending || close.pending;

  const goOn = async (closing: Closing | null): Promise<void> => {
    if (busy) return;
    if (item && closing !== null && (await close.run(meeting, item.item, closing)) === undefined) return;
    if (after) await enter.run(meeting, after.item);
    if (item && closing !== null && closing !== "done") {
      toast(t(`closed.${closing}`, { title: item.title }), {
        undo: () =>
          void close
            .run(meeting, item.item, null)
            .then((done) => (done === undefined ? undefined : enter.run(meeting, item.item))),
      });
    }
  };
  return {
    item,
    place,
    enter: (id) => {
      if (!busy && id !== run.current) void enter.run(meeting, id);
    },
    // Who goes on has talked it through, unless they said otherwise before.
    next: () => void goOn(item && closingOf(item.item) === null ? "done" : null),
    back: () => {
      const before = items[place - 1];
      if (before && !busy) void enter.run(meeting, before.item);
    },
    close: (closing) => void goOn(closing),
    reopen: (id) => void close.run(meeting, id, null),
    pause: () => {
      if (!pause.pending) void pause.run(meeting, run.paused_since === null);
    },
    extend: () => {
      if (item && !extend.pending) void extend.run(meeting, item.item, EXTEND_MINUTES);
    },
    end: () => {
      if (end.pending) return;
      void end.run(meeting).then((done) => {
        if (done === undefined) return;
        toast(t("ended.toast"), { undo: () => void begin.run(meeting) });
      });
    },
  };
}
