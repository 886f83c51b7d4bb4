//! Which machines may be asked: those of the public net, and others only if they
//! are allowed by name.
//!
//! A feed is written by strangers. What it links to, or where it redirects, may be
//! a machine that only this one can reach: a router, a database, the service that
//! hands out a cloud's passwords. A name is looked up once, every address it has is
//! checked, and the connection goes to a checked one: a name that points elsewhere
//! a moment later is not asked again.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Which machines outside the public net may be asked.
///
/// ```
/// use rawi_fetch::Reach;
///
/// let reach = Reach::public().and("intranet.example:8080");
/// let inside = [10, 0, 0, 5].into();
/// assert!(reach.allows("intranet.example", 8080, inside));
/// assert!(!reach.allows("intranet.example", 22, inside));
/// assert!(reach.allows("nahr.example", 443, [93, 184, 215, 14].into()));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    anywhere: bool,
    /// `host` or `host:port`, in small letters.
    hosts: Vec<String>,
}

impl Reach {
    /// The public net and nothing else.
    pub fn public() -> Self {
        Reach::default()
    }

    /// Every machine that can be reached.
    pub fn anywhere() -> Self {
        Reach {
            anywhere: true,
            hosts: Vec::new(),
        }
    }

    /// And a host, by its name or address, with all its ports or, `host:port`, one.
    #[must_use]
    pub fn and(mut self, host: &str) -> Self {
        self.hosts.push(host.trim().to_ascii_lowercase());
        self
    }

    /// Whether a host may be asked at an address that its name has.
    pub fn allows(&self, host: &str, port: u16, address: IpAddr) -> bool {
        let host = host.to_ascii_lowercase();
        self.anywhere
            || is_public(address)
            || self.hosts.iter().any(|allowed| {
                let rest = allowed.strip_prefix(&host);
                rest.is_some_and(|rest| {
                    let number = rest.strip_prefix(':').and_then(|n| n.parse().ok());
                    rest.is_empty() || number == Some(port)
                })
            })
    }
}

/// Whether an address is one of the public net.
///
/// What the registries of special addresses of IANA list is none, nor is what only
/// carries another address inside that is none.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    // Azure's machines get their settings here, though the number is public.
    const AZURE: Ipv4Addr = Ipv4Addr::new(168, 63, 129, 16);
    let special = match address.octets() {
        // This network; a machine of its own; loopback.
        [0 | 10 | 127, ..] => true,
        // Between a provider and its customers.
        [100, b, ..] => b & 0xc0 == 64,
        // Of one link: also where clouds give out passwords.
        [169, 254, ..] => true,
        [172, b, ..] => b & 0xf0 == 16,
        // Protocols, documentation, what was for 6to4.
        [192, 0, 0 | 2, _] | [192, 88, 99, _] => true,
        [192, 168, ..] => true,
        // Measurements and documentation.
        [198, 18 | 19, ..] | [198, 51, 100, _] | [203, 0, 113, _] => true,
        // To many, and what is kept for later.
        [224..=255, ..] => true,
        _ => false,
    };
    !special && address != AZURE
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let inner = |at: usize| {
        let [a, b] = address.segments()[at].to_be_bytes();
        let [c, d] = address.segments()[at + 1].to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    match address.segments() {
        // NAT64: an address of version 4 at the end.
        [0x64, 0xff9b, 0, 0, 0, 0, ..] => is_public_v4(inner(6)),
        // 6to4: one at the beginning.
        [0x2002, ..] => is_public_v4(inner(1)),
        // Protocols (Teredo among them) and documentation.
        [0x2001, b, ..] if b < 0x200 || b == 0xdb8 => false,
        [0x3fff, b, ..] if b < 0x1000 => false,
        // The part that is given out at all: no loopback, none of a link or a site.
        [a, ..] => a & 0xe000 == 0x2000,
    }
}

/// An address that may not be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Refused(pub IpAddr);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no address of the public net", self.0)
    }
}

impl std::error::Error for Refused {}

/// Looks names up and hands on only addresses that may be asked.
#[derive(Debug)]
pub(crate) struct Checked<R = DefaultResolver> {
    reach: Reach,
    inner: R,
}

impl Checked {
    pub fn new(reach: Reach) -> Self {
        Checked {
            reach,
            inner: DefaultResolver::default(),
        }
    }
}

impl<R: Resolver> Resolver for Checked<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default();
        // One address that may not be asked is enough: no site of the public net
        // has any, and the order in which they come is nobody's promise.
        let allowed = |at: &SocketAddr| self.reach.allows(host, at.port(), at.ip());
        match found.iter().find(|at| !allowed(at)) {
            Some(at) => Err(ureq::Error::Other(Box::new(Refused(at.ip())))),
            None => Ok(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_addresses_are_not_public() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0:10.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2001:1ff::1",
            "2002:7f00:1::1",
            "2002:a9fe:a9fe::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn other_addresses_are() {
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "93.184.215.14",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.255.255",
            "172.32.0.1",
            "192.0.1.1",
            "192.169.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2001:200::1",
            "2002:808:808::1",
            "2606:4700:4700::1111",
            "2a00:1450:4001:80b::200e",
            "3fff:1000::1",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn hosts_are_allowed_by_name_and_port() {
        let inside = "10.1.2.3".parse().unwrap();
        let reach = Reach::public().and("Intranet.example").and("[::1]:8080");
        assert!(reach.allows("INTRANET.example", 80, inside));
        assert!(!reach.allows("intranet.example.org", 80, inside));
        assert!(!reach.allows("intranet", 80, inside));
        assert!(reach.allows("[::1]", 8080, "::1".parse().unwrap()));
        assert!(!reach.allows("[::1]", 8081, "::1".parse().unwrap()));
        assert!(Reach::anywhere().allows("x", 1, inside));
        assert!(!Reach::public().allows("x", 1, inside));
    }

    /// A name with many addresses.
    #[derive(Debug)]
    struct Names(Vec<SocketAddr>);

    impl Resolver for Names {
        fn resolve(
            &self,
            _: &Uri,
            _: &Config,
            _: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let mut found = self.empty();
            for at in &self.0 {
                found.push(*at);
            }
            Ok(found)
        }
    }

    #[test]
    fn one_inner_address_among_many_is_refused() {
        let resolve = |addresses: &[&str]| {
            let inner = Names(addresses.iter().map(|a| a.parse().unwrap()).collect());
            let reach = Reach::public();
            let uri = Uri::from_static("http://nahr.example/");
            let timeout = NextTimeout {
                after: std::time::Duration::from_secs(1).into(),
                reason: ureq::Timeout::Resolve,
                ..NextTimeout::default()
            };
            let config = Config::builder().build();
            Checked { reach, inner }.resolve(&uri, &config, timeout)
        };
        assert_eq!(resolve(&["8.8.8.8:80", "1.1.1.1:80"]).unwrap().len(), 2);
        for bad in [
            &["127.0.0.1:80"][..],
            &["8.8.8.8:80", "10.0.0.1:80"],
            &["8.8.8.8:80", "[::ffff:10.0.0.1]:80"],
        ] {
            assert!(
                matches!(resolve(bad), Err(ureq::Error::Other(_))),
                "{bad:?}"
            );
        }
    }
}
