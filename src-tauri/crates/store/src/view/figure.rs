//! Files with weeks of measures: as they were brought in, and what was decided about those that were held.

use plaza_domain::event::{BroughtFigures, FiguresDecided, FiguresId, KpiId};
use rusqlite::{Connection, Row, params};

use super::act::{Act, Order, Rank};
use super::{View, from_json, to_json};
use crate::error::Result;

const PLACE: &str = "figures";

/// A file with weeks of a measure, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureFile {
    /// What was brought.
    pub brought: BroughtFigures,
    /// It was held: nothing of it was published when it came.
    pub is_held: bool,
    /// Who brought it, when.
    pub act: Act,
    /// What was decided about it, by whom, when; nothing where nobody has, or it was not held.
    pub decided: Option<(FiguresDecided, Act)>,
}

impl FigureFile {
    /// Whether it waits for a decision.
    pub const fn is_waiting(&self) -> bool {
        self.is_held && self.decided.is_none()
    }

    /// Whether its weeks were published.
    pub fn is_published(&self) -> bool {
        !self.is_held || self.decided.as_ref().is_some_and(|(decided, _)| decided.is_published)
    }
}

pub(super) fn brought(
    connection: &Connection,
    order: &Order,
    brought: &BroughtFigures,
    is_held: bool,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_figures (figures, at, acting_for, kpi, held, body) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            brought.figures.as_str(),
            order.rank,
            order.acting_for,
            brought.kpi.as_str(),
            is_held,
            to_json(PLACE, brought)?
        ])?;
    Ok(())
}

pub(super) fn decided(connection: &Connection, order: &Order, decided: &FiguresDecided) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_figures_decided (figures, at, acting_for, body) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            decided.figures.as_str(),
            order.rank,
            order.acting_for,
            to_json(PLACE, decided)?
        ])?;
    Ok(())
}

impl View<'_> {
    /// The files that were brought for a measure, the newest first, at most so many.
    ///
    /// # Errors
    /// What the database says.
    pub fn figure_files(&self, kpi: &KpiId, limit: u32) -> Result<Vec<FigureFile>> {
        let sql =
            "SELECT body, at, acting_for, held FROM view_figures WHERE kpi = ?1 ORDER BY at DESC LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![kpi.as_str(), limit])?;
        let mut files = Vec::new();
        while let Some(row) = rows.next()? {
            files.push(self.figure_file_of(row)?);
        }
        Ok(files)
    }

    /// A file that was brought, by its id; nothing where it is not here.
    ///
    /// # Errors
    /// What the database says.
    pub fn figure_file(&self, figures: &FiguresId) -> Result<Option<FigureFile>> {
        let sql =
            "SELECT body, at, acting_for, held FROM view_figures WHERE figures = ?1 ORDER BY at LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([figures.as_str()])?;
        rows.next()?.map(|row| self.figure_file_of(row)).transpose()
    }

    /// The files of all measures that wait for a decision, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn waiting_figure_files(&self) -> Result<Vec<FigureFile>> {
        let sql = "SELECT body, at, acting_for, held FROM view_figures AS file WHERE held = 1 AND NOT EXISTS \
                   (SELECT 1 FROM view_figures_decided WHERE figures = file.figures) ORDER BY at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut files = Vec::new();
        while let Some(row) = rows.next()? {
            files.push(self.figure_file_of(row)?);
        }
        Ok(files)
    }

    fn figure_file_of(&self, row: &Row<'_>) -> Result<FigureFile> {
        let brought: BroughtFigures =
            from_json(PLACE, row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
        let act = self.act(row.get(1)?, row.get(2)?)?;
        let decided = self.figures_decided(&brought.figures)?;
        Ok(FigureFile { brought, is_held: row.get(3)?, act, decided })
    }

    /// The first decision stands: what it published is published.
    fn figures_decided(&self, figures: &FiguresId) -> Result<Option<(FiguresDecided, Act)>> {
        let sql =
            "SELECT body, at, acting_for FROM view_figures_decided WHERE figures = ?1 ORDER BY at LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([figures.as_str()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let body: String = row.get(0)?;
        let rank: Rank = row.get(1)?;
        Ok(Some((from_json(PLACE, &body)?, self.act(rank, row.get(2)?)?)))
    }
}
