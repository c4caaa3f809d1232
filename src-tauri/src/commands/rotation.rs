//! Rotations: programs, proposals, plans, swaps, absences and debriefs.

use std::path::Path;

use plaza_engine::page::job::JobView;
use plaza_engine::page::rotation::{
    AbsenceFile, AbsenceForm, AbsencesForm, DebriefForm, LearnedPage, Program, ProposedView, RotationList,
    RotationPage, SwapForm, WishesForm,
};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::rotation::{Proposed, propose, replan};
use plaza_engine::words::Language;

use super::{Open, act, read};
use crate::ApiError;
use crate::job::{Kind, Work};

/// What became of a debrief is a need, or waits for a meeting.
const READS: &[Tag] = &[Tag::Rotation, Tag::Workspace, Tag::Meeting];

/// A debrief is found beside what was said in threads, and visits stand on the agenda.
const WRITES: &[Tag] = &[Tag::Rotation, Tag::Thread, Tag::Meeting];

/// All rotations, what waits for the reader, and who has walked in whose shoes.
#[tauri::command]
#[specta::specta]
pub async fn rotation_list(session: Open<'_>, language: Language) -> Result<Read<RotationList>, ApiError> {
    read(session, READS, move |workspace| RotationList::read(workspace, language)).await
}

/// One rotation.
#[tauri::command]
#[specta::specta]
pub async fn rotation_read(
    session: Open<'_>,
    language: Language,
    rotation: String,
) -> Result<Read<RotationPage>, ApiError> {
    read(session, READS, move |workspace| RotationPage::read(workspace, &rotation.as_str().into(), language))
        .await
}

/// Writes a rotation's program; a new one where it has no id. What differs from the program that the form began with is
/// changed. Answers its id.
#[tauri::command]
#[specta::specta]
pub async fn rotation_save(
    session: Open<'_>,
    program: Program,
    was: Option<Program>,
) -> Result<Changed<String>, ApiError> {
    act(session, WRITES, move |workspace| Ok(workspace.change_rotation(&program, was.as_ref())?.to_string()))
        .await
}

/// Sets what the reader wishes in a rotation.
#[tauri::command]
#[specta::specta]
pub async fn wishes_set(session: Open<'_>, form: WishesForm) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.set_wishes(&form)).await
}

/// Ends a rotation.
#[tauri::command]
#[specta::specta]
pub async fn rotation_end(
    session: Open<'_>,
    rotation: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.end_rotation(&rotation.as_str().into(), &reason)).await
}

/// Looks for schedules, side by side.
#[tauri::command]
#[specta::specta]
pub async fn rotation_propose(
    session: Open<'_>,
    language: Language,
    rotation: String,
) -> Result<Changed<JobView>, ApiError> {
    let workspace = session.workspace()?;
    let data = session.jobs().start(Work::new(Kind::Plan).about(rotation.clone()), move |watch| {
        Ok(propose(&workspace, &rotation.as_str().into(), language, watch)?)
    })?;
    Ok(Changed { data, invalidates: Vec::new() })
}

/// Looks for the plan with the fewest changes to what people were told.
#[tauri::command]
#[specta::specta]
pub async fn rotation_replan(
    session: Open<'_>,
    language: Language,
    rotation: String,
) -> Result<Changed<JobView>, ApiError> {
    let workspace = session.workspace()?;
    let data = session.jobs().start(Work::new(Kind::Plan).about(rotation.clone()), move |watch| {
        Ok(replan(&workspace, &rotation.as_str().into(), language, watch)?)
    })?;
    Ok(Changed { data, invalidates: Vec::new() })
}

fn gone() -> ApiError {
    ApiError::NotFound {
        message: "These proposals are not at hand any more; look again.".into(),
        detail: None,
    }
}

/// Reads what a search has found.
#[tauri::command]
#[specta::specta]
pub async fn rotation_proposed(session: Open<'_>, job: u32) -> Result<Read<ProposedView>, ApiError> {
    let found = session.jobs().result::<Proposed>(job).ok_or_else(gone)?;
    read(session, READS, move |workspace| {
        Ok(ProposedView { is_stale: !workspace.is_fresh(&found)?, ..found.view.clone() })
    })
    .await
}

/// Publishes one of the proposals that a search has found.
#[tauri::command]
#[specta::specta]
pub async fn rotation_publish(
    session: Open<'_>,
    job: u32,
    nth: u32,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    let found = session.jobs().result::<Proposed>(job).ok_or_else(gone)?;
    act(session, WRITES, move |workspace| workspace.publish_rotation(&found, nth, &reason)).await
}

/// Cancels a placement.
#[tauri::command]
#[specta::specta]
pub async fn placement_cancel(
    session: Open<'_>,
    rotation: String,
    placement: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.cancel_placement(&rotation.as_str().into(), &placement.as_str().into(), &reason)
    })
    .await
}

/// Writes a visit's brief to a file: `pdf`, `md` or `html`, by the file's ending.
#[tauri::command]
#[specta::specta]
pub async fn placement_brief(
    session: Open<'_>,
    language: Language,
    rotation: String,
    placement: String,
    path: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[], move |workspace| {
        let (rotation, placement) = (rotation.as_str().into(), placement.as_str().into());
        workspace.export_brief(&rotation, &placement, language, Path::new(&path))
    })
    .await
}

/// Writes the visits of a person to a calendar file.
#[tauri::command]
#[specta::specta]
pub async fn rotation_calendar(
    session: Open<'_>,
    language: Language,
    person: String,
    path: String,
) -> Result<Changed<()>, ApiError> {
    act(session, &[], move |workspace| {
        workspace.export_visits(&person.as_str().into(), language, Path::new(&path))
    })
    .await
}

/// Asks that two visitors change places. Answers the swap's id.
#[tauri::command]
#[specta::specta]
pub async fn swap_ask(
    session: Open<'_>,
    language: Language,
    form: SwapForm,
) -> Result<Changed<String>, ApiError> {
    act(session, WRITES, move |workspace| Ok(workspace.ask_swap(&form, language)?.to_string())).await
}

/// A head answers a swap.
#[tauri::command]
#[specta::specta]
pub async fn swap_answer(
    session: Open<'_>,
    language: Language,
    rotation: String,
    swap: String,
    accepted: bool,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        let (rotation, swap) = (rotation.as_str().into(), swap.as_str().into());
        workspace.answer_swap(&rotation, &swap, accepted, &reason, language)
    })
    .await
}

/// Notes that a person is not there. Answers the absence's id.
#[tauri::command]
#[specta::specta]
pub async fn absence_note(session: Open<'_>, form: AbsenceForm) -> Result<Changed<String>, ApiError> {
    act(session, WRITES, move |workspace| Ok(workspace.note_absence(&form)?.to_string())).await
}

/// A person is there after all.
#[tauri::command]
#[specta::specta]
pub async fn absence_withdraw(session: Open<'_>, absence: String) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.withdraw_absence(&absence)).await
}

/// Looks for absences in a person's calendar file, when they chose one. Nothing is noted.
#[tauri::command]
#[specta::specta]
pub async fn absences_read(
    session: Open<'_>,
    person: String,
    path: String,
) -> Result<Changed<AbsenceFile>, ApiError> {
    act(session, &[], move |workspace| workspace.read_absences(&person, Path::new(&path))).await
}

/// Notes several absences of one person. Answers how many are new.
#[tauri::command]
#[specta::specta]
pub async fn absences_note(session: Open<'_>, form: AbsencesForm) -> Result<Changed<u32>, ApiError> {
    act(session, WRITES, move |workspace| workspace.note_absences(&form)).await
}

/// What the visitor would change becomes a need of their department to the host. Answers the need's id.
#[tauri::command]
#[specta::specta]
pub async fn debrief_to_need(
    session: Open<'_>,
    rotation: String,
    placement: String,
) -> Result<Changed<String>, ApiError> {
    act(session, WRITES, move |workspace| {
        let (rotation, placement) = (rotation.as_str().into(), placement.as_str().into());
        Ok(workspace.debrief_to_need(&rotation, &placement)?.to_string())
    })
    .await
}

/// A debrief becomes a thread. Answers the thread's id.
#[tauri::command]
#[specta::specta]
pub async fn debrief_to_thread(
    session: Open<'_>,
    rotation: String,
    placement: String,
) -> Result<Changed<String>, ApiError> {
    act(session, WRITES, move |workspace| {
        let (rotation, placement) = (rotation.as_str().into(), placement.as_str().into());
        Ok(workspace.debrief_to_thread(&rotation, &placement)?.to_string())
    })
    .await
}

/// A debrief goes onto the next agenda.
#[tauri::command]
#[specta::specta]
pub async fn debrief_to_agenda(
    session: Open<'_>,
    rotation: String,
    placement: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.debrief_to_agenda(&rotation.as_str().into(), &placement.as_str().into())
    })
    .await
}

/// Writes what a visitor brought home.
#[tauri::command]
#[specta::specta]
pub async fn debrief_write(session: Open<'_>, form: DebriefForm) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.write_debrief(&form)).await
}

/// The host answers a debrief.
#[tauri::command]
#[specta::specta]
pub async fn debrief_answer(
    session: Open<'_>,
    rotation: String,
    placement: String,
    text: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| {
        workspace.answer_debrief(&rotation.as_str().into(), &placement.as_str().into(), &text)
    })
    .await
}

/// What people learned about a department in a year.
#[tauri::command]
#[specta::specta]
pub async fn learned_read(
    session: Open<'_>,
    language: Language,
    department: Option<String>,
    year: Option<i32>,
) -> Result<Read<LearnedPage>, ApiError> {
    read(session, READS, move |workspace| LearnedPage::read(workspace, department.as_deref(), year, language))
        .await
}
