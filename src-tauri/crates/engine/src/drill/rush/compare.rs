//! What a rush must have brought against what it brought, journey by journey.

use plaza_domain::journey::Journey;

use super::replay::{MARK, renamed};
use crate::error::{EngineError, Result};
use crate::integration::Integration;
use crate::journey::key::OrderKey;
use crate::journey::pack::{JourneyTexts, unpack};
use crate::workspace::Workspace;

/// What was found of the journeys that there must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub expected: i64,
    pub same: i64,
    pub lost: i64,
    pub doubled: i64,
}

/// Each journey of the usual pulls must be there once for each copy, and say the same; and nothing else may be there.
pub(super) fn compare(
    integration: &Integration,
    usual: &Workspace,
    rushed: &Workspace,
    times: u32,
) -> Result<Found> {
    let (usual, rushed) = (usual.intake_reader()?, rushed.intake_reader()?);
    let mut found = Found::default();
    usual.view().each_journey(i64::MIN, i64::MAX, |_, _, body| -> Result<()> {
        let (journey, texts) = read(body)?;
        let order = texts.order.rsplit_once(MARK).map_or(texts.order, |(order, _)| order);
        for copy in 0..times {
            found.expected += 1;
            let order = renamed(order, copy);
            let key = OrderKey::of(&integration.system, &order).line(texts.line);
            let Some(row) = rushed.view().journey(key)? else {
                found.lost += 1;
                continue;
            };
            let (other, others) = read(&row.body)?;
            let is_same = others == JourneyTexts { order: &order, ..texts } && other == journey;
            if is_same { found.same += 1 } else { found.doubled += 1 }
        }
        Ok(())
    })?;
    let surplus = rushed.view().journey_count()? - (found.same + found.doubled);
    found.doubled += surplus.max(0);
    Ok(found)
}

fn read(body: &[u8]) -> Result<(Journey, JourneyTexts<'_>)> {
    unpack(body).ok_or(EngineError::Conflict { what: "the layout of journeys" })
}
