//! What two devices might say, for the properties of the ledger.

use plaza_domain::audit::{Answer, Quarter};
use plaza_domain::charter::Charter;
use plaza_domain::day::Week;
use plaza_domain::event::{
    AttentionId, AttentionKind, AttentionRaised, AuditAnswer, AuditSaved, CharterSaved, CorrectionAsked,
    CorrectionClosed, CorrectionId, CorrectionSeen, DrillHeld, DrillNoted, DrillResult, HandEntered,
    HandKept, IntegrationActivated, IntegrationId, MeasureEntered, OutageBegun, OutageEnded, Payload,
    PersonChange, Rush, TruthSet,
};
use plaza_domain::person::PersonId;
use plaza_domain::record::Field;
use plaza_domain::workspace::SettingChange;
use proptest::prelude::*;

/// When drills of these acts begin and end, milliseconds since 1970 UTC.
const NOW: i64 = 1_795_000_000_000;

/// What two devices might say, in any mixture.
pub(super) fn acts() -> impl Strategy<Value = Payload> {
    let name = || prop::sample::select(vec!["a", "b", "c"]).prop_map(str::to_owned);
    let week = || (0i32..3).prop_map(Week);
    let change =
        (name(), prop::option::of(name()), prop::option::of(name())).prop_map(|(id, name, email)| {
            PersonChange { id: PersonId(id), name, email, department: None, roles: None }
        });
    prop_oneof![
        name().prop_map(|name| Payload::SettingsChanged { changes: vec![SettingChange::Company(name)] }),
        (0u32..50)
            .prop_map(|days| Payload::SettingsChanged { changes: vec![SettingChange::SettleDays(days)] }),
        change.prop_map(Payload::PersonSet),
        (name(), prop::option::of(0i32..9)).prop_map(|(person, day)| Payload::PersonLeft {
            person: PersonId(person),
            last_day: day.map(plaza_domain::day::Day)
        }),
        (name(), 0u8..4, any::<bool>()).prop_map(|(id, slot, active)| Payload::DepartmentSet(
            plaza_domain::event::DepartmentChange {
                id: id.parse().unwrap(),
                name: None,
                letter: None,
                slot: Some(slot),
                active: Some(active),
            }
        )),
        (week(), 1u32..3, name()).prop_map(|(week, revision, note)| Payload::WeekSigned {
            kpi: "k".into(),
            week,
            revision,
            note
        }),
        (week(), name()).prop_map(|(week, reason)| Payload::PointGhosted {
            kpi: "k".into(),
            part: None,
            week,
            reason
        }),
        (week(), name()).prop_map(|(week, reason)| Payload::PointUnghosted {
            kpi: "k".into(),
            part: None,
            week,
            reason
        }),
        (0i32..3, 1u32..3, name()).prop_map(|(day, version, reason)| Payload::PhaseSigned {
            kpi: "k".into(),
            part: None,
            start: plaza_domain::day::Day(day),
            version,
            reason
        }),
        (0i32..3, name()).prop_map(|(day, reason)| Payload::PhaseWithdrawn {
            kpi: "k".into(),
            part: None,
            start: plaza_domain::day::Day(day),
            reason
        }),
        (name(), 1u32..3, name()).prop_map(|(id, version, toml)| Payload::IntegrationSaved {
            integration: id.as_str().into(),
            version,
            toml,
            note: String::new()
        }),
        (name(), name())
            .prop_map(|(id, reason)| Payload::IntegrationRetired { integration: id.as_str().into(), reason }),
        about_integrations(),
        about_truth(),
        (name(), name()).prop_map(|(record, reason)| Payload::QuarantineReleased { record, reason }),
        (name(), 1u32..4)
            .prop_map(|(id, revision)| Payload::SignalLapsed { signal: id.as_str().into(), revision }),
    ]
}

/// What people say about an integration beside its text.
fn about_integrations() -> impl Strategy<Value = Payload> {
    let name = || prop::sample::select(vec!["a", "b", "c"]);
    let charter = (name(), 1u32..3, name()).prop_map(|(id, version, problem)| {
        let charter = Charter { problem: problem.into(), ..Charter::default() };
        Payload::CharterSaved(CharterSaved { integration: id.into(), version, charter })
    });
    let activated = (name(), name()).prop_map(|(id, reason)| {
        Payload::IntegrationActivated(IntegrationActivated {
            integration: id.into(),
            charter_version: 1,
            unstable: vec![],
            reason: reason.into(),
        })
    });
    let entered = (name(), name(), 0i32..3, any::<i64>()).prop_map(|(id, name, week, millionths)| {
        Payload::MeasureEntered(MeasureEntered {
            integration: id.into(),
            name: name.into(),
            unit: "hours".into(),
            week: Week(week),
            millionths,
        })
    });
    let audited = (name(), 8104i32..8107, name()).prop_map(|(id, quarter, comment)| {
        let answer =
            AuditAnswer { answer: Answer::No, said: None, comment: comment.into(), evidence: String::new() };
        Payload::AuditSaved(AuditSaved {
            integration: id.into(),
            quarter: Quarter(quarter),
            answers: [("owner".to_owned(), answer)].into(),
        })
    });
    let deactivated = (name(), name()).prop_map(|(id, reason)| Payload::IntegrationDeactivated {
        integration: id.into(),
        reason: reason.into(),
    });
    let drilled = (name(), 0u8..4, name()).prop_map(|(id, what, words)| {
        let (integration, drill, words) = (id.into(), "drill-1".to_owned(), words.to_owned());
        match what {
            0 => Payload::OutageBegun(OutageBegun { integration, drill, until: NOW, purpose: words }),
            1 => Payload::DrillNoted(DrillNoted { integration, drill, words }),
            2 => Payload::OutageEnded(OutageEnded { integration, drill }),
            _ => Payload::DrillHeld(DrillHeld {
                integration,
                drill,
                began_at: NOW,
                ended_at: NOW,
                took_part: Vec::new(),
                learned: words,
                result: DrillResult::Rush(Rush::default()),
            }),
        }
    });
    prop_oneof![charter, activated, deactivated, entered, audited, drilled]
}

/// What is said of the truth of an integration's fields, by people and by machines.
fn about_truth() -> impl Strategy<Value = Payload> {
    let name = || prop::sample::select(vec!["a", "b", "c"]);
    (name(), 0u8..8, name(), any::<bool>()).prop_map(|(id, what, word, is)| {
        let (integration, text) = (IntegrationId::from(id), word.to_owned());
        let (correction, attention) = (CorrectionId::from(word), AttentionId::from(word));
        let field = if is { Field::Promised } else { Field::Delivered };
        match what {
            0 => Payload::TruthSet(TruthSet {
                integration,
                field,
                origin: text.clone(),
                record: text,
                owner: PersonId(id.to_owned()),
            }),
            1 => Payload::HandEntered(HandEntered {
                integration,
                file: text.clone(),
                hash: text.clone(),
                rows: 1,
                way: "form".into(),
                note: text,
            }),
            2 => Payload::HandKept(HandKept {
                integration,
                order: text.clone(),
                line: "1".into(),
                field,
                is_kept: is,
                reason: text,
            }),
            3 => Payload::CorrectionAsked(CorrectionAsked {
                correction,
                integration,
                field,
                owner: PersonId(id.to_owned()),
                text,
                wanted: None,
                records: Vec::new(),
            }),
            4 => {
                Payload::CorrectionSeen(CorrectionSeen { correction, run: id.into(), says: vec![Some(text)] })
            }
            5 => Payload::CorrectionClosed(CorrectionClosed { correction, reason: text }),
            6 => Payload::AttentionRaised(AttentionRaised {
                attention,
                kind: AttentionKind::Disagreement,
                integration,
                subject: text,
                person: None,
                since: 0,
            }),
            _ => Payload::AttentionSettled { attention },
        }
    })
}
