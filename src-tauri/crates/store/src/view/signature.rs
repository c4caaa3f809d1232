//! Signatures of weeks, and whether they still stand.

use std::collections::BTreeMap;

use plaza_domain::day::Week;
use plaza_domain::event::{KpiId, Observation, SignatureStanding, signature_standing};
use plaza_domain::workspace::Settings;
use rusqlite::{Connection, params};

use super::View;
use super::act::{Act, Order, Rank};
use crate::error::Result;

/// A person signed a week's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Which KPI.
    pub kpi: KpiId,
    /// Which week.
    pub week: Week,
    /// The revision that the person saw.
    pub revision: u32,
    /// What the person said about it.
    pub note: String,
    /// Who, when.
    pub act: Act,
}

/// A week's last signature, and whether it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedWeek {
    /// The signature.
    pub signature: Signature,
    /// Whether it stands.
    pub standing: SignatureStanding,
}

pub(super) fn signed(
    connection: &Connection,
    order: &Order,
    kpi: &KpiId,
    week: Week,
    revision: u32,
    note: &str,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO view_signature (kpi, week, at, acting_for, revision, note) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![kpi.as_str(), week.0, order.rank, order.acting_for, revision, note])?;
    Ok(())
}

impl View<'_> {
    /// Every signature of a KPI's weeks, by week and time.
    ///
    /// # Errors
    /// What the database says.
    pub fn signatures(&self, kpi: &KpiId) -> Result<Vec<Signature>> {
        let sql = "SELECT week, revision, note, at, acting_for FROM view_signature WHERE kpi = ?1 ORDER BY week, at";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([kpi.as_str()])?;
        let mut signatures = Vec::new();
        while let Some(row) = rows.next()? {
            signatures.push(Signature {
                kpi: kpi.clone(),
                week: Week(row.get(0)?),
                revision: row.get(1)?,
                note: row.get(2)?,
                act: self.act(row.get::<_, Rank>(3)?, row.get(4)?)?,
            });
        }
        Ok(signatures)
    }

    /// The last signature of each signed week and whether it stood, as known at a time (milliseconds since 1970
    /// UTC; now when nothing is given). A changed value, or any change after the week settled, lifts it; a
    /// refinement does not.
    ///
    /// # Errors
    /// What the database says.
    pub fn signed_weeks(
        &self,
        kpi: &KpiId,
        settings: &Settings,
        known_at: Option<i64>,
    ) -> Result<BTreeMap<Week, SignedWeek>> {
        let mut revisions: BTreeMap<Week, Vec<Observation>> = BTreeMap::new();
        for revision in self.all_revisions(kpi, known_at)? {
            revisions.entry(revision.week).or_default().push(revision);
        }
        let mut weeks = BTreeMap::new();
        for signature in self.signatures(kpi)? {
            if known_at.is_some_and(|known_at| signature.act.at.wall_ms > known_at) {
                continue;
            }
            let revisions = revisions.get(&signature.week).map_or(&[][..], Vec::as_slice);
            let known =
                revisions.iter().map(|revision| (revision, settings.time_zone.day_at(revision.known_from)));
            let until = settings.unsettled_until(signature.week);
            let standing = signature_standing(signature.revision, known, until);
            weeks.insert(signature.week, SignedWeek { signature, standing });
        }
        Ok(weeks)
    }
}
