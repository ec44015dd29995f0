//! `motcua check`, `backup`, `restore` as processes: killed in the middle, on a full disk, on another machine.

use crate::intake::received;
use anyhow::Result;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tests::programs::{has_tool, json, program, skipped};
use tests::station::Station;

fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}

/// `motcua restore` of `disk` into a folder of its own.
fn restore(station: &Station, disk: &Path, into: &Path) -> Result<Command> {
    let mut command = Command::new(program("motcua")?);
    command.arg("--json").arg("--data").arg(into).arg("restore").arg(disk);
    command.env("MOTCUA_USER", "clerk").env("MOTCUA_PASSWORD_FILE", station.home("password"));
    Ok(command)
}

fn at(station: &Station, data: &Path, words: &[&str]) -> Result<Value> {
    let mut command = Command::new(program("motcua")?);
    command.arg("--json").arg("--data").arg(data).args(words);
    json(&command.env("MOTCUA_USER", "clerk").env("MOTCUA_PASSWORD_FILE", station.home("password")).output()?)
}

/// J4
#[test]
fn what_is_not_what_it_was_is_named() -> Result<()> {
    let station = Station::at_console()?;
    let code = received(&station, "Nguyễn Thị Mẫu")?;
    let whole = station.answer(["check"])?;
    assert_eq!((whole["checked"].as_u64(), whole["bad"].as_array().map(Vec::len)), (Some(5), Some(0)), "{whole}");
    let kept = files(&station.data().join("files"))?;
    assert_eq!(kept.len(), 5);
    std::fs::remove_file(&kept[0])?;
    std::fs::write(&kept[1], b"rot")?;
    std::fs::write(station.data().join("files/ab").join("ab".repeat(32)), b"left by a crash").or_else(|_| {
        std::fs::create_dir_all(station.data().join("files/ab"))?;
        std::fs::write(station.data().join("files/ab").join("ab".repeat(32)), b"left by a crash")
    })?;
    let found = station.answer(["check"])?;
    let bad = found["bad"].as_array().unwrap();
    assert_eq!((found["checked"].as_u64(), bad.len(), found["orphans"].as_u64()), (Some(5), 2, Some(1)), "{found}");
    let mut kinds: Vec<_> = bad.iter().map(|bad| bad["what"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["missing", "size"]);
    for bad in bad {
        assert_eq!(bad["dossiers"][0], code.as_str(), "{bad}");
        assert!(kept[..2].iter().any(|path| path.ends_with(bad["hash"].as_str().unwrap())), "{bad}");
    }
    Ok(())
}

/// S4, T-02: killed at any moment, the backup before is good; the next one is whole.
#[test]
fn a_killed_backup_leaves_the_one_before() -> Result<()> {
    let station = Station::at_console()?;
    let disk = station.home("disk");
    received(&station, "Nguyễn Thị Mẫu")?;
    let first = station.answer(["backup".as_ref(), disk.as_os_str()])?;
    assert_eq!((first["dossiers"].as_u64(), first["finished"].as_bool()), (Some(1), Some(true)), "{first}");
    received(&station, "Nguyễn Văn Mẫu")?;
    for (n, pause) in [20, 60, 90, 120, 150, 200].into_iter().enumerate() {
        let mut command = station.console()?;
        command.arg("backup").arg(&disk).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut running = command.spawn()?;
        std::thread::sleep(Duration::from_millis(pause));
        let _ = running.kill();
        running.wait()?;
        let into = station.home(&format!("spare-{n}"));
        let back = json(&restore(&station, &disk, &into)?.output()?)?;
        assert!(back["dossiers"].as_u64().is_some_and(|count| count >= 1), "after {pause} ms: {back}");
        assert_eq!((back["bad"].as_array().map(Vec::len), back["skipped"].as_u64()), (Some(0), Some(0)), "{back}");
    }
    let last = station.answer(["backup".as_ref(), disk.as_os_str()])?;
    assert_eq!(last["dossiers"], 2, "{last}");
    let into = station.home("spare");
    let back = json(&restore(&station, &disk, &into)?.output()?)?;
    assert_eq!((back["dossiers"].as_u64(), back["bytes"].as_u64()), (Some(2), last["bytes"].as_u64()), "{back}");
    let check = at(&station, &into, &["check"])?;
    assert_eq!(
        (check["bad"].as_array().map(Vec::len), check["database"].as_str()),
        (Some(0), Some("whole")),
        "{check}"
    );
    assert_eq!(at(&station, &into, &["search", "Mẫu"])?["hits"].as_array().map(Vec::len), Some(2));
    let again = restore(&station, &disk, &into)?.output()?;
    assert_eq!((again.status.code(), json(&again)?["error"]["code"].as_str()), (Some(1), Some("data_exists")));
    Ok(())
}

/// A killed restore holds no station, and is done again.
#[test]
fn a_killed_restore_is_done_again() -> Result<()> {
    let station = Station::at_console()?;
    let disk = station.home("disk");
    received(&station, "Nguyễn Thị Mẫu")?;
    station.answer(["backup".as_ref(), disk.as_os_str()])?;
    let into = station.home("spare");
    for pause in [10, 40, 70, 100, 130] {
        let mut command = restore(&station, &disk, &into)?;
        let mut running = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        std::thread::sleep(Duration::from_millis(pause));
        let _ = running.kill();
        running.wait()?;
        if into.join("keys.json").exists() {
            std::fs::remove_dir_all(&into)?;
        }
    }
    let back = json(&restore(&station, &disk, &into)?.output()?)?;
    assert_eq!((back["dossiers"].as_u64(), back["bad"].as_array().map(Vec::len)), (Some(1), Some(0)), "{back}");
    assert_eq!(at(&station, &into, &["check"])?["bad"].as_array().map(Vec::len), Some(0));
    Ok(())
}

/// A real file system that is full: words, and the backup before is good.
#[test]
fn a_full_backup_disk_is_told_and_harms_nothing() -> Result<()> {
    let station = Station::at_console()?;
    let disk = station.home("disk");
    std::fs::create_dir_all(&disk)?;
    received(&station, "Nguyễn Thị Mẫu")?;
    let mount = |inside: &str| {
        let script = format!("mount -t tmpfs -o size=6m none \"$DISK\" && {inside}");
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &script]).env("DISK", &disk);
        command.env("MOTCUA", program("motcua")?).env("DATA", station.data()).env("SPARE", station.home("spare"));
        command.env("MOTCUA_USER", "clerk").env("MOTCUA_PASSWORD_FILE", station.home("password"));
        anyhow::Ok(command.stdin(Stdio::null()).output()?)
    };
    if !has_tool("unshare") || !mount("true")?.status.success() {
        skipped("no disk of a given size can be made here");
        return Ok(());
    }
    let run = mount(
        "\"$MOTCUA\" --json --data \"$DATA\" backup \"$DISK\" && dd if=/dev/zero of=\"$DISK/other\" bs=64k 2>/dev/null; \
         \"$MOTCUA\" --json --data \"$DATA\" backup \"$DISK\"; \
         \"$MOTCUA\" --json --data \"$SPARE\" restore \"$DISK\"",
    )?;
    let lines: Vec<Value> =
        String::from_utf8(run.stdout.clone())?.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert_eq!(lines.len(), 3, "{run:?}");
    assert_eq!(lines[0]["dossiers"], 1);
    assert_eq!(lines[1]["error"]["code"], "backup_full");
    assert!(lines[1]["error"]["message"].as_str().is_some_and(|words| words.contains("đã đầy")));
    assert_eq!((lines[2]["dossiers"].as_u64(), lines[2]["skipped"].as_u64()), (Some(1), Some(0)));
    Ok(())
}

#[test]
fn a_backup_beside_itself_and_a_restore_of_nothing_are_refused() -> Result<()> {
    let station = Station::at_console()?;
    let refused = station.motcua(["backup".as_ref(), station.data().join("backup").as_os_str()])?;
    assert_eq!((refused.status.code(), json(&refused)?["error"]["code"].as_str()), (Some(1), Some("backup_inside")));
    let empty = station.home("empty");
    std::fs::create_dir_all(&empty)?;
    let nothing = restore(&station, &empty, &station.home("spare"))?.output()?;
    assert_eq!((nothing.status.code(), json(&nothing)?["error"]["code"].as_str()), (Some(1), Some("no_backup")));
    assert!(!station.home("spare").join("keys.json").exists());
    Ok(())
}
