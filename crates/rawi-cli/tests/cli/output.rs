//! Files that are written: their form, their place, and what is left of a run
//! that does not end well.

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{ARTICLE, Bench, exists, gzip, record, records, send, unpacked};

fn names(bench: &Bench) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(bench.path("."))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_name_of_the_file_tells_the_form() {
    let bench = Bench::new();
    bench.write("a.txt", ARTICLE);
    for (name, begins) in [
        ("r.jsonl", "{\"id\":\"a.txt\""),
        ("r.ndjson", "{\"id\":\"a.txt\""),
        ("r.csv", "article,outlet,"),
        ("r.html", "<!doctype html>"),
        ("r.plover", "{\"actor\":"),
        ("r.txt", "a.txt"),
        ("r", "a.txt"),
    ] {
        let ran = bench.run(&["read", "a.txt", "-o", name]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{name}: {}", ran.err);
        let text = bench.text(name);
        let text = text.trim_start_matches(['\u{2066}', '\u{2067}', '\u{2068}']);
        assert!(text.starts_with(begins), "{name}: {text}");
    }
    let ran = bench.run(&["read", "a.txt", "-o", "r.xlsx"]);
    assert_eq!((ran.code, exists(&bench.path("r.xlsx"))), (2, false));
    assert!(ran.err.contains("say --format"), "{}", ran.err);
    let ran = bench.run(&["read", "a.txt", "--format", "jsonl", "-o", "r.csv"]);
    assert_eq!(ran.code, 0);
    assert!(bench.text("r.csv").starts_with('{'));
    assert!(ran.err.contains("r.csv gets jsonl"), "{}", ran.err);
}

#[test]
fn compressed_output_is_what_it_would_be_otherwise() {
    let bench = Bench::new();
    bench.write("n.jsonl", records(50));
    bench.run(&["read", "n.jsonl", "-o", "r.jsonl"]);
    bench.run(&["read", "n.jsonl", "-o", "r.jsonl.gz"]);
    let bytes = std::fs::read(bench.path("r.jsonl.gz")).unwrap();
    assert!(unpacked(&bytes) == bench.text("r.jsonl"));
}

#[test]
fn a_summary_says_how_it_went() {
    let bench = Bench::new();
    bench.write("n.jsonl", records(3)).write("a.txt", ARTICLE);
    let ran = bench.run(&["read", "n.jsonl", "-o", "r.jsonl"]);
    assert!(
        ran.err.starts_with("rawi: 3 articles, ") && ran.err.contains(" statements, "),
        "{}",
        ran.err
    );
    let ran = bench.run(&["read", "n.jsonl", "-o", "r.jsonl", "--quiet"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let ran = bench.run(&["read", "a.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let ran = bench.run(&["read", "missing", "a.txt", "--quiet"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("missing: no such file"), "{}", ran.err);
}

#[test]
fn a_run_that_reads_nothing_leaves_the_old_file() {
    let bench = Bench::new();
    bench.write("old.jsonl", "old\n");
    let ran = bench.run(&["read", "missing", "-o", "old.jsonl"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("old.jsonl is as it was"), "{}", ran.err);
    assert_eq!(bench.text("old.jsonl"), "old\n");
    assert_eq!(names(&bench), ["old.jsonl"]);
}

#[test]
fn a_run_that_ends_well_leaves_nothing_but_its_file() {
    let bench = Bench::new();
    bench.write("n.jsonl", records(3)).write("r.jsonl", "old\n");
    let ran = bench.run(&["read", "n.jsonl", "missing", "-o", "r.jsonl"]);
    assert_eq!(ran.code, 1);
    assert_eq!(bench.text("r.jsonl").lines().count(), 3);
    assert_eq!(names(&bench), ["n.jsonl", "r.jsonl"]);
}

/// A run that has begun to write and waits for more input.
fn waiting(bench: &Bench, args: &[&str], input: &str) -> Child {
    let mut child = bench.start(args);
    let stdin = child.stdin.as_mut().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    stdin.flush().unwrap();
    child
}

/// Waits until a file is so long.
fn grown(path: &Path, length: u64) {
    let begun = Instant::now();
    while std::fs::metadata(path).map_or(0, |m| m.len()) < length {
        assert!(begun.elapsed() < Duration::from_secs(60), "{path:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether whoever started the tests has had a signal ignored, as `nohup` and a
/// shell's `&` do: a run that inherits that is right to go on.
fn is_ignored(signal: &str) -> bool {
    let number = match signal {
        "-HUP" => 1,
        "-INT" => 2,
        _ => return false,
    };
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|l| l.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (number - 1) & 1 == 1)
}

#[test]
#[cfg(unix)]
fn an_interrupted_run_leaves_the_old_file_and_can_be_taken_up() {
    let all = records(1000);
    let some: String = all.lines().take(900).map(|l| format!("{l}\n")).collect();
    for (signal, name) in [
        ("-INT", "r.jsonl"),
        ("-TERM", "r.jsonl"),
        ("-HUP", "r.jsonl"),
        ("-KILL", "r.jsonl"),
        ("-KILL", "r.jsonl.gz"),
    ] {
        if is_ignored(signal) {
            continue;
        }
        let bench = Bench::new();
        bench.write("n.jsonl", &all).write(name, "old\n");
        let read = ["read", "-o", name, "--threads", "2"];
        let mut child = waiting(&bench, &read, &some);
        grown(&bench.path(&format!(".{name}.rawi-partial")), 4000);
        send(signal, &child);
        assert!(!child.wait().unwrap().success());
        assert_eq!(bench.text(name), "old\n", "{signal}");
        let resume = ["read", "n.jsonl", "-o", name, "--resume"];
        let other = bench.run(&[&resume[..], &["--explain"]].concat());
        assert_eq!(other.code, 2, "{signal}: {}", other.err);
        assert!(
            other.err.contains("this run has --explain"),
            "{}",
            other.err
        );
        let ran = bench.run(&resume);
        assert_eq!(ran.code, 0, "{signal}: {}", ran.err);
        assert!(ran.err.contains("kept of the run before"), "{}", ran.err);
        bench.run(&["read", "n.jsonl", "-o", "whole.jsonl"]);
        let mut bytes = std::fs::read(bench.path(name)).unwrap();
        if name.ends_with(".gz") {
            bytes = unpacked(&bytes).into_bytes();
        }
        assert!(bytes == bench.text("whole.jsonl").as_bytes(), "{signal}");
        assert_eq!(names(&bench), ["n.jsonl", name, "whole.jsonl"]);
    }
}

#[test]
#[cfg(unix)]
fn what_cannot_be_taken_up_is_not_left() {
    let bench = Bench::new();
    let mut child = waiting(&bench, &["read", "-o", "r.csv"], &records(20));
    grown(&bench.path(".r.csv.rawi-run"), 2);
    // The watch for signals begins before the file does.
    send("-TERM", &child);
    child.wait().unwrap();
    assert!(names(&bench).is_empty(), "{:?}", names(&bench));
    let ran = bench.run_with(&["read", "-o", "r.csv", "--resume"], b"");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("JSON lines only"), "{}", ran.err);
}

/// A folder in which a run of `n.jsonl` into `r.jsonl` broke off.
fn broken_off(records: &str, readings: usize, torn: &str) -> Bench {
    let bench = Bench::new();
    bench.write("n.jsonl", records);
    bench.run(&["read", "n.jsonl", "-o", "whole.jsonl", "--quiet"]);
    let whole = bench.text("whole.jsonl");
    let part: String = whole
        .lines()
        .take(readings)
        .map(|l| format!("{l}\n"))
        .collect();
    let run = format!("{{\"pid\":1,\"engine\":{:?},\"options\":[]}}", rawi::ENGINE);
    bench
        .write(".r.jsonl.rawi-partial", part + torn)
        .write(".r.jsonl.rawi-run", run);
    bench
}

#[test]
fn whole_readings_are_kept_and_torn_ones_made_again() {
    let resume = ["read", "n.jsonl", "-o", "r.jsonl", "--resume"];
    // A record that failed has no reading to be kept, and fails again.
    let bad = format!("{}{{\"id\":\"bad\"}}\n{}", records(3), records(5));
    for (all, torn) in [
        (records(8), ""),
        (records(8), "{\"id\":\"r5\",\"sch"),
        (bad, "x\n"),
    ] {
        let bench = broken_off(&all, 5, torn);
        let ran = bench.run(&resume);
        assert!(ran.err.contains("5 readings kept"), "{}", ran.err);
        assert_eq!(i32::from(all.contains("bad")), ran.code);
        assert!(bench.text("r.jsonl") == bench.text("whole.jsonl"), "{torn}");
    }
}

#[test]
fn other_inputs_cannot_be_gone_on_with() {
    let bench = broken_off(&records(8), 5, "");
    for inputs in [
        records(3),
        format!("{}{}", record("new", ARTICLE), records(8)),
        records(8).replacen("انتهى", "بدأ", 1),
    ] {
        bench.write("n.jsonl", inputs);
        let ran = bench.run(&["read", "n.jsonl", "-o", "r.jsonl", "--resume"]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains("cannot go on"), "{}", ran.err);
        assert!(!exists(&bench.path("r.jsonl")));
    }
    let ran = bench.run(&["read", "n.jsonl", "-o", "r.jsonl"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("made anew"), "{}", ran.err);
    let ran = bench.run(&["read", "n.jsonl", "-o", "r.jsonl", "--resume"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("everything is read"), "{}", ran.err);
}

#[test]
#[cfg(unix)]
fn two_runs_do_not_write_one_file() {
    let bench = Bench::new();
    bench.write("a.txt", ARTICLE);
    let mut first = waiting(&bench, &["read", "-o", "r.jsonl"], &records(2));
    grown(&bench.path(".r.jsonl.rawi-run"), 2);
    let ran = bench.run(&["read", "a.txt", "-o", "r.jsonl"]);
    assert_eq!(ran.code, 2);
    let said = format!("process {}", first.id());
    assert!(ran.err.contains(&said), "{}", ran.err);
    drop(first.stdin.take());
    assert!(first.wait().unwrap().success());
    assert_eq!(bench.text("r.jsonl").lines().count(), 2);
    assert_eq!(bench.run(&["read", "a.txt", "-o", "r.jsonl"]).code, 0);
}

#[test]
#[cfg(unix)]
fn the_input_is_never_written_over() {
    let bench = Bench::new();
    bench.write("a.txt", ARTICLE);
    std::fs::hard_link(bench.path("a.txt"), bench.path("b.txt")).unwrap();
    std::os::unix::fs::symlink("a.txt", bench.path("c.txt")).unwrap();
    for (args, stdin) in [
        (&["read", "a.txt", "-o", "b.txt"][..], false),
        (&["read", "a.txt", "-o", "c.txt"], false),
        (&["read", "c.txt", "-o", "./a.txt"], false),
        (&["read", "-", "-o", "a.txt"], true),
        (&["read", "-o", "b.txt"], true),
    ] {
        let mut command = bench.command(args);
        if stdin {
            command.stdin(std::fs::File::open(bench.path("a.txt")).unwrap());
        }
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(bench.text("a.txt"), ARTICLE);
    }
    // Output behind the input would be read in turn.
    let mut command = bench.command(&["read", "a.txt"]);
    let end = std::fs::OpenOptions::new()
        .append(true)
        .open(bench.path("a.txt"))
        .unwrap();
    let refused = command.stdout(end).stderr(Stdio::null()).status();
    assert_eq!(refused.unwrap().code(), Some(2));
    assert_eq!(bench.text("a.txt"), ARTICLE);
}

#[test]
#[cfg(unix)]
fn places_that_are_no_plain_files() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let bench = Bench::new();
    bench.write("a.txt", ARTICLE);
    std::fs::create_dir(bench.path("folder")).unwrap();
    let ran = bench.run(&["read", "a.txt", "-o", "folder"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a directory is for"), "{}", ran.err);
    assert_eq!(bench.run(&["read", "a.txt", "-o", "/dev/null"]).code, 0);
    // A link stays a link, and what it leads to is written.
    bench.write("folder/real.jsonl", "old\n");
    symlink("folder/real.jsonl", bench.path("link.jsonl")).unwrap();
    symlink("folder/new.jsonl", bench.path("dangling.jsonl")).unwrap();
    for (link, real) in [
        ("link.jsonl", "folder/real.jsonl"),
        ("dangling.jsonl", "folder/new.jsonl"),
    ] {
        assert_eq!(bench.run(&["read", "a.txt", "-o", link]).code, 0);
        assert!(bench.path(link).is_symlink());
        assert!(bench.text(real).starts_with('{'), "{real}");
    }
    // The mode of a file stays.
    let mode = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(bench.path("folder/real.jsonl"), mode).unwrap();
    bench.run(&["read", "a.txt", "-o", "folder/real.jsonl"]);
    let meta = std::fs::metadata(bench.path("folder/real.jsonl")).unwrap();
    assert_eq!(meta.permissions().mode() & 0o777, 0o600);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_the_old_file() {
    let bench = Bench::new();
    bench
        .write("n.jsonl", records(400))
        .write("r.html", "old\n")
        .write("r.jsonl", "old\n");
    for (name, left) in [("r.html", 0), ("r.jsonl", 2)] {
        let limited = format!(
            "ulimit -f 8; trap '' XFSZ; exec '{}' read n.jsonl -o {name}",
            env!("CARGO_BIN_EXE_rawi")
        );
        let output = Command::new("sh")
            .args(["-c", &limited])
            .current_dir(bench.path("."))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("{name} is as it was")), "{said}");
        assert_eq!(bench.text(name), "old\n");
        let hidden = names(&bench).iter().filter(|n| n.starts_with('.')).count();
        assert_eq!(hidden, left, "{:?}", names(&bench));
    }
}

#[test]
#[cfg(unix)]
fn closed_output_is_an_error() {
    let bench = Bench::new();
    bench.write("a.txt", ARTICLE);
    for command in ["read", "articles"] {
        let rawi = env!("CARGO_BIN_EXE_rawi");
        let closed = format!("exec '{rawi}' {command} a.txt >&-");
        let output = Command::new("sh")
            .args(["-c", &closed])
            .current_dir(bench.path("."))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("standard output is closed"), "{said}");
    }
    let null = bench
        .command(&["read", "a.txt"])
        .stdout(Stdio::null())
        .status();
    assert_eq!(null.unwrap().code(), Some(0));
}

#[test]
fn doubtful_statements_can_be_left_out() {
    let bench = Bench::new();
    bench
        .write("a.txt", ARTICLE)
        .write("z.jsonl.gz", gzip(records(2).as_bytes()));
    let read = |least| {
        let out = bench
            .run(&[
                "read",
                "a.txt",
                "--format",
                "jsonl",
                "--min-confidence",
                least,
            ])
            .out;
        serde_json::from_str::<rawi::Reading>(&out).unwrap()
    };
    let all = read("0");
    let mut some = all.clone();
    some.drop_below(0.8);
    assert!(some.statements.len() < all.statements.len());
    assert_eq!(read("0.8"), some);
    assert!(read("1").entities.iter().all(|e| !e.participant));
    for wrong in ["1.5", "-1", "NaN", "much"] {
        let arg = format!("--min-confidence={wrong}");
        assert_eq!(bench.run(&["read", "a.txt", &arg]).code, 2, "{wrong}");
    }
}
