//! A server on this machine, as well or as badly behaved as a test wants.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use rawi_fetch::{Address, Fetcher, Reach, Settings, Stop};

/// A request as it came.
pub struct Request {
    pub path: String,
    pub headers: HashMap<String, String>,
    pub at: Instant,
}

type Answer = dyn Fn(&Request, &mut TcpStream) -> std::io::Result<()> + Send + Sync;

/// A server that ends with the test's process.
#[derive(Clone)]
pub struct Server {
    pub port: u16,
    seen: Arc<Mutex<Vec<Arc<Request>>>>,
}

impl Server {
    /// Answers each request by writing to its stream.
    pub fn raw(
        answer: impl Fn(&Request, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let answer: Arc<Answer> = Arc::new(answer);
        let server = Server {
            port,
            seen: seen.clone(),
        };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, answer) = (seen.clone(), answer.clone());
                thread::spawn(move || {
                    let mut stream = stream;
                    let Some(request) = read(&stream) else { return };
                    let request = Arc::new(request);
                    seen.lock().unwrap().push(request.clone());
                    // Whoever asked may have gone.
                    let _ = answer(&request, &mut stream);
                });
            }
        });
        server
    }

    /// Answers each path with a status, headers and a body; robots.txt is not there
    /// unless it is among them.
    pub fn new(
        answer: impl Fn(&Request) -> Option<(u16, String, Vec<u8>)> + Send + Sync + 'static,
    ) -> Self {
        Server::raw(move |request, stream| {
            let (status, headers, body) =
                answer(request).unwrap_or((404, String::new(), b"no".to_vec()));
            write!(
                stream,
                "HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            )?;
            stream.write_all(&body)
        })
    }

    pub fn at(&self, path: &str) -> Address {
        Address::parse(&format!("http://127.0.0.1:{}{path}", self.port)).unwrap()
    }

    /// The paths that were asked for, in order.
    pub fn paths(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|r| r.path.clone()).collect()
    }

    /// What was asked, in order.
    pub fn seen<T>(&self, take: impl Fn(&Request) -> T) -> Vec<T> {
        self.seen.lock().unwrap().iter().map(|r| take(r)).collect()
    }

    /// Settings that allow this server and no other on this machine, without pauses.
    pub fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        settings.reach = Reach::public().and(&format!("127.0.0.1:{}", self.port));
        settings.pause = std::time::Duration::ZERO;
        settings
    }

    pub fn fetcher(&self) -> Fetcher {
        Fetcher::new(self.settings(), Stop::new())
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let at = Instant::now();
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    let first = lines.next()?.ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut headers = HashMap::new();
    for line in lines {
        let line = line.ok()?;
        let Some((key, value)) = line.split_once(':') else {
            break;
        };
        headers.insert(key.to_ascii_lowercase(), value.trim().to_owned());
    }
    Some(Request { path, headers, at })
}
