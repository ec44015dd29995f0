//! Commands: take what the web side sent, ask the desk, answer or say why not. No rule lives here.
//!
//! To add one: a method of `desk::Desk`, a function here, a line in `handler`, a line in `ui/src/lib/desk.ts`.

mod applicant;
mod calendar;
mod care;
mod catalogue;
mod checklist;
mod citizen;
mod dossiers;
mod duplex;
mod fees;
mod folders;
mod intake;
mod known;
mod mixed;
mod pages;
mod papers;
mod people;
mod queue;
mod readers;
mod scan;
mod session;
mod settings;
mod share;
mod sync;
mod visit;

use desk::{Desk, Error, ErrorCode, UserError};
use std::sync::Arc;
use tauri::State;

/// The desk, as commands are given it.
pub(crate) type TheDesk<'a> = State<'a, Arc<Desk>>;

/// What a command answers.
pub(crate) type Answer<T> = Result<T, UserError>;

/// Asks the desk on a thread that may wait for disk, scanner or printer.
pub(crate) async fn ask<T, F>(desk: &TheDesk<'_>, question: F) -> Answer<T>
where
    T: Send + 'static,
    F: FnOnce(&Desk) -> Result<T, Error> + Send + 'static,
{
    let desk = Arc::clone(desk);
    let asked = tauri::async_runtime::spawn_blocking(move || question(&desk).map_err(|error| desk.explain(&error)));
    asked.await.unwrap_or_else(|_| Err(panicked()))
}

/// A panic was caught and logged; the clerk gets a sentence, never a frozen window.
fn panicked() -> UserError {
    let (message, hint) = desk::sentences::sentence(ErrorCode::Internal, None, desk::view::Locale::Vi);
    UserError { code: ErrorCode::Internal, message, hint, reference: "panic".into() }
}

/// Every command of the window; `cargo xtask tidy` holds this list against the web side's.
pub(crate) fn handler() -> impl Fn(tauri::ipc::Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
    let answer = all();
    move |invoke| {
        let message = &invoke.message;
        if crate::citizen::may_call(message.webview_ref().label(), message.command()) {
            return answer(invoke);
        }
        invoke.resolver.reject("not for this window");
        true
    }
}

fn all() -> impl Fn(tauri::ipc::Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        citizen::open_citizen,
        citizen::close_citizen,
        citizen::show_citizen,
        citizen::citizen_view,
        session::window_ready,
        session::report_fault,
        session::station,
        session::sign_in,
        session::sign_out,
        settings::set_locale,
        settings::set_theme,
        settings::set_zoom,
        settings::preferences,
        settings::set_preferences,
        settings::shortcuts,
        settings::set_shortcuts,
        settings::enroll,
        people::people,
        people::add_person,
        people::change_person,
        people::remove_person,
        people::reset_password,
        people::change_password,
        people::safety,
        people::new_recovery_key,
        people::recover,
        people::set_idle_minutes,
        people::stay_awake,
        calendar::calendar,
        calendar::set_calendar_day,
        calendar::undo_calendar_change,
        calendar::pick_calendar,
        calendar::export_calendar,
        calendar::moved_appointments,
        calendar::correct_appointments,
        calendar::appoint,
        care::care,
        care::pick_backup,
        care::back_up,
        care::check,
        care::cancel_care,
        catalogue::catalogue,
        catalogue::pick_catalogue,
        catalogue::cancel_catalogue,
        catalogue::unread_items,
        catalogue::star_procedure,
        catalogue::silent_cases,
        catalogue::set_case_limit,
        catalogue::drop_case_limit,
        catalogue::trust_key,
        catalogue::distrust_key,
        dossiers::today,
        dossiers::search,
        dossiers::read_code,
        dossiers::work_list,
        dossiers::list_counts,
        dossiers::bulk_moves,
        dossiers::move_many,
        intake::new_dossier,
        intake::open_dossier,
        intake::save_applicant,
        applicant::offer_card,
        applicant::read_card,
        applicant::save_representative,
        applicant::switch_party,
        readers::card_offers,
        readers::cards_dropped,
        readers::pick_card_picture,
        readers::readers,
        readers::choose_reader,
        known::known,
        known::set_consent,
        known::reuse_paper,
        known::find_known,
        known::take_known,
        known::confirm_identity,
        known::reopen_identity,
        known::population,
        known::set_population,
        intake::find_procedures,
        intake::choose_procedure,
        intake::set_papers,
        intake::save_note,
        intake::save_field,
        intake::move_dossier,
        intake::set_channel,
        intake::discard_draft,
        intake::restore_draft,
        intake::accept,
        intake::accept_twice,
        queue::queue,
        queue::take_ticket,
        queue::add_ticket,
        queue::call_next,
        queue::call_ticket,
        queue::step_ticket,
        queue::set_ticket,
        queue::set_queue_prefix,
        visit::next_in_visit,
        visit::accept_visit,
        visit::copy_dossier,
        visit::settle_twins,
        checklist::check_papers,
        checklist::paper_reasons,
        checklist::set_paper_reasons,
        scan::devices,
        scan::scan,
        scan::scan_by_phone,
        scan::cancel_scan,
        scan::pick_files,
        scan::import_dropped,
        scan::scan_profiles,
        scan::set_scan_profile,
        scan::lock_scan_profile,
        scan::remove_scan_profile,
        scan::scanner_addresses,
        scan::add_scanner,
        share::renew_share,
        share::share_scanner,
        share::shares,
        scan::examine_scanners,
        scan::remove_scanner,
        scan::end_stack,
        scan::explain_stack,
        pages::edit_pages,
        pages::lay_flat,
        pages::paper_edges,
        pages::undo_pages,
        pages::redo_pages,
        duplex::duplex,
        duplex::scan_fronts,
        duplex::scan_backs,
        duplex::join_duplex,
        mixed::mixed_stacks,
        mixed::mixed_stack,
        mixed::scan_mixed,
        mixed::pick_mixed,
        mixed::mixed_dropped,
        mixed::read_mixed,
        mixed::split_mixed,
        mixed::undo_split,
        mixed::give_loose,
        mixed::set_loose_aside,
        folders::folders,
        folders::pick_folder,
        folders::set_folder_done,
        folders::forget_folder,
        folders::tray,
        folders::take_incoming,
        fees::fees,
        fees::set_fee,
        fees::take_payment,
        fees::transfer_code,
        fees::void_receipt,
        fees::set_receipts_aside,
        fees::add_receipt_book,
        fees::fee_book,
        fees::shift,
        fees::shifts,
        fees::open_shift,
        fees::close_shift,
        fees::fee_settings,
        fees::set_fee_settings,
        fees::pick_fee_table,
        papers::printers,
        papers::papers_of,
        papers::paper,
        papers::print_paper,
        papers::open_paper,
        papers::forms,
        papers::set_office,
        papers::set_regulation,
        papers::set_form,
        papers::pick_logo,
        papers::clear_logo,
        sync::sync_state,
        sync::outbox,
        sync::sync_now,
        sync::outbox_retry,
    ]
}
