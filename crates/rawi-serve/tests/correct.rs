//! Signing in, correcting, undoing and deciding, over HTTP and without a script.

#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::atomic::AtomicBool;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use rawi::{Article, Reader};
use rawi_archive::corrections::Finding;
use rawi_archive::{Archive, Given, Input, InputKind, Mode};
use rawi_input::{About, Place, Record};
use rawi_serve::{Options, routes};
use tempfile::TempDir;
use tower::ServiceExt as _;

const TOKEN: &str = "a token of some length";

struct House {
    folder: TempDir,
    routes: Router,
    cookie: Option<String>,
}

struct Answer {
    status: StatusCode,
    location: Option<String>,
    cookie: Option<String>,
    body: String,
}

fn record(id: &str, text: &str) -> Record {
    let mut article = Article::new(id, text);
    article.outlet = Some("صحيفة النهر".to_owned());
    article.published = Some("2026-03-11".to_owned());
    Record::Article {
        bytes: text.len() as u64,
        article,
        about: Box::new(About::default()),
        place: Place::file("news.jsonl"),
    }
}

impl House {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("news.rawi");
        let mut archive = Archive::open(&path, Mode::Create).unwrap();
        let records = vec![
            record(
                "n-1",
                "قال وزير الري سالم البدري إن السد جاهز. وأضاف: «لن نتأخر».\nواتهمت بلدية الواحة شركة النهر بالتقصير.",
            ),
            record(
                "n-2",
                "قالت النائبة هدى الزعبي إن سالم فهد البدري <b>لم يجب</b>.",
            ),
        ];
        let given = Given {
            place: "news.jsonl".to_owned(),
            kind: InputKind::File,
            size: None,
            modified: None,
        };
        let input = Input {
            given,
            open: Box::new(move || Box::new(records.into_iter())),
        };
        let stop = AtomicBool::new(false);
        archive
            .ingest(&Reader::new().unwrap(), 1, vec![input], &stop, |_| {})
            .unwrap();
        drop(archive);
        let mut options = Options::new(path);
        options.token = Some(TOKEN.to_owned());
        options.threads = 1;
        let (routes, _) = routes(options).unwrap();
        Self {
            folder,
            routes,
            cookie: None,
        }
    }

    fn archive(&self) -> Archive {
        Archive::open(self.folder.path().join("news.rawi"), Mode::Read).unwrap()
    }

    fn number(&self, sql: &str) -> i64 {
        let archive = self.archive();
        archive.database().query_row(sql, [], |r| r.get(0)).unwrap()
    }

    async fn ask(&self, method: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:8080");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let body: rawi_pages::Params = form.iter().copied().collect();
        let request = request.body(Body::from(body.query())).unwrap();
        let response = self.routes.clone().oneshot(request).await.unwrap();
        let text = |name| {
            let value = response.headers().get(name)?;
            Some(value.to_str().unwrap().to_owned())
        };
        let (location, cookie) = (text(header::LOCATION), text(header::SET_COOKIE));
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 4 << 20)
            .await
            .unwrap();
        Answer {
            status,
            location,
            cookie,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[]).await
    }

    async fn sign_in(&mut self) {
        let form = [
            ("name", "ليلى"),
            ("secret", TOKEN),
            ("back", "/corrections"),
        ];
        let entered = self.ask("POST", "/sign-in", &form).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER);
        assert_eq!(entered.location.as_deref(), Some("/corrections"));
        let cookie = entered.cookie.unwrap();
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
            "{cookie}"
        );
        self.cookie = cookie.split(';').next().map(str::to_owned);
    }
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let at = format!("name=\"{name}\" value=\"");
    let start = page
        .find(&at)
        .unwrap_or_else(|| panic!("no {name} in {page}"))
        + at.len();
    page[start..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn only_who_knows_the_token_may_write() {
    let mut house = House::new();
    let number = house.number("SELECT id FROM statement WHERE local = 's2' ORDER BY id LIMIT 1");
    let path = format!("/correct/statement/{number}");
    let shown = house.get(&path).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(
        shown.body.contains("/sign-in?back=") && !shown.body.contains("<textarea"),
        "{}",
        shown.body
    );
    let wrong = house
        .ask("POST", "/sign-in", &[("name", "ليلى"), ("secret", "guess")])
        .await;
    assert_eq!((wrong.status, wrong.cookie), (StatusCode::FORBIDDEN, None));
    assert!(wrong.body.contains("role=\"alert\""));
    assert!(!wrong.body.contains("guess"));
    let unsigned = house.ask("POST", &path, &[("do", "accept")]).await;
    assert_eq!(unsigned.status, StatusCode::FORBIDDEN);
    house.sign_in().await;
    // Another site's form lacks the token of ours.
    for path in [
        &*path,
        "/corrections/undo",
        "/correct/entity/1",
        "/health/again",
        "/review/1",
        "/sign-out",
    ] {
        let forged = house
            .ask("POST", path, &[("do", "accept"), ("token", "0")])
            .await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(house.number("SELECT count(*) FROM correction"), 0);
    // Nothing leads away from here.
    let away = [
        ("name", "ليلى"),
        ("secret", TOKEN),
        ("back", "//example.org/"),
    ];
    let away = house.ask("POST", "/en/sign-in", &away).await;
    assert_eq!(away.location.as_deref(), Some("/en"));
}

#[tokio::test]
async fn a_statement_is_corrected_beside_its_evidence_and_that_undone() {
    let mut house = House::new();
    house.sign_in().await;
    let number = house.number("SELECT id FROM statement WHERE local = 's2' ORDER BY id LIMIT 1");
    let path = format!("/correct/statement/{number}");
    let form = house.get(&path).await;
    assert!(form.body.contains("<mark>لن نتأخر</mark>"), "{}", form.body);
    let (token, stamp) = (hidden(&form.body, "token"), hidden(&form.body, "stamp"));
    let fields = |act: &'static str, source: &'static str| {
        vec![
            ("token", token.clone()),
            ("stamp", stamp.clone()),
            ("do", "correct".to_owned()),
            ("content", "لن نتأخر".to_owned()),
            ("form", "quote".to_owned()),
            ("act", act.to_owned()),
            ("cue", "وأضاف".to_owned()),
            ("source", source.to_owned()),
            ("speaker", "وزير الري".to_owned()),
            ("note", "<i>وعد</i>".to_owned()),
        ]
    };
    let send = async |fields: Vec<(&'static str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, &**v)).collect();
        house.ask("POST", &path, &fields).await
    };
    // What cannot be is told, and what was filled in stays.
    let refused = send(fields("promise", "من لا يُذكر")).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.body.contains("source: the text doesn") && refused.body.contains("من لا يُذكر"));
    let kept = send(fields("promise", "")).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let version = house.number("SELECT version_id FROM statement WHERE local = 's2' LIMIT 1");
    assert_eq!(kept.location, Some(format!("/article/{version}#s2")));
    let judged = house.archive().judged(version).unwrap().unwrap();
    let one = judged
        .all
        .iter()
        .find(|j| j.number == Some(number))
        .unwrap();
    let Some(Finding::Statement(value)) = &one.holds else {
        panic!("{one:?}")
    };
    // Whoever has the title in the text is whom the article names.
    assert_eq!(value.speaker.as_ref().unwrap().name, "سالم البدري");
    assert_eq!(one.by.as_ref().unwrap().who, "ليلى");
    // A form that was made before is refused.
    let late = send(fields("threaten", "")).await;
    assert!(late.body.contains("look again"), "{}", late.body);
    let shown = house.get("/en/corrections").await;
    assert!(
        shown.body.contains("<del>says</del> <ins>promises</ins>"),
        "{}",
        shown.body
    );
    assert!(
        shown.body.contains("&lt;i&gt;وعد&lt;/i&gt;"),
        "{}",
        shown.body
    );
    let token = hidden(&shown.body, "token");
    let undo = [
        ("token", &*token),
        ("correction", "1"),
        ("back", "/en/corrections?all=1"),
    ];
    let undone = house.ask("POST", "/en/corrections/undo", &undo).await;
    assert_eq!(undone.location.as_deref(), Some("/en/corrections?all=1"));
    assert!(
        house
            .get("/corrections")
            .await
            .body
            .contains("لم يُصحَّح شيء بعد")
    );
    assert!(
        house
            .get("/en/corrections?all=1")
            .await
            .body
            .contains("undone by")
    );
}

#[tokio::test]
async fn events_are_corrected_what_was_missed_added_and_articles_reviewed() {
    let mut house = House::new();
    house.sign_in().await;
    let number = house.number("SELECT id FROM event ORDER BY id LIMIT 1");
    let path = format!("/correct/event/{number}");
    let form = house.get(&path).await;
    assert!(
        form.body.contains("<option value=\"ACCUSE\" selected>"),
        "{}",
        form.body
    );
    let (token, stamp) = (hidden(&form.body, "token"), hidden(&form.body, "stamp"));
    let token = &*token;
    let fields = [
        ("token", token),
        ("stamp", &stamp),
        ("do", "correct"),
        ("type", "REJECT"),
        ("trigger", "واتهمت"),
        ("actor", "بلدية الواحة"),
        ("recipient", "شركة النهر"),
        ("status", "negated"),
        ("date", "2026-03"),
    ];
    let kept = house.ask("POST", &path, &fields).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let version = house.number("SELECT version_id FROM event ORDER BY id LIMIT 1");
    let missed = format!("/correct/missed-statement/{version}");
    assert!(house.get(&missed).await.body.contains("أضف"));
    let fields = [
        ("token", token),
        ("content", "جاهز"),
        ("form", "nominal"),
        ("act", "announce"),
        ("speaker", "سالم البدري"),
    ];
    let kept = house.ask("POST", &missed, &fields).await;
    assert_eq!(kept.location, Some(format!("/article/{version}")));
    let reviewed = house
        .ask("POST", &format!("/review/{version}"), &[("token", token)])
        .await;
    assert_eq!(reviewed.status, StatusCode::SEE_OTHER, "{}", reviewed.body);
    let tally = house.archive().gold(|_, _| Ok(())).unwrap();
    assert_eq!(tally.whole, 1);
    for nothing in [
        "/correct/statement/7",
        "/correct/mood/7",
        "/correct/missed-event/7",
        "/correct/entity/77",
    ] {
        assert_eq!(
            house.get(nothing).await.status,
            StatusCode::NOT_FOUND,
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn who_is_who_is_decided_and_the_archive_looked_at() {
    let mut house = House::new();
    house.sign_in().await;
    let archive = house.archive();
    let short = archive.entity_named("سالم البدري").unwrap();
    let long = archive.entity_named("سالم فهد البدري").unwrap();
    let path = format!("/correct/entity/{short}");
    let form = house.get(&path).await;
    let token = hidden(&form.body, "token");
    let nobody = [
        ("token", &*token),
        ("do", "merge"),
        ("others", "نوال الغائبة"),
    ];
    let nobody = house.ask("POST", &path, &nobody).await;
    assert_eq!(nobody.status, StatusCode::BAD_REQUEST);
    assert!(
        nobody.body.contains("value=\"نوال الغائبة\""),
        "{}",
        nobody.body
    );
    let other = long.to_string();
    let merge = [("token", &*token), ("do", "merge"), ("others", &*other)];
    let merged = house.ask("POST", &path, &merge).await;
    assert_eq!(merged.location, Some(path.clone()));
    assert!(house.get(&path).await.body.contains("جُمع"));
    let undo = [("token", &*token), ("do", "undo"), ("decision", "1")];
    assert_eq!(
        house.ask("POST", &path, &undo).await.status,
        StatusCode::SEE_OTHER
    );
    let health = house.get("/health").await;
    for said in ["news.jsonl", "تمّ", "rawi backup COPY", rawi::ENGINE] {
        assert!(health.body.contains(said), "{said}: {}", health.body);
    }
    assert_eq!(
        house.get("/health?state=sunny").await.status,
        StatusCode::BAD_REQUEST
    );
    let again = house
        .ask("POST", "/health/again", &[("token", &*token)])
        .await;
    assert_eq!(again.location.as_deref(), Some("/health?read=0&failed=0"));
}
