//! Who may write: whoever knows the token that the server was started with.
//!
//! Signing in gives a cookie that scripts can't read and other sites don't send. Every form
//! carries a token besides, which is bound to the cookie and different on each page, and
//! only forms of this site are taken.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, header};
use rawi_pages::SignedIn;
use rawi_text::safe::one_line;
use sha2::{Digest as _, Sha256};

/// The name of the cookie.
const COOKIE: &str = "rawi-session";

/// How long somebody stays signed in.
const STAY: Duration = Duration::from_secs(12 * 3600);

/// How many may be signed in at a time; the one who signed in first has to go.
const MOST: usize = 64;

/// The longest name of somebody who signs in, in characters.
const LONGEST_NAME: usize = 60;

/// Those who are signed in.
pub struct Access {
    token: Option<[u8; 32]>,
    sessions: Mutex<BTreeMap<String, Session>>,
}

struct Session {
    name: String,
    since: Instant,
}

impl Access {
    /// Lets in whoever knows the token; nobody if there is none.
    pub fn new(token: Option<&str>) -> Self {
        Self {
            token: token.map(sum),
            sessions: Mutex::default(),
        }
    }

    /// Whether anybody may sign in.
    pub fn is_open(&self) -> bool {
        self.token.is_some()
    }

    /// Signs somebody in: the value of `Set-Cookie`, or nothing if the token is wrong or the
    /// name is none.
    pub fn sign_in(&self, token: &str, name: &str) -> Option<String> {
        let name: String = one_line(name).chars().take(LONGEST_NAME).collect();
        // Hashes are compared, which tells nothing of the token by the time it takes.
        if name.is_empty() || self.token? != sum(token) {
            return None;
        }
        let id = random()?;
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, s| s.since.elapsed() < STAY);
        if sessions.len() >= MOST
            && let Some(first) = sessions.iter().min_by_key(|(_, s)| s.since)
        {
            let first = first.0.clone();
            sessions.remove(&first);
        }
        let session = Session {
            name,
            since: Instant::now(),
        };
        let cookie = format!(
            "{COOKIE}={id}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}",
            STAY.as_secs()
        );
        sessions.insert(id, session);
        Some(cookie)
    }

    /// Signs out: the value of `Set-Cookie`.
    pub fn sign_out(&self, headers: &HeaderMap) -> String {
        if let Some(id) = cookie(headers, COOKIE) {
            let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
            sessions.remove(id);
        }
        format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
    }

    /// Who asks, with a new token for the forms of one page.
    pub fn who(&self, headers: &HeaderMap) -> Option<SignedIn> {
        let id = cookie(headers, COOKIE)?;
        let name = self.name(id)?;
        let salt = random()?;
        let token = format!("{salt}{}", hex(&sum(&format!("{salt}{id}"))));
        Some(SignedIn { name, token })
    }

    /// Who sends a form, if it is one of ours: the name under which it is kept.
    pub fn sender(&self, headers: &HeaderMap, token: &str) -> Option<String> {
        let id = cookie(headers, COOKIE)?;
        let name = self.name(id)?;
        let salt = token.get(..64)?;
        let right = hex(&sum(&format!("{salt}{id}")));
        (sum(&right) == sum(token.get(64..)?)).then_some(name)
    }

    fn name(&self, id: &str) -> Option<String> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let session = sessions.get(id).filter(|s| s.since.elapsed() < STAY)?;
        Some(session.name.clone())
    }
}

/// A token that nobody guesses: 128 bits.
pub fn new_token() -> Option<String> {
    random().map(|mut all| {
        all.truncate(32);
        all
    })
}

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).iter();
    let pairs = all
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'));
    pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(n, value)| (n == name).then_some(value))
}

fn sum(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// 256 bits from the system, in hexadecimal.
fn random() -> Option<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).ok()?;
    Some(hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(set: &str) -> HeaderMap {
        let pair = set.split(';').next().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("a=b; {pair}").parse().unwrap());
        headers
    }

    #[test]
    fn who_knows_the_token_gets_in_and_nobody_else() {
        let access = Access::new(Some("secret"));
        assert!(access.sign_in("wrong", "هدى").is_none());
        assert!(access.sign_in("secret", " \u{200b} ").is_none());
        let headers = headers(&access.sign_in("secret", "هدى\u{202e}").unwrap());
        let who = access.who(&headers).unwrap();
        assert_eq!(who.name, "هدى·U+202E");
        assert_ne!(access.who(&headers).unwrap().token, who.token);
        assert_eq!(access.sender(&headers, &who.token), Some(who.name));
        for forged in ["", "x", &"0".repeat(128), &who.token[1..], "ééé"] {
            assert_eq!(access.sender(&headers, forged), None);
        }
        access.sign_out(&headers);
        assert!(access.who(&headers).is_none());
        assert_eq!(access.sender(&headers, &who.token), None);
        assert!(Access::new(None).sign_in("", "هدى").is_none());
        assert_eq!(new_token().unwrap().len(), 32);
    }
}
