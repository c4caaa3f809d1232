//! A small company at its workbench: a workspace of three departments, a folder of files, a clock that can be set.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use plaza_domain::event::Observation;
use plaza_engine::clock::{Clock, SetClock};
use plaza_engine::error::EngineError;
use plaza_engine::integration::Integration;
use plaza_engine::page::charter::CharterDraft;
use plaza_engine::page::meeting::MeetingForm;
use plaza_engine::pull::{PullReport, Unwatched, pull};
use plaza_engine::week::tallies_hold;
use plaza_engine::workspace::{Founding, Workspace};
use plaza_store::intake::{QuarantineFilter, QuarantineState};
use plaza_store::key::MemoryKeys;

pub(crate) const FLAT: &str = r#"
id = "flat"
name = "Flat"
system = "ERP"

[route]
promised_by = "sales"
legs = [
  { to = "produced", department = "production" },
  { to = "delivered", department = "logistics" },
]

[[standard]]
days = { produced = 5, delivered = 2 }

[[stream]]
name = "lines"
files = ["lines*.csv"]
delivery = "snapshot"
snapshot_date = "lines_{yyyy-MM-dd}.csv"

[stream.fields]
order = "order"
line = "line"
ordered = "ordered"
promised = "promised"
produced = "produced"
delivered = "delivered"
ordered_quantity = "quantity"
"#;

pub(crate) const HEAD: &str = "order,line,ordered,promised,produced,delivered,quantity\n";

/// 42 weeks of ten lines each, the last of them promised in 2026-W12: of every week so many are four days late, and
/// those were produced so many days after their promise.
pub(crate) fn year_of_lines(produced: i32, late: impl Fn(i32) -> usize) -> String {
    let first: plaza_domain::day::Day = "2025-06-02".parse().unwrap();
    let mut rows = String::from(HEAD);
    for week in 0..42 {
        for line in 0..10 {
            let (ordered, promised) = (first.plus(week * 7 - 5), first.plus(week * 7 + 2));
            let is_late = line < late(week);
            let produced = promised.plus(if is_late { produced } else { -2 });
            let delivered = promised.plus(if is_late { 4 } else { 0 });
            writeln!(rows, "W{week}L{line},1,{ordered},{promised},{produced},{delivered},5").unwrap();
        }
    }
    rows
}

/// One line of ten, in every third week two.
pub(crate) fn usual(week: i32) -> usize {
    1 + usize::from(week % 3 == 0)
}

/// 2026-03-30, a Monday.
pub(crate) const TODAY: &str = "2026-03-30";

/// Counts, parts, and what is shown beside them, by KPI and week.
pub(crate) type Figures = BTreeMap<String, ([i64; 5], Vec<String>, String)>;

const DAY_MS: i64 = 86_400_000;
const MORNING_MS: i64 = 30_000_000;

pub(crate) struct Bench {
    pub(crate) files: tempfile::TempDir,
    pub(crate) home: tempfile::TempDir,
    pub(crate) keys: Arc<MemoryKeys>,
    pub(crate) workspace: Workspace,
    pub(crate) clock: Arc<SetClock>,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::of(&["logistics", "production", "sales"])
    }

    /// A company of these departments.
    pub(crate) fn of(departments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let day: plaza_domain::day::Day = TODAY.parse().unwrap();
        let clock = Arc::new(SetClock::new(i64::from(day.0) * DAY_MS + MORNING_MS));
        let founding = Founding {
            company: "Test".into(),
            language: plaza_domain::language::Language::En,
            time_zone: plaza_domain::workspace::TimeZone::UTC,
            departments: departments.iter().map(|id| (id.parse().ok(), (*id).to_owned())).collect(),
            me: "Ada".into(),
            my_department: None,
        };
        let folder = home.path().join("workspace");
        let keys = Arc::new(MemoryKeys::default());
        let (workspace, _) = Workspace::found(&folder, &founding, keys.clone(), clock.clone()).unwrap();
        Self { files: tempfile::tempdir().unwrap(), home, keys, workspace, clock }
    }

    pub(crate) fn write(&self, name: &str, rows: &str) -> &Self {
        std::fs::write(self.files.path().join(name), rows).unwrap();
        self
    }

    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.files.path().join(name)).unwrap();
    }

    pub(crate) fn try_pull(&self, toml: &str) -> Result<PullReport, EngineError> {
        pull(
            &self.workspace,
            &Integration::from_toml(toml).unwrap(),
            self.files.path(),
            &Unwatched::default(),
        )
    }

    pub(crate) fn pull(&self, toml: &str) -> PullReport {
        let report = self.try_pull(toml).unwrap();
        assert!(tallies_hold(&self.workspace).unwrap(), "incremental tallies differ from a full count");
        self.parts_add_up();
        report
    }

    pub(crate) fn observations(&self, kpi: &str) -> Vec<Observation> {
        self.workspace.view(|view| view.observations(&kpi.into(), None)).unwrap()
    }

    /// kept, counted, by week, of the latest revisions.
    pub(crate) fn kept(&self) -> BTreeMap<String, (i64, i64)> {
        let all = self.observations("promise-kept");
        all.into_iter().map(|one| (one.week.to_string(), (one.numerator, one.denominator))).collect()
    }

    pub(crate) fn parts_add_up(&self) {
        for kpi in ["promise-kept", "right-first-time"] {
            for one in self.observations(kpi) {
                let parts: i64 = one.parts.iter().map(|part| part.millionths).sum();
                assert_eq!(parts, (one.denominator - one.numerator) * 1_000_000, "{kpi} {}", one.week);
            }
        }
    }

    /// What every KPI says of every week, by latest revision. Weeks in which nothing is counted are left out: they
    /// are observed only where something once was.
    pub(crate) fn figures(&self) -> Figures {
        let mut figures = Figures::new();
        for kpi in ["promise-kept", "late-backlog", "promise-realism", "order-to-cash", "right-first-time"] {
            for one in self.observations(kpi) {
                if one.n == 0 && one.pending == 0 {
                    continue;
                }
                let parts: Vec<String> = one
                    .parts
                    .iter()
                    .map(|part| format!("{} {} {}", part.department, part.millionths, part.late_microdays))
                    .collect();
                let counts = [one.numerator, one.denominator, one.n, one.pending, one.cancelled];
                let beside = format!("{:?} {:?}", one.bases, one.beside);
                figures.insert(format!("{kpi} {}", one.week), (counts, parts, beside));
            }
        }
        figures
    }

    /// A complete charter of an integration, owned by whoever is at this device.
    pub(crate) fn charter(&self) -> CharterDraft {
        crate::charter_draft::charter(&self.workspace)
    }

    /// Gives an integration a complete charter and activates it: it is pulled by itself from now on.
    pub(crate) fn activate(&self, id: &str) {
        self.workspace.save_charter(id, &self.charter()).unwrap();
        self.workspace.activate_integration(id, "").unwrap();
    }

    /// Keeps an integration without pulling it.
    pub(crate) fn save(&self, id: &str, toml: String) {
        self.workspace
            .act([plaza_domain::event::Payload::IntegrationSaved {
                integration: id.into(),
                version: 1,
                toml,
                note: String::new(),
            }])
            .unwrap();
    }

    /// A person who works here, with these roles.
    pub(crate) fn person(&self, name: &str, roles: &[plaza_domain::person::Role]) -> String {
        let roles = roles.iter().copied().collect();
        self.workspace.save_person(None, name, "", None, roles).unwrap().to_string()
    }

    /// Whoever is at this device.
    pub(crate) fn me(&self) -> String {
        self.workspace.me().unwrap().unwrap().to_string()
    }

    /// A meeting on Tuesdays from 9:30 to 10:30, of whoever is at this device and others, who all facilitate in turns.
    pub(crate) fn meeting(&self, others: &[&String]) -> MeetingForm {
        let people: Vec<String> = std::iter::once(self.me()).chain(others.iter().copied().cloned()).collect();
        MeetingForm {
            weekday: 1,
            time: "09:30".into(),
            minutes: 60,
            place: String::new(),
            link: String::new(),
            attendees: people.clone(),
            facilitators: people,
            standing: Vec::new(),
        }
    }

    pub(crate) fn clock_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    pub(crate) fn wait_days(&self, days: i64) {
        self.clock.set(self.clock.now_ms() + days * DAY_MS);
    }

    pub(crate) fn set_day(&self, day: &str) {
        let day: plaza_domain::day::Day = day.parse().unwrap();
        self.clock.set(i64::from(day.0) * DAY_MS + MORNING_MS);
    }

    pub(crate) fn waiting(&self) -> Vec<plaza_store::intake::Quarantined> {
        let filter = QuarantineFilter {
            state: Some(QuarantineState::Waiting),
            limit: 1000,
            ..QuarantineFilter::default()
        };
        self.workspace.intake().view().quarantine(filter).unwrap()
    }
}
