//! `cargo xtask check-windows`: the whole workspace as Windows programs, by Debian's own packages.
//!
//! No Windows standard library is downloaded: Debian's compiler builds it from Debian's source, with the installed
//! cargo driving. Release, because a debug build exports more symbols than the Windows linker takes.

use crate::setup;
use anyhow::Context;
use std::process::ExitCode;
use xshell::{Shell, cmd};

/// libstdc++ has to come last, with what it needs after it; rustc reads the linker's flavor off a name ending in `gcc`.
const LINKER: &str = "#!/bin/sh
exec /usr/bin/x86_64-w64-mingw32-gcc-posix \"$@\" -Wl,--start-group -l:libstdc++.a -lgcc_eh -lgcc -l:libpthread.a \
 -lmingw32 -lmingwex -lmsvcrt -ladvapi32 -luser32 -lkernel32 -Wl,--end-group
";

/// Cross-compiles every program for `x86_64-pc-windows-gnu`.
pub(crate) fn check(sh: &Shell) -> anyhow::Result<ExitCode> {
    setup::packages(sh, "to build for Windows (rustc-web is Debian's)", setup::TO_CROSS_COMPILE)?;
    setup::web_side(sh)?;
    let linker = sh.current_dir().join("target/windows-tools/x86_64-w64-mingw32-gcc");
    sh.write_file(&linker, LINKER)?;
    cmd!(sh, "chmod +x {linker}").quiet().run()?;
    println!("{}", cmd!(sh, "/usr/bin/rustc --version").read()?);
    let everything = ["--workspace", "--exclude", "xtask", "--exclude", "tests", "--bins"];
    cmd!(sh, "cargo build --release -Z build-std=std,panic_unwind --target x86_64-pc-windows-gnu")
        .args(["--target-dir", "target/windows"])
        .args(everything)
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", &linker)
        .env("CC_x86_64_pc_windows_gnu", "x86_64-w64-mingw32-gcc-posix")
        .env("CXX_x86_64_pc_windows_gnu", "x86_64-w64-mingw32-g++-posix")
        .env("AR_x86_64_pc_windows_gnu", "x86_64-w64-mingw32-ar")
        // The question is whether it compiles and links, so the time for link-time optimization is saved.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .run()
        .context("the workspace does not build for Windows")?;
    for program in sh.read_dir("target/windows/x86_64-pc-windows-gnu/release")? {
        if program.extension().is_some_and(|extension| extension == "exe") {
            println!("built {}", program.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}
