//! Makes the sample company: its files week by week, each pulled on its Monday, signed by its people.

use std::path::Path;
use std::sync::Arc;

use plaza_domain::day::{Day, Week};
use plaza_domain::event::Payload;
use plaza_domain::kpi::KpiKind;
use plaza_domain::language::Language;
use plaza_domain::person::PersonId;
use plaza_domain::workspace::{SettingChange, TimeZone};
use plaza_store::key::Keys;

use super::files::exports;
use super::{COMPANY, DEPARTMENTS, INTEGRATION_TOML, PEOPLE, TIME_ZONE, holidays};
use crate::clock::{Clock, SetClock};
use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::page::WeekState;
use crate::page::role_of;
use crate::page::series::Series;
use crate::pull::{Watch, pull};
use crate::workspace::{Founding, Workspace};

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// Six in the morning, about when the exports are written, in UTC.
const MORNING_MS: i64 = 5 * 3_600_000;

/// Weeks that are left open at the end, as in any company on a Monday morning.
const WEEKS_UNSIGNED: i32 = 2;

/// Targets of the sample company, in millionths of the unit.
const TARGETS: [(KpiKind, i64); 5] = [
    (KpiKind::PromiseKept, 95_000_000),
    (KpiKind::OrderToCash, 45_000_000),
    (KpiKind::RightFirstTime, 97_000_000),
    (KpiKind::PromiseRealism, 250_000),
    (KpiKind::LateBacklog, 40_000_000),
];

/// Makes the sample company in `folder` and leaves it as a workspace. `today` is the day on which somebody looks at
/// it: the last export is of the Monday of that week.
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
    let made = write(folder, seed, language, keys, today, watch);
    if made.is_err() && folder.join("ledger.db").is_file() {
        // Half a company is of no use to anybody, and it was not there before.
        std::fs::remove_dir_all(folder).map_err(EngineError::file(folder))?;
    }
    made
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
    let (mut workspace, people) = found(folder, language, keys, Arc::<SetClock>::clone(&clock), last)?;
    let integration = Integration::from_toml(INTEGRATION_TOML)?;
    let files = folder.join("exports");
    std::fs::create_dir_all(&files).map_err(EngineError::file(&files))?;
    let total = exports.len() as u64;
    for (nth, export) in exports.into_iter().enumerate() {
        watch.progress("sample", nth as u64, total);
        if watch.cancel().load(std::sync::atomic::Ordering::Relaxed) {
            return Err(EngineError::Cancelled);
        }
        for (name, content) in &export.files {
            let path = files.join(name);
            std::fs::write(&path, content).map_err(EngineError::file(&path))?;
        }
        clock.set(at(export.day));
        workspace.act_for(people.get("Aylin Demir").cloned());
        pull(&workspace, &integration, folder, &Quiet(watch))?;
        clock.set(at(export.day.plus(1)));
        if export.day < last {
            sign(&mut workspace, &people, export.day.week().plus(-WEEKS_UNSIGNED))?;
        }
    }
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

fn at(day: Day) -> i64 {
    i64::from(day.0) * DAY_MS + MORNING_MS
}

type People = std::collections::BTreeMap<&'static str, PersonId>;

fn found(
    folder: &Path,
    language: Language,
    keys: Arc<dyn Keys>,
    clock: Arc<dyn Clock>,
    last: Day,
) -> Result<(Workspace, People)> {
    let founding = Founding {
        company: COMPANY.to_owned(),
        language,
        time_zone: TIME_ZONE.parse::<TimeZone>().unwrap_or(TimeZone::UTC),
        departments: DEPARTMENTS.iter().map(|(id, name, _)| (id.parse().ok(), (*name).to_owned())).collect(),
        me: "Henrik Aas".to_owned(),
        my_department: DEPARTMENTS.iter().position(|(id, ..)| *id == "finance"),
    };
    // The recovery code of a made-up company is nobody's to keep.
    let (workspace, _) = Workspace::found(folder, &founding, keys, clock)?;
    let year = last.week().iso().0;
    let days = (year - 2..=year + 1).flat_map(holidays);
    let mut changes: Vec<SettingChange> =
        days.map(|(day, name)| SettingChange::Holiday { day, name: Some(name.to_owned()) }).collect();
    changes.push(SettingChange::CountsWorkingDays(true));
    workspace.change_settings(changes)?;
    let mut people = People::new();
    if let Some(me) = workspace.me()? {
        people.insert("Henrik Aas", me);
    }
    for person in PEOPLE {
        let roles = person.roles.iter().filter_map(|word| role_of(word)).collect();
        let id = people.get(person.name).cloned();
        let id = workspace.save_person(id, person.name, "", person.department.parse().ok(), roles)?;
        if let Some(weeks) = person.left_weeks_ago {
            workspace.person_left(id.clone(), Some(last.plus(-7 * weeks)))?;
        }
        people.insert(person.name, id);
    }
    define(&workspace, &people)?;
    Ok((workspace, people))
}

/// Each KPI with its target and the person who decides about it.
fn define(workspace: &Workspace, people: &People) -> Result<()> {
    let mut acts = Vec::new();
    for (kind, target) in TARGETS {
        let mut definition = workspace.definition(kind)?;
        definition.version += 1;
        definition.target_millionths = Some(target);
        definition.decider = people.get(signer(kind)).cloned();
        acts.push(Payload::KpiDefined(definition));
    }
    workspace.act(acts)?;
    Ok(())
}

/// Who signs a KPI's weeks.
const fn signer(kind: KpiKind) -> &'static str {
    match kind {
        KpiKind::PromiseKept | KpiKind::PromiseRealism => "Clara Winter",
        KpiKind::OrderToCash => "Henrik Aas",
        KpiKind::RightFirstTime => "Jonas Bergmann",
        KpiKind::LateBacklog => "Ines Moreno",
    }
}

/// Signs every week up to `until` that is not signed, restated ones again.
fn sign(workspace: &mut Workspace, people: &People, until: Week) -> Result<()> {
    for kind in KpiKind::ALL {
        workspace.act_for(people.get(signer(kind)).cloned());
        let series = Series::read(workspace, workspace.definition(kind)?, None)?;
        let open = series.observations.iter().filter(|observation| observation.week <= until);
        let acts: Vec<Payload> = open
            .filter(|observation| {
                observation.denominator > 0 && series.state(observation) != WeekState::Signed
            })
            .map(|observation| Payload::WeekSigned {
                kpi: observation.kpi.clone(),
                week: observation.week,
                revision: observation.revision,
                note: String::new(),
            })
            .collect();
        workspace.act(acts)?;
    }
    Ok(())
}
