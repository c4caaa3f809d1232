//! Makes the sample company: its files week by week, each pulled on its Monday, signed by its people.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use plaza_domain::day::{Day, Week};
use plaza_domain::department::DepartmentId;
use plaza_domain::event::{Observation, Payload, PersonChange};
use plaza_domain::kpi::KpiKind;
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;
use plaza_domain::workspace::{SettingChange, TimeZone};
use plaza_store::key::Keys;
use plaza_store::ledger::Draft;

use super::calendar::years;
use super::chance::Chance;
use super::files::{Export, exports};
use super::meeting;
use super::rotation::{self, Rotations};
use super::story::quiet_of;
use super::thread::{self, Talks};
use super::win;
use super::words::{self, pick};
use super::{CARRIER_SINCE, COMPANY, DEPARTMENTS, EXPORTS, INTEGRATION_TOML, PEOPLE, TIME_ZONE, holidays};
use crate::clock::{Clock, SetClock};
use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::page::series::Series;
use crate::page::{WeekState, role_of};
use crate::pull::{Watch, pull};
use crate::workspace::{Founding, Workspace, new_person_id};

/// Milliseconds of an hour.
const HOUR_MS: i64 = 3_600_000;

/// The exports are written in the night to Monday, half an hour past midnight in winter, so that on a Monday
/// morning they are there and nothing in the workspace lies ahead of the clock. Counted from midnight UTC.
const NIGHT_MS: i64 = -HOUR_MS / 2;

/// People sign on the Tuesday after, in the morning.
const SIGNING_MS: i64 = 32 * HOUR_MS;

/// Weeks that are left open at the end, as in any company on a Monday morning.
const WEEKS_UNSIGNED: i32 = 2;

/// *Right first time* is signed once the window for returns is over.
const WEEKS_UNSIGNED_RIGHT_FIRST_TIME: i32 = 5;

/// Weeks on which the limits of the charts rest that the story moves: those before the campaign.
const BASELINE_WEEKS: u32 = 13;

/// Weeks until the first orders of the new system have filled the pipeline.
const RUN_IN_WEEKS: i32 = 3;

/// When the new carrier shows: the first promised week after the one in which it began, weeks ago.
const NEW_PHASE: i32 = CARRIER_SINCE - 1;

/// Weeks that people watch a change before they sign a new phase for it.
const PHASE_WATCHED_WEEKS: i32 = 13;

/// Where a company is made before it is there: a crash leaves this and no half company.
pub(crate) const MAKING: &str = ".making";

/// What tells a workspace from any other folder; moved last.
const LEDGER_FILE: &str = "ledger.db";

/// Targets, in millionths of the unit, and whether the limits rest on the first weeks.
const TARGETS: [(KpiKind, i64, bool); 5] = [
    (KpiKind::PromiseKept, 95_000_000, true),
    (KpiKind::OrderToCash, 38_000_000, false),
    (KpiKind::RightFirstTime, 97_000_000, false),
    (KpiKind::PromiseRealism, 250_000, false),
    (KpiKind::LateBacklog, 20_000_000, true),
];

/// Makes the sample company in `folder` and leaves it as a workspace. `today` is the day on which somebody looks at
/// it: the last export is of the Monday of that week.
///
/// The folder is a workspace only when all of it is done: until then everything lies in a folder within it, which an
/// error or a cancel takes away and the next making after a crash as well.
///
/// # Errors
/// The folder holds something or cannot be written; [`EngineError::Cancelled`] leaves nothing behind.
pub fn create(
    folder: &Path,
    seed: u64,
    language: Language,
    keys: Arc<dyn Keys>,
    today: Day,
    watch: &dyn Watch,
) -> Result<()> {
    let making = folder.join(MAKING);
    let was_there = folder.is_dir();
    if was_there {
        let mut others = folder.read_dir().map_err(EngineError::file(folder))?;
        if others.any(|entry| entry.is_ok_and(|entry| entry.file_name() != MAKING)) {
            return Err(plaza_store::StoreError::NotEmpty { path: folder.to_owned() }.into());
        }
    }
    clear(&making)?;
    std::fs::create_dir_all(&making).map_err(EngineError::file(&making))?;
    let made = write(&making, seed, language, keys, today, watch).and_then(|()| move_up(&making, folder));
    if made.is_err() {
        clear(&making)?;
        if !was_there {
            // Only where it is empty: what somebody else put there meanwhile stays.
            let _ = std::fs::remove_dir(folder);
        }
    }
    made
}

fn clear(making: &Path) -> Result<()> {
    if making.exists() { std::fs::remove_dir_all(making).map_err(EngineError::file(making)) } else { Ok(()) }
}

/// Moves everything one folder up, the ledger last.
fn move_up(making: &Path, folder: &Path) -> Result<()> {
    let entries = making.read_dir().map_err(EngineError::file(making))?;
    let mut names: Vec<std::ffi::OsString> = entries.flatten().map(|entry| entry.file_name()).collect();
    names.sort_by_key(|name| name == LEDGER_FILE);
    for name in names {
        let (from, to) = (making.join(&name), folder.join(&name));
        std::fs::rename(&from, &to).map_err(EngineError::file(&to))?;
    }
    std::fs::remove_dir(making).map_err(EngineError::file(making))
}

fn write(
    folder: &Path,
    seed: u64,
    language: Language,
    keys: Arc<dyn Keys>,
    today: Day,
    watch: &dyn Watch,
) -> Result<()> {
    let last = today.week().monday();
    let exports = exports(seed, last);
    let first = exports.first().map_or(last, |export| export.day);
    let clock = Arc::new(SetClock::new(at(first.plus(-14))));
    let workspace = found(folder, language, keys, Arc::<SetClock>::clone(&clock))?;
    let people = people(&workspace, last, language)?;
    let weekday = meeting::weekday(today);
    let company = Company {
        workspace,
        people,
        language,
        clock,
        last,
        weekday,
        seed,
        talks: Talks::default(),
        rotations: Rotations::default(),
    };
    let integration = Integration::from_toml(INTEGRATION_TOML)?;
    let files = folder.join("exports");
    std::fs::create_dir_all(&files).map_err(EngineError::file(&files))?;
    let total = exports.len() as u64;
    for (nth, export) in exports.into_iter().enumerate() {
        watch.progress("sample", nth as u64, total);
        if watch.cancel().load(Ordering::Relaxed) {
            return Err(EngineError::Cancelled);
        }
        company.week(&export, &integration, &files, watch)?;
    }
    company.workspace.settle()?;
    watch.progress("sample", total, total);
    Ok(())
}

/// A pull inside the making: its own steps are not shown, its cancel is.
struct Quiet<'a>(&'a dyn Watch);

impl Watch for Quiet<'_> {
    fn progress(&self, _what: &str, _done: u64, _total: u64) {}

    fn cancel(&self) -> &std::sync::atomic::AtomicBool {
        self.0.cancel()
    }
}

/// The night to a Monday.
fn at(day: Day) -> i64 {
    i64::from(day.0) * 24 * HOUR_MS + NIGHT_MS
}

pub(super) type People = BTreeMap<&'static str, PersonId>;

fn found(folder: &Path, language: Language, keys: Arc<dyn Keys>, clock: Arc<dyn Clock>) -> Result<Workspace> {
    let named = |id: &str, names| (id.parse().ok(), pick(language, names).to_owned());
    let founding = Founding {
        company: COMPANY.to_owned(),
        language,
        time_zone: TIME_ZONE.parse::<TimeZone>().unwrap_or(TimeZone::UTC),
        departments: DEPARTMENTS.iter().map(|department| named(department.id, department.names)).collect(),
        me: KEEPER.to_owned(),
        my_department: DEPARTMENTS.iter().position(|department| department.id == "finance"),
    };
    // The recovery code of a made-up company is nobody's to keep.
    let (workspace, _) = Workspace::found(folder, &founding, keys, clock)?;
    workspace.hasten()?;
    Ok(workspace)
}

/// Whose device the sample company is on.
const KEEPER: &str = "Henrik Aas";

/// Who saved the integration and answers for it.
pub(super) const INTEGRATION_OWNER: &str = "Aylin Demir";

/// Everything that people set up on the first day, in one go: calendar, people, definitions.
fn people(workspace: &Workspace, last: Day, language: Language) -> Result<People> {
    let mut people = People::new();
    if let Some(me) = workspace.me()? {
        people.insert(KEEPER, me);
    }
    let mut changes: Vec<SettingChange> = holidays(years(last), language)
        .into_iter()
        .map(|(day, name)| SettingChange::Holiday { day, name: Some(name.to_owned()) })
        .collect();
    changes.push(SettingChange::CountsWorkingDays(true));
    let mut acts = vec![Payload::SettingsChanged { changes }];
    for person in PEOPLE {
        let id = match people.get(person.name) {
            Some(id) => id.clone(),
            None => new_person_id()?,
        };
        acts.push(Payload::PersonSet(PersonChange {
            id: id.clone(),
            name: Some(person.name.to_owned()),
            email: None,
            department: person.department.parse().ok(),
            roles: Some(person.roles.iter().filter_map(|word| role_of(word)).collect()),
        }));
        people.insert(person.name, id);
    }
    acts.extend(definitions(workspace, &people, language)?);
    workspace.act(acts)?;
    Ok(people)
}

/// Each KPI with its target, the decision that it serves, and the people who answer for it.
fn definitions(workspace: &Workspace, people: &People, language: Language) -> Result<Vec<Payload>> {
    let head = |department: &str| {
        let heads =
            PEOPLE.iter().filter(|person| person.left_weeks_ago.is_none() && person.roles.contains(&"head"));
        let head = heads.into_iter().find(|person| person.department == department)?;
        Some((DepartmentId::try_from(department.to_owned()).ok()?, people.get(head.name)?.clone()))
    };
    let owners: BTreeMap<DepartmentId, PersonId> =
        DEPARTMENTS.iter().filter_map(|department| head(department.id)).collect();
    TARGETS
        .into_iter()
        .map(|(kind, target, is_fixed)| {
            let mut definition = workspace.definition(kind)?;
            definition.version += 1;
            definition.target_millionths = Some(target);
            definition.baseline_n = is_fixed.then_some(BASELINE_WEEKS);
            words::decision(kind, language).clone_into(&mut definition.decision);
            definition.decider = people.get(signer(kind)).cloned();
            definition.owners = match kind {
                KpiKind::PromiseRealism => head("sales").into_iter().collect(),
                _ => owners.clone(),
            };
            Ok(Payload::KpiDefined(definition))
        })
        .collect()
}

/// Who decides about a KPI and signs its weeks.
const fn signer(kind: KpiKind) -> &'static str {
    match kind {
        KpiKind::PromiseKept | KpiKind::PromiseRealism | KpiKind::Measure => "Clara Winter",
        KpiKind::OrderToCash => "Henrik Aas",
        KpiKind::RightFirstTime => "Jonas Bergmann",
        KpiKind::LateBacklog => "Ines Moreno",
    }
}

/// The company while its year goes by.
struct Company {
    workspace: Workspace,
    people: People,
    language: Language,
    clock: Arc<SetClock>,
    last: Day,
    /// On which day of the week people meet, 0 Monday.
    weekday: u8,
    seed: u64,
    talks: Talks,
    rotations: Rotations,
}

impl Company {
    /// One week: the export is written and pulled; on the day after people sign and come and go.
    fn week(
        &self,
        export: &Export,
        integration: &Integration,
        files: &Path,
        watch: &dyn Watch,
    ) -> Result<()> {
        for (name, content) in &export.files {
            let path = files.join(name);
            std::fs::write(&path, content).map_err(EngineError::file(&path))?;
        }
        self.clock.set(at(export.day));
        self.workspace.act_for(self.people.get(INTEGRATION_OWNER).cloned());
        let base = self.workspace.folder().to_owned();
        pull(&self.workspace, integration, &base, &Quiet(watch))?;
        self.workspace.act_for(None);
        if self.weekday == 0 {
            self.meet(export.day, watch)?;
        }
        if export.day == self.last {
            return Ok(());
        }
        self.clock.set(self.workspace.now_ms().max(at(export.day) + SIGNING_MS));
        let weeks_ago = (self.last - export.day) / 7;
        self.workspace.act_for(self.people.get(INTEGRATION_OWNER).cloned());
        super::charter::say(&self.workspace, &self.people, weeks_ago, self.language)?;
        self.workspace.act_for(None);
        let mut drafts = self.farewells(export.day);
        drafts.extend(self.new_phase(export.day)?);
        for kind in KpiKind::ALL {
            drafts.extend(self.signatures(kind, export.day.week())?);
        }
        if !drafts.is_empty() {
            self.workspace.ledger().append(&drafts, self.workspace.now_ms())?;
        }
        if self.weekday > 0 {
            self.meet(export.day, watch)?;
        }
        Ok(())
    }

    /// The weekly meeting of the week of this Monday.
    fn meet(&self, monday: Day, watch: &dyn Watch) -> Result<()> {
        let weeks_ago = (self.last - monday) / 7;
        if weeks_ago > meeting::SINCE {
            return Ok(());
        }
        if weeks_ago == meeting::SINCE {
            self.workspace.act_for(self.people.get("Lena Hoffmann").cloned());
            meeting::set_up(&self.workspace, &self.people, self.weekday, self.language)?;
        }
        self.talks.week(&thread::Week {
            workspace: &self.workspace,
            people: &self.people,
            clock: &self.clock,
            language: self.language,
            monday,
            weeks_ago,
        })?;
        let wins = win::Week {
            workspace: &self.workspace,
            people: &self.people,
            clock: &self.clock,
            language: self.language,
            monday,
            weeks_ago,
            chance: Chance::new(self.seed),
        };
        wins.record()?;
        self.workspace.act_for(None);
        self.rotations.week(&rotation::Week {
            workspace: &self.workspace,
            people: &self.people,
            language: self.language,
            monday,
            weeks_ago,
            watch: &Quiet(watch),
        })?;
        let week = meeting::Week {
            chance: Chance::new(self.seed),
            people: &self.people,
            clock: &self.clock,
            language: self.language,
            monday,
            weeks_ago,
            workspace: &self.workspace,
        };
        week.hold()?;
        // The meeting of the last week is held only where its day has come.
        if weeks_ago == i32::from(self.weekday > 0) {
            wins.record_latest()?;
        }
        self.workspace.act_for(None);
        Ok(())
    }

    /// Who left in the week of this Monday.
    fn farewells(&self, monday: Day) -> Vec<Draft> {
        let weeks_ago = (self.last - monday) / 7;
        let left = PEOPLE.iter().filter(|person| person.left_weeks_ago == Some(weeks_ago));
        left.filter_map(|person| self.people.get(person.name))
            .map(|person| {
                Draft::act(Payload::PersonLeft { person: person.clone(), last_day: Some(monday.plus(-3)) })
            })
            .collect()
    }

    /// The phase that was signed on this Monday's week: the new carrier is there to stay.
    fn new_phase(&self, monday: Day) -> Result<Option<Draft>> {
        if self.last - monday != 7 * (NEW_PHASE - PHASE_WATCHED_WEEKS) {
            return Ok(None);
        }
        let Some(person) = self.people.get(signer(KpiKind::PromiseKept)) else { return Ok(None) };
        let signed = Payload::PhaseSigned {
            kpi: self.workspace.definition(KpiKind::PromiseKept)?.kpi,
            part: None,
            start: self.last.plus(-7 * NEW_PHASE),
            reason: words::new_carrier(self.language).to_owned(),
            version: 1,
        };
        Ok(Some(Draft::act_for(signed, person.clone())))
    }

    /// Signatures for every week of a KPI that is old enough and not signed, restated ones again.
    fn signatures(&self, kind: KpiKind, now: Week) -> Result<Vec<Draft>> {
        let Some(person) = self.people.get(signer(kind)) else { return Ok(Vec::new()) };
        let weeks_open =
            if kind == KpiKind::RightFirstTime { WEEKS_UNSIGNED_RIGHT_FIRST_TIME } else { WEEKS_UNSIGNED };
        let series = Series::read(&self.workspace, self.workspace.definition(kind)?, None)?;
        let mut drafts = Vec::new();
        for observation in &series.observations {
            let state = series.state(observation);
            if observation.week > now.plus(-weeks_open)
                || observation.denominator == 0
                || state == WeekState::Signed
            {
                continue;
            }
            let note = if state == WeekState::Restated { words::put_right(self.language) } else { "" };
            drafts.push(Draft::act_for(signed(observation, note), person.clone()));
            if let Some(reason) =
                self.left_out(kind, observation.week).filter(|_| state != WeekState::Restated)
            {
                let ghosts = ghosts(observation, reason);
                drafts.extend(ghosts.map(|ghost| Draft::act_for(ghost, person.clone())));
            }
        }
        Ok(drafts)
    }

    /// Why people leave a week out of a KPI's charts: four orders of the on-call service say nothing about the
    /// process, nor do the first weeks of the order system. Payments came in as ever.
    fn left_out(&self, kind: KpiKind, week: Week) -> Option<&'static str> {
        let first_full = self.last.week().plus(RUN_IN_WEEKS - EXPORTS);
        match kind {
            KpiKind::OrderToCash => None,
            _ if week < first_full => Some(words::run_in(self.language)),
            KpiKind::LateBacklog => None,
            _ => quiet_of(week).then(|| words::closed(self.language)),
        }
    }
}

/// A week left out of the KPI's chart and of those of its parts.
fn ghosts<'a>(observation: &'a Observation, reason: &'a str) -> impl Iterator<Item = Payload> + 'a {
    let parts = DEPARTMENTS.iter().filter_map(|department| department.id.parse().ok());
    std::iter::once(None).chain(parts.map(Some)).map(|part| Payload::PointGhosted {
        kpi: observation.kpi.clone(),
        part,
        week: observation.week,
        reason: reason.to_owned(),
    })
}

fn signed(observation: &Observation, note: &str) -> Payload {
    Payload::WeekSigned {
        kpi: observation.kpi.clone(),
        week: observation.week,
        revision: observation.revision,
        note: note.to_owned(),
    }
}
