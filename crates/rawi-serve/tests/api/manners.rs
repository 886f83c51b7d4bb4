//! What HTTP asks for: methods, tags, origins, limits.

use crate::house::{House, ingest};

#[test]
fn methods_are_known_where_they_are() {
    let house = House::new();
    for (path, allow) in [
        ("/search", "GET, HEAD, OPTIONS"),
        ("/read", "POST, OPTIONS"),
        ("/entities/1", "GET, HEAD, OPTIONS"),
    ] {
        let told = house.ask("OPTIONS", path, &[], "");
        assert_eq!((told.status.as_u16(), told.header("allow")), (204, allow));
        for method in ["PUT", "DELETE", "PATCH", "TRACE", "SEARCH"] {
            let told = house.ask(method, path, &[], "");
            assert_eq!(
                (told.status.as_u16(), told.header("allow")),
                (405, allow),
                "{method} {path}"
            );
            assert_eq!(told.json()["type"], "/api#method");
        }
    }
    assert_eq!(house.get("/read").status, 405);
    assert_eq!(house.ask("HEAD", "/read", &[], "").status, 405);
    let whole = house.get("/info");
    let head = house.ask("HEAD", "/info", &[], "");
    assert_eq!(head.status, 200);
    assert!(head.bytes.is_empty());
    assert_eq!(head.header("content-length"), whole.bytes.len().to_string());
    assert_eq!(head.header("etag"), whole.header("etag"));
}

#[test]
fn a_tag_holds_until_the_archive_changes() {
    let house = House::new();
    let path = "/search?limit=3";
    let tag = house.get(path).header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"'));
    let again = |path: &str, tag: &str| house.ask("GET", path, &[("if-none-match", tag)], "");
    let told = again(path, &tag);
    assert_eq!((told.status.as_u16(), told.header("etag")), (304, &*tag));
    assert!(told.bytes.is_empty());
    assert_eq!(again(path, &format!("\"x\", W/{tag}")).status, 304);
    assert_eq!(again(path, "*").status, 304);
    assert_eq!(again("/search?limit=4", &tag).status, 200);
    assert_eq!(again("/entities/99999", "*").status, 404);
    assert_eq!(
        again("/openapi.json", house.get("/openapi.json").header("etag")).status,
        304
    );
    let more = house.archive.with_file_name("more.jsonl");
    let line = r#"{"id":"m","date":"2026-05-01","text":"قال الوزير هاني الرفاعي إن الجسر الجديد سيفتتح غدا."}"#;
    std::fs::write(&more, line).unwrap();
    ingest(&house.archive, &more);
    let told = again(path, &tag);
    assert_eq!(told.status, 200);
    assert_ne!(told.header("etag"), tag);
    assert_eq!(told.json()["hits"][0]["article"]["id"], "m");
}

#[test]
fn packed_answers_have_tags_of_their_own() {
    let house = House::new();
    let told = house.ask("GET", "/info", &[("accept-encoding", "gzip")], "");
    assert_eq!(told.header("content-encoding"), "gzip");
    assert_ne!(told.header("etag"), house.get("/info").header("etag"));
    assert!(told.header("vary").contains("accept-encoding"));
    let parquet = house.ask(
        "GET",
        "/export?format=parquet",
        &[("accept-encoding", "gzip")],
        "",
    );
    assert_eq!(parquet.header("content-encoding"), "");
}

#[test]
fn only_origins_that_were_named_may_ask() {
    let shut = House::new();
    let origin = ("origin", "https://news.example");
    let told = shut.ask("GET", "/info", &[origin], "");
    assert_eq!(
        (
            told.status.as_u16(),
            told.header("access-control-allow-origin")
        ),
        (200, "")
    );
    let text = ("content-type", "text/plain");
    let told = shut.ask("POST", "/read", &[origin, text], "نص");
    assert_eq!(
        (told.status.as_u16(), &told.json()["type"]),
        (403, &"/api#origin".into())
    );
    let open = House::with(|options| options.origins.push("https://news.example".to_owned()));
    let told = open.ask("GET", "/info", &[origin], "");
    assert_eq!(
        told.header("access-control-allow-origin"),
        "https://news.example"
    );
    assert_eq!(told.header("cross-origin-resource-policy"), "cross-origin");
    assert!(told.header("vary").contains("origin"));
    assert!(
        told.header("access-control-expose-headers")
            .contains("etag")
    );
    let told = open.ask("GET", "/nothing", &[origin], "");
    assert_eq!(
        (
            told.status.as_u16(),
            told.header("access-control-allow-origin")
        ),
        (404, "https://news.example")
    );
    assert_eq!(open.ask("POST", "/read", &[origin, text], "نص").status, 200);
    let asks = ("access-control-request-method", "POST");
    let told = open.ask("OPTIONS", "/read", &[origin, asks], "");
    assert_eq!(told.status, 204);
    assert_eq!(told.header("access-control-allow-methods"), "POST, OPTIONS");
    assert!(
        told.header("access-control-allow-headers")
            .contains("content-type")
    );
    let other = open.ask("GET", "/info", &[("origin", "https://other.example")], "");
    assert_eq!(other.header("access-control-allow-origin"), "");
    assert!(other.header("vary").contains("origin"));
}

#[test]
fn a_name_that_is_not_ours_is_refused() {
    let house = House::new();
    let told = house.ask("GET", "/info", &[], "");
    assert_eq!(told.status, 200);
    assert_eq!(told.header("x-content-type-options"), "nosniff");
}

#[test]
fn limits_stand_in_the_document() {
    let house = House::with(|options| {
        options.rate = 7;
        options.largest_body = 12_345;
    });
    let document = house.document();
    assert_eq!(document["openapi"], "3.1.0");
    let about = document["info"]["description"].as_str().unwrap();
    assert!(
        about.contains("7 requests") && about.contains("12345 bytes"),
        "{about}"
    );
    let limit = &document["components"]["headers"]["RateLimitLimit"];
    assert_eq!(limit["example"], 70);
}
