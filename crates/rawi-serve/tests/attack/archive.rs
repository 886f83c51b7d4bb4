//! An archive that is written, read again or taken away while it is asked.

use std::fs;

use rawi_archive::{Archive, Mode};
use serde_json::json;
use tempfile::TempDir;

use crate::house::{House, ingest};

fn article(n: usize) -> String {
    let text = format!("قال وزير الري سالم البدري إن السد رقم {n} سيكتمل بعد عام.");
    format!(
        "{}\n",
        json!({"id": format!("n{n}"), "text": text, "date": "2026-03-02", "source": "صحيفة النهر"})
    )
}

#[tokio::test]
async fn it_may_be_written_meanwhile() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("news.rawi");
    ingest(&path, &article(0));
    let archive = path.clone();
    let house = House::with(|o| o.archive = archive).await;
    let writing = tokio::task::spawn_blocking(move || {
        for n in 1..30 {
            let all: String = (0..=n).map(article).collect();
            ingest(&path, &all);
        }
    });
    while !writing.is_finished() {
        for page in [
            "/",
            "/healthz",
            "/health",
            "/events",
            "/?about=%D8%A7%D9%84%D8%B3%D8%AF",
        ] {
            let answer = house.get(page).await;
            assert!(answer.status < 500, "{page}: {answer:?}");
        }
    }
    writing.await.unwrap();
    house.close().await;
}

#[tokio::test]
async fn it_may_be_taken_away() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("news.rawi");
    ingest(&path, &article(0));
    let archive = path.clone();
    let house = House::with(|o| o.archive = archive).await;
    house.is_well().await;
    for name in ["news.rawi", "news.rawi-wal", "news.rawi-shm"] {
        let _ = fs::remove_file(folder.path().join(name));
    }
    for page in [
        "/",
        "/healthz",
        "/events",
        "/read",
        "/api/v1/statements",
        "/api/v1/export",
    ] {
        // It may still be open, or may be told to be missing; nothing else.
        let answer = house.get(page).await;
        assert!(!answer.body.contains("panicked"), "{page}");
        assert!(
            !answer.body.contains(folder.path().to_str().unwrap()),
            "{page}: {answer:?}"
        );
    }
    house.close().await;
}

#[tokio::test]
async fn it_may_be_locked_by_somebody() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("news.rawi");
    ingest(&path, &article(0));
    let archive = path.clone();
    let house = House::with(|o| o.archive = archive).await;
    let writer = Archive::open(&path, Mode::Write).unwrap();
    writer.database().execute_batch("BEGIN IMMEDIATE").unwrap();
    for page in ["/", "/healthz", "/events"] {
        let answer = house.get(page).await;
        assert!(answer.status < 500, "{page}: {answer:?}");
    }
    house.close().await;
}
