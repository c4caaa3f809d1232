//! The weekly meeting: its set-up, agenda, course and minutes.

use plaza_engine::page::digest::Digest;
use plaza_engine::page::insight::Insights;
use plaza_engine::page::meeting::{
    AgendaView, Attendance, Closing, Exhibit, ItemChange, MeetingForm, MeetingPage, MeetingRun, MinutesView,
    Section,
};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::{Open, act, read};
use crate::ApiError;

/// What agendas and minutes depend on: nearly everything that may be talked about.
const READS: &[Tag] =
    &[Tag::Meeting, Tag::Thread, Tag::Observation, Tag::Kpi, Tag::Workspace, Tag::Integration, Tag::Run];

/// What is said in a meeting changes its pages, and threads that it talks about.
const WRITES: &[Tag] = &[Tag::Meeting];

/// The page of the meeting.
#[tauri::command]
#[specta::specta]
pub async fn meeting_page(session: Open<'_>, language: Language) -> Result<Read<MeetingPage>, ApiError> {
    read(session, READS, move |workspace| MeetingPage::read(workspace, language)).await
}

/// Sets the weekly meeting up, or anew.
#[tauri::command]
#[specta::specta]
pub async fn meeting_set(session: Open<'_>, form: MeetingForm) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.set_meeting(&form)).await
}

/// Holds one meeting at another time.
#[tauri::command]
#[specta::specta]
pub async fn meeting_move(
    session: Open<'_>,
    meeting: String,
    day: String,
    time: String,
    minutes: u32,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.move_meeting(&meeting.as_str().into(), &day, &time, minutes, &reason)
    })
    .await
}

/// Does not hold one meeting.
#[tauri::command]
#[specta::specta]
pub async fn meeting_cancel(
    session: Open<'_>,
    meeting: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.cancel_meeting(&meeting.as_str().into(), &reason)).await
}

/// Holds one meeting as usual after all.
#[tauri::command]
#[specta::specta]
pub async fn meeting_restore(session: Open<'_>, meeting: String) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.restore_meeting(&meeting.as_str().into())).await
}

/// Chooses who facilitates one meeting.
#[tauri::command]
#[specta::specta]
pub async fn facilitator_choose(
    session: Open<'_>,
    meeting: String,
    person: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.choose_facilitator(&meeting.as_str().into(), &person, &reason)
    })
    .await
}

/// An agenda.
#[tauri::command]
#[specta::specta]
pub async fn agenda_read(
    session: Open<'_>,
    language: Language,
    meeting: String,
) -> Result<Read<AgendaView>, ApiError> {
    read(session, READS, move |workspace| AgendaView::read(workspace, &meeting.as_str().into(), language))
        .await
}

/// What is on the screen while an item is talked about.
#[tauri::command]
#[specta::specta]
pub async fn agenda_exhibit(
    session: Open<'_>,
    language: Language,
    meeting: String,
    item: String,
) -> Result<Read<Exhibit>, ApiError> {
    read(session, READS, move |workspace| {
        Exhibit::read(workspace, &meeting.as_str().into(), &item.as_str().into(), language)
    })
    .await
}

/// Adds an item. Answers its id.
#[tauri::command]
#[specta::specta]
pub async fn agenda_add(
    session: Open<'_>,
    meeting: String,
    section: Section,
    title: String,
    minutes: u32,
) -> Result<Changed<String>, ApiError> {
    act(session, WRITES, move |workspace| {
        Ok(workspace.add_item(&meeting.as_str().into(), section, &title, minutes)?.to_string())
    })
    .await
}

/// Changes an item.
#[tauri::command]
#[specta::specta]
pub async fn agenda_change(
    session: Open<'_>,
    meeting: String,
    item: String,
    change: ItemChange,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.change_item(&meeting.as_str().into(), &item.as_str().into(), change)
    })
    .await
}

/// Puts an item to a place of the agenda, counted from 0.
#[tauri::command]
#[specta::specta]
pub async fn agenda_move(
    session: Open<'_>,
    meeting: String,
    item: String,
    place: u32,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.move_item(&meeting.as_str().into(), &item.as_str().into(), place)
    })
    .await
}

/// Freezes an agenda and shares it.
#[tauri::command]
#[specta::specta]
pub async fn agenda_freeze(session: Open<'_>, meeting: String) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.freeze_agenda(&meeting.as_str().into())).await
}

/// Lets a frozen agenda draft itself again.
#[tauri::command]
#[specta::specta]
pub async fn agenda_release(session: Open<'_>, meeting: String) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.release_agenda(&meeting.as_str().into())).await
}

/// A meeting that is under way, or was.
#[tauri::command]
#[specta::specta]
pub async fn meeting_run(
    session: Open<'_>,
    language: Language,
    meeting: String,
) -> Result<Read<MeetingRun>, ApiError> {
    read(session, READS, move |workspace| MeetingRun::read(workspace, &meeting.as_str().into(), language))
        .await
}

/// Begins a meeting, or goes on with one that had ended by mistake.
#[tauri::command]
#[specta::specta]
pub async fn meeting_begin(session: Open<'_>, meeting: String) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.begin_meeting(&meeting.as_str().into())).await
}

/// Ends a meeting.
#[tauri::command]
#[specta::specta]
pub async fn meeting_end(session: Open<'_>, meeting: String) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Meeting, Tag::Thread], move |workspace| {
        workspace.end_meeting(&meeting.as_str().into())
    })
    .await
}

/// Stops the clock of a meeting, or lets it go on.
#[tauri::command]
#[specta::specta]
pub async fn meeting_pause(
    session: Open<'_>,
    meeting: String,
    is_paused: bool,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.pause_meeting(&meeting.as_str().into(), is_paused)).await
}

/// Takes an item up.
#[tauri::command]
#[specta::specta]
pub async fn item_enter(session: Open<'_>, meeting: String, item: String) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.enter_item(&meeting.as_str().into(), &item.as_str().into())
    })
    .await
}

/// Gives an item more time.
#[tauri::command]
#[specta::specta]
pub async fn item_extend(
    session: Open<'_>,
    meeting: String,
    item: String,
    minutes: u32,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.extend_item(&meeting.as_str().into(), &item.as_str().into(), minutes)
    })
    .await
}

/// Ends an item; nothing opens it again.
#[tauri::command]
#[specta::specta]
pub async fn item_close(
    session: Open<'_>,
    meeting: String,
    item: String,
    closing: Option<Closing>,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Meeting, Tag::Thread, Tag::Win], move |workspace| {
        workspace.close_item(&meeting.as_str().into(), &item.as_str().into(), closing)
    })
    .await
}

/// Notes whether a person is there.
#[tauri::command]
#[specta::specta]
pub async fn attendance_note(
    session: Open<'_>,
    meeting: String,
    person: String,
    attendance: Option<Attendance>,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.note_attendance(&meeting.as_str().into(), &person, attendance)
    })
    .await
}

/// Writes, changes or takes away a note; under no item it lies in the parking lot. Answers its id.
#[tauri::command]
#[specta::specta]
pub async fn note_write(
    session: Open<'_>,
    meeting: String,
    item: Option<String>,
    note: Option<String>,
    text: String,
) -> Result<Changed<String>, ApiError> {
    act(session, WRITES, move |workspace| {
        let note = workspace.write_note(
            &meeting.as_str().into(),
            item.as_deref().map(Into::into),
            note.as_deref().map(Into::into),
            &text,
        )?;
        Ok(note.to_string())
    })
    .await
}

/// Writes down a person's word in the closing round.
#[tauri::command]
#[specta::specta]
pub async fn round_say(
    session: Open<'_>,
    meeting: String,
    person: String,
    rating: Option<u8>,
    word: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.say_in_round(&meeting.as_str().into(), &person, rating, &word)
    })
    .await
}

/// The minutes of a meeting.
#[tauri::command]
#[specta::specta]
pub async fn minutes_read(
    session: Open<'_>,
    language: Language,
    meeting: String,
) -> Result<Read<MinutesView>, ApiError> {
    read(session, READS, move |workspace| MinutesView::read(workspace, &meeting.as_str().into(), language))
        .await
}

/// Changes the minutes' own words: above all, or under an item.
#[tauri::command]
#[specta::specta]
pub async fn minutes_edit(
    session: Open<'_>,
    meeting: String,
    item: Option<String>,
    text: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.edit_minutes(&meeting.as_str().into(), item.as_deref().map(Into::into), &text)
    })
    .await
}

/// Sends the minutes as they are. Answers their version.
#[tauri::command]
#[specta::specta]
pub async fn minutes_send(
    session: Open<'_>,
    language: Language,
    meeting: String,
) -> Result<Changed<u32>, ApiError> {
    act(session, WRITES, move |workspace| workspace.send_minutes(&meeting.as_str().into(), language)).await
}

/// Writes agenda or minutes to a file: `pdf`, `md` or `html`, by the file's ending.
#[tauri::command]
#[specta::specta]
pub async fn minutes_export(
    session: Open<'_>,
    language: Language,
    meeting: String,
    path: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[], move |workspace| {
        workspace.export_minutes(&meeting.as_str().into(), language, std::path::Path::new(&path))
    })
    .await
}

/// Writes the calendar to a file: the weekly meeting and what was promised.
#[tauri::command]
#[specta::specta]
pub async fn calendar_export(
    session: Open<'_>,
    language: Language,
    path: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[], move |workspace| workspace.export_calendar(language, std::path::Path::new(&path))).await
}

/// The weekly digest.
#[tauri::command]
#[specta::specta]
pub async fn digest_read(session: Open<'_>, language: Language) -> Result<Read<Digest>, ApiError> {
    read(session, READS, move |workspace| Digest::read(workspace, language)).await
}

/// Writes the weekly digest to a file: `pdf`, `md` or `html`, by the file's ending.
#[tauri::command]
#[specta::specta]
pub async fn digest_export(
    session: Open<'_>,
    language: Language,
    path: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[], move |workspace| workspace.export_digest(language, std::path::Path::new(&path))).await
}

/// How people talk, over the weeks.
#[tauri::command]
#[specta::specta]
pub async fn insight_read(session: Open<'_>, language: Language) -> Result<Read<Insights>, ApiError> {
    read(session, READS, move |workspace| Insights::read(workspace, language)).await
}
