//! What a site asks of programs that read it.

use std::time::Duration;

use texting_robots::Robot;

use crate::address::Address;

/// The name by which sites know us in `robots.txt`.
pub(crate) const NAME: &str = "rawi";

/// How much of `robots.txt` counts, in bytes, as everywhere.
pub(crate) const LONGEST: usize = 500 << 10;

/// The longest pause between requests that a site can ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// The rules of one site.
#[derive(Debug)]
pub(crate) enum Rules {
    /// There are none.
    None,
    /// These.
    Some(Box<Robot>),
    /// They could not be had, and why: nothing is asked for until they are.
    Unknown(String),
}

impl Rules {
    /// Reads `robots.txt`.
    pub fn read(bytes: &[u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(LONGEST)];
        let robot = Robot::new(NAME, bytes).or_else(|_| Robot::new(NAME, &without_ends(bytes)));
        match robot {
            Ok(robot) => Rules::Some(Box::new(robot)),
            Err(e) => Rules::Unknown(format!("it cannot be read: {e}")),
        }
    }

    /// Whether an address may be asked for.
    pub fn allow(&self, address: &Address) -> bool {
        match self {
            Rules::None => true,
            Rules::Some(robot) => robot.allowed(address.as_str()),
            Rules::Unknown(_) => false,
        }
    }

    /// The pause between requests that the site asks for, if it can be given.
    pub fn pause(&self) -> Option<Duration> {
        let Rules::Some(robot) = self else {
            return None;
        };
        let asked = robot.delay.filter(|d| d.is_finite() && *d > 0.0)?;
        Some(Duration::try_from_secs_f32(asked).map_or(LONGEST_PAUSE, |d| d.min(LONGEST_PAUSE)))
    }

    /// The sitemaps that the site names.
    pub fn sitemaps(&self) -> &[String] {
        match self {
            Rules::Some(robot) => &robot.sitemaps,
            Rules::None | Rules::Unknown(_) => &[],
        }
    }
}

/// The lines without those that hold `$`: the library refuses a file for one rule of
/// these that is too hard for it.
fn without_ends(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split_inclusive(|b| *b == b'\n');
    lines
        .filter(|line| !line.contains(&b'$'))
        .flatten()
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str) -> Address {
        Address::parse(&format!("https://nahr.example{path}")).unwrap()
    }

    #[test]
    fn rules_are_kept() {
        let rules = Rules::read(
            b"User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /admin\nAllow: /admin/news\nCrawl-delay: 7\nSitemap: https://nahr.example/map.xml\n",
        );
        assert!(rules.allow(&at("/a")) && rules.allow(&at("/admin/news/1")));
        assert!(!rules.allow(&at("/admin/x")));
        assert_eq!(rules.pause(), Some(Duration::from_secs(7)));
        assert_eq!(rules.sitemaps(), ["https://nahr.example/map.xml"]);
        let own = Rules::read(b"User-agent: Rawi\nDisallow: /\nUser-agent: *\nAllow: /\n");
        assert!(!own.allow(&at("/a")));
    }

    #[test]
    fn no_rule_is_too_much() {
        let hard = format!(
            "User-agent: *\nDisallow: /x\nDisallow: /{}$\nCrawl-delay: 1e9\n",
            "*a".repeat(20_000)
        );
        let rules = Rules::read(hard.as_bytes());
        assert!(!rules.allow(&at("/x")) && rules.allow(&at("/y")));
        assert_eq!(rules.pause(), Some(LONGEST_PAUSE));
        for odd in [
            &b""[..],
            b"<html><body>no such page</body></html>",
            b"\xff\xfe\0\0Disallow",
            b"User-agent",
            b"Crawl-delay: -1\nCrawl-delay: NaN",
        ] {
            let rules = Rules::read(odd);
            assert!(rules.allow(&at("/")) && rules.pause().is_none(), "{odd:?}");
        }
        let long = b"User-agent: *\n".iter().copied();
        let long: Vec<u8> = long.chain(b"Disallow: /a*b*c\n".repeat(100_000)).collect();
        assert!(Rules::read(&long).allow(&at("/")));
    }
}
