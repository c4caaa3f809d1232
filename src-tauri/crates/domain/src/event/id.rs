//! The names that events are known by. Fixed sizes travel as lower-case hexadecimal text.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::kpi::KpiKind;

/// The text is not the hexadecimal form of an id of this kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not {digits} hexadecimal digits")]
pub struct NotAnId {
    /// What was given.
    pub text: String,
    /// How many digits were expected.
    pub digits: usize,
}

fn parse_hex<const N: usize>(text: &str) -> Result<[u8; N], NotAnId> {
    let wrong = || NotAnId { text: text.chars().take(2 * N + 8).collect(), digits: 2 * N };
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return Err(wrong());
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |ascii: u8| match ascii {
            b'0'..=b'9' => Some(ascii - b'0'),
            b'a'..=b'f' => Some(ascii - b'a' + 10),
            _ => None,
        };
        match (digit(pair[0]), digit(pair[1])) {
            (Some(high), Some(low)) => *byte = high << 4 | low,
            _ => return Err(wrong()),
        }
    }
    Ok(bytes)
}

macro_rules! hex_id {
    ($($(#[$doc:meta])* $name:ident [$size:literal];)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $size]);

        impl $name {
            /// The first eight digits: enough for a person to tell two apart on a screen, never an identity.
            pub fn short(&self) -> String {
                self.to_string().chars().take(8).collect()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                parse_hex(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

hex_id! {
    /// A workspace: the hash of its genesis event. Zero within the genesis event itself.
    WorkspaceId[32];
    /// A device: its ed25519 public key.
    DeviceId[32];
    /// An ed25519 public key that is not a device's: the keeper's or the recovery key.
    PublicKey[32];
    /// The identity of an event in the ledger: BLAKE3 of the bytes that were signed.
    EventHash[32];
    /// The name an event carries: random and unguessable, or derived where a machine may repeat itself.
    EventId[16];
}

macro_rules! text_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    )*};
}

text_id! {
    /// A joint KPI: a slug that stays while its definition is versioned.
    KpiId;
    /// An integration: a slug that stays while its text is versioned.
    IntegrationId;
    /// A run of an integration.
    RunId;
    /// A request to correct something at its source: random.
    CorrectionId;
    /// Something that needs a person: derived from what it is about, so that finding it twice is one matter.
    AttentionId;
    /// A thread: random, or derived from the signal that it is about.
    ThreadId;
    /// A message in a thread: random.
    MessageId;
    /// A meeting: the ISO week that it is of, on whatever day it is held.
    MeetingId;
    /// An item of an agenda: derived from what it is about, or random for one that a person added.
    ItemId;
    /// A note in a meeting: random.
    NoteId;
    /// A decision: random.
    DecisionId;
    /// A need: random.
    NeedId;
    /// A commitment: random.
    CommitmentId;
    /// A rotation: random.
    RotationId;
    /// A placement of a rotation: random.
    PlacementId;
    /// A swap of two placements: random.
    SwapId;
    /// A person's absence: random.
    AbsenceId;
    /// A win: random; of one that a signal suggested, made from the signal.
    WinId;
    /// A file of a measure's weeks, as it was brought in once: random.
    FiguresId;
    /// A signal: derived from the KPI, part, rule and weeks, so that finding it twice is one signal.
    SignalId;
}

impl IntegrationId {
    /// Whether it names none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The built-in KPIs are known by the words of their kinds.
impl From<KpiKind> for KpiId {
    fn from(kind: KpiKind) -> Self {
        Self::from(kind.word())
    }
}

impl From<&Self> for KpiId {
    fn from(kpi: &Self) -> Self {
        kpi.clone()
    }
}

impl PartialEq<KpiKind> for KpiId {
    fn eq(&self, kind: &KpiKind) -> bool {
        self.0 == kind.word()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_not_an_id_is_refused() {
        let id = EventId([0xab; 16]);
        assert_eq!(id.to_string().parse::<EventId>().unwrap(), id);
        for text in ["", "ab", &"AB".repeat(16), &"zz".repeat(16), &"é".repeat(16), &"ab".repeat(17)] {
            assert!(text.parse::<EventId>().is_err(), "{text}");
        }
    }
}
