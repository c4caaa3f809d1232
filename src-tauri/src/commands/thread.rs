//! Threads: the inbox, one thread, what is flagged and said.

use plaza_engine::page::thread::{
    Anchor, Attachment, CloseForm, FlagForm, FlagOffer, Following, Found, ThreadList, ThreadMark,
    ThreadQuery, ThreadView, Way,
};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::{Open, act, read};
use crate::ApiError;

/// What every thread depends on: itself, the numbers that it hangs on, and who is who.
const READS: &[Tag] = &[Tag::Thread, Tag::Observation, Tag::Kpi, Tag::Workspace, Tag::Meeting];

/// What is said in a thread changes lists, marks and agendas.
const WRITES: &[Tag] = &[Tag::Thread];

/// A slice of a list of threads.
#[tauri::command]
#[specta::specta]
pub async fn thread_list(
    session: Open<'_>,
    language: Language,
    query: ThreadQuery,
) -> Result<Read<ThreadList>, ApiError> {
    read(session, READS, move |workspace| ThreadList::read(workspace, &query, language)).await
}

/// A thread, whole.
#[tauri::command]
#[specta::specta]
pub async fn thread_read(
    session: Open<'_>,
    language: Language,
    thread: String,
) -> Result<Read<ThreadView>, ApiError> {
    read(session, READS, move |workspace| ThreadView::read(workspace, &thread.as_str().into(), language))
        .await
}

/// Threads, decisions, needs, commitments and minutes that hold some words, the latest first.
#[tauri::command]
#[specta::specta]
pub async fn text_search(
    session: Open<'_>,
    language: Language,
    question: String,
) -> Result<Read<Found>, ApiError> {
    read(session, &[Tag::Thread, Tag::Meeting], move |workspace| {
        Found::search(workspace, &question, language)
    })
    .await
}

/// The threads that hang on a KPI's charts.
#[tauri::command]
#[specta::specta]
pub async fn thread_marks(session: Open<'_>, kpi: String) -> Result<Read<Vec<ThreadMark>>, ApiError> {
    read(session, READS, move |workspace| ThreadMark::of_kpi(workspace, &kpi)).await
}

/// The threads about an order line of a system.
#[tauri::command]
#[specta::specta]
pub async fn thread_order(
    session: Open<'_>,
    system: String,
    order: String,
    line: String,
) -> Result<Read<Vec<ThreadMark>>, ApiError> {
    read(session, READS, move |workspace| ThreadMark::of_order(workspace, &system, &order, &line)).await
}

/// What a flag would take a picture of.
#[tauri::command]
#[specta::specta]
pub async fn flag_offer(
    session: Open<'_>,
    language: Language,
    anchor: Anchor,
) -> Result<Read<FlagOffer>, ApiError> {
    read(session, READS, move |workspace| FlagOffer::read(workspace, &anchor, language)).await
}

/// Flags something. Answers the thread's id.
#[tauri::command]
#[specta::specta]
pub async fn thread_open(session: Open<'_>, form: FlagForm) -> Result<Changed<String>, ApiError> {
    act(session, WRITES, move |workspace| Ok(workspace.open_thread(&form)?.to_string())).await
}

/// Says something in a thread. Answers the message's id.
#[tauri::command]
#[specta::specta]
pub async fn message_write(
    session: Open<'_>,
    thread: String,
    text: String,
    attachments: Vec<Attachment>,
) -> Result<Changed<String>, ApiError> {
    act(session, WRITES, move |workspace| {
        Ok(workspace.write_message(&thread.as_str().into(), &text, attachments)?.to_string())
    })
    .await
}

/// Changes a message.
#[tauri::command]
#[specta::specta]
pub async fn message_change(
    session: Open<'_>,
    thread: String,
    message: String,
    text: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.change_message(&thread.as_str().into(), &message.as_str().into(), &text)
    })
    .await
}

/// Takes a message back.
#[tauri::command]
#[specta::specta]
pub async fn message_delete(
    session: Open<'_>,
    thread: String,
    message: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.delete_message(&thread.as_str().into(), &message.as_str().into())
    })
    .await
}

/// Reacts to a message, or to the question where none is named; or takes that back.
#[tauri::command]
#[specta::specta]
pub async fn thread_react(
    session: Open<'_>,
    thread: String,
    message: Option<String>,
    reaction: String,
    is_on: bool,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.react(&thread.as_str().into(), message.as_deref().map(Into::into), &reaction, is_on)
    })
    .await
}

/// Says how closely whoever acts follows a thread.
#[tauri::command]
#[specta::specta]
pub async fn thread_follow(
    session: Open<'_>,
    thread: String,
    following: Following,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.follow_thread(&thread.as_str().into(), following)).await
}

/// Notes that whoever acts has read a thread, or wants it to count as unread.
#[tauri::command]
#[specta::specta]
pub async fn thread_mark(session: Open<'_>, thread: String, is_read: bool) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.mark_thread(&thread.as_str().into(), is_read)).await
}

/// Proposes to talk instead of writing on.
#[tauri::command]
#[specta::specta]
pub async fn talk_propose(
    session: Open<'_>,
    thread: String,
    way: Way,
    people: Vec<String>,
    words: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.propose_talk(&thread.as_str().into(), way, &people, &words)
    })
    .await
}

/// Writes down that people met.
#[tauri::command]
#[specta::specta]
pub async fn thread_met(
    session: Open<'_>,
    thread: String,
    way: Way,
    people: Vec<String>,
    words: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.note_met(&thread.as_str().into(), way, &people, &words))
        .await
}

/// Closes a thread with its outcome.
#[tauri::command]
#[specta::specta]
pub async fn thread_close(
    session: Open<'_>,
    thread: String,
    form: CloseForm,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Thread, Tag::Observation, Tag::Kpi], move |workspace| {
        workspace.close_thread(&thread.as_str().into(), &form)
    })
    .await
}

/// Opens a thread again.
#[tauri::command]
#[specta::specta]
pub async fn thread_reopen(
    session: Open<'_>,
    thread: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.reopen_thread(&thread.as_str().into(), &reason)).await
}

/// Keeps a file so that it can be attached.
#[tauri::command]
#[specta::specta]
pub async fn attachment_keep(session: Open<'_>, path: String) -> Result<Changed<Attachment>, ApiError> {
    act(session, &[], move |workspace| workspace.keep_attachment(std::path::Path::new(&path))).await
}

/// Keeps bytes that were pasted (base64) so that they can be attached.
#[tauri::command]
#[specta::specta]
pub async fn attachment_paste(
    session: Open<'_>,
    name: String,
    mime: String,
    base64: String,
) -> Result<Changed<Attachment>, ApiError> {
    act(session, &[], move |workspace| workspace.paste_attachment(&name, &mime, &base64)).await
}

/// An attached picture as a `data:` address.
#[tauri::command]
#[specta::specta]
pub async fn attachment_read(session: Open<'_>, attachment: Attachment) -> Result<Read<String>, ApiError> {
    read(session, &[], move |workspace| workspace.attachment_address(&attachment)).await
}

/// Writes an attached file to where the person wants it.
#[tauri::command]
#[specta::specta]
pub async fn attachment_save(
    session: Open<'_>,
    attachment: Attachment,
    path: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[], move |workspace| workspace.save_attachment(&attachment, std::path::Path::new(&path)))
        .await
}
