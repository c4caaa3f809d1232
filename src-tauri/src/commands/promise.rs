//! Decisions, needs and commitments.

use plaza_engine::page::meeting::{
    CommitmentAnswer, CommitmentForm, CommitmentMadeView, DecisionForm, NeedAnswer, NeedForm, PromiseBoard,
};
use plaza_engine::page::{Changed, Read, Tag};
use plaza_engine::words::Language;

use super::{Open, act, read};
use crate::ApiError;

const WRITES: &[Tag] = &[Tag::Meeting];

/// Decisions, needs and commitments of all meetings.
#[tauri::command]
#[specta::specta]
pub async fn promise_list(session: Open<'_>, language: Language) -> Result<Read<PromiseBoard>, ApiError> {
    read(session, &[Tag::Meeting, Tag::Workspace, Tag::Kpi, Tag::Observation], move |workspace| {
        PromiseBoard::read(workspace, language)
    })
    .await
}

/// Writes a decision down, or puts it into other words. Answers its id.
#[tauri::command]
#[specta::specta]
pub async fn decision_take(session: Open<'_>, form: DecisionForm) -> Result<Changed<String>, ApiError> {
    act(session, WRITES, move |workspace| Ok(workspace.take_decision(&form)?.to_string())).await
}

/// Takes a decision back.
#[tauri::command]
#[specta::specta]
pub async fn decision_withdraw(
    session: Open<'_>,
    decision: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.withdraw_decision(&decision.as_str().into(), &reason))
        .await
}

/// Writes a need down, or puts it into other words. Answers its id.
#[tauri::command]
#[specta::specta]
pub async fn need_ask(session: Open<'_>, form: NeedForm) -> Result<Changed<String>, ApiError> {
    act(session, WRITES, move |workspace| Ok(workspace.ask_need(&form)?.to_string())).await
}

/// Answers a need.
#[tauri::command]
#[specta::specta]
pub async fn need_answer(
    session: Open<'_>,
    need: String,
    answer: NeedAnswer,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.answer_need(&need.as_str().into(), answer)).await
}

/// Takes a need back.
#[tauri::command]
#[specta::specta]
pub async fn need_withdraw(session: Open<'_>, need: String, reason: String) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.withdraw_need(&need.as_str().into(), &reason)).await
}

/// Writes a commitment down, or puts it into other words.
#[tauri::command]
#[specta::specta]
pub async fn commitment_make(
    session: Open<'_>,
    form: CommitmentForm,
) -> Result<Changed<CommitmentMadeView>, ApiError> {
    act(session, WRITES, move |workspace| workspace.make_commitment(&form)).await
}

/// Says what became of a commitment.
#[tauri::command]
#[specta::specta]
pub async fn commitment_answer(
    session: Open<'_>,
    commitment: String,
    answer: CommitmentAnswer,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.answer_commitment(&commitment.as_str().into(), answer))
        .await
}

/// Takes a commitment back.
#[tauri::command]
#[specta::specta]
pub async fn commitment_withdraw(
    session: Open<'_>,
    commitment: String,
    reason: String,
) -> Result<Changed<()>, ApiError> {
    act(session, WRITES, move |workspace| workspace.withdraw_commitment(&commitment.as_str().into(), &reason))
        .await
}
