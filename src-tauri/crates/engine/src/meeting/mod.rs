//! The weekly meeting.

use std::path::Path;

use plaza_domain::event::{
    Attendance, Closing, CommitmentAnswer, CommitmentId, DecisionId, ItemChange, ItemId, MeetingId,
    NeedAnswer, NeedId, NoteId,
};
use plaza_domain::language::Language;
use plaza_domain::meeting::Section;

use crate::error::Result;
use crate::page::digest::Digest;
use crate::page::insight::Insights;
use crate::page::meeting::*;
use crate::workspace::Workspace;

macro_rules! later { ($($name:ident($($arg:ident: $type:ty),*) -> $out:ty;)*) => { impl Workspace { $(
    /// Later.
    pub fn $name(&self, $($arg: $type),*) -> Result<$out> { $(let _ = $arg;)* todo!() }
)* } } }

later! {
    set_meeting(form: &MeetingForm) -> ();
    move_meeting(meeting: &MeetingId, day: &str, time: &str, minutes: u32, reason: &str) -> ();
    cancel_meeting(meeting: &MeetingId, reason: &str) -> ();
    restore_meeting(meeting: &MeetingId) -> ();
    choose_facilitator(meeting: &MeetingId, person: &str, reason: &str) -> ();
    add_item(meeting: &MeetingId, section: Section, title: &str, minutes: u32) -> ItemId;
    change_item(meeting: &MeetingId, item: &ItemId, change: ItemChange) -> ();
    move_item(meeting: &MeetingId, item: &ItemId, place: u32) -> ();
    freeze_agenda(meeting: &MeetingId) -> ();
    release_agenda(meeting: &MeetingId) -> ();
    begin_meeting(meeting: &MeetingId) -> ();
    end_meeting(meeting: &MeetingId) -> ();
    pause_meeting(meeting: &MeetingId, is_paused: bool) -> ();
    enter_item(meeting: &MeetingId, item: &ItemId) -> ();
    extend_item(meeting: &MeetingId, item: &ItemId, minutes: u32) -> ();
    close_item(meeting: &MeetingId, item: &ItemId, closing: Option<Closing>) -> ();
    note_attendance(meeting: &MeetingId, person: &str, attendance: Option<Attendance>) -> ();
    write_note(meeting: &MeetingId, item: Option<ItemId>, note: Option<NoteId>, text: &str) -> String;
    say_in_round(meeting: &MeetingId, person: &str, rating: Option<u8>, word: &str) -> ();
    edit_minutes(meeting: &MeetingId, item: Option<ItemId>, text: &str) -> ();
    send_minutes(meeting: &MeetingId, language: Language) -> u32;
    export_minutes(meeting: &MeetingId, language: Language, path: &Path) -> ();
    export_calendar(language: Language, path: &Path) -> ();
    export_digest(language: Language, path: &Path) -> ();
    take_decision(form: &DecisionForm) -> DecisionId;
    withdraw_decision(decision: &DecisionId, reason: &str) -> ();
    ask_need(form: &NeedForm) -> NeedId;
    answer_need(need: &NeedId, answer: NeedAnswer) -> ();
    withdraw_need(need: &NeedId, reason: &str) -> ();
    make_commitment(form: &CommitmentForm) -> CommitmentMadeView;
    answer_commitment(commitment: &CommitmentId, answer: CommitmentAnswer) -> ();
    withdraw_commitment(commitment: &CommitmentId, reason: &str) -> ();
}
macro_rules! page { ($($name:ident($($type:ty),*);)*) => { $( impl $name { /// Later.
    pub fn read(_: &Workspace, $(_: $type,)* _: Language) -> Result<Self> { todo!() } } )* } }
page! { MeetingPage(); AgendaView(&MeetingId); Exhibit(&MeetingId, &ItemId); MeetingRun(&MeetingId); MinutesView(&MeetingId); Digest(); Insights(); PromiseBoard(); }
