// The English catalogues are the type of all catalogues: one line for each. German and Spanish are found by
// their place (`de/<feature>.json`, `es/<feature>.json`); a test compares keys and placeholders.
import attention from "./en/attention.json";
import board from "./en/board.json";
import chart from "./en/chart.json";
import checkpoint from "./en/checkpoint.json";
import charter from "./en/charter.json";
import common from "./en/common.json";
import conversation from "./en/conversation.json";
import digest from "./en/digest.json";
import definition from "./en/definition.json";
import drill from "./en/drill.json";
import field from "./en/field.json";
import figures from "./en/figures.json";
import frame from "./en/frame.json";
import hand from "./en/hand.json";
import insight from "./en/insight.json";
import integration from "./en/integration.json";
import job from "./en/job.json";
import keys from "./en/keys.json";
import kpi from "./en/kpi.json";
import measure from "./en/measure.json";
import meeting from "./en/meeting.json";
import offer from "./en/offer.json";
import order from "./en/order.json";
import palette from "./en/palette.json";
import promise from "./en/promise.json";
import quarantine from "./en/quarantine.json";
import reminder from "./en/reminder.json";
import rotation from "./en/rotation.json";
import schedule from "./en/schedule.json";
import start from "./en/start.json";
import truth from "./en/truth.json";
import trail from "./en/trail.json";
import win from "./en/win.json";
import wizard from "./en/wizard.json";
import workspace from "./en/workspace.json";

export const en = {
  attention,
  board,
  chart,
  checkpoint,
  charter,
  common,
  conversation,
  digest,
  definition,
  drill,
  field,
  figures,
  frame,
  hand,
  insight,
  integration,
  job,
  keys,
  kpi,
  measure,
  meeting,
  offer,
  order,
  palette,
  promise,
  quarantine,
  reminder,
  rotation,
  schedule,
  start,
  truth,
  trail,
  win,
  wizard,
  workspace,
};
