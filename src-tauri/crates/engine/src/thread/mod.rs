//! Threads: what people flag, what they say about it, and how it ends.

mod attachment;
mod picture;
mod said;
mod say;
pub(crate) mod text;
pub(crate) mod words;

pub use attachment::{ATTACHMENT_BYTES_MAX, ATTACHMENTS_MAX};
pub(crate) use picture::{Picture, picture, see};
pub(crate) use said::{Conversation, Spoken, Wording};
pub use say::TEXT_CHARS_MAX;
pub(crate) use say::outcomes;
