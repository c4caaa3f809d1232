//! Reads integrations: the list with their health, and one of them whole.

use plaza_domain::language::Language;
use plaza_store::intake::{RunState, View};
use plaza_store::view::Integration as Saved;

use super::connection::ConnectionView;
use super::integration::{IntegrationCard, IntegrationList, IntegrationPage, RunView};
use super::run::{RUNS_MAX, rows};
use super::schedule::TendedView;
use super::series::{count, moment};
use crate::audit::Standing;
use crate::audit::words::owed;
use crate::charter::facts::Facts;
use crate::charter::measure::Measuring;
use crate::charter::words;
use crate::drill::outage::cut_until;
use crate::error::Result;
use crate::integration::Integration;
use crate::pull::{PullReport, base};
use crate::workspace::Workspace;

impl IntegrationList {
    /// The integrations in use.
    ///
    /// # Errors
    /// What the stores say.
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let reader = workspace.intake_reader()?;
        let language = workspace.settings()?.language;
        let mut integrations = Vec::new();
        for saved in workspace.view(|view| view.integrations())? {
            if saved.retired.is_none() {
                integrations.push(card(workspace, reader.view(), &saved, language)?);
            }
        }
        integrations.sort_by(|a, b| a.name.to_lowercase().cmp(&b.name.to_lowercase()).then(a.id.cmp(&b.id)));
        Ok(Self { integrations })
    }
}

impl IntegrationPage {
    /// One integration in use.
    ///
    /// # Errors
    /// There is none of this id; a newer Plaza wrote it.
    pub fn read(workspace: &Workspace, id: &str, language: Language) -> Result<Self> {
        let saved = workspace.integration_in_use(id)?;
        let reader = workspace.intake_reader()?;
        let integration = Integration::from_toml(&saved.current.toml)?.located(&base(workspace, id)?);
        Ok(Self {
            card: card(workspace, reader.view(), &saved, language)?,
            connection: ConnectionView::of(workspace, &integration)?,
            integration,
            runs: RunView::list(workspace, id, language)?,
            toml: saved.current.toml,
        })
    }
}

fn card(workspace: &Workspace, view: View<'_>, saved: &Saved, language: Language) -> Result<IntegrationCard> {
    let id = saved.id.as_str();
    let runs = rows(view, id, RUNS_MAX)?;
    let counted = runs.iter().find(|run| run.state == RunState::Finished);
    let report: PullReport =
        counted.and_then(|run| serde_json::from_str(&run.report).ok()).unwrap_or_default();
    let quarantined = match view.integration(id)? {
        Some(known) => view.quarantine_count(Some(known.number))?,
        None => 0,
    };
    let is_pulling = workspace.is_pulling();
    let last_run = runs.first().map(|run| RunView::of(run, id, is_pulling, language));
    let facts = Facts::read(workspace, saved)?;
    let measuring = Measuring::read(workspace, &facts)?;
    let audit = Standing::read(workspace, &facts, measuring.as_ref(), language)?;
    let verdict = measuring.and_then(|measuring| measuring.verdict);
    let charter = facts.charter.as_ref().map(|version| &version.charter);
    let owner = charter.and_then(|charter| charter.owner.as_ref());
    let named = owner.or(saved.current.act.person.as_ref()).and_then(|id| facts.person(id));
    // What a newer Plaza wrote cannot be read here; its runs and rows can.
    let definition = Integration::from_toml(&saved.current.toml).ok();
    let streams = definition.as_ref().map(|one| one.streams.as_slice()).unwrap_or_default();
    Ok(IntegrationCard {
        id: id.to_owned(),
        name: definition.as_ref().map_or_else(|| id.to_owned(), |one| one.name.clone()),
        system: definition.as_ref().map(|one| one.system.clone()).unwrap_or_default(),
        streams: streams.iter().map(|stream| stream.name.clone()).collect(),
        journeys: count(report.journeys),
        quarantined: count(quarantined),
        watched: streams.iter().any(|stream| stream.folder.is_some()),
        health: health(&runs, quarantined, id, language).to_owned(),
        last_run,
        is_owned: owner.is_some(),
        level: charter.and_then(|charter| charter.level).map(|level| u32::from(u8::from(level))),
        active: facts.activation.is_some(),
        debt: audit.is_debt().then(|| u32::try_from(audit.lacking()).unwrap_or(u32::MAX)),
        cut_until: cut_until(workspace, id)?.map(moment),
        drill_debt: facts
            .drills
            .is_debt(facts.active_since(), facts.today)
            .then(|| owed(facts.drills.last, language)),
        retirement: words::retirement(!facts.used_by().is_empty(), verdict, language),
        owner: named.map(|person| person.name.clone()),
        tended: TendedView::of(workspace, view, id)?,
    })
}

/// How it stands. A pull that was cancelled says nothing: the one before it does.
fn health(
    runs: &[plaza_store::intake::RunRow],
    quarantined: i64,
    id: &str,
    language: Language,
) -> &'static str {
    let mut told = runs.iter().map(|run| RunView::of(run, id, false, language).state);
    match told.find(|state| state != "cancelled").as_deref() {
        None => "never_pulled",
        Some("failed") => "failed",
        Some(_) if quarantined > 0 => "has_quarantine",
        Some(_) => "fine",
    }
}
