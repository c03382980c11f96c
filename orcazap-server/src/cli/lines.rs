//! JSON lines in, JSON lines out: each answered by one, on all cores and in the order
//! they came in.

use std::fs::{File, Metadata};
use std::io::{BufRead, IsTerminal, Write};
use std::os::fd::AsFd;

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

/// The longest line read, in bytes.
const MAX_LINE: u64 = 4 * 1024 * 1024;

/// How many lines are read before they are shared out to the cores.
const CHUNK: usize = 4096;

/// Answers each line by one line, on all cores and in the order they came in;
/// blank ones are passed over.
///
/// A line that is not what is read is named with its number on standard error, and the
/// others are answered all the same.
///
/// # Errors
///
/// When a line was not read, after all others are answered; at once when one is too long
/// or when input or output fails.
pub(super) fn each_line<In: for<'de> Deserialize<'de>, Out: Serialize>(
    input: &mut impl BufRead,
    output: &mut impl Write,
    answer: impl Fn(In) -> Out + Sync,
) -> anyhow::Result<()> {
    let progress = progress();
    let (mut first, mut unread) = (1_u64, 0);
    loop {
        let lines = chunk(input, first)?;
        if lines.is_empty() {
            break;
        }
        let mut answers = Vec::new();
        for block in answered(&lines, first, &answer) {
            let (answer, faults) = block?;
            answers.push(answer);
            unread += faults.len();
            progress.suspend(|| faults.iter().for_each(|fault| eprintln!("{fault:#}")));
        }
        answers.iter().try_for_each(|answer| output.write_all(answer))?;
        first += lines.len() as u64;
        progress.inc(lines.iter().map(|line| line.len() as u64).sum());
        progress.set_message(format!("{} lines", first - 1));
    }
    progress.finish_and_clear();
    output.flush()?;
    match unread {
        0 => Ok(()),
        1 => bail!("1 line is not read"),
        _ => bail!("{unread} lines are not read"),
    }
}

/// On a terminal a bar, or a counter when how much will come is not known;
/// nothing in a pipe.
fn progress() -> indicatif::ProgressBar {
    let stdin = std::io::stdin();
    if !std::io::stderr().is_terminal() || stdin.is_terminal() {
        return indicatif::ProgressBar::hidden();
    }
    let (bar, template) = match length(&stdin) {
        Some(bytes) => {
            let template = "{wide_bar} {percent}% {msg}, {eta} left";
            (indicatif::ProgressBar::new(bytes), template)
        }
        None => (indicatif::ProgressBar::new_spinner(), "{spinner} {msg}, {elapsed}"),
    };
    match indicatif::ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style).with_message("0 lines"),
        Err(_) => bar,
    }
}

/// The bytes of a file that standard input is read from.
fn length(stdin: &std::io::Stdin) -> Option<u64> {
    let file = File::from(stdin.as_fd().try_clone_to_owned().ok()?);
    file.metadata().ok().filter(Metadata::is_file).map(|file| file.len())
}

/// The next lines, at most [`CHUNK`] and at most [`MAX_LINE`] bytes in all but
/// the last; empty at the end.
fn chunk(input: &mut impl BufRead, first: u64) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut lines = Vec::new();
    let mut bytes = 0;
    while lines.len() < CHUNK && bytes < MAX_LINE {
        let mut line = Vec::new();
        let read = std::io::Read::take(&mut *input, MAX_LINE + 1).read_until(b'\n', &mut line)?;
        if read == 0 {
            break;
        }
        if line.len() as u64 > MAX_LINE {
            let number = first + lines.len() as u64;
            bail!("line {number}: a line has at most {MAX_LINE} bytes");
        }
        bytes += line.len() as u64;
        lines.push(line);
    }
    Ok(lines)
}

/// The answers to a block of lines, and what is wrong with those that have none.
type Block = (Vec<u8>, Vec<anyhow::Error>);

/// The answers to some lines, a block a core.
fn answered<In: for<'de> Deserialize<'de>, Out: Serialize>(
    lines: &[Vec<u8>],
    first: u64,
    answer: &(impl Fn(In) -> Out + Sync),
) -> Vec<anyhow::Result<Block>> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = lines.len().div_ceil(cores).max(1);
    let block = |lines: &[Vec<u8>], first: u64| -> anyhow::Result<Block> {
        let (mut out, mut faults) = (Vec::new(), Vec::new());
        for (number, line) in (first..).zip(lines) {
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice(line).with_context(|| format!("line {number}")) {
                Ok(parsed) => {
                    serde_json::to_writer(&mut out, &answer(parsed))?;
                    out.push(b'\n');
                }
                Err(fault) => faults.push(fault),
            }
        }
        Ok((out, faults))
    };
    let block = &block;
    std::thread::scope(|scope| {
        let starts = (first..).step_by(share);
        let running: Vec<_> = lines
            .chunks(share)
            .zip(starts)
            .map(|(lines, first)| scope.spawn(move || block(lines, first)))
            .collect();
        let lost = || Err(anyhow::anyhow!("a reading thread stopped"));
        running.into_iter().map(|thread| thread.join().unwrap_or_else(|_| lost())).collect()
    })
}
