//! Secret words: the passwords and tokens of the systems that are asked, kept where the keys are.

use std::fmt;

use plaza_domain::event::WorkspaceId;
use zeroize::Zeroizing;

/// A secret text, wiped when it is dropped. It has no way to be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Word(Zeroizing<String>);

/// No password or token is longer, bytes.
pub const WORD_BYTES_MAX: usize = 16_384;

impl Word {
    /// Takes a text over.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for a keeper of keys and for the wire only.
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        std::str::from_utf8(bytes).ok().map(|text| Self::new(text.to_owned()))
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Word(…)")
    }
}

/// Which secret word: of which integration's connection, in which workspace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordName {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The integration's id.
    pub integration: String,
    /// Which of its secrets: `password`, `token`.
    pub slot: String,
}

/// As a keyring and a file system take it: what is not a small letter, a digit or a hyphen is written by its bytes, so
/// that two names are never one.
impl fmt::Display for WordName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.workspace)?;
        for part in [&self.integration, &self.slot] {
            f.write_str(".")?;
            for byte in part.bytes() {
                if byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' {
                    write!(f, "{}", char::from(byte))?;
                } else {
                    write!(f, "_{byte:02x}")?;
                }
            }
        }
        Ok(())
    }
}
