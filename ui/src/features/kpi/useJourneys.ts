import { commands, type JourneyList, type JourneyQuery } from "../../api/bindings";
import { type Slices, useSlices } from "../../api/slices";

/** What a list of journeys is asked for, without the slice. */
export type JourneyWish = Omit<JourneyQuery, "offset" | "limit">;

/** The journeys of a week; only slices in sight are read. */
export function useJourneys(wish: JourneyWish): Slices<JourneyList> {
  return useSlices(["journeys", wish], (offset, limit) => commands.kpiJourneys({ ...wish, offset, limit }));
}
