//! Addresses on the web, in one spelling each.

use std::fmt;

use url::Url;

/// The longest address that is asked for, in bytes.
const LONGEST: usize = 8 << 10;

/// An address that can be asked for: `http` or `https`, with a host, without what
/// stands behind `#`, in the spelling that browsers send.
///
/// ```
/// use rawi_fetch::Address;
///
/// let address = Address::parse("HTTP://Nahr.example:80/a b#c")?;
/// assert_eq!(address.as_str(), "http://nahr.example/a%20b");
/// assert!(Address::parse("file:///etc/passwd").is_err());
/// # Ok::<(), rawi_fetch::AddressError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Address(Url);

/// Why a text is no address that can be asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum AddressError {
    /// It is none at all.
    Broken(url::ParseError),
    /// It is of another scheme than `http` and `https`.
    Scheme(String),
    /// It holds a user's name or password, which would stand in the archive.
    Password,
    /// It is longer than any address is.
    TooLong,
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AddressError::Broken(why) => {
                write!(f, "not an address ({why}); write https://HOST/PATH")
            }
            AddressError::Scheme(scheme) => {
                write!(
                    f,
                    "an address of `{scheme}:`; only http and https are fetched"
                )
            }
            AddressError::Password => f.write_str(
                "holds a name or password, which would be stored; give the address without it",
            ),
            AddressError::TooLong => {
                write!(f, "longer than {} KiB, no address", LONGEST >> 10)
            }
        }
    }
}

impl std::error::Error for AddressError {}

impl Address {
    /// Whether a text is meant as an address and not as a file's name.
    pub fn is_meant(text: &str) -> bool {
        let begins = |scheme: &str| {
            text.get(..scheme.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        };
        begins("http://") || begins("https://")
    }

    /// Reads an address.
    ///
    /// # Errors
    ///
    /// If it is none that can be asked for.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        if text.len() > LONGEST {
            return Err(AddressError::TooLong);
        }
        Self::of(Url::parse(text.trim()).map_err(AddressError::Broken)?)
    }

    /// Reads an address that may be written as one is within a document that was
    /// had from this one.
    ///
    /// # Errors
    ///
    /// If it is none that can be asked for.
    pub fn join(&self, text: &str) -> Result<Self, AddressError> {
        if text.len() > LONGEST {
            return Err(AddressError::TooLong);
        }
        Self::of(self.0.join(text.trim()).map_err(AddressError::Broken)?)
    }

    fn of(mut url: Url) -> Result<Self, AddressError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(AddressError::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::Password);
        }
        // Both schemes have a host always.
        if url.host_str().is_none_or(str::is_empty) {
            return Err(AddressError::Broken(url::ParseError::EmptyHost));
        }
        url.set_fragment(None);
        if url.as_str().len() > LONGEST {
            return Err(AddressError::TooLong);
        }
        Ok(Address(url))
    }

    /// The address as it is sent.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Its host, a name or an address of the net; that of version 6 in brackets.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Its port, also where it isn't written.
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or_default()
    }

    /// Whether it names a whole site: a host and nothing more.
    pub fn is_site(&self) -> bool {
        self.0.path() == "/" && self.0.query().is_none()
    }

    /// Scheme, host and port, for which one `robots.txt` holds.
    pub(crate) fn origin(&self) -> &str {
        &self.0[..url::Position::BeforePath]
    }

    /// Where the rules of its site are.
    pub(crate) fn robots(&self) -> Self {
        let mut url = self.0.clone();
        url.set_path("/robots.txt");
        url.set_query(None);
        Address(url)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_spelling() {
        for (text, want) in [
            ("https://nahr.example", "https://nahr.example/"),
            (" https://nahr.example/a#b ", "https://nahr.example/a"),
            (
                "https://nahr.example/أخبار",
                "https://nahr.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1",
            ),
            ("http://2130706433/", "http://127.0.0.1/"),
            ("http://0x7f.1/", "http://127.0.0.1/"),
            ("http://[::FFFF:7f00:1]/", "http://[::ffff:7f00:1]/"),
            ("http://ｌocalhost/", "http://localhost/"),
        ] {
            assert_eq!(
                Address::parse(text).map(|a| a.to_string()).as_deref(),
                Ok(want)
            );
        }
    }

    #[test]
    fn what_is_no_address() {
        for text in [
            "",
            "nahr.example",
            "/a",
            "ftp://nahr.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "http://",
            "http://user@nahr.example/",
            "http://user:word@nahr.example/",
            "http://nahr.example:99999/",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
        let long = format!("https://nahr.example/{}", "a".repeat(LONGEST));
        assert_eq!(Address::parse(&long), Err(AddressError::TooLong));
        let long = format!("https://nahr.example/{}", "é".repeat(LONGEST / 3));
        assert_eq!(Address::parse(&long), Err(AddressError::TooLong));
    }

    #[test]
    fn parts() -> Result<(), AddressError> {
        let address = Address::parse("https://nahr.example:444/a/b?c=d")?;
        assert_eq!(address.origin(), "https://nahr.example:444");
        assert_eq!(
            address.robots().as_str(),
            "https://nahr.example:444/robots.txt"
        );
        assert_eq!((address.host(), address.port()), ("nahr.example", 444));
        assert_eq!(address.join("../x")?.as_str(), "https://nahr.example:444/x");
        assert!(!address.is_site() && address.join("/")?.is_site());
        assert!(address.join("mailto:a@b.example").is_err());
        Ok(())
    }
}
