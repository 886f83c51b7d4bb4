//! Where the output goes. A file is written beside its place and takes it when
//! it is whole, so that whatever happens on the way the old file stays as it was.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::format::is_gzip;
use super::resume::{Left, Run};
use crate::{Usage, tell};

/// An output that is open.
pub struct Target {
    out: Writer,
    /// None for standard output and for devices, which are written as they are.
    place: Option<Place>,
    /// Whether what is written goes nowhere.
    lost: bool,
}

enum Writer {
    Plain(BufWriter<Box<dyn Write + Send>>),
    Gzip(Box<GzEncoder<BufWriter<Box<dyn Write + Send>>>>),
}

/// The place of a file that is being written.
struct Place {
    remnant: Remnant,
    file: File,
    /// Held until the run is over.
    _lock: File,
}

/// The files of a run that is not over.
#[derive(Clone, Debug)]
pub struct Remnant {
    /// Where the output will stand.
    path: PathBuf,
    /// Where it is written.
    partial: PathBuf,
    /// Which run that is; it holds a lock on this file.
    run: PathBuf,
    /// Whether a later run can go on.
    resumable: bool,
}

/// How a file is to be written.
pub struct How<'a> {
    pub run: &'a Run,
    pub resumable: bool,
    pub resume: bool,
    pub quiet: bool,
}

impl Target {
    /// Standard output. If it is closed, [`finish`](Self::finish) says so.
    pub fn standard() -> Self {
        let out = Box::new(io::stdout()) as Box<dyn Write + Send>;
        Self {
            out: Writer::Plain(BufWriter::new(out)),
            place: None,
            lost: is_closed(),
        }
    }

    /// A file, with what an interrupted run left of it if it is to be taken up.
    ///
    /// # Errors
    ///
    /// If it cannot be written, or if another run is writing it.
    pub fn file(path: &Path, how: &How<'_>) -> Result<(Self, Left)> {
        let name = path.display();
        let cannot = || format!("cannot write {name}");
        let meta = fs::metadata(path).ok();
        if meta.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(Usage(format!("{name} is a directory: name a file in it")).into());
        }
        if meta.as_ref().is_some_and(|m| !m.is_file()) {
            let device = OpenOptions::new().write(true).open(path);
            let out = writer(device.with_context(cannot)?, is_gzip(path));
            let target = Self {
                out,
                place: None,
                lost: false,
            };
            return Ok((target, Left::default()));
        }
        if meta.is_some() {
            // What may not be written is not replaced either.
            let old = OpenOptions::new().write(true).open(path);
            drop(old.with_context(cannot)?);
        }
        let remnant = Remnant::of(path, how.resumable).with_context(cannot)?;
        let mut lock = remnant.lock(path)?;
        let keep = remnant.is_kept(path, how, &mut lock)?;
        let (file, out, left) = remnant.open(keep, is_gzip(path)).with_context(cannot)?;
        if let Some(meta) = meta {
            // Where the mode cannot be kept the words still can.
            let _ = file.set_permissions(meta.permissions());
        }
        how.run.write(&mut lock).with_context(cannot)?;
        let place = Some(Place {
            remnant,
            file,
            _lock: lock,
        });
        let lost = false;
        Ok((Self { out, place, lost }, left))
    }

    /// The files that an interruption would leave.
    pub fn remnant(&self) -> Option<Remnant> {
        self.place.as_ref().map(|p| p.remnant.clone())
    }

    /// Ends the output and puts it in its place.
    ///
    /// # Errors
    ///
    /// If that fails; the old file is then as it was.
    pub fn finish(&mut self) -> io::Result<()> {
        self.out.finish()?;
        if self.lost {
            let problem = "standard output is closed, nothing of it was kept";
            return Err(io::Error::other(problem));
        }
        let Some(place) = self.place.take() else {
            return Ok(());
        };
        let Remnant {
            path, partial, run, ..
        } = &place.remnant;
        // Names may reach the disk before bytes do.
        place.file.sync_all()?;
        fs::rename(partial, path)?;
        if let Some(folder) = path.parent() {
            // Not every system lets a folder be opened; then it has its own ways.
            let _ = File::open(folder).and_then(|f| f.sync_all());
        }
        let _ = fs::remove_file(run);
        Ok(())
    }

    /// Gives the output up; says what is left of it.
    pub fn give_up(&mut self) -> Option<String> {
        self.place.take().map(|p| p.remnant.leave())
    }

    /// Gives the output up without leaving anything of it.
    pub fn drop_all(&mut self) -> Option<String> {
        self.place.take().map(|p| p.remnant.clear())
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Writer::Plain(out) => out.write(bytes),
            Writer::Gzip(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Writer::Plain(out) => out.flush(),
            Writer::Gzip(out) => out.flush(),
        }
    }
}

impl Writer {
    fn finish(&mut self) -> io::Result<()> {
        match self {
            Writer::Plain(out) => out.flush(),
            Writer::Gzip(out) => {
                out.try_finish()?;
                out.get_mut().flush()
            }
        }
    }
}

fn writer(file: File, gzip: bool) -> Writer {
    let out = BufWriter::new(Box::new(file) as Box<dyn Write + Send>);
    if gzip {
        Writer::Gzip(Box::new(GzEncoder::new(out, Compression::default())))
    } else {
        Writer::Plain(out)
    }
}

impl Run {
    /// The run that holds a lock, as it has written itself down.
    fn read(lock: &mut File) -> Option<Self> {
        let mut text = String::new();
        lock.seek(SeekFrom::Start(0)).ok()?;
        lock.read_to_string(&mut text).ok()?;
        serde_json::from_str(&text).ok()
    }

    fn write(&self, lock: &mut File) -> io::Result<()> {
        lock.set_len(0)?;
        lock.seek(SeekFrom::Start(0))?;
        lock.write_all(&serde_json::to_vec(self)?)
    }
}

impl Remnant {
    /// The files of a run that is to write `path`: hidden, in the same folder, so
    /// that they can be renamed. Of a link it is what the link leads to.
    fn of(path: &Path, resumable: bool) -> io::Result<Self> {
        /// As many links in a row as systems follow.
        const LINKS: usize = 40;
        let mut path = path.to_owned();
        for _ in 0..LINKS {
            let Ok(to) = fs::read_link(&path) else { break };
            path = path.parent().unwrap_or(Path::new("")).join(to);
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.canonicalize()?,
            _ => Path::new(".").canonicalize()?,
        };
        let Some(name) = path.file_name() else {
            return Err(io::Error::other("it names no file"));
        };
        let beside = |ending: &str| {
            let mut hidden = std::ffi::OsString::from(".");
            hidden.push(name);
            hidden.push(ending);
            folder.join(hidden)
        };
        Ok(Self {
            path: folder.join(name),
            partial: beside(".rawi-partial"),
            run: beside(".rawi-run"),
            resumable,
        })
    }

    /// Takes hold of the place, or says who has it.
    fn lock(&self, named: &Path) -> Result<File> {
        let named = named.display();
        loop {
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&self.run)
                .with_context(|| format!("cannot write {named}, nor a file beside it"))?;
            // A system without locks cannot tell of another run.
            if let Err(fs4::TryLockError::WouldBlock) = fs4::FileExt::try_lock(&file) {
                let who = Run::read(&mut file).map(|run| format!(" (process {})", run.pid));
                let problem = format!(
                    "{named} is being written by another rawi{}: wait for it, or write to another file",
                    who.unwrap_or_default()
                );
                return Err(Usage(problem).into());
            }
            // A run that ended in between has taken the file away.
            if is_same(&file.metadata()?, fs::metadata(&self.run).as_ref().ok()) {
                return Ok(file);
            }
        }
    }

    /// Whether an interrupted run left a part that is to be taken up.
    fn is_kept(&self, named: &Path, how: &How<'_>, lock: &mut File) -> Result<bool> {
        let named = named.display();
        let there = fs::metadata(&self.partial).is_ok_and(|m| m.len() > 0);
        match (how.resume, there) {
            (false, true) if how.resumable && !how.quiet => tell(&format!(
                "an interrupted run left a part of {named}; it is made anew (--resume would have gone on)"
            )),
            (true, false) if !how.quiet => tell(&format!(
                "no interrupted run left a part of {named}; everything is read"
            )),
            _ => {}
        }
        if !how.resume || !there {
            return Ok(false);
        }
        let differs = match Run::read(lock) {
            Some(before) => how.run.differs(&before),
            None => Some("how it was made is not known".to_owned()),
        };
        if let Some(why) = differs {
            let problem = format!(
                "cannot go on with what an interrupted run left of {named}: {why}; run without --resume to begin anew"
            );
            return Err(Usage(problem).into());
        }
        Ok(true)
    }

    /// Opens the part: anew, or behind the whole readings of the one that is left.
    fn open(&self, keep: bool, gzip: bool) -> io::Result<(File, Writer, Left)> {
        if !keep {
            let file = File::create(&self.partial)?;
            let out = writer(file.try_clone()?, gzip);
            return Ok((file, out, Left::default()));
        }
        if !gzip {
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .open(&self.partial)?;
            let left = Left::read(BufReader::new(&file), |_| Ok(()))?;
            file.set_len(left.bytes)?;
            file.seek(SeekFrom::End(0))?;
            let out = writer(file.try_clone()?, gzip);
            return Ok((file, out, left));
        }
        // A stream that broke off cannot be gone on with; its lines are written
        // into a new one, which then takes its place.
        let old = rawi_input::unpacked(Box::new(File::open(&self.partial)?))?;
        let mut anew = self.partial.clone().into_os_string();
        anew.push("-anew");
        let file = File::create(&anew)?;
        let mut out = writer(file.try_clone()?, gzip);
        let left = Left::read(old, |line| out.write_all(line))?;
        out.flush()?;
        fs::rename(&anew, &self.partial)?;
        Ok((file, out, left))
    }

    /// Leaves what can be taken up, clears the rest away, and says so.
    pub fn leave(&self) -> String {
        if !self.resumable {
            return self.clear();
        }
        format!(
            "{}; the same command with --resume goes on from what was read",
            self.untouched()
        )
    }

    /// Clears everything away, and says so.
    fn clear(&self) -> String {
        let _ = fs::remove_file(&self.partial);
        let _ = fs::remove_file(&self.run);
        self.untouched()
    }

    fn untouched(&self) -> String {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        if self.path.exists() {
            format!("{name} is as it was")
        } else {
            format!("{name} was not written")
        }
    }
}

/// Whether output to a file, or to standard output if there is none, would go
/// into one of the files that are read.
pub fn is_read(path: Option<&Path>, inputs: &[PathBuf]) -> bool {
    let out = match path {
        Some(path) => fs::metadata(path).ok(),
        None => standard(&io::stdout()),
    };
    let Some(out) = out.filter(fs::Metadata::is_file) else {
        return false;
    };
    inputs.iter().any(|input| {
        let input = if input == Path::new("-") {
            standard(&io::stdin())
        } else {
            fs::metadata(input).ok()
        };
        is_same(&out, input.as_ref())
    })
}

/// What standard input or output is.
#[cfg(unix)]
fn standard(stream: &impl std::os::fd::AsFd) -> Option<fs::Metadata> {
    let copy = stream.as_fd().try_clone_to_owned().ok()?;
    File::from(copy).metadata().ok()
}

#[cfg(windows)]
fn standard(stream: &impl std::os::windows::io::AsHandle) -> Option<fs::Metadata> {
    let copy = stream.as_handle().try_clone_to_owned().ok()?;
    File::from(copy).metadata().ok()
}

/// Whether two names are of one file.
#[cfg(unix)]
fn is_same(a: &fs::Metadata, b: Option<&fs::Metadata>) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    b.is_some_and(|b| (a.dev(), a.ino()) == (b.dev(), b.ino()))
}

/// Whether two names are of one file, as far as it shows.
#[cfg(not(unix))]
fn is_same(a: &fs::Metadata, b: Option<&fs::Metadata>) -> bool {
    b.is_some_and(|b| {
        a.len() == b.len()
            && a.created().ok() == b.created().ok()
            && a.modified().ok() == b.modified().ok()
    })
}

/// Whether standard output was closed when we were started. The runtime then
/// opens the null device in its place, for reading and writing; whoever wants the
/// null device for output mostly opens it for writing. The two cannot be told apart
/// for certain, so that the articles are read all the same.
#[cfg(unix)]
fn is_closed() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let Ok(flags) = rustix::fs::fcntl_getfl(io::stdout()) else {
        return true;
    };
    let null = fs::metadata("/dev/null").map(|m| m.rdev()).ok();
    flags.contains(rustix::fs::OFlags::RDWR)
        && null.is_some()
        && standard(&io::stdout()).map(|m| m.rdev()) == null
}

#[cfg(not(unix))]
fn is_closed() -> bool {
    false
}
