//! Why an address could not be had.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use crate::address::Address;

/// An address that could not be had, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// What was asked for.
    pub asked: String,
    /// Why it was not had.
    pub why: Why,
}

impl Failure {
    pub(crate) fn new(asked: &Address, why: Why) -> Self {
        Failure {
            asked: asked.to_string(),
            why,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.asked, self.why)
    }
}

impl std::error::Error for Failure {}

/// What went wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Why {
    /// It is no address, or leads to something that is none; what is said of it.
    Address(String),
    /// Its host has an address that is not of the public net.
    Private(IpAddr),
    /// The site asks programs not to read it.
    Robots,
    /// What the site asks of programs could not be had, so that it is left alone
    /// for now.
    NoRobots(String),
    /// No such host.
    NoHost,
    /// No connection, or one that broke.
    Connection(String),
    /// Not had in time; what took too long.
    Slow(&'static str),
    /// More bytes than are taken; the limit.
    TooLong(u64),
    /// More bytes than are taken once it is unpacked; the limit.
    Bomb(u64),
    /// More redirects than are followed; the limit.
    Redirects(u32),
    /// The server answers with a status that brings no document.
    Status(u16),
    /// The server asks to be left alone for so long.
    Busy(Duration),
    /// The content is packed in a way that is not known, or broken.
    Packed(String),
    /// What came is neither page nor feed nor sitemap, or a broken one.
    Content(String),
    /// The work was stopped.
    Stopped,
}

impl Why {
    /// Its name for programs, one small word; it stays what it is.
    pub fn name(&self) -> &'static str {
        match self {
            Why::Address(_) => "address",
            Why::Private(_) => "private",
            Why::Robots => "robots",
            Why::NoRobots(_) => "no_robots",
            Why::NoHost => "no_host",
            Why::Connection(_) => "connection",
            Why::Slow(_) => "slow",
            Why::TooLong(_) => "too_long",
            Why::Bomb(_) => "bomb",
            Why::Redirects(_) => "redirects",
            Why::Status(_) => "status",
            Why::Busy(_) => "busy",
            Why::Packed(_) => "packed",
            Why::Content(_) => "content",
            Why::Stopped => "stopped",
        }
    }

    /// Whether asking again later may bring what was not had now.
    pub fn passes(&self) -> bool {
        match self {
            Why::NoRobots(_)
            | Why::NoHost
            | Why::Connection(_)
            | Why::Slow(_)
            | Why::Busy(_)
            | Why::Stopped => true,
            Why::Status(status) => matches!(status, 408 | 425 | 429 | 500..),
            Why::Address(_)
            | Why::Private(_)
            | Why::Robots
            | Why::TooLong(_)
            | Why::Bomb(_)
            | Why::Redirects(_)
            | Why::Packed(_)
            | Why::Content(_) => false,
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Address(why) | Why::Content(why) => f.write_str(why),
            Why::Private(ip) => write!(
                f,
                "its host is at {ip}, which is not of the public net; `--allow-private=HOST` fetches from there"
            ),
            Why::Robots => f.write_str("the site asks programs not to read this (robots.txt)"),
            Why::NoRobots(why) => write!(
                f,
                "what the site asks of programs (robots.txt) cannot be had ({why}); left alone for now, try later"
            ),
            Why::NoHost => f.write_str("no such host; see whether the address is right"),
            Why::Connection(why) => write!(f, "no connection ({why}); try later"),
            Why::Slow(what) => write!(f, "{what} took too long; try later"),
            Why::TooLong(limit) => write!(f, "more than {}, given up", size(*limit)),
            Why::Bomb(limit) => write!(f, "more than {} when unpacked, given up", size(*limit)),
            Why::Redirects(limit) => write!(f, "redirects more than {limit} times, given up"),
            Why::Status(status) => write!(f, "the server answers {status}{}", meaning(*status)),
            Why::Busy(wait) => write!(
                f,
                "the server asks to be left alone for {} seconds",
                wait.as_secs()
            ),
            Why::Packed(why) => write!(f, "the content cannot be unpacked ({why})"),
            Why::Stopped => f.write_str("stopped"),
        }
    }
}

/// A number of bytes as people say it.
fn size(bytes: u64) -> String {
    const MIB: u64 = 1 << 20;
    if bytes >= MIB && bytes.is_multiple_of(MIB) {
        format!("{} MiB", bytes / MIB)
    } else {
        format!("{bytes} bytes")
    }
}

/// What a status means, where it is one of those that are met.
fn meaning(status: u16) -> &'static str {
    match status {
        401 | 402 => " (for subscribers only)",
        403 => " (forbidden)",
        404 => " (not found)",
        410 => " (gone)",
        429 => " (too many requests)",
        451 => " (withheld for legal reasons)",
        500..=599 => " (the server has a fault; try later)",
        _ => "",
    }
}
