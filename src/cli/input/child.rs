//! Child processes that decode untrusted files: a few hundred bytes can ask for any amount of time and memory, and
//! neither can be taken back from a thread. The parent watches time and memory of the child, and kills it.

use std::io::{BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// Interval between two checks.
const LOOK: Duration = Duration::from_millis(20);

/// What a child may take. The time in which it waits for its parent does not count.
#[derive(Debug, Clone, Copy)]
pub struct ProcessLimits {
    /// Time for one page or picture.
    pub picture: Duration,
    /// Time for all of them.
    pub file: Duration,
    /// Memory in bytes; checked on systems that report it.
    pub memory: u64,
}

/// Runs a program with these bytes as input, or none, and gives its output to `read`. The second value tells whether it
/// exceeded its limits and was killed.
///
/// # Errors
/// Those of starting it.
pub fn run<T>(
    command: &mut Command,
    input: Option<&[u8]>,
    limits: ProcessLimits,
    read: impl FnOnce(BufReader<ChildStdout>, &Watch) -> T,
) -> std::io::Result<(T, bool)> {
    let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    let mut child = command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let stdin = child.stdin.take();
    let stdout = child.stdout.take().ok_or(std::io::ErrorKind::BrokenPipe)?;
    let watch = Watch::default();
    let read = std::thread::scope(|scope| {
        scope.spawn(move || {
            if let (Some(mut stdin), Some(input)) = (stdin, input) {
                // The child may be ended before it has read all.
                let _ = stdin.write_all(input);
            }
        });
        scope.spawn(|| watch.over(&mut child, limits));
        // A guard: the child is reaped even if `read` panics.
        let _done = Done(&watch);
        read(BufReader::new(stdout), &watch)
    });
    Ok((read, watch.ended.load(Ordering::SeqCst)))
}

/// On drop, tells the watch that the child is no longer needed.
struct Done<'a>(&'a Watch);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.done.store(true, Ordering::SeqCst);
    }
}

/// Watches the child.
#[derive(Default)]
pub struct Watch {
    /// Counts the pages or pictures taken.
    pictures: AtomicUsize,
    /// Whether the parent is busy: time that the child waits for it does not count.
    busy: AtomicBool,
    /// Whether nothing more is wanted of the child.
    done: AtomicBool,
    /// Whether the child was ended for what it took.
    ended: AtomicBool,
}

impl Watch {
    /// Does something with a page or picture; the time it takes is not the child's.
    pub fn meanwhile<T>(&self, something: impl FnOnce() -> T) -> T {
        self.busy.store(true, Ordering::SeqCst);
        let done = something();
        self.pictures.fetch_add(1, Ordering::SeqCst);
        self.busy.store(false, Ordering::SeqCst);
        done
    }

    /// Ends the child when it takes too long or holds too much, or when it is done with.
    fn over(&self, child: &mut Child, limits: ProcessLimits) {
        let (mut taken, mut picture_time, mut file_time) = (0, Duration::ZERO, Duration::ZERO);
        while !self.done.load(Ordering::SeqCst) {
            std::thread::sleep(LOOK);
            if self.busy.load(Ordering::SeqCst) {
                continue;
            }
            (picture_time, file_time) = (picture_time + LOOK, file_time + LOOK);
            if self.pictures.load(Ordering::SeqCst) != taken {
                taken = self.pictures.load(Ordering::SeqCst);
                picture_time = Duration::ZERO;
            }
            if picture_time > limits.picture || file_time > limits.file || held(child.id()) > limits.memory {
                self.ended.store(true, Ordering::SeqCst);
                break;
            }
        }
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Resident memory of a process in bytes; 0 on systems without /proc.
fn held(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() * 1024
}
