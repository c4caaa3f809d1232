//! The command list, once: what the window answers, and what the page's TypeScript is generated from.

use std::path::Path;

use specta_typescript::Typescript;
use tauri::Runtime;
use tauri_specta::{Builder, collect_commands};

use crate::commands::{
    about, attention, audit, backup, charter, checkpoint, connection, definition, draft, drill, hand,
    integration, job, kpi, offer, order, palette, quarantine, schedule, start, text, truth, workspace,
};

/// Every command of the window.
#[allow(clippy::too_many_lines)] // a line for each command
pub fn builder<R: Runtime>() -> Builder<R> {
    Builder::<R>::new().disable_serde_phases().commands(collect_commands![
        start::start_read,
        start::workspace_create,
        start::workspace_sample,
        start::workspace_open,
        start::workspace_close,
        workspace::workspace_read,
        workspace::settings_change,
        workspace::department_save,
        workspace::person_save,
        workspace::person_leave,
        workspace::profile_choose,
        backup::notice_dismiss,
        backup::backup_list,
        backup::backup_make,
        backup::backup_restore,
        backup::backup_keep,
        backup::workspace_verify,
        backup::verify_read,
        backup::device_admit,
        kpi::board_read,
        kpi::kpi_read,
        kpi::kpi_week,
        kpi::kpi_journeys,
        kpi::kpi_export,
        definition::definition_list,
        definition::definition_read,
        definition::definition_preview,
        definition::definition_previewed,
        definition::definition_save,
        definition::definition_show,
        kpi::week_sign,
        kpi::phase_sign,
        kpi::phase_withdraw,
        kpi::point_ghost,
        kpi::point_unghost,
        integration::integration_list,
        integration::integration_read,
        integration::integration_retire,
        integration::integration_pull,
        integration::integration_read_again,
        integration::run_list,
        charter::charter_read,
        charter::charter_save,
        charter::integration_activate,
        charter::integration_deactivate,
        charter::measure_enter,
        audit::audit_read,
        audit::audit_save,
        connection::connection_check,
        connection::secret_keep,
        connection::trail_read,
        connection::trail_find,
        connection::trail_export,
        checkpoint::checkpoint_read,
        checkpoint::checkpoint_set,
        checkpoint::batch_decide,
        attention::attention_list,
        hand::hand_enter,
        hand::hand_keep,
        hand::hand_read,
        hand::hand_sheet_read,
        hand::hand_sheet_write,
        truth::correction_ask,
        truth::correction_close,
        truth::truth_read,
        truth::truth_set,
        drill::drill_read,
        drill::drill_rush,
        drill::outage_begin,
        drill::outage_note,
        drill::outage_end,
        drill::outage_close,
        schedule::schedule_read,
        schedule::schedule_propose,
        schedule::schedule_choose,
        quarantine::quarantine_list,
        quarantine::quarantine_release,
        draft::integration_look,
        draft::integration_preview,
        draft::integration_count,
        draft::integration_counted,
        draft::integration_save,
        draft::integration_export,
        draft::integration_import,
        draft::integration_toml,
        draft::integration_from_toml,
        offer::offer_ask,
        offer::offer_answer,
        offer::offer_preset,
        offer::offer_secrets,
        offer::offer_secret_keep,
        offer::excerpt_list,
        offer::draft_discard,
        job::job_list,
        job::job_read,
        job::job_cancel,
        order::order_read,
        order::record_read,
        palette::palette_search,
        text::text_save,
        about::about_read,
    ])
}

/// Writes the TypeScript of every command and type to `file`.
///
/// # Errors
/// When a type has no TypeScript, or the file cannot be written.
pub fn export(file: &Path) -> Result<(), specta_typescript::Error> {
    builder::<tauri::Wry>().export(Typescript::default(), file)
}
