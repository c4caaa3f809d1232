//! Wins.

use plaza_engine::page::win::{
    Contributor, CustomerView, WinCard, WinChange, WinForm, WinView, WinWall, WinYear,
};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::{Open, act, read};
use crate::ApiError;

const READS: &[Tag] = &[Tag::Win, Tag::Workspace];

/// A win stands on the agenda too.
const WRITES: &[Tag] = &[Tag::Win, Tag::Meeting];

/// The wall of wins, with what suggests one.
#[tauri::command]
#[specta::specta]
pub async fn win_wall(session: Open<'_>, language: Language) -> Result<Read<WinWall>, ApiError> {
    read(session, &[Tag::Win, Tag::Workspace, Tag::Kpi, Tag::Observation, Tag::Meeting], move |workspace| {
        WinWall::read(workspace, language)
    })
    .await
}

/// One win, with who is proposed for it.
#[tauri::command]
#[specta::specta]
pub async fn win_read(session: Open<'_>, win: String, language: Language) -> Result<Read<WinView>, ApiError> {
    read(session, &[Tag::Win, Tag::Workspace, Tag::Observation, Tag::Meeting], move |workspace| {
        WinView::read(workspace, &win.as_str().into(), language)
    })
    .await
}

/// One win as a card.
#[tauri::command]
#[specta::specta]
pub async fn win_card(session: Open<'_>, win: String, language: Language) -> Result<Read<WinCard>, ApiError> {
    read(session, READS, move |workspace| WinCard::read(workspace, &win.as_str().into(), language)).await
}

/// The customers that the journeys know.
#[tauri::command]
#[specta::specta]
pub async fn customer_list(session: Open<'_>) -> Result<Read<Vec<CustomerView>>, ApiError> {
    read(session, &[Tag::Observation, Tag::Run], CustomerView::list).await
}

/// A year in review.
#[tauri::command]
#[specta::specta]
pub async fn win_year(session: Open<'_>, year: i32, language: Language) -> Result<Read<WinYear>, ApiError> {
    read(session, READS, move |workspace| WinYear::read(workspace, year, language)).await
}

/// Records a win. Answers its id.
#[tauri::command]
#[specta::specta]
pub async fn win_record(session: Open<'_>, form: WinForm) -> Result<Changed<String>, ApiError> {
    act(session, WRITES, move |workspace| Ok(workspace.record_win(&form)?.to_string())).await
}

/// Tells a win in other words.
#[tauri::command]
#[specta::specta]
pub async fn win_change(session: Open<'_>, win: String, change: WinChange) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.change_win(&win.as_str().into(), &change)).await
}

/// Takes a win back.
#[tauri::command]
#[specta::specta]
pub async fn win_withdraw(session: Open<'_>, win: String, reason: String) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.withdraw_win(&win.as_str().into(), &reason)).await
}

/// Lets a win that was taken back stand again.
#[tauri::command]
#[specta::specta]
pub async fn win_restore(session: Open<'_>, win: String) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.restore_win(&win.as_str().into())).await
}

/// Puts a win onto the next agenda.
#[tauri::command]
#[specta::specta]
pub async fn win_to_agenda(session: Open<'_>, win: String) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.win_to_agenda(&win.as_str().into())).await
}

/// Names somebody on a win.
#[tauri::command]
#[specta::specta]
pub async fn contributor_name(
    session: Open<'_>,
    win: String,
    contributor: Contributor,
    words: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.name_contributor(&win.as_str().into(), contributor, &words)
    })
    .await
}

/// Names everybody who is proposed for a win. Answers how many.
#[tauri::command]
#[specta::specta]
pub async fn contributor_name_proposed(session: Open<'_>, win: String) -> Result<Changed<u32>, ApiError> {
    act(session, WRITES, move |workspace| workspace.name_proposed(&win.as_str().into())).await
}

/// Takes a name off a win.
#[tauri::command]
#[specta::specta]
pub async fn contributor_unname(
    session: Open<'_>,
    win: String,
    contributor: Contributor,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.unname_contributor(&win.as_str().into(), contributor, &reason)
    })
    .await
}

/// Writes a win to a file: `pdf`, `md` or `html`, by the file's ending.
#[tauri::command]
#[specta::specta]
pub async fn win_export(
    session: Open<'_>,
    win: String,
    language: Language,
    path: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[], move |workspace| {
        workspace.export_win(&win.as_str().into(), language, std::path::Path::new(&path))
    })
    .await
}

/// Writes a win's card to a file: `png` or `pdf`, by the file's ending. Answers the letters that stand as boxes in it,
/// because no font has them.
#[tauri::command]
#[specta::specta]
pub async fn win_share(
    session: Open<'_>,
    win: String,
    language: Language,
    path: String,
) -> Result<Changed<String>, ApiError> {
    act(session, &[], move |workspace| {
        workspace.export_card(&win.as_str().into(), language, std::path::Path::new(&path))
    })
    .await
}

/// Says that what a signal suggests is no win, or takes that back.
#[tauri::command]
#[specta::specta]
pub async fn win_dismiss(
    session: Open<'_>,
    signal: String,
    is_dismissed: bool,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.dismiss_win(&signal, is_dismissed)).await
}

/// Reacts to a win, or takes that back.
#[tauri::command]
#[specta::specta]
pub async fn win_react(
    session: Open<'_>,
    win: String,
    reaction: String,
    is_on: bool,
) -> Result<Changed<()>, ApiError> {
    act(session, &[Tag::Win], move |workspace| workspace.react_to_win(&win.as_str().into(), &reaction, is_on))
        .await
}
