//! The files that pages ask for: style, scripts, fonts. All are in the program.

/// A file.
#[derive(Debug)]
pub struct Asset {
    /// As templates name it: `style.css`.
    pub plain: &'static str,
    /// As it is asked for: `style.HASH.css`. It changes with the content.
    pub name: &'static str,
    /// Its media type.
    pub kind: &'static str,
    /// What it holds.
    pub bytes: &'static [u8],
    /// The same packed by gzip, unless it is packed by itself.
    pub gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file that is asked for by this name.
pub fn asset(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// Where a file is asked for, by its plain name; nowhere if there is none.
pub fn address(plain: &str) -> String {
    let found = ASSETS.iter().find(|asset| asset.plain == plain);
    debug_assert!(found.is_some(), "no asset {plain}");
    found.map_or_else(String::new, |asset| format!("/assets/{}", asset.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_with_the_content_and_lead_back() {
        let style = address("style.css");
        let name = style.strip_prefix("/assets/").unwrap();
        assert_eq!(asset(name).unwrap().plain, "style.css");
        assert!(asset("style.css").is_none());
        for asset in ASSETS {
            assert_eq!(asset.gzip.is_none(), asset.kind == "font/woff2");
        }
    }

    #[test]
    fn the_sheet_asks_for_fonts_that_are_there() {
        let style = ASSETS.iter().find(|a| a.plain == "style.css").unwrap();
        let text = std::str::from_utf8(style.bytes).unwrap();
        for (at, _) in text.match_indices("url(\"") {
            let name = text[at + 5..].split('"').next().unwrap();
            assert!(name.starts_with("data:") || asset(name).is_some(), "{name}");
        }
    }
}
