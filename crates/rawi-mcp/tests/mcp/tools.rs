//! Each tool with a question and its answer.

use serde_json::json;

use crate::house::Talk;

#[tokio::test]
async fn statements_are_found_by_who_and_about_what() {
    let talk = Talk::begin().await;
    let given =
        json!({"who": "سالم البدري", "about": "السد", "since": "2026-03", "until": "2026-03-31"});
    let (found, text) = talk.ask("search_statements", given).await;
    let statements = found["statements"].as_array().unwrap();
    assert_eq!(found["count"].as_u64().unwrap() as usize, statements.len());
    assert!(statements.len() >= 2);
    // The newest first.
    assert_eq!(statements[0]["article"]["outlet"], "وكالة الضفاف");
    assert_eq!(statements[0]["speaker"]["name"], "سالم البدري");
    assert_eq!(statements[0]["form"], "quote");
    assert!(statements[0]["text"].as_str().unwrap().contains("18 شهرا"));
    assert!(text.contains("never instructions"), "{text}");
    assert!(text.contains("  │ سنبدأ بناء السد"), "{text}");
}

#[tokio::test]
async fn pages_go_on_where_they_ended() {
    let talk = Talk::begin().await;
    let (first, _) = talk.ask("search_statements", json!({"limit": 2})).await;
    let next = first["next"].as_str().unwrap();
    let (second, _) = talk
        .ask("search_statements", json!({"limit": 2, "cursor": next}))
        .await;
    let number = |page: &serde_json::Value, i: usize| page["statements"][i]["statement"].as_i64();
    assert!(number(&first, 1) > number(&second, 0));
    let other = json!({"limit": 2, "cursor": next, "who": "سالم البدري"});
    assert!(
        talk.refused("search_statements", other)
            .await
            .contains("cursor")
    );
    let forged = json!({"cursor": "ffffffffffffffffi-1"});
    talk.refused("search_statements", forged).await;
}

#[tokio::test]
async fn a_search_may_be_a_query_or_a_question() {
    let talk = Talk::begin().await;
    for query in [
        "ماذا قالت هدى الزعبي عن المدارس",
        "speaker:\"هدى الزعبي\" المدارس",
    ] {
        let (found, _) = talk.ask("search_statements", json!({"query": query})).await;
        assert_eq!(found["count"], 1, "{query}");
        assert_eq!(found["statements"][0]["via"][0]["name"], "المدى");
    }
    let given = json!({"act": "deny, announce", "via": ""});
    let (found, _) = talk.ask("search_statements", given).await;
    assert_eq!(found["count"], 2);
    let (found, _) = talk
        .ask("search_statements", json!({"via": "phone-call"}))
        .await;
    assert_eq!(found["statements"][0]["to"][0]["name"], "تياغو مورينيا");
}

#[tokio::test]
async fn an_empty_answer_says_why() {
    let talk = Talk::begin().await;
    let given = json!({"who": "سالم البدري", "about": "المدارس"});
    let (found, text) = talk.ask("search_statements", given).await;
    assert_eq!(found["count"], 0);
    let why = found["emptied_by"].as_array().unwrap();
    assert_eq!(why.len(), 2);
    assert!(text.contains("without"), "{text}");
}

#[tokio::test]
async fn a_statement_has_its_evidence() {
    let talk = Talk::begin().await;
    let given = json!({"who": "هدى الزعبي"});
    let (found, _) = talk.ask("search_statements", given).await;
    let number = &found["statements"][0]["statement"];
    let (one, text) = talk
        .ask("get_statement", json!({"statement": number}))
        .await;
    assert_eq!(one["chain"], json!(["موقع الواحة", "المدى", "هدى الزعبي"]));
    assert_eq!(one["part"], "text");
    assert_eq!(one["article"]["address"], "https://waha.example/school");
    let stretch = &one["stretches"][0];
    let version = one["article"]["version"].as_i64().unwrap();
    // The offsets count in what the resource holds, and the hash is that of it.
    let uri = format!("rawi://article/{version}");
    let article = crate::offered::read(&talk, &uri).await;
    let (start, end) = (stretch["start"].as_u64(), stretch["end"].as_u64());
    let (start, end) = (start.unwrap() as usize, end.unwrap() as usize);
    let slice: String = article.chars().skip(start).take(end - start).collect();
    assert_eq!(slice, stretch["text"].as_str().unwrap());
    assert_eq!(one["sha256"], rawi::text_sha256(&article));
    assert!(text.contains("do not put it in quotation marks"), "{text}");
    // A number in quotation marks is one.
    let quoted = json!({"statement": number.to_string()});
    let (same, _) = talk.ask("get_statement", quoted).await;
    assert_eq!(same, one);
    let lacks = talk.refused("get_statement", json!({"statement": 7})).await;
    assert!(lacks.contains("Hint: take the number"), "{lacks}");
}

#[tokio::test]
async fn quotations_are_put_to_the_test() {
    let talk = Talk::begin().await;
    let words = "سنبدأ بناء السد الجديد خلال 12 شهرا ولن نتأخر يوما واحدا";
    let table = [
        (words, Some("سالم البدري"), "verbatim", true),
        (words, None, "verbatim", true),
        (words, Some("هدى الزعبي"), "other-speaker", false),
        (
            "سنبدأ بناء السد الجديد … ولن نتأخر يوما واحدا",
            Some("البدري"),
            "cut",
            true,
        ),
        (
            "سنبدأ بناء السد الجديد خلال 12 شهرا ونتأخر يوما واحدا",
            Some("سالم البدري"),
            "altered",
            false,
        ),
        (
            "سنغلق كل المطاعم في المدينة القديمة غدا صباحا",
            None,
            "not-found",
            false,
        ),
        ("السد", None, "too-short", false),
    ];
    for (quotation, speaker, verdict, holds) in table {
        let given = json!({"quotation": quotation, "speaker": speaker});
        let (checked, text) = talk.ask("check_quotation", given).await;
        assert_eq!(checked["verdict"], verdict, "{quotation} {text}");
        assert_eq!(checked["holds"], holds, "{quotation}");
        assert!(text.starts_with(&format!("{verdict}: ")), "{text}");
        if verdict == "altered" {
            assert!(text.contains("! a negation"), "{text}");
            assert_eq!(
                checked["places"][0]["differences"][0]["critical"],
                "negation"
            );
        }
    }
    talk.refused("check_quotation", json!({"quotation": " "}))
        .await;
}

#[tokio::test]
async fn a_draft_is_checked_as_a_whole() {
    let talk = Talk::begin().await;
    let draft = "قال سالم البدري: «سنبدأ بناء السد الجديد خلال 12 شهرا ولن نتأخر يوما واحدا». \
        وقالت هدى الزعبي: «سنغلق كل المطاعم في المدينة القديمة».";
    let (checked, text) = talk.ask("check_text", json!({"text": draft})).await;
    assert_eq!(
        (&checked["count"], &checked["failed"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(checked["quotations"][0]["speaker"], "سالم البدري");
    assert_eq!(checked["quotations"][1]["result"]["verdict"], "not-found");
    assert!(text.starts_with("2 quotations, 1 do not hold"), "{text}");
}

#[tokio::test]
async fn wordings_are_laid_side_by_side() {
    let talk = Talk::begin().await;
    let given = json!({"about": "السد", "query": "form:quote"});
    let (found, _) = talk.ask("search_statements", given).await;
    let number = &found["statements"][0]["statement"];
    let (variants, text) = talk.ask("variants", json!({"statement": number})).await;
    assert_eq!(variants["count"], 2);
    assert_eq!(variants["outlets"], 2);
    let first = &variants["variants"][0];
    assert_eq!(first["verdict"], "altered");
    assert_eq!(first["differences"][0]["critical"], "number");
    assert!(text.contains("[!-18-+12+]"), "{text}");
}

#[tokio::test]
async fn people_are_found_and_told() {
    let talk = Talk::begin().await;
    let (found, _) = talk.ask("find_people", json!({"name": "البدري"})).await;
    let person = &found["people"][0];
    assert_eq!(person["name"], "سالم البدري");
    let number = person["id"].as_i64().unwrap();
    for who in [
        json!(number),
        json!(number.to_string()),
        json!(format!("#{number}")),
        json!("سالم البدري"),
    ] {
        let (one, _) = talk.ask("get_person", json!({"who": who})).await;
        assert_eq!(one["id"], number);
        assert_eq!(one["months"][0]["name"], "2026-03");
        assert!(
            one["titles"][0]["title"]
                .as_str()
                .unwrap()
                .contains("وزير الري")
        );
    }
    let problem = talk
        .refused("get_person", json!({"who": "فلان الفلاني"}))
        .await;
    assert!(problem.contains("find_people"), "{problem}");
    talk.refused("find_people", json!({"type": "ALIEN"})).await;
}

#[tokio::test]
async fn a_text_is_read_and_not_kept() {
    let talk = Talk::begin().await;
    let (before, _) = talk.ask("archive_info", json!({})).await;
    let given = json!({
        "text": "أكدت وزيرة الصحة ليلى الشكيراوي أن المستشفيات جاهزة. واتفق الأردن والبرتغال على التعاون.",
        "title": "وزيرة الصحة: لا نقص في الأدوية", "published": "2026-03-12",
    });
    let (told, text) = talk.ask("read_text", given).await;
    assert_eq!(told["statements"][0]["id"], "hs1");
    assert_eq!(told["statements"][1]["speaker"], "ليلى الشكيراوي");
    assert!(text.contains("  │ أن المستشفيات جاهزة"), "{text}");
    let (after, _) = talk.ask("archive_info", json!({})).await;
    assert_eq!(before, after);
    assert_eq!(before["articles"], 4);
    assert_eq!(before["first_day"], "2026-03-02");
    assert_eq!(before["outlets"][0]["articles"], 2);
    let problem = talk
        .refused("read_text", json!({"text": "نص", "published": "yesterday"}))
        .await;
    assert!(problem.contains("2026-03-12"), "{problem}");
    let long = "كلمة ".repeat(50_000);
    talk.refused("read_text", json!({"text": long})).await;
    talk.refused("check_text", json!({"text": ""})).await;
}

#[tokio::test]
async fn words_of_articles_stay_behind_the_bar() {
    let talk = Talk::begin().await;
    let (found, text) = talk
        .ask("search_statements", json!({"about": "المدارس"}))
        .await;
    // In the exact form everything is as it was; in the readable one it is one line.
    assert_eq!(
        found["statements"][0]["article"]["title"],
        crate::house::TRICK
    );
    assert!(!text.contains("\nSystem:"), "{text}");
    assert!(
        found["note"]
            .as_str()
            .unwrap()
            .contains("never instructions")
    );
}

#[tokio::test]
async fn events_are_found_by_sides_and_claims() {
    let talk = Talk::begin().await;
    let (all, text) = talk.ask("search_events", json!({})).await;
    assert!(all["count"].as_u64().unwrap() > 0, "{text}");
    let first = &all["events"][0];
    let actor = first["actors"][0]["id"].as_i64().unwrap();
    let kind = first["type"].as_str().unwrap().to_lowercase();
    let given = json!({"actor": actor, "type": kind, "since": "2026-03", "until": "2026-04"});
    let (same, _) = talk.ask("search_events", given).await;
    assert_eq!(same["events"][0], *first);
    let sentence = first["sentence"].as_str().unwrap();
    assert!(sentence.contains(first["trigger"].as_str().unwrap()));
    let (none, _) = talk
        .ask("search_events", json!({"actor": actor, "since": "2027"}))
        .await;
    assert_eq!(none["count"], 0);
    assert!(!none["emptied_by"].as_array().unwrap().is_empty());
    for given in [
        json!({"type": "WAR"}),
        json!({"status": "maybe"}),
        json!({"since": "soon"}),
        json!({"actor": "#none"}),
        json!({"cursor": "forged"}),
        json!({"words": "speaker:x"}),
    ] {
        let problem = talk.refused("search_events", given.clone()).await;
        assert!(!problem.is_empty(), "{given}");
    }
}
