import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";

import type { ColumnReport, Field } from "../../../api/bindings";
import { type Draft, emptyDraft, questionsOf, readOf } from "./draft";
import { Questions } from "./Questions";
import type { Edit } from "./Wizard";

const column: ColumnReport = {
  name: "Day",
  kind: "date",
  samples: ["2026-03-20", "46091", "n/a"],
  null_share: 0,
  distinct: 3,
  date_formats: ["yyyy-MM-dd"],
  date_choices: [
    { formats: ["yyyy-MM-dd", "excel-1900"], example: "46091", day: "2026-03-10" },
    { formats: ["yyyy-MM-dd", "excel-1904"], example: "46091", day: "2030-03-11" },
    { formats: ["yyyy-MM-dd"], example: "46091", day: null },
  ],
  mark_unknown: false,
  ambiguous: true,
  date_words: [{ word: "TBC", count: 2 }],
  number_words: [{ word: "siehe Notiz", count: 3 }],
  values: [],
  hints: [],
};

/** Asks everything that the column leaves open for a field; gives what the draft says of it after each answer. */
function ask(field: Field): () => unknown {
  const begin = emptyDraft("2026-11-23T08:00:00Z");
  const stream = { name: "orders", delivery: "snapshot" as const, fields: { [field]: "Day" } };
  let draft: Draft = { ...begin, integration: { ...begin.integration, stream: [stream] } };
  const edit = vi.fn<Edit>((change) => {
    draft = change(draft);
  });
  const read = readOf(stream.fields[field]);
  if (read === null) throw new Error("the field is not mapped");
  render(
    questionsOf(field, read, column).map((question) => (
      <Questions
        key={question.kind}
        question={question}
        field={field}
        read={read}
        column={column}
        departments={[]}
        index={0}
        edit={edit}
      />
    )),
  );
  return () => draft.integration.stream[0]?.fields[field];
}

describe("what a column leaves open", () => {
  it("is asked with the days that a spreadsheet's numbers would be, and none is chosen", async () => {
    const answer = ask("promised");
    expect(
      screen.getByText("Are numbers such as 46091 days as a spreadsheet counts them?"),
    ).toBeInTheDocument();
    expect(document.querySelector("input:checked[type=radio][value*=excel]")).toBeNull();
    expect(screen.getByText("No days: such cells wait in quarantine (yyyy-MM-dd)")).toBeInTheDocument();
    await userEvent.click(screen.getByText("11 March 2030 (yyyy-MM-dd · excel-1904)"));
    expect(answer()).toEqual({ column: "Day", formats: ["yyyy-MM-dd", "excel-1904"] });
  });

  it("lists the words among numbers for a field of numbers, and among dates for a field of dates", async () => {
    const answer = ask("ordered_quantity");
    expect(screen.getByText("Words among the numbers of Day")).toBeInTheDocument();
    expect(screen.queryByText(/TBC/)).toBeNull();
    await userEvent.click(screen.getByText("No value"));
    expect(answer()).toEqual({ column: "Day", empty_words: ["siehe Notiz"] });
  });
});
