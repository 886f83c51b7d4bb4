//! A server over an archive of hostile articles, and requests as they go over the wire.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rawi_archive::{Archive, Input, Mode};
use rawi_input::Inputs;
use rawi_serve::{Options, Server};
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// What must appear nowhere as it is.
pub const MARKUP: &str = "<script>alert(1)</script>";
pub const IMAGE: &str = "\"><img src=x onerror=alert(2)>";
pub const FORMULA: &str = "=cmd|' /C calc'!A0";
/// A token that lets its holder write.
pub const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// Articles whose every field is an attack.
fn news() -> String {
    let quote = format!("لن نتأخر يوما واحدا {MARKUP} عن بناء السد الجديد \u{202e} هذا العام");
    let articles = [
        json!({"id": format!("a1{IMAGE}"), "title": format!("البدري: السد {MARKUP} \u{202e}"), "date": "2026-03-02",
            "source": format!("صحيفة {IMAGE}"), "url": "javascript:alert(3)",
            "text": format!("قال وزير الري سالم البدري في مؤتمر صحفي: «{quote}». {IMAGE} {{{{7*7}}}} </textarea></title>")}),
        json!({"id": "a2", "title": FORMULA, "date": "2026-03-03", "source": FORMULA, "url": "https://river.example/2?a=\"><b>",
            "text": format!("{FORMULA}\nقال وزير الري سالم البدري: «{quote}». واتهم الوزير شركة الرافد بتأخير العمل.")}),
        json!({"id": "a3\r\nSet-Cookie: a=b", "title": "x\r\nSet-Cookie: a=b", "date": "2026-03-04", "source": "+1+1",
            "text": "اتفق الأردن والبرتغال على التعاون. وأعلنت النائبة هدى الزعبي أن \"@SUM(A1)\" ميزانية المدارس كافية."}),
    ];
    articles.iter().map(|a| format!("{a}\n")).collect()
}

/// Reads articles into an archive.
pub fn ingest(archive: &Path, news: &str) {
    let file = archive.with_extension("jsonl");
    fs::write(&file, news).unwrap();
    let inputs = Inputs::new([file]);
    let mut archive = Archive::open(archive, Mode::Create).unwrap();
    let reader = rawi::Reader::new().unwrap();
    let never = AtomicBool::new(false);
    archive
        .ingest(&reader, 1, Input::files(&inputs), &never, |_| {})
        .unwrap();
}

/// The hostile archive, which lives as long as the tests.
pub fn archive() -> PathBuf {
    static HOUSE: OnceLock<TempDir> = OnceLock::new();
    let folder = HOUSE.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        ingest(&folder.path().join("news.rawi"), &news());
        folder
    });
    folder.path().join("news.rawi")
}

/// A server that runs until it is told to end.
pub struct House {
    pub at: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    served: JoinHandle<()>,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    fn of(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let chunked = head
            .to_ascii_lowercase()
            .contains("transfer-encoding: chunked");
        Some(Self {
            status,
            head: head.to_owned(),
            body: match chunked {
                true => unchunked(body),
                false => body.to_owned(),
            },
        })
    }
}

fn unchunked(body: &str) -> String {
    let (mut out, mut rest) = (Vec::new(), body.as_bytes());
    while let Some(at) = rest.windows(2).position(|w| w == b"\r\n") {
        let size = std::str::from_utf8(&rest[..at]).unwrap();
        let size = usize::from_str_radix(size.trim(), 16).unwrap();
        if size == 0 || at + 2 + size > rest.len() {
            break;
        }
        out.extend_from_slice(&rest[at + 2..at + 2 + size]);
        rest = &rest[at + 2 + size + 2..];
    }
    String::from_utf8(out).unwrap()
}

impl House {
    pub async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// With other options than usual.
    pub async fn with(change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options::new(archive());
        options.listen = SocketAddr::from(([127, 0, 0, 1], 0));
        options.token = Some(TOKEN.to_owned());
        options.rate = 0;
        change(&mut options);
        let server = Server::bind(options).await.unwrap();
        let at = server.address();
        let (end, ended) = oneshot::channel();
        let served = tokio::spawn(async move {
            let ended = async move {
                let _ = ended.await;
            };
            server.run(ended).await.unwrap();
        });
        Self {
            at,
            end: Some(end),
            served,
        }
    }

    /// Tells the server to end, and waits until it has.
    pub async fn close(mut self) {
        self.tell_to_end();
        let ended = tokio::time::timeout(Duration::from_secs(20), self.served).await;
        ended.unwrap().unwrap();
    }

    pub fn tell_to_end(&mut self) {
        let _ = self.end.take().unwrap().send(());
    }

    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.at).await.unwrap()
    }

    /// Says something, and gives what comes back until the other side ends.
    pub async fn say(&self, bytes: impl AsRef<[u8]>) -> Option<Answer> {
        let mut stream = self.connect().await;
        // The other side may have heard enough.
        let _ = stream.write_all(bytes.as_ref()).await;
        let mut back = Vec::new();
        let read = stream.read_to_end(&mut back);
        let _ = tokio::time::timeout(Duration::from_secs(40), read)
            .await
            .unwrap();
        Answer::of(&back)
    }

    /// Asks as a reader's browser would.
    pub async fn get(&self, path: &str) -> Answer {
        let host = self.at;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let answer = self.say(request).await;
        answer.unwrap_or_else(|| panic!("no answer: {path}"))
    }

    /// Whether everything is as it was.
    pub async fn is_well(&self) {
        let answer = self.get("/healthz").await;
        assert_eq!((answer.status, &*answer.body), (200, "ok\n"));
    }
}

/// Every byte but plain letters and digits as an escape.
pub fn escaped(text: &str) -> String {
    let one = |b: u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    text.bytes().map(one).collect()
}
