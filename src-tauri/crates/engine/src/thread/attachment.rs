//! Files that hang on messages.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plaza_domain::event::Attachment;

use crate::error::{EngineError, Result};
use crate::file::{Readers, save};
use crate::workspace::Workspace;

/// Bytes of one attachment: a photograph or a sheet, not an archive.
pub const ATTACHMENT_BYTES_MAX: usize = 20 << 20;

/// Files that hang on one message.
pub const ATTACHMENTS_MAX: usize = 10;

/// Bytes of a picture that is shown in the page itself.
const SHOWN_BYTES_MAX: usize = 10 << 20;

/// Letters of a file's name.
const NAME_CHARS_MAX: usize = 120;

/// What any other file is.
const BYTES: &str = "application/octet-stream";

impl Workspace {
    /// Keeps a file so that it can be attached.
    ///
    /// # Errors
    /// [`EngineError::File`] where it cannot be read; [`EngineError::Invalid`] for one that is empty or too large.
    pub fn keep_attachment(&self, path: &Path) -> Result<Attachment> {
        let file = File::open(path).map_err(EngineError::file(path))?;
        let mut bytes = Vec::new();
        let limit = ATTACHMENT_BYTES_MAX as u64 + 1;
        file.take(limit).read_to_end(&mut bytes).map_err(EngineError::file(path))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.keep(&name, &bytes)
    }

    /// Keeps bytes that were pasted so that they can be attached.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for a text that is no base64, or bytes that are none or too many.
    pub fn paste_attachment(&self, name: &str, _mime: &str, base64: &str) -> Result<Attachment> {
        if base64.len() > ATTACHMENT_BYTES_MAX / 3 * 4 + 8 {
            return Err(too_large());
        }
        let bytes = STANDARD.decode(base64.trim());
        let bytes = bytes.map_err(|_| EngineError::invalid("file", "what was pasted cannot be read"))?;
        self.keep(name, &bytes)
    }

    pub(crate) fn keep(&self, name: &str, bytes: &[u8]) -> Result<Attachment> {
        if bytes.is_empty() {
            return Err(EngineError::invalid("file", "the file is empty"));
        }
        if bytes.len() > ATTACHMENT_BYTES_MAX {
            return Err(too_large());
        }
        let hash = self.ledger().keep_attachment(bytes, self.now_ms())?;
        Ok(Attachment {
            hash: blake3::Hash::from(hash).to_hex().to_string(),
            name: clean_name(name),
            mime: mime_of(bytes).to_owned(),
            bytes: bytes.len() as u64,
        })
    }

    /// Checks that what is to be attached is there, and is what it says.
    pub(super) fn check_attachment(&self, attachment: &Attachment) -> Result<()> {
        let bytes = self.attachment_bytes(attachment)?;
        let is_so = bytes.len() as u64 == attachment.bytes
            && mime_of(&bytes) == attachment.mime
            && clean_name(&attachment.name) == attachment.name;
        if is_so { Ok(()) } else { Err(EngineError::invalid("attachments", "attach the file again")) }
    }

    pub(crate) fn attachment_bytes(&self, attachment: &Attachment) -> Result<Vec<u8>> {
        let missing = || EngineError::NotFound { noun: "attachment", name: attachment.name.clone() };
        let hash = blake3::Hash::from_hex(&attachment.hash).map_err(|_| missing())?;
        self.ledger().attachment(hash.as_bytes())?.ok_or_else(missing)
    }

    /// An attached picture as a `data:` address.
    ///
    /// # Errors
    /// [`EngineError::Invalid`] for anything that is not shown in a page; [`EngineError::NotFound`] for bytes that are not
    /// on this device.
    pub fn attachment_address(&self, attachment: &Attachment) -> Result<String> {
        let bytes = self.attachment_bytes(attachment)?;
        let mime = mime_of(&bytes);
        if mime == BYTES || bytes.len() > SHOWN_BYTES_MAX {
            return Err(EngineError::invalid("file", "this file is saved, not shown"));
        }
        Ok(format!("data:{mime};base64,{}", STANDARD.encode(bytes)))
    }

    /// Writes an attached file to where the person wants it.
    ///
    /// # Errors
    /// [`EngineError::NotFound`]; the file cannot be written: what was there before is unchanged.
    pub fn save_attachment(&self, attachment: &Attachment, path: &Path) -> Result<()> {
        let bytes = self.attachment_bytes(attachment)?;
        save(&path.to_string_lossy(), &bytes, Readers::Usual)
    }
}

fn too_large() -> EngineError {
    let reason = format!("the file is larger than {} MB", ATTACHMENT_BYTES_MAX >> 20);
    EngineError::invalid("file", reason)
}

/// What some bytes are, by what they begin with. Only pictures that cannot carry a script are told apart.
fn mime_of(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        _ => BYTES,
    }
}

/// A name without a path in it, and without letters that steer.
fn clean_name(name: &str) -> String {
    let name = super::text::tidy(name);
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(NAME_CHARS_MAX).collect();
    if name.is_empty() || name.chars().all(|letter| letter == '.') { "file".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_only_a_name() {
        for (name, clean) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\a.png", "a.png"),
            ("..", "file"),
            ("", "file"),
            ("a\u{202e}gnp.exe", "agnp.exe"),
        ] {
            assert_eq!(clean_name(name), clean);
        }
        assert_eq!(clean_name(&"x".repeat(300)).len(), NAME_CHARS_MAX);
    }

    #[test]
    fn a_picture_is_told_by_its_bytes_and_never_by_its_name() {
        assert_eq!(mime_of(b"<svg onload=alert(1)>"), BYTES);
        assert_eq!(mime_of(b"\x89PNG\r\n"), "image/png");
        assert_eq!(mime_of(b"RIFF0000WEBPVP8 "), "image/webp");
    }
}
