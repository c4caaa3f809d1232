//! Threads: what people flag, say about it, and how it ends.

use std::path::Path;

use plaza_domain::event::{Anchor, Attachment, Following, MessageId, ThreadId, Way};
use plaza_domain::language::Language;

use crate::error::Result;
use crate::page::thread::{
    CloseForm, FlagForm, FlagOffer, FoundText, ThreadList, ThreadMark, ThreadQuery, ThreadView,
};
use crate::workspace::Workspace;

macro_rules! later { ($($name:ident($($arg:ident: $type:ty),*) -> $out:ty;)*) => { impl Workspace { $(
    /// Later.
    pub fn $name(&self, $($arg: $type),*) -> Result<$out> { $(let _ = $arg;)* todo!() }
)* } } }

later! {
    open_thread(form: &FlagForm) -> ThreadId;
    write_message(thread: &ThreadId, text: &str, attachments: Vec<Attachment>) -> MessageId;
    change_message(thread: &ThreadId, message: &MessageId, text: &str) -> ();
    delete_message(thread: &ThreadId, message: &MessageId) -> ();
    react(thread: &ThreadId, message: Option<MessageId>, reaction: &str, is_on: bool) -> ();
    follow_thread(thread: &ThreadId, following: Following) -> ();
    mark_thread(thread: &ThreadId, is_read: bool) -> ();
    propose_talk(thread: &ThreadId, way: Way, people: &[String], words: &str) -> ();
    note_met(thread: &ThreadId, way: Way, people: &[String], words: &str) -> ();
    close_thread(thread: &ThreadId, form: &CloseForm) -> ();
    reopen_thread(thread: &ThreadId, reason: &str) -> ();
    keep_attachment(path: &Path) -> Attachment;
    paste_attachment(name: &str, mime: &str, base64: &str) -> Attachment;
    attachment_address(attachment: &Attachment) -> String;
    save_attachment(attachment: &Attachment, path: &Path) -> ();
}
impl ThreadList {
    /// Later.
    pub fn read(_: &Workspace, _: &ThreadQuery, _: Language) -> Result<Self> {
        todo!()
    }
}
impl ThreadView {
    /// Later.
    pub fn read(_: &Workspace, _: &ThreadId, _: Language) -> Result<Self> {
        todo!()
    }
}
impl FoundText {
    /// Later.
    pub fn search(_: &Workspace, _: &str, _: Language) -> Result<Vec<Self>> {
        todo!()
    }
}
impl ThreadMark {
    /// Later.
    pub fn of_kpi(_: &Workspace, _: &str) -> Result<Vec<Self>> {
        todo!()
    }
    /// Later.
    pub fn of_order(_: &Workspace, _: &str, _: &str) -> Result<Vec<Self>> {
        todo!()
    }
}
impl FlagOffer {
    /// Later.
    pub fn read(_: &Workspace, _: &Anchor, _: Language) -> Result<Self> {
        todo!()
    }
}
