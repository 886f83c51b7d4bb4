//! Addresses as one address: what leads to the same page is spelled alike.

use url::Url;

/// Parameters that only say where a reader came from.
const TRACKING: [&str; 18] = [
    "_ga",
    "_gl",
    "amp",
    "at_campaign",
    "at_medium",
    "cmpid",
    "dclid",
    "fbclid",
    "gclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "msclkid",
    "ncid",
    "ref",
    "share",
    "twclid",
    "yclid",
];

/// How the names of further ones begin.
const TRACKING_FAMILIES: [&str; 4] = ["utm_", "at_", "hsa_", "pk_"];

/// The address without what makes no other page of it: scheme and `www.`, the port that
/// goes without saying, tracking parameters, the fragment, a slash at the end; parameters
/// in order. `None` if it is no address of the web.
pub(crate) fn canonical(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.trim_end_matches('.');
    let mut out = host.strip_prefix("www.").unwrap_or(host).to_owned();
    if let Some(port) = url.port() {
        out.push(':');
        out.push_str(&port.to_string());
    }
    out.push_str(url.path().trim_end_matches('/'));
    let mut parameters: Vec<&str> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|p| !p.is_empty() && !is_tracking(p))
        .collect();
    parameters.sort_unstable();
    for (i, parameter) in parameters.iter().enumerate() {
        out.push(if i == 0 { '?' } else { '&' });
        out.push_str(parameter);
    }
    Some(out)
}

fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    TRACKING.contains(&name.as_str()) || TRACKING_FAMILIES.iter().any(|f| name.starts_with(f))
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn one_page_has_one_address() {
        let same = [
            "https://www.alnahr.example/news/17?id=4&lang=ar",
            "http://alnahr.example/news/17/?lang=ar&utm_source=x&id=4#top",
            "https://alnahr.example:443/news/17?id=4&fbclid=abc&lang=ar",
            " HTTPS://ALNAHR.example/news/17?lang=ar&id=4&UTM_Medium=feed ",
        ];
        for address in same {
            assert_eq!(
                canonical(address).as_deref(),
                Some("alnahr.example/news/17?id=4&lang=ar"),
                "{address}"
            );
        }
    }

    #[test]
    fn other_pages_have_others() {
        let others = [
            "https://alnahr.example/news/18?id=4&lang=ar",
            "https://alnahr.example/news/17?id=5&lang=ar",
            "https://alnahr.example:8443/news/17?id=4&lang=ar",
            "https://en.alnahr.example/news/17?id=4&lang=ar",
        ];
        for address in others {
            let one = canonical(address);
            assert!(one.is_some(), "{address}");
            assert_ne!(one.as_deref(), Some("alnahr.example/news/17?id=4&lang=ar"));
        }
    }

    #[test]
    fn what_is_no_page_has_none() {
        for address in [
            "",
            "news.jsonl:17",
            "/a/b",
            "mailto:a@b.example",
            "file:///a",
        ] {
            assert_eq!(canonical(address), None, "{address}");
        }
    }
}
