//! What is known of an element by its name, its classes and its role.

/// What an element is to the text of a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Holds other elements: parts of the page, cells of tables that lay it out.
    Part,
    /// Stands around the article.
    Furniture,
    /// Its content is never shown as text of an article.
    Never,
    /// Begins a new line.
    Line,
    /// Has no end.
    Void,
    /// A heading below the headline.
    Heading,
    /// Anything else, which stands in a line.
    Inline,
}

/// What an element is by its name.
pub(super) fn kind(name: &[u8]) -> Kind {
    match name {
        b"div" | b"section" | b"article" | b"main" | b"body" | b"table" | b"tbody" | b"tr"
        | b"td" | b"th" | b"ul" | b"ol" | b"li" | b"blockquote" | b"center" | b"form"
        | b"details" | b"fieldset" | b"dl" | b"dd" => Kind::Part,
        b"nav" | b"aside" | b"footer" | b"header" | b"figure" | b"figcaption" | b"menu"
        | b"search" | b"caption" => Kind::Furniture,
        b"script" | b"style" | b"noscript" | b"template" | b"svg" | b"math" | b"iframe"
        | b"object" | b"canvas" | b"audio" | b"video" | b"button" | b"select" | b"textarea"
        | b"datalist" | b"dialog" | b"map" | b"noembed" | b"noframes" | b"xmp" | b"plaintext"
        | b"label" | b"amp-ad" | b"amp-sidebar" | b"amp-iframe" | b"amp-embed" | b"amp-consent"
        | b"amp-video" | b"amp-youtube" => Kind::Never,
        b"p" | b"h1" | b"address" | b"dt" | b"hr" | b"pre" | b"summary" | b"thead" | b"title" => {
            Kind::Line
        }
        b"br" => Kind::Void,
        b"area" | b"base" | b"col" | b"embed" | b"img" | b"input" | b"link" | b"meta"
        | b"param" | b"source" | b"track" | b"wbr" => Kind::Void,
        b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Kind::Heading,
        _ => Kind::Inline,
    }
}

/// Words of which the names of classes of furniture are made.
const FURNITURE: [&str; 46] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "author",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "credit",
    "credits",
    "footer",
    "gdpr",
    "menu",
    "meta",
    "modal",
    "nav",
    "navbar",
    "newsletter",
    "pagination",
    "paywall",
    "popup",
    "promo",
    "readmore",
    "recommended",
    "related",
    "relatedposts",
    "share",
    "sharedaddy",
    "sharing",
    "sidebar",
    "signup",
    "social",
    "submitted",
    "subscribe",
    "tags",
    "teaser",
    "toolbar",
    "trending",
    "widget",
];

/// Words that say so only as the first of a name, or with the word behind them.
const FIRST: [&str; 3] = ["more-news", "more-stories", "most-read"];

/// Whether the name of a class or an id says that the element is furniture.
pub(super) fn is_furniture_class(class: &str) -> bool {
    let class = class.as_bytes();
    if class.len() > LONGEST_CLASS {
        return false;
    }
    let mut lower = [0; LONGEST_CLASS];
    let lower = &mut lower[..class.len()];
    lower.copy_from_slice(class);
    lower.make_ascii_lowercase();
    let Ok(class) = std::str::from_utf8(lower) else {
        return false;
    };
    // What the page has, not what this is: `has-sidebar`, `no-comments`.
    if ["has-", "no-", "with-", "is-", "post-type"]
        .iter()
        .any(|p| class.starts_with(p))
    {
        return false;
    }
    let words = class.split(['-', '_']);
    words
        .into_iter()
        .any(|word| FURNITURE.binary_search(&word).is_ok())
        || FIRST.iter().any(|first| class.starts_with(first))
}

const LONGEST_CLASS: usize = 64;

/// What ARIA calls furniture.
pub(super) fn is_furniture_role(role: &str) -> bool {
    matches!(
        role,
        "navigation"
            | "banner"
            | "contentinfo"
            | "complementary"
            | "search"
            | "menu"
            | "dialog"
            | "toolbar"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order() {
        assert!(FURNITURE.is_sorted());
    }

    #[test]
    fn classes_of_furniture() {
        for (class, furniture) in [
            ("related", true),
            ("jp-relatedposts", true),
            ("block-views-related", true),
            ("Comment-List", true),
            ("entry-meta", true),
            ("ad", true),
            ("ad-slot", true),
            ("most-read-box", true),
            ("news_share", true),
            ("has-sidebar", false),
            ("shadow", false),
            ("reading", false),
            ("article-body", false),
            ("commentary", false),
            ("metadata", false),
            ("", false),
        ] {
            assert_eq!(is_furniture_class(class), furniture, "{class}");
        }
    }
}
