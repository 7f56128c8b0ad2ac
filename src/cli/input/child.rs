//! Processes that read what strangers made: a few hundred bytes can ask for any amount of time and memory, and neither
//! can be taken back from a thread. The parent watches how long the child takes and how much it holds, and ends it.

use std::io::{BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// Between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// What a child may take. The time in which it waits for its parent does not count.
#[derive(Debug, Clone, Copy)]
pub struct ProcessLimits {
    /// Time for one page or picture.
    pub picture: Duration,
    /// Time for all of them.
    pub file: Duration,
    /// Memory in bytes; looked at where the system tells it.
    pub memory: u64,
}

/// Runs a program on these bytes, or on nothing, and reads what it says on standard output, for as long as `read` wants
/// it; tells too whether it took more than it may, and was ended for that.
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
        // Even if it panics: the child is waited for.
        let _done = Done(&watch);
        read(BufReader::new(stdout), &watch)
    });
    Ok((read, watch.ended.load(Ordering::SeqCst)))
}

/// Says when it goes that nothing more is wanted of the child.
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
    /// Whether we are busy with one: the child may have to wait for us.
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

/// Memory that a process holds, in bytes; nothing where the system does not tell.
fn held(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() * 1024
}
