//! A scanner lent to another counter, by two stations of the real program; `curl` is a third that knows nothing of us (G15).

use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use tests::station::Station;

/// Ends with what it is part of.
struct Lending(Child);

impl Drop for Lending {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Lends the training scanner; its address.
fn lend(station: &Station) -> Result<(Lending, String)> {
    let share = ["scanner", "share", "--device", "virtual:training", "--address", "127.0.0.1", "--port", "0"];
    let mut child = station.console()?.args(share).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let said = child.stderr.take().context("standard error")?;
    let lending = Lending(child);
    let address = BufReader::new(said).lines().next().context("an address")??;
    Ok((lending, address))
}

fn curl(url: &str) -> Result<String> {
    let options = ["--silent", "--insecure", "--max-time", "30", "--write-out", "\n%{http_code}"];
    let output = Command::new("curl").args(options).arg(url).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn another_counter_scans_by_a_scanner_that_is_lent() -> Result<()> {
    let (here, there) = (Station::at_console()?, Station::at_console()?);
    let (lending, address) = lend(&here)?;
    ensure!(curl(&format!("{address}/ScannerCapabilities"))?.ends_with("200"), "{address}");
    let guessed = address.replacen(&address[address.len() - 37..address.len() - 5], &"0".repeat(32), 1);
    ensure!(curl(&format!("{guessed}/ScannerCapabilities"))? == "\n404", "whoever has not the address gets nothing");
    let plain = curl(&format!("{}/ScannerCapabilities", address.replacen("https", "http", 1)))?;
    ensure!(!plain.ends_with("200"), "nothing goes in the clear: {plain}");

    there.answer(["scanner", "add", &address])?;
    let id = there.network_scanner()?;
    let dossier = there.answer(["draft", "--procedure", "1.000894"])?;
    let dossier = dossier["id"].as_str().context("a dossier")?;
    let told = there.answer(["scan", "--device", &id, "--dossier", dossier, "--component", "1"])?;
    let shown = there.answer(["pages", dossier])?;
    ensure!(shown["pages"]["received"].as_u64() >= Some(1), "{told}");
    drop(lending);
    let log = here.home("log.jsonl");
    let export = ["log", "export", &log.to_string_lossy()];
    let exported = here.console()?.env("MOTCUA_USER", "supervisor").args(export).output()?;
    ensure!(exported.status.success(), "{exported:?}");
    let log = std::fs::read_to_string(log)?;
    ensure!(
        log.contains("share.begin") && log.contains("share.end") && log.contains("127.0.0.1"),
        "who scanned stands there"
    );
    // Its address is another one from now on: whoever had it can scan no longer.
    here.answer(["scanner", "renew", "--device", "virtual:training"])?;
    let (_again, other) = lend(&here)?;
    ensure!(other.split('/').nth(3) != address.split('/').nth(3), "the secret is another one");
    let old = address.replacen(port(&address)?, port(&other)?, 1);
    ensure!(curl(&format!("{old}/ScannerCapabilities"))? == "\n404", "the old address opens nothing");
    ensure!(curl(&format!("{other}/ScannerCapabilities"))?.ends_with("200"));
    Ok(())
}

fn port(address: &str) -> Result<&str> {
    address.split('/').nth(2).and_then(|host| host.rsplit(':').next()).context("a port")
}
