//! Questions that want to be dear, and addresses that were made up.

use std::time::{Duration, Instant};

use crate::house::{FORMULA, House, IMAGE, MARKUP, escaped};

/// Paths that take a query.
const ASKED: [&str; 4] = ["/", "/en/", "/api/v1/statements", "/api/v1/articles"];

fn bombs() -> Vec<String> {
    let words = |n: usize| {
        let all: Vec<String> = (0..n).map(|i| format!("كلمة{i}")).collect();
        all.join(" OR ")
    };
    vec![
        "(".repeat(3000),
        format!("{}السد{}", "(".repeat(1000), ")".repeat(1000)),
        "-".repeat(3000),
        words(300),
        format!("({}) ({})", words(150), words(150)),
        "\"ا ا ا ا ا ا ا ا ا ا\"~100 ".repeat(60),
        "act:(deny, warn) OR ".repeat(100),
        format!("speaker:\"{}\"", "ا ".repeat(400)),
        "ا ".repeat(2000),
        "\u{202e}".repeat(500),
        "\0\u{1}\u{7f}".to_owned(),
        MARKUP.to_owned(),
        IMAGE.to_owned(),
        FORMULA.to_owned(),
        "' OR 1=1; DROP TABLE statement; --".to_owned(),
        "speaker:#99999999999999999999".to_owned(),
        "speaker:#-1".to_owned(),
        "since:9999-99 until:-5".to_owned(),
        "NEAR(a b, 5) words : \"x\" AND *".to_owned(),
    ]
}

#[tokio::test]
async fn dear_questions_are_bounded() {
    let house = House::open().await;
    for bomb in bombs() {
        for path in ASKED {
            for name in [
                "q", "about", "who", "to", "via", "speaker", "outlet", "from", "act", "sort",
                "limit",
            ] {
                let begun = Instant::now();
                let answer = house
                    .get(&format!("{path}?{name}={}", escaped(&bomb)))
                    .await;
                let shown: String = bomb.chars().take(30).collect();
                assert!(
                    answer.status < 500 || answer.status == 503,
                    "{path} {name} {shown}: {answer:?}"
                );
                assert!(
                    begun.elapsed() < Duration::from_secs(15),
                    "{path} {name} {shown}"
                );
                assert!(!answer.body.contains(MARKUP), "{path} {name} {shown}");
                assert!(!answer.body.contains("<img src=x"), "{path} {name} {shown}");
                let html = answer.head.contains("text/html");
                assert!(
                    !html || !answer.body.contains('\u{202e}'),
                    "{path} {name} {shown}"
                );
            }
        }
    }
    house.is_well().await;
}

#[tokio::test]
async fn made_up_cursors_and_numbers_are_refused() {
    let house = House::open().await;
    for path in [
        "/",
        "/events",
        "/corrections",
        "/api/v1/statements",
        "/api/v1/articles",
        "/api/v1/events",
        "/api/v1/entities",
    ] {
        for cursor in [
            "x",
            "ffffffffffffffffi-8000000000000000",
            "0000000000000000c18446744073709551615",
            "0000000000000000i0",
            "-1",
            "9223372036854775807",
            "كذا وكذا وكذا وكذا",
            "%00",
        ] {
            let answer = house
                .get(&format!("{path}?cursor={}", escaped(cursor)))
                .await;
            assert!(answer.status < 500, "{path} {cursor}: {answer:?}");
        }
        for more in [
            "limit=99999999999999999999",
            "limit=-1",
            "limit=0",
            "limit=x",
            "page=1e9",
        ] {
            let answer = house.get(&format!("{path}?{more}")).await;
            assert!(answer.status < 500, "{path} {more}: {answer:?}");
        }
    }
    let long = "a=b&".repeat(8000);
    for path in ["/", "/events", "/sides", "/api/v1/statements"] {
        let answer = house.get(&format!("{path}?{long}")).await;
        assert!(answer.status < 500, "{path}: {}", answer.status);
    }
}
