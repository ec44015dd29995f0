//! The window over the desk: commands, events, pictures by `page://`. No rule of the counter lives here.
//!
//! The web side can call the commands listed below and nothing else; it never sees a path, a key or a database.

mod citizen;
mod commands;
mod drawing;
mod events;
mod page_protocol;
mod window;

use clap::Parser;
use desk::training::TrainingCentral;
use desk::{Desk, Parts};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// Một Cửa: the counter that loses nothing.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Opens the training office with its own central system (chế độ tập huấn).
    #[arg(long)]
    training: bool,
    /// The station's data folder.
    #[arg(long)]
    data: Option<PathBuf>,
}

/// The training central system, started in the background; ends with the program.
type Training = Arc<Mutex<Option<TrainingCentral>>>;

/// Opens the window and runs until it closes.
#[must_use]
pub fn run() -> ExitCode {
    let started = Instant::now();
    let arguments = Arguments::parse();
    drawing::suit_this_machine();
    let data = arguments.data.unwrap_or_else(|| desk::default_data_dir(arguments.training));
    let _log = desk::log_to_folder(&data.join("logs"));
    let opened = Parts::of_this_machine(arguments.training).and_then(|parts| {
        if arguments.training { Desk::open_training(&data, parts) } else { Desk::open(&data, parts) }
    });
    let builder = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build());
    let run = match opened {
        Ok(desk) => {
            let desk = Arc::new(desk);
            let training = Training::default();
            if arguments.training {
                start_training(&desk, &training);
            }
            window::with_desk(builder, desk, training, started)
        }
        Err(error) => refuse(builder, &error),
    };
    match run {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window did not open");
            ExitCode::FAILURE
        }
    }
}

/// The central system comes up beside the window, which does not wait for it.
fn start_training(desk: &Arc<Desk>, training: &Training) {
    let (dir, training) = (desk.dir().to_owned(), Arc::clone(training));
    std::thread::spawn(move || match TrainingCentral::start(&dir) {
        Ok(central) => *training.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(central),
        Err(error) => tracing::warn!(%error, "training central system"),
    });
}

/// Says in words why the program cannot open, and ends.
fn refuse(builder: tauri::Builder<tauri::Wry>, error: &desk::Error) -> tauri::Result<()> {
    let told = error.for_person(desk::view::Locale::Vi);
    let text = [told.message, told.hint.unwrap_or_default()].join("\n\n");
    builder
        .setup(move |app| {
            let handle = app.handle().clone();
            app.dialog().message(text).title("Một Cửa").kind(MessageDialogKind::Error).show(move |_| handle.exit(1));
            Ok(())
        })
        .run(tauri::generate_context!())
}
