//! Events that travel, and events that do not fit.

use super::*;
use crate::day::{Day, Week};
use crate::workspace::SettingChange;

fn envelope() -> Envelope {
    Envelope {
        id: EventId([1; 16]),
        device: DeviceId([2; 32]),
        seq: 7,
        prev: EventHash([3; 32]),
        at: Stamp { wall_ms: 1_764_000_000_000, counter: 2 },
        acting_for: Some(PersonId("ada".into())),
    }
}

fn examples() -> Vec<Payload> {
    let key = PublicKey([4; 32]);
    vec![
        Payload::WorkspaceFounded(WorkspaceFounded {
            company: "Ölmühle".into(),
            keeper: key,
            recovery: key,
            nonce: EventId([0; 16]),
        }),
        Payload::DeviceGranted(Signed {
            statement: DeviceGrant {
                device: DeviceId([2; 32]),
                person: None,
                roles: [crate::person::Role::Keeper].into(),
                from_seq: 1,
            },
            by: Authority::Keeper,
            signature: "00".repeat(64),
        }),
        Payload::SettingsChanged {
            changes: vec![
                SettingChange::Company("Mill".into()),
                SettingChange::Holiday { day: Day(20000), name: None },
                SettingChange::TimeZone("Europe/Madrid".parse().unwrap()),
            ],
        },
        Payload::WeekSigned {
            kpi: "promise-kept".into(),
            week: Week(2900),
            revision: 3,
            note: String::new(),
        },
        Payload::PointGhosted {
            kpi: "promise-kept".into(),
            part: None,
            week: Week(2900),
            reason: "strike".into(),
        },
        Payload::SignalLapsed { signal: "s".into(), revision: i32::MAX as u32 },
    ]
}

#[test]
fn what_is_written_is_read_again() {
    for payload in examples() {
        let bytes = encode(&envelope(), &payload).unwrap();
        let event = decode(&bytes).unwrap();
        assert_eq!(event.envelope, envelope());
        assert_eq!((event.kind.as_str(), event.version), (payload.kind(), payload.version()));
        assert_eq!(event.payload(), Some(&payload));
    }
}

#[test]
fn the_written_form_is_stable() {
    let payload = Payload::WeekSigned { kpi: "k".into(), week: Week(2934), revision: 3, note: "ok".into() };
    let text =
        String::from_utf8(encode(&Envelope { acting_for: None, ..envelope() }, &payload).unwrap()).unwrap();
    let expected = format!(
        r#"{{"id":"{}","device":"{}","seq":7,"prev":"{}","at":[1764000000000,2],"version":1,"kind":"week_signed","payload":{{"kpi":"k","week":"2026-W13","revision":3,"note":"ok"}}}}"#,
        "01".repeat(16),
        "02".repeat(32),
        "03".repeat(32)
    );
    assert_eq!(text, expected);
}

#[test]
fn what_a_newer_program_wrote_is_newer_and_what_a_faulty_one_wrote_is_malformed() {
    let written = |kind: &str, version: u32, payload: &str| {
        let envelope = serde_json::to_string(&envelope()).unwrap();
        let head = envelope.trim_end_matches('}');
        decode(format!(r#"{head},"version":{version},"kind":"{kind}","payload":{payload}}}"#).as_bytes())
            .unwrap()
    };
    assert_eq!(written("telepathy_felt", 1, "{}").content, Content::Newer);
    assert_eq!(written("week_signed", 2, "[1,2]").content, Content::Newer);
    assert!(matches!(written("week_signed", 1, "{}").content, Content::Malformed { .. }));
    let extra = r#"{"kpi":"k","week":"2026-W13","revision":3,"note":"ok","mood":"good"}"#;
    assert!(written("week_signed", 1, extra).payload().is_some(), "a field added later is no fault");
}

#[test]
fn bytes_that_are_no_event_are_refused() {
    for bytes in [&b""[..], b"{}", b"null", b"\xff\xfe", br#"{"id":"zz"}"#] {
        assert!(decode(bytes).is_err());
    }
    assert!(matches!(decode(&vec![b' '; EVENT_BYTES_MAX + 1]), Err(EventFault::TooLarge { .. })));
}
