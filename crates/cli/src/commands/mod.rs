//! One function a command: arguments in, JSON out. The work is the desk's.

mod calendar;
mod care;
mod catalogue;
mod devices;
mod dossiers;
mod duplex;
mod fees;
mod folder;
mod forms;
mod import;
mod keeping;
mod mixed;
mod pages;
mod people;
mod persons;
mod phone;
mod profiles;
mod queue;
mod readers;
mod share;
mod station;
mod tools;

use crate::arguments::{Arguments, Command, Log};
use crate::output::Failure;
use crate::scan_arguments::WorkerDriver;
use crate::session::{data_dir, open};
use serde_json::Value;
use std::process::ExitCode;

/// `motcua scan-worker`: a driver in a process of its own.
pub(crate) fn serve(driver: WorkerDriver) -> ExitCode {
    let driver = match driver {
        WorkerDriver::Wia => desk::Driver::Wia,
        WorkerDriver::Virtual => desk::Driver::Virtual,
    };
    match desk::serve_driver(driver) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The last words are the log's of whoever started it.
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the command and gives its answer.
pub(crate) fn run(arguments: Arguments) -> Result<Value, Failure> {
    let data = arguments.data;
    let desk = || open(&data_dir(data.clone()));
    match arguments.command {
        Command::Init(init) => station::init(&data_dir(data.clone()), &init),
        Command::Due { received, limit, calendar } => tools::due(&received, &limit, calendar.as_deref()),
        Command::Calendar(command) => calendar::calendar(&desk()?, &command),
        Command::Appoint { dossier, due, reason } => calendar::appoint(&desk()?, &dossier, &due, &reason),
        Command::Id => tools::id(),
        Command::Card { picture } => readers::card(&picture),
        Command::Readers { command } => readers::readers(data.as_deref(), command.as_ref()),
        Command::Known(known) => persons::known(&desk()?, &known),
        Command::Population { command } => persons::population(&desk()?, command.as_ref()),
        Command::Vietqr(code) => tools::vietqr(&code),
        Command::Digitize { input, output, report } => tools::digitize(&input, &output, report.as_deref()),
        Command::Devices => devices::devices(data.as_deref()),
        Command::Scan(scan) => devices::scan(data.as_deref(), &scan),
        Command::Profile(profile) => profiles::profile(&desk()?, &profile),
        Command::Phone(phone) => phone::phone(&desk()?, &phone),
        Command::Import(import) => import::import(&desk()?, &import),
        Command::Unsplit { stack } => import::unsplit(&desk()?, &stack),
        // Answered before, by `serve`.
        Command::ScanWorker { .. } => Err(Failure::Usage("scan-worker serves a program".to_owned())),
        Command::Duplex(duplex) => duplex::duplex(&desk()?, &duplex),
        Command::Mixed(mixed) => mixed::mixed(&desk()?, &mixed),
        Command::Pages(pages) => pages::pages(&desk()?, pages),
        Command::Queue(queue) => queue::queue(&desk()?, &queue),
        Command::Scanner(place) => devices::scanner(data.as_deref(), desk, &place),
        Command::Stack(stack) => devices::stack(&desk()?, &stack),
        Command::Folder(folder) => folder::folder(&desk()?, &folder),
        Command::Catalogue(command) => catalogue::run(desk, command),
        Command::Intake { file } => dossiers::intake(&desk()?, &file),
        Command::Search { text, limit } => dossiers::search(&desk()?, &text, limit),
        Command::Today => dossiers::today(&desk()?),
        Command::List { list, limit } => dossiers::list(&desk()?, &list, limit),
        Command::Show { dossier } => dossiers::show(&desk()?, &dossier),
        Command::Move { dossier, step, reason } => dossiers::move_on(&desk()?, &dossier, &step, &reason),
        Command::Draft { procedure, case, fields } => dossiers::draft(&desk()?, &procedure, case.as_deref(), &fields),
        Command::Fill { dossier, fields } => dossiers::fill(&desk()?, &dossier, &fields),
        Command::Duplicates { dossier } => dossiers::duplicates(&desk()?, &dossier),
        Command::DuplicateDays { days } => keeping::duplicate_days(&desk()?, days),
        Command::Fees { dossier } => fees::fees(&desk()?, &dossier),
        Command::Fee(fee) => fees::fee(&desk()?, &fee),
        Command::Pay(pay) => fees::pay(&desk()?, &pay),
        Command::TransferCode { dossier, visit, part } => {
            fees::transfer_code(&desk()?, &dossier, visit, part.as_deref())
        }
        Command::Receipts(receipts) => fees::receipts(&desk()?, &receipts),
        Command::Shift(shift) => fees::shift(&desk()?, &shift),
        Command::FeeSettings(settings) => fees::settings(&desk()?, settings.file.as_deref()),
        Command::FeeTable { file } => fees::table(&desk()?, &file),
        Command::Print(print) => dossiers::print(&desk()?, &print),
        Command::Forms(forms) => forms::forms(&desk()?, &forms),
        Command::Outbox => station::outbox(&desk()?),
        Command::Sync { once: _ } => station::sync(&desk()?),
        Command::Enroll { central, token } => station::enroll(&desk()?, &central, &token),
        Command::Log(Log::Verify { file: Some(file) }) => station::verify_log_file(&file),
        Command::Log(Log::Verify { file: None }) => station::verify_log(&desk()?),
        Command::Log(Log::Export { file }) => station::export_log(&desk()?, &file),
        Command::Check { fresh } => care::check(&desk()?, fresh),
        Command::Backup { folder, daily } => care::back_up(&desk()?, &folder, daily),
        Command::Restore { folder } => care::restore(&data_dir(data.clone()), &folder),
        Command::Seed { dossiers, pages, seed } => station::seed(&desk()?, desk::SeedPlan { dossiers, pages, seed }),
        Command::SupplementRule { rule } => keeping::supplement_rule(&desk()?, rule.as_deref()),
        Command::Retention { days } => keeping::retention(&desk()?, days.as_deref()),
        Command::Purge { dry_run } => keeping::purge(&desk()?, dry_run),
        Command::ExportPerson { id_number, output } => keeping::export_person(&desk()?, &id_number, &output),
        Command::Support { output } => keeping::support(&desk()?, &output),
        Command::Users(users) => people::users(&desk()?, &users),
        Command::Rights(rights) => people::rights(&desk()?, &rights),
        Command::Recovery(recovery) => people::recovery(&desk()?, &recovery),
        Command::Recover { login } => people::recover(&data_dir(data.clone()), &login),
    }
}

/// What the desk refused, in its own words.
fn told<T>(desk: &desk::Desk, result: Result<T, desk::Error>) -> Result<T, Failure> {
    result.map_err(|error| Failure::Refused(Box::new(desk.explain(&error))))
}

/// A value as JSON. Views are plain data, so that this cannot fail.
fn value(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Runtime::new().map_err(|error| Failure::Usage(error.to_string()))
}

fn read_text(path: &std::path::Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))
}
