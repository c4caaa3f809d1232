//! A charter for whatever must be active before it is pulled by itself.

#![allow(clippy::expect_used)] // a test may stop at once

use plaza_engine::page::charter::{CharterDraft, MeasureDraft};
use plaza_engine::workspace::Workspace;

/// A complete charter of whoever uses a workspace.
pub(crate) fn charter(workspace: &Workspace) -> CharterDraft {
    let me = workspace.me().expect("known").expect("known").to_string();
    let by = workspace.today().expect("known").plus(90).to_string();
    CharterDraft {
        level: Some(2),
        problem: "Nobody sees late orders in time.".into(),
        beneficiaries: vec![me.clone()],
        usage: "In the weekly meeting.".into(),
        fallback: "The dispatcher reads the printed list.".into(),
        owner: Some(me),
        measure: MeasureDraft {
            what: Some("kpi".into()),
            kpi: Some("promise-kept".into()),
            baseline: Some(70.0),
            target: Some(90.0),
            by: Some(by),
            ..MeasureDraft::default()
        },
    }
}
