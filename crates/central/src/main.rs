//! `motcua-central`: serve, enroll, stats. One JSON document on standard output, the log on standard error.
//!
//! `serve` is the exception: its first line says where it listens, for people and for programs that start it.

mod cli_error;

use central::{Central, Server};
use clap::{Parser, Subcommand};
use cli_error::CliError;
use domain::OfficeCode;
use std::io::{self, Write};
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tracing_subscriber::EnvFilter;

/// Hệ thống trung tâm tham chiếu của Một Cửa.
///
/// Dữ liệu nằm trong một thư mục: central.db (SQLite, không mã hóa; hãy mã hóa ổ đĩa) và files/.
#[derive(Parser)]
#[command(name = "motcua-central", version)]
struct Arguments {
    /// Kết quả là JSON (luôn như vậy; nhận để giống các lệnh khác).
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Nhận hồ sơ từ các quầy cho đến khi bị dừng.
    Serve {
        /// Địa chỉ và cổng, ví dụ 127.0.0.1:8900; cổng 0 để tự chọn.
        #[arg(long)]
        listen: String,
        /// Thư mục dữ liệu.
        #[arg(long)]
        data: PathBuf,
        /// Dừng khi đầu vào chuẩn đóng lại: chương trình khởi động nó kết thúc thì nó cũng kết thúc.
        #[arg(long)]
        until_stdin_closes: bool,
        /// Chế độ tập huấn: thay cơ sở dữ liệu dân cư bằng những người mẫu.
        #[arg(long)]
        training: bool,
    },
    /// Tạo mã ghi danh dùng một lần cho một máy trạm, có hạn 7 ngày.
    Enroll {
        /// Thư mục dữ liệu.
        #[arg(long)]
        data: PathBuf,
        /// Mã định danh cơ quan, ví dụ H99.1.
        #[arg(long)]
        office: String,
        /// Tên máy trạm.
        #[arg(long)]
        station: String,
    },
    /// Đếm hồ sơ, tệp và máy trạm.
    Stats {
        /// Thư mục dữ liệu.
        #[arg(long)]
        data: PathBuf,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_env("MOTCUA_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    match run(arguments.command) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(answer)) => {
            say(&answer.to_string());
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "failed");
            say(&error.to_json().to_string());
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<Option<serde_json::Value>, CliError> {
    match command {
        Command::Serve { listen, data, until_stdin_closes, training } => {
            let address = address(&listen)?;
            let runtime = tokio::runtime::Runtime::new().map_err(CliError::System)?;
            runtime.block_on(serve(&data, address, until_stdin_closes, training))?;
            // A thread may still wait for a line that never comes.
            runtime.shutdown_background();
            Ok(None)
        }
        Command::Enroll { data, office, station } => {
            let office: OfficeCode = office.parse().map_err(|_| CliError::BadOffice(office))?;
            let token = Central::open(&data)?.enroll_token(&office, &station)?;
            Ok(Some(serde_json::json!({ "token": token })))
        }
        Command::Stats { data } => {
            let stats = Central::open_existing(&data)?.stats()?;
            Ok(Some(serde_json::to_value(stats).map_err(|error| CliError::System(error.into()))?))
        }
    }
}

async fn serve(data: &Path, address: SocketAddr, until_stdin_closes: bool, training: bool) -> Result<(), CliError> {
    // Asked for before the first line is out: who reads it may send the signal at once.
    let stop = stop_signal().map_err(CliError::System)?;
    let central = Central::open(data)?;
    let central = if training { central.with_sample_people() } else { central };
    let server = Server::start(Arc::new(central), address).await?;
    say(&format!("listening on {}", server.url()));
    if until_stdin_closes {
        tokio::select! {
            () = stop => {}
            () = stdin_closed() => {}
        }
    } else {
        stop.await;
    }
    tracing::info!("stopping");
    server.stop().await;
    Ok(())
}

/// Whoever started us is gone once nobody can write to us any more, however it ended.
async fn stdin_closed() {
    let (send, closed) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
        let _ = send.send(());
    });
    let _ = closed.await;
}

#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(windows)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

fn address(text: &str) -> Result<SocketAddr, CliError> {
    let bad = || CliError::BadAddress(text.to_owned());
    text.to_socket_addrs().map_err(|_| bad())?.next().ok_or_else(bad)
}

/// Writes one line and flushes it. A reader that is gone is no reason to stop serving.
fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
