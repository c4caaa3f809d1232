import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";

import type { Basis, InboxKind } from "./api/bindings";
import { BoardPage } from "./features/board/BoardPage";
import { isInbox } from "./features/conversation/inbox";
import { Frame } from "./features/frame/Frame";
import { NotFound } from "./features/frame/NotFound";

// The board is there at once; the other rooms are read when somebody enters them.
const FilesRoute = lazyRouteComponent(() => import("./features/measure/FilesRoute"), "FilesRoute");
const FileRoute = lazyRouteComponent(() => import("./features/measure/FileRoute"), "FileRoute");
const KpiRoute = lazyRouteComponent(() => import("./features/kpi/KpiRoute"), "KpiRoute");
const ConversationsPage = lazyRouteComponent(
  () => import("./features/conversation/ConversationsPage"),
  "ConversationsPage",
);
const RotationsPage = lazyRouteComponent(() => import("./features/rotation/RotationsPage"), "RotationsPage");
const RotationRoute = lazyRouteComponent(() => import("./features/rotation/RotationRoute"), "RotationRoute");
const LearnedPage = lazyRouteComponent(() => import("./features/rotation/LearnedPage"), "LearnedPage");
const OrderRoute = lazyRouteComponent(() => import("./features/order/OrderRoute"), "OrderRoute");
const DefinitionsPage = lazyRouteComponent(
  () => import("./features/definition/DefinitionsPage"),
  "DefinitionsPage",
);
const DefinitionRoute = lazyRouteComponent(
  () => import("./features/definition/DefinitionRoute"),
  "DefinitionRoute",
);
const BackupPage = lazyRouteComponent(() => import("./features/backup/BackupPage"), "BackupPage");
const IntegrationPage = lazyRouteComponent(
  () => import("./features/integration/IntegrationPage"),
  "IntegrationPage",
);
const IntegrationsPage = lazyRouteComponent(
  () => import("./features/integration/IntegrationsPage"),
  "IntegrationsPage",
);
const WizardPage = lazyRouteComponent(() => import("./features/integration/WizardPage"), "WizardPage");
const MeetingPage = lazyRouteComponent(() => import("./features/meeting/MeetingPage"), "MeetingPage");
const PreparePage = lazyRouteComponent(() => import("./features/meeting/PreparePage"), "PreparePage");
const RunPage = lazyRouteComponent(() => import("./features/meeting/run/RunPage"), "RunPage");
const MinutesPage = lazyRouteComponent(() => import("./features/meeting/minutes/MinutesPage"), "MinutesPage");
const PromisesPage = lazyRouteComponent(() => import("./features/promise/PromisesPage"), "PromisesPage");
const DigestPage = lazyRouteComponent(() => import("./features/digest/DigestPage"), "DigestPage");
const InsightPage = lazyRouteComponent(() => import("./features/insight/InsightPage"), "InsightPage");
const StartPage = lazyRouteComponent(() => import("./features/start/StartPage"), "StartPage");
const AboutPage = lazyRouteComponent(() => import("./features/workspace/AboutPage"), "AboutPage");
const CalendarPage = lazyRouteComponent(() => import("./features/workspace/CalendarPage"), "CalendarPage");
const LanguagePage = lazyRouteComponent(() => import("./features/workspace/LanguagePage"), "LanguagePage");
const RemindersPage = lazyRouteComponent(() => import("./features/reminder/RemindersPage"), "RemindersPage");
const WinsPage = lazyRouteComponent(() => import("./features/win/WinsPage"), "WinsPage");
const CardPage = lazyRouteComponent(() => import("./features/win/CardPage"), "CardPage");
const WinPage = lazyRouteComponent(() => import("./features/win/WinPage"), "WinPage");
const YearPage = lazyRouteComponent(() => import("./features/win/YearPage"), "YearPage");
const PeoplePage = lazyRouteComponent(() => import("./features/workspace/PeoplePage"), "PeoplePage");

// Every page has an address: what is picked on a page stands in it, so that back, forward and a link show the same.

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });

const board = createRoute({ getParentRoute: () => root, path: "/", component: BoardPage });

const start = createRoute({ getParentRoute: () => root, path: "/start", component: StartPage });

/** What is picked on a KPI's page. Each key is always answered, so that what cannot be used is not handed on. */
export interface KpiSearch {
  /** The week whose panel is open. */
  week?: string | undefined;
  /** Which of the customer's dates; *promised* where absent. */
  basis?: Basis | undefined;
  /** Only journeys where this department has a share. */
  department?: string | undefined;
  /** All journeys of the week, not only those that missed. */
  all?: boolean | undefined;
  tab?: "signals" | "definition" | undefined;
}

function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function kpiSearch(search: Record<string, unknown>): KpiSearch {
  const week = text(search["week"]);
  const basis = search["basis"];
  const tab = search["tab"];
  return {
    week: week && /^\d{4}-W\d{2}$/.test(week) ? week : undefined,
    basis: basis === "requested" || basis === "agreed" ? basis : undefined,
    department: text(search["department"]),
    all: search["all"] === true ? true : undefined,
    tab: tab === "signals" || tab === "definition" ? tab : undefined,
  };
}

const kpi = createRoute({
  getParentRoute: () => root,
  path: "/kpi/$kpi",
  validateSearch: kpiSearch,
  component: KpiRoute,
});

const rotations = createRoute({
  getParentRoute: () => root,
  path: "/rotations",
  component: RotationsPage,
});

/** What people learned about which department in which year: about all, and in this one, where absent. */
export interface LearnedSearch {
  department?: string | undefined;
  year?: number | undefined;
}

const learned = createRoute({
  getParentRoute: () => root,
  path: "/rotations/learned",
  validateSearch: (search: Record<string, unknown>): LearnedSearch => {
    const year = search["year"];
    return {
      department: text(search["department"]),
      year: typeof year === "number" && Number.isInteger(year) ? year : undefined,
    };
  },
  component: LearnedPage,
});

const rotation = createRoute({
  getParentRoute: () => root,
  path: "/rotations/$rotation",
  component: RotationRoute,
});

/** The file that is looked at before it is brought in. */
const files = createRoute({
  getParentRoute: () => root,
  path: "/kpi/$kpi/files",
  validateSearch: (search: Record<string, unknown>): { path?: string | undefined } => ({
    path: text(search["path"]),
  }),
  component: FilesRoute,
});

/** The week whose rows are shown. */
const file = createRoute({
  getParentRoute: () => root,
  path: "/kpi/$kpi/files/$figures",
  validateSearch: (search: Record<string, unknown>): { week?: string | undefined } => ({
    week: text(search["week"]),
  }),
  component: FileRoute,
});

const definitions = createRoute({
  getParentRoute: () => root,
  path: "/definitions",
  component: DefinitionsPage,
});

const definition = createRoute({
  getParentRoute: () => root,
  path: "/definitions/$kpi",
  component: DefinitionRoute,
});

/** Which order is meant, and what is opened on its page. */
export interface OrderSearch {
  /** The system, where the number stands in several; the first of them where absent. */
  system?: string | undefined;
  /** The raw record that is open. */
  record?: string | undefined;
}

const order = createRoute({
  getParentRoute: () => root,
  path: "/order/$order/$line",
  validateSearch: (search: Record<string, unknown>): OrderSearch => ({
    system: text(search["system"]),
    record: text(search["record"]),
  }),
  component: OrderRoute,
});

// One page for both addresses: the list stays where it is while conversations are opened beside it.
const conversations = createRoute({
  getParentRoute: () => root,
  path: "/conversations",
  validateSearch: (search: Record<string, unknown>): { inbox?: InboxKind | undefined } => ({
    inbox: isInbox(search["inbox"]) ? search["inbox"] : undefined,
  }),
  component: ConversationsPage,
});
const noThread = createRoute({ getParentRoute: () => conversations, path: "/" });
const thread = createRoute({ getParentRoute: () => conversations, path: "$thread" });

const integrations = createRoute({
  getParentRoute: () => root,
  path: "/integrations",
  component: IntegrationsPage,
});

const wizard = createRoute({
  getParentRoute: () => root,
  path: "/integrations/new",
  validateSearch: (search: Record<string, unknown>): { resume?: boolean } =>
    search["resume"] === true ? { resume: true } : {},
  component: WizardPage,
});

const integration = createRoute({
  getParentRoute: () => root,
  path: "/integrations/$id",
  validateSearch: (search: Record<string, unknown>): { tab?: string | undefined } => ({
    tab: text(search["tab"]),
  }),
  component: IntegrationPage,
});

const edit = createRoute({
  getParentRoute: () => root,
  path: "/integrations/$id/edit",
  component: WizardPage,
});

const meeting = createRoute({ getParentRoute: () => root, path: "/meeting", component: MeetingPage });

/** Whose promises are shown; one's own where absent. */
export interface PromiseSearch {
  whose?: "department" | "all" | undefined;
  /** The commitment, need or decision that is meant. */
  of?: string | undefined;
}

const promises = createRoute({
  getParentRoute: () => root,
  path: "/meeting/promises",
  validateSearch: (search: Record<string, unknown>): PromiseSearch => {
    const whose = search["whose"];
    return {
      whose: whose === "department" || whose === "all" ? whose : undefined,
      of: text(search["of"]),
    };
  },
  component: PromisesPage,
});
const digest = createRoute({ getParentRoute: () => root, path: "/meeting/digest", component: DigestPage });
const insights = createRoute({
  getParentRoute: () => root,
  path: "/meeting/insights",
  component: InsightPage,
});
const prepare = createRoute({
  getParentRoute: () => root,
  path: "/meeting/$meeting",
  component: PreparePage,
});
const run = createRoute({ getParentRoute: () => root, path: "/meeting/$meeting/run", component: RunPage });
const minutes = createRoute({
  getParentRoute: () => root,
  path: "/meeting/$meeting/minutes",
  component: MinutesPage,
});

const wins = createRoute({
  getParentRoute: () => root,
  path: "/wins",
  validateSearch: (search: Record<string, unknown>): { record?: true | undefined } => ({
    record: search["record"] === true ? true : undefined,
  }),
  component: WinsPage,
});
const win = createRoute({ getParentRoute: () => root, path: "/wins/$win", component: WinPage });
const winCard = createRoute({ getParentRoute: () => root, path: "/wins/$win/card", component: CardPage });
const winYear = createRoute({
  getParentRoute: () => root,
  path: "/wins/year/$year",
  beforeLoad: ({ params }) => {
    if (!/^\d{4}$/.test(params.year)) throw redirect({ to: "/wins" });
  },
  component: YearPage,
});

const people = createRoute({ getParentRoute: () => root, path: "/workspace/people", component: PeoplePage });
const calendar = createRoute({
  getParentRoute: () => root,
  path: "/workspace/calendar",
  component: CalendarPage,
});
const backup = createRoute({ getParentRoute: () => root, path: "/workspace/backup", component: BackupPage });
const language = createRoute({
  getParentRoute: () => root,
  path: "/workspace/language",
  component: LanguagePage,
});
const reminders = createRoute({
  getParentRoute: () => root,
  path: "/workspace/reminders",
  component: RemindersPage,
});
const about = createRoute({ getParentRoute: () => root, path: "/workspace/about", component: AboutPage });

const tree = root.addChildren([
  board,
  start,
  kpi,
  files,
  file,
  definitions,
  definition,
  order,
  conversations.addChildren([noThread, thread]),
  meeting,
  promises,
  digest,
  insights,
  prepare,
  run,
  minutes,
  rotations,
  learned,
  rotation,
  wins,
  win,
  winCard,
  winYear,
  integrations,
  wizard,
  integration,
  edit,
  people,
  calendar,
  backup,
  language,
  reminders,
  about,
]);

/** The router; tests give it a history of their own. */
// oxlint-disable-next-line explicit-module-boundary-types -- the type is what the register below makes known
export function newRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({
    routeTree: tree,
    history,
    scrollRestoration: true,
    defaultStructuralSharing: true,
    defaultPendingMinMs: 0,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
