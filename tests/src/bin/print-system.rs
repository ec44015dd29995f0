//! A real print system for who measures: says where it listens, or why there is none, and ends with its input.

use anyhow::Result;
use std::io::Read;
use tests::printer::{PrintSystem, QUEUE};

#[expect(clippy::print_stdout, reason = "the answer")]
fn main() -> Result<()> {
    let Some(system) = PrintSystem::start()? else { return Ok(()) };
    println!("{} {QUEUE}", system.socket().display());
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
