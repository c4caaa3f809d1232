//! What two devices might say, for the properties of the ledger.

use std::collections::BTreeSet;

use plaza_domain::audit::{Answer, Quarter};
use plaza_domain::cell::Quantity;
use plaza_domain::charter::Charter;
use plaza_domain::day::Week;
use plaza_domain::event::{
    Anchor, Attachment, AttentionId, AttentionKind, AttentionRaised, AuditAnswer, AuditSaved, BroughtFigures,
    BroughtWeek, CharterSaved, CommitmentAnswer, CommitmentMade, Contributor, ContributorAdded,
    ContributorReason, ContributorRemoved, CorrectionAsked, CorrectionClosed, CorrectionId, CorrectionSeen,
    DebriefWritten, DecisionId, DecisionTaken, DrillHeld, DrillNoted, DrillResult, FigureColumns,
    FigureEntered, FiguresDecided, Following, HandEntered, HandKept, IntegrationActivated, IntegrationId,
    MeasureEntered, MeetingId, MeetingSet, MessageChanged, MessageId, MessageWritten, Met, MinutesEdited,
    NeedAnswer, NoteWritten, OutageBegun, OutageEnded, Outcome, Payload, PersonChange, ProgramChange,
    RotationPublished, Rush, SaidIn, Seen, TalkProposed, ThreadCause, ThreadClosed, ThreadId, ThreadOpened,
    TruthSet, Way, WinCelebrated, WinReacted, WinRecorded,
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
        about_threads(),
        about_meetings(),
        about_rotations(),
        about_wins(),
        (name(), name()).prop_map(|(record, reason)| Payload::QuarantineReleased { record, reason }),
        (name(), 1u32..4)
            .prop_map(|(id, revision)| Payload::SignalLapsed { signal: id.as_str().into(), revision }),
    ]
}

/// What people say about a rotation, its visits and their debriefs.
fn about_rotations() -> impl Strategy<Value = Payload> {
    let name = || prop::sample::select(vec!["a", "b"]);
    let set = (name(), prop::option::of(name()), prop::option::of(1u32..9)).prop_map(|(id, name, most)| {
        let none = ProgramChange::none(id.into());
        Payload::RotationSet(ProgramChange { name: name.map(str::to_owned), most, ..none })
    });
    let ended = (name(), 0i32..3, name()).prop_map(|(id, day, reason)| Payload::RotationEnded {
        rotation: id.into(),
        from: plaza_domain::day::Day(day),
        reason: reason.into(),
    });
    let published = (name(), name()).prop_map(|(id, reason)| {
        Payload::RotationPublished(RotationPublished {
            rotation: id.into(),
            placements: Vec::new(),
            reason: reason.into(),
            after: None,
            swaps: Vec::new(),
        })
    });
    let written = (name(), name(), name()).prop_map(|(id, placement, saw)| {
        Payload::DebriefWritten(DebriefWritten {
            rotation: id.into(),
            placement: placement.into(),
            saw: saw.into(),
            surprised: String::new(),
            change: String::new(),
            thanks: Vec::new(),
        })
    });
    let answered = (name(), name(), name()).prop_map(|(id, placement, text)| Payload::DebriefAnswered {
        rotation: id.into(),
        placement: placement.into(),
        text: text.into(),
    });
    prop_oneof![set, ended, published, written, answered]
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
    let figured = (name(), 0i32..3, any::<i64>()).prop_map(|(kpi, week, number)| {
        Payload::FigureEntered(FigureEntered {
            kpi: kpi.into(),
            week: Week(week),
            numerator: Quantity(number),
            denominator: None,
            parts: [].into(),
            reason: String::new(),
        })
    });
    let brought = (name(), name(), any::<bool>(), any::<i64>()).prop_map(|(id, kpi, is_held, number)| {
        let week = BroughtWeek {
            week: Week(3),
            numerator: Quantity(number),
            denominator: None,
            parts: [].into(),
            rows: vec![2],
        };
        let brought = BroughtFigures {
            figures: id.into(),
            kpi: kpi.into(),
            file: Attachment { hash: "00".repeat(32), name: id.into(), mime: String::new(), bytes: 1 },
            columns: FigureColumns::default(),
            weeks: vec![week],
            same: 0,
            refused: 0,
            reason: String::new(),
        };
        if is_held { Payload::FiguresHeld(brought) } else { Payload::FiguresBrought(brought) }
    });
    let decided = (name(), name(), any::<bool>()).prop_map(|(id, reason, is_published)| {
        Payload::FiguresDecided(FiguresDecided {
            figures: id.into(),
            kpi: "a".into(),
            is_published,
            reason: reason.into(),
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
    prop_oneof![charter, activated, deactivated, entered, figured, brought, decided, audited, drilled]
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
                kpi: None,
                subject: text,
                person: None,
                since: 0,
            }),
            _ => Payload::AttentionSettled { attention },
        }
    })
}

/// What is said in threads, by people who may be wrong about what is there.
fn about_threads() -> impl Strategy<Value = Payload> {
    let name = || prop::sample::select(vec!["a", "b", "c"]);
    (name(), 0u8..9, name(), any::<bool>()).prop_map(|(id, what, word, is)| {
        let (thread, message, text) = (ThreadId::from(id), MessageId::from(word), format!("{id} {word}"));
        let people: BTreeSet<PersonId> =
            if is { [PersonId(word.to_owned())].into() } else { BTreeSet::new() };
        let departments = BTreeSet::new();
        match what {
            0 => Payload::ThreadOpened(ThreadOpened {
                thread,
                cause: ThreadCause::Flag,
                anchor: Anchor::Week { kpi: "k".into(), week: Week(1), part: None },
                question: text,
                seen: Seen::default(),
                people,
                departments,
            }),
            1 => Payload::MessageWritten(MessageWritten {
                thread,
                message,
                text,
                people,
                departments,
                attachments: Vec::new(),
            }),
            2 => Payload::MessageChanged(MessageChanged { thread, message, text, people, departments }),
            3 => Payload::MessageDeleted { thread, message },
            4 => Payload::ThreadFollowed { thread, following: Following::Muted },
            5 => Payload::TalkProposed(TalkProposed { thread, way: Way::Agenda, people, words: text }),
            6 => Payload::Met(Met { thread, way: Way::Call, people, words: text }),
            7 => {
                Payload::ThreadClosed(ThreadClosed { thread, outcome: Outcome::NormalVariation, words: text })
            }
            _ => Payload::ThreadReopened { thread, reason: text },
        }
    })
}

/// What is said in meetings and promised there.
fn about_meetings() -> impl Strategy<Value = Payload> {
    let name = || prop::sample::select(vec!["a", "b", "c"]);
    (name(), 0u8..9, name(), any::<bool>()).prop_map(|(id, what, word, is)| {
        let (meeting, text) = (MeetingId::from(id), format!("{id} {word}"));
        let (decision, reason) = (DecisionId::from(word), text.clone());
        match what {
            0 => Payload::MeetingSet(MeetingSet {
                from: plaza_domain::day::Day(0),
                weekday: 1,
                minute_of_day: 540,
                minutes: 60,
                place: text,
                link: String::new(),
                attendees: BTreeSet::new(),
                facilitators: Vec::new(),
                standing: Vec::new(),
            }),
            1 => Payload::MeetingCancelled { meeting, reason },
            2 => Payload::NoteWritten(NoteWritten { meeting, item: None, note: word.into(), text }),
            3 => Payload::MinutesEdited(MinutesEdited { meeting, item: is.then(|| word.into()), text }),
            4 => Payload::DecisionTaken(DecisionTaken {
                decision,
                said_in: SaidIn { meeting: Some(meeting), item: None, thread: None },
                text,
                owner: None,
                expected: None,
                from: None,
            }),
            5 => Payload::DecisionWithdrawn { decision, reason },
            6 => Payload::CommitmentMade(CommitmentMade {
                commitment: word.into(),
                said_in: SaidIn::default(),
                need: None,
                who: PersonId(id.to_owned()),
                text,
                due: plaza_domain::day::Day(3),
            }),
            7 => Payload::CommitmentAnswered {
                commitment: word.into(),
                answer: if is { CommitmentAnswer::Kept } else { CommitmentAnswer::Open },
            },
            _ => Payload::NeedAnswered { need: word.into(), answer: NeedAnswer::Accepted },
        }
    })
}

/// What people say of wins.
fn about_wins() -> impl Strategy<Value = Payload> {
    let name = || prop::sample::select(vec!["a", "b"]);
    let text = || prop::option::of(name().prop_map(str::to_owned));
    let sales = || Contributor::Department { department: "sales".parse().unwrap() };
    prop_oneof![
        (name(), text(), text(), text()).prop_map(|(win, title, story, customer)| {
            let on = title.as_ref().map(|_| plaza_domain::day::Day(1));
            let recorded =
                WinRecorded { win: win.into(), title, story, customer, on, ..WinRecorded::default() };
            Payload::WinRecorded(recorded)
        }),
        (name(), name())
            .prop_map(|(win, reason)| Payload::WinWithdrawn { win: win.into(), reason: reason.into() }),
        name().prop_map(|win| Payload::WinRestored { win: win.into() }),
        name().prop_map(|win| Payload::WinForAgenda { win: win.into() }),
        (name(), name()).prop_map(move |(win, words)| Payload::ContributorAdded(ContributorAdded {
            win: win.into(),
            contributor: sales(),
            reason: ContributorReason::Named { words: words.into() },
            department: None,
        })),
        (name(), name()).prop_map(move |(win, reason)| Payload::ContributorRemoved(ContributorRemoved {
            win: win.into(),
            contributor: sales(),
            reason: reason.into(),
        })),
        (name(), any::<bool>()).prop_map(|(win, is_on)| Payload::WinReacted(WinReacted {
            win: win.into(),
            reaction: "thanks".into(),
            is_on,
        })),
        (name(), any::<bool>()).prop_map(|(win, is_on)| Payload::WinCelebrated(WinCelebrated {
            win: win.into(),
            meeting: "2026-W10".into(),
            is_on,
        })),
        (name(), any::<bool>())
            .prop_map(|(signal, is_dismissed)| Payload::WinDismissed { signal: signal.into(), is_dismissed }),
    ]
}
