//! A small company that meets on Sundays, made by the core: a calm year behind it, a meeting held last week with a promise
//! made there, and a folder of exports that the window pulls from.

use std::fmt::Write;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use plaza_engine::clock::{Clock, SetClock};
use plaza_engine::home::Home;
use plaza_engine::integration::Integration;
use plaza_engine::page::meeting::{CommitmentForm, MeetingForm};
use plaza_engine::pull::{Unwatched, pull};
use plaza_engine::words::{KpiKind, Language};
use plaza_engine::workspace::{Founding, Workspace};
use plaza_engine::{Day, TimeZone, Week};
use tempfile::TempDir;

const INTEGRATION: &str = r#"
id = "lines"
name = "Order lines"
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
files = ["exports/lines*.csv"]
delivery = "snapshot"
snapshot_date = "lines_{yyyy-MM-dd}.csv"

[stream.fields]
order = "order"
line = "line"
ordered = { column = "ordered", formats = ["yyyy-MM-dd"] }
promised = { column = "promised", formats = ["yyyy-MM-dd"] }
produced = { column = "produced", formats = ["yyyy-MM-dd"] }
delivered = { column = "delivered", formats = ["yyyy-MM-dd"] }
ordered_quantity = "quantity"
"#;

const DAY_MS: i64 = 86_400_000;
const MORNING_MS: i64 = 9 * 3_600_000;

/// Weeks behind the company.
const WEEKS: i32 = 42;

/// What Bea promised in last week's meeting.
pub const PROMISE: &str = "call the carrier";

/// The company, in a home that a window can be opened in.
pub struct Company {
    pub home: Rc<TempDir>,
    /// The day on which the window is opened first.
    pub today: Day,
}

impl Company {
    /// Makes it: everything up to last Saturday, and the meeting on Sunday.
    pub fn new() -> Self {
        let home = Rc::new(tempfile::tempdir().expect("a folder can be made"));
        let plaza = Home::new(&home.path().join("data/app.plaza.desktop"));
        let now = plaza.clock().now_ms();
        let today = TimeZone::UTC.day_at(now);
        let company = Self { home, today };
        let saturday = company.this().plus(-1).sunday().plus(-1);
        let clock = Arc::new(SetClock::new(i64::from(saturday.0) * DAY_MS + MORNING_MS));
        let departments = ["sales", "production", "logistics"];
        let founding = Founding {
            company: "Test".into(),
            language: Language::En,
            time_zone: TimeZone::UTC,
            departments: departments.iter().map(|id| (id.parse().ok(), capital(id))).collect(),
            me: "Ada".into(),
            my_department: None,
        };
        let (workspace, _) = Workspace::found(&company.folder(), &founding, plaza.keys(), clock.clone())
            .expect("it is founded");
        std::fs::create_dir(company.folder().join("exports")).expect("a folder can be made");
        company.export(saturday, |week| if week < company.this().plus(-1) { usual(week) } else { None });
        let integration = Integration::from_toml(INTEGRATION).expect("an integration");
        pull(&workspace, &integration, workspace.folder(), &Unwatched::default()).expect("it is pulled");
        workspace.sign_week(KpiKind::PromiseKept, company.signed(), 1, "").expect("it is signed");
        company.meets(&workspace, &clock);
        company
    }

    /// The week in which the window is opened first.
    pub fn this(&self) -> Week {
        self.today.week()
    }

    /// A week that Ada signed.
    pub fn signed(&self) -> Week {
        self.this().plus(-3)
    }

    pub fn folder(&self) -> PathBuf {
        self.home.path().join("company")
    }

    /// The command line that opens it.
    pub fn arguments(&self) -> Vec<String> {
        vec!["--workspace".to_owned(), self.folder().display().to_string()]
    }

    /// Writes the export of a day: ten lines of every week, of which so many are four days late; a week that gives
    /// nothing is not in it yet.
    pub fn export(&self, day: Day, late: impl Fn(Week) -> Option<usize>) {
        let mut rows = String::from("order,line,ordered,promised,produced,delivered,quantity\n");
        let mut week = self.this().plus(-1 - WEEKS);
        while week <= day.week() {
            for line in 0..late(week).map_or(0, |_| 10) {
                let is_late = late(week).is_some_and(|late| line < late);
                let (ordered, promised) = (week.monday().plus(-5), week.monday().plus(2));
                let produced = promised.plus(if is_late { 2 } else { -2 });
                let delivered = promised.plus(if is_late { 4 } else { 0 });
                writeln!(rows, "{week}-{line},1,{ordered},{promised},{produced},{delivered},5")
                    .expect("a text");
            }
            week = week.plus(1);
        }
        let path = self.folder().join(format!("exports/lines_{day}.csv"));
        std::fs::write(path, rows).expect("the folder can be written");
    }

    /// Ada and Bea meet on Sundays; in last week's meeting Bea promised something for this week.
    fn meets(&self, workspace: &Workspace, clock: &SetClock) {
        let me = workspace.me().expect("it reads").expect("Ada").to_string();
        let bea = workspace
            .save_person(None, "Bea", "", "production".parse().ok(), [].into())
            .expect("Bea")
            .to_string();
        let form = MeetingForm {
            weekday: 6,
            time: "23:30".into(),
            minutes: 60,
            place: "Room “Lindau”".into(),
            link: String::new(),
            attendees: vec![me.clone(), bea.clone()],
            facilitators: vec![me],
            standing: Vec::new(),
        };
        workspace.set_meeting(&form).expect("a meeting");
        clock.set(clock.now_ms() + DAY_MS);
        let meeting = self.this().plus(-1).to_string();
        workspace.begin_meeting(&meeting.as_str().into()).expect("it begins");
        let commitment = CommitmentForm {
            commitment: None,
            meeting: Some(meeting.clone()),
            item: None,
            need: None,
            who: bea,
            text: PROMISE.into(),
            due: self.this().sunday().to_string(),
        };
        workspace.make_commitment(&commitment).expect("a commitment");
        clock.set(clock.now_ms() + 30 * 60_000);
        workspace.end_meeting(&meeting.as_str().into()).expect("it ends");
    }
}

/// One line of ten, in every third week two.
#[allow(clippy::unnecessary_wraps)] // beside weeks that are not there yet
pub fn usual(week: Week) -> Option<usize> {
    Some(1 + usize::from(week.0 % 3 == 0))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
