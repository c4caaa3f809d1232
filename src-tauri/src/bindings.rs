//! The command list, once: what the window answers, and what the page's TypeScript is generated from.

use std::path::Path;

use specta_typescript::Typescript;
use tauri::Runtime;
use tauri_specta::{Builder, collect_commands};

use crate::commands::{
    about, audit, backup, charter, checkpoint, connection, draft, drill, integration, job, kpi, order,
    palette, quarantine, schedule, start, text, workspace,
};

/// Every command of the window.
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
        kpi::kpi_change,
        kpi::week_sign,
        kpi::phase_sign,
        kpi::phase_withdraw,
        kpi::point_ghost,
        kpi::point_unghost,
        integration::integration_list,
        integration::integration_read,
        integration::integration_retire,
        integration::integration_pull,
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
        checkpoint::checkpoint_read,
        checkpoint::checkpoint_set,
        checkpoint::batch_decide,
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
