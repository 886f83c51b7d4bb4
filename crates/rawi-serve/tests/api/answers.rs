//! Each operation answers, as its schema says.

use rawi_archive::corrections::{By, Judgment, Target};
use rawi_archive::{Archive, Mode};
use serde_json::{Value, json};

use crate::house::{House, ingest};

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

#[test]
fn a_search_finds_and_tells_what_it_understood() {
    let house = House::new();
    let all = house.answer("/search?count=true&limit=5&facets=speaker&facets=act&values=3");
    assert_eq!(all["scope"], "statements");
    assert_eq!(all["hits"].as_array().unwrap().len(), 5);
    assert!(all["count"].as_u64().unwrap() > 50);
    let facets = all["facets"].as_array().unwrap();
    assert_eq!(facets.len(), 2);
    assert!(
        facets
            .iter()
            .all(|f| f["values"].as_array().unwrap().len() <= 3)
    );
    let speaker = &all["hits"][0]["speaker"];
    let name = encoded(speaker["name"].as_str().unwrap());
    let his = house.answer(&format!("/search?who={name}&count=true"));
    assert!(his["count"].as_u64().unwrap() >= 1);
    assert_eq!(his["understood"]["names"][0]["whole"], true);
    let number = speaker["id"].as_u64().unwrap();
    let same = house.answer(&format!("/search?speaker={number}&count=true&limit=200"));
    let hits = same["hits"].as_array().unwrap();
    assert_eq!(hits.len() as u64, same["count"].as_u64().unwrap());
    assert!(hits.iter().all(|hit| hit["speaker"]["id"] == number));
    let articles = house.answer("/search?scope=articles&count=true&sort=oldest");
    assert_eq!(
        (articles["scope"].as_str(), articles["count"].as_u64()),
        (Some("articles"), Some(10))
    );
}

#[test]
fn nothing_found_says_which_condition_left_nothing() {
    let house = House::new();
    let none = house.answer("/search?act=deny&until=1999");
    assert_eq!(none["hits"], json!([]));
    let conditions = none["conditions"].as_array().unwrap();
    assert_eq!(conditions.len(), 2);
    let until = conditions.iter().find(|c| c["condition"] == "until:1999");
    assert_eq!(until.unwrap()["alone"], 0);
}

#[test]
fn pages_follow_one_another_to_the_end() {
    let house = House::new();
    for (path, list, id) in [
        ("/search?limit=7", "hits", "id"),
        (
            "/search?scope=articles&limit=3&sort=oldest",
            "hits",
            "article",
        ),
        ("/entities?limit=9&sort=number", "entities", "id"),
        ("/events?limit=9", "hits", "id"),
        ("/entities?limit=9&type=PER&sort=name", "entities", "id"),
    ] {
        let mut next = path.to_owned();
        let mut seen: Vec<Value> = Vec::new();
        loop {
            let told = house.get(&next);
            house.described("get", path, &told);
            let page = told.json();
            let hits = page[list].as_array().unwrap();
            seen.extend(hits.iter().map(|hit| hit[id].clone()));
            let Some(cursor) = page["next"].as_str() else {
                assert_eq!(told.header("link"), "");
                break;
            };
            let link = told.header("link");
            let link = link.strip_prefix("</api/v1").unwrap();
            next = link.strip_suffix(">; rel=\"next\"").unwrap().to_owned();
            assert!(next.ends_with(&format!("cursor={cursor}")), "{next}");
        }
        let largest = path
            .replace("limit=7", "limit=200")
            .replace("limit=3", "limit=200");
        let largest = largest.replace("limit=9", "limit=200");
        let whole = house.answer(&largest);
        let whole = whole[list]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit[id].clone());
        assert_eq!(seen.len().min(200), whole.len().min(200));
        assert!(whole.zip(&seen).all(|(a, b)| a == *b), "{path}");
    }
}

#[test]
fn facets_agree_with_counts() {
    let house = House::new();
    let facets = house.answer("/facets?field=act&field=outlet&values=100");
    let count = facets["count"].as_u64().unwrap();
    let acts = facets["facets"].as_array().unwrap();
    let act = acts.iter().find(|f| f["field"] == "act").unwrap();
    let sum: u64 = act["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v["count"].as_u64().unwrap())
        .sum();
    assert_eq!(sum, count);
    let first = &act["values"][0];
    let value = first["value"].as_str().unwrap();
    let found = house.answer(&format!("/search?act={value}&count=true&limit=1"));
    assert_eq!(found["count"], first["count"]);
    let all = house.answer("/facets?scope=articles");
    assert_eq!(all["facets"].as_array().unwrap().len(), 9);
}

#[test]
fn one_statement_with_article_chain_and_variants() {
    let house = House::new();
    let found = house.answer("/search?limit=200");
    let mut chains = 0;
    for hit in found["hits"].as_array().unwrap() {
        let id = hit["id"].as_u64().unwrap();
        let one = house.answer(&format!("/statements/{id}"));
        assert_eq!(
            (&one["statement"], &one["article"]),
            (&hit["statement"], &hit["article"])
        );
        let chain = one["chain"].as_array().unwrap();
        assert_eq!(chain.is_empty(), hit["statement"]["in"].is_null());
        if let Some(outer) = chain.first() {
            assert_eq!(outer["id"], hit["statement"]["in"]);
            chains += 1;
        }
    }
    assert!(chains > 0);
    let id = found["hits"][0]["id"].as_u64().unwrap();
    let variants = house.answer(&format!("/statements/{id}/variants"));
    assert_eq!(variants["statement"], id);
    assert!(!variants["variants"].as_array().unwrap().is_empty());
}

#[test]
fn what_people_say_of_a_statement_stands_beside_it() {
    let house = House::new();
    let found = house.answer("/search?limit=1");
    let id = found["hits"][0]["id"].as_i64().unwrap();
    let one = house.answer(&format!("/statements/{id}"));
    assert!(one["judged"].is_null());
    let mut archive = Archive::open(&house.archive, Mode::Write).unwrap();
    let by = By {
        who: "هدى",
        ..By::default()
    };
    let target = Target::Statement(id);
    archive.correct(target, &Judgment::Reject, &by).unwrap();
    let judged = house.answer(&format!("/statements/{id}"));
    assert_eq!(judged["statement"], one["statement"]);
    assert_eq!(judged["judged"]["by"]["kind"], "reject");
    assert_eq!(judged["judged"]["by"]["who"], "هدى");
}

#[test]
fn an_article_with_its_reading_and_its_numbers() {
    let house = House::new();
    let found = house.answer("/search?limit=1");
    let hit = &found["hits"][0];
    let version = hit["article"]["version"].as_u64().unwrap();
    let article = house.answer(&format!("/articles/{version}"));
    let local = hit["statement"]["id"].as_str().unwrap();
    assert_eq!(article["numbers"]["statements"][local], hit["id"]);
    let piece = &hit["statement"]["content"][0];
    let place = |name: &str| piece[name].as_u64().unwrap() as usize;
    let text = match hit["headline"].as_bool().unwrap() {
        true => &article["title"],
        false => &article["text"],
    };
    let text: Vec<char> = text.as_str().unwrap().chars().collect();
    let slice: String = text[place("start")..place("end")].iter().collect();
    assert_eq!(piece["text"], slice);
}

#[test]
fn entities_and_their_portraits() {
    let house = House::new();
    let listed = house.answer("/entities?type=PER&limit=3");
    let first = &listed["entities"][0];
    assert_eq!(first["type"], "PER");
    let id = first["id"].as_u64().unwrap();
    let portrait = house.answer(&format!("/entities/{id}"));
    assert_eq!(portrait["name"], first["name"]);
    assert_eq!(portrait["statements"], first["statements"]);
    let name = encoded(first["name"].as_str().unwrap());
    let named = house.answer(&format!("/entities?name={name}"));
    assert!(named["entities"].as_array().unwrap().contains(first));
}

#[test]
fn events_by_sides_type_and_claimant() {
    let house = House::new();
    let all = house.answer("/events?limit=200");
    let count = all["count"].as_u64().unwrap();
    assert!(count > 5);
    let hit = &all["hits"][0];
    let kind = hit["event"]["type"].as_str().unwrap();
    let same = house.answer(&format!("/events?type={kind}&sort=oldest"));
    let hits = same["hits"].as_array().unwrap();
    assert!(!hits.is_empty() && hits.iter().all(|h| h["event"]["type"] == kind));
    let actor = &all["hits"]
        .as_array()
        .unwrap()
        .iter()
        .find(|h| h["actors"][0].is_object());
    let actor = &actor.unwrap()["actors"][0];
    let id = actor["id"].as_u64().unwrap();
    for who in [format!("%23{id}"), encoded(actor["name"].as_str().unwrap())] {
        let his = house.answer(&format!("/events?actor={who}"));
        assert!(his["count"].as_u64().unwrap() >= 1, "{who}");
    }
    let own = house.answer("/events?claimed=article")["count"]
        .as_u64()
        .unwrap();
    let said = house.answer("/events?claimed=somebody")["count"]
        .as_u64()
        .unwrap();
    assert_eq!(own + said, count);
    let none = house.answer("/events?status=negated&until=1999-12-31");
    assert_eq!(none["conditions"].as_array().unwrap().len(), 2);
}

#[test]
fn events_by_what_the_page_asks_for() {
    let house = House::new();
    let more = house.archive.with_file_name("more.jsonl");
    let lines = [
        r#"{"id":"m1","date":"2026-05-01","text":"هاجمت قوات جيش الواحة مواقع كتائب الصخر في حلب أمس."}"#,
        r#"{"id":"m2","text":"هاجمت قوات جيش الواحة مواقع كتائب الصخر في دمشق."}"#,
    ];
    std::fs::write(&more, lines.join("\n")).unwrap();
    ingest(&house.archive, &more);
    let count = |query: &str| {
        let found = house.answer(&format!("/events?limit=1&{query}"));
        found["count"].as_u64().unwrap()
    };
    let all = house.answer("/events?limit=200");
    let hits = all["hits"].as_array().unwrap();
    // Both sides of an event are asked for in either order.
    let both = |hit: &&Value| hit["actors"][0].is_object() && hit["recipients"][0].is_object();
    let hit = hits.iter().find(both).unwrap();
    let number = |of: &str| format!("%23{}", hit[of][0]["id"]);
    let (a, b) = (number("actors"), number("recipients"));
    let found = house.answer(&format!("/events?a={a}&b={b}"));
    assert!(found["hits"].as_array().unwrap().contains(hit));
    assert_eq!(count(&format!("a={b}&b={a}")), found["count"]);
    assert_eq!(
        count(&format!("a={a}")),
        count(&format!("with={a}")),
        "one side alone takes part"
    );
    let placed = hits.iter().find(|hit| hit["place"].is_object()).unwrap();
    let place = house.answer(&format!("/events?place=%23{}", placed["place"]["id"]));
    let places = place["hits"].as_array().unwrap();
    assert!(places.contains(placed) && places.len() < hits.len());
    assert!(places.iter().all(|h| h["place"] == placed["place"]));
    let moded = hits.iter().find(|hit| hit["event"]["mode"].is_string());
    let mode = moded.unwrap()["event"]["mode"].as_str().unwrap();
    let of_mode = house.answer(&format!("/events?mode={mode}"));
    let mut of_mode = of_mode["hits"].as_array().unwrap().iter();
    assert!(of_mode.len() > 0 && of_mode.all(|h| h["event"]["mode"] == mode));
    let day = hits.iter().find_map(|hit| hit["day"].as_str()).unwrap();
    let on = house.answer(&format!("/events?in={day}"));
    let mut on = on["hits"].as_array().unwrap().iter();
    assert!(on.len() > 0 && on.all(|hit| hit["day"] == day));
    let dateless = hits.iter().filter(|hit| hit["day"].is_null()).count();
    assert!(dateless > 0);
    assert_eq!(count("in=none"), dateless as u64);
}

#[test]
fn counts_of_events_agree_with_their_list() {
    let house = House::new();
    for question in [
        "",
        "status=happened",
        "a=%D8%A7%D9%84%D9%88%D8%B2%D9%8A%D8%B1",
    ] {
        let list = house.answer(&format!("/events?limit=1&{question}"));
        let counts = house.answer(&format!("/events/counts?values=100&{question}"));
        assert_eq!(counts["count"], list["count"], "{question}");
        assert_eq!(counts["names"], list["names"], "{question}");
        let fields = counts["counts"].as_array().unwrap();
        assert_eq!(fields.len(), 9);
        for field in fields {
            assert_eq!(field["complete"], true);
            let name = match field["field"].as_str().unwrap() {
                "month" => "in",
                name if question.starts_with(name) => continue,
                name => name,
            };
            for value in field["values"].as_array().unwrap() {
                let one = encoded(value["value"].as_str().unwrap());
                let found = house.answer(&format!("/events?limit=1&{question}&{name}={one}"));
                assert_eq!(found["count"], value["count"], "{question}: {name} {value}");
            }
        }
        let days = house.answer(&format!("/events/days?{question}"));
        let dateless = days["dateless"].as_u64().unwrap();
        let mut sum = dateless;
        for day in days["days"].as_array().unwrap() {
            let iso = day["day"].as_str().unwrap();
            let found = house.answer(&format!("/events?limit=1&{question}&in={iso}"));
            assert_eq!(found["count"], day["count"], "{question}: {iso}");
            sum += day["count"].as_u64().unwrap();
        }
        assert_eq!(sum, list["count"].as_u64().unwrap());
    }
    let one = house.answer("/events/counts?field=type&values=1");
    let kinds = &one["counts"][0];
    assert_eq!(one["counts"].as_array().unwrap().len(), 1);
    assert_eq!(kinds["values"].as_array().unwrap().len(), 1);
    assert_eq!(kinds["complete"], false);
}

#[test]
fn a_matrix_says_who_did_how_much_to_whom() {
    let house = House::new();
    let matrix = house.answer("/events/matrix?sides=50");
    let side = |of: &str, at: &Value| {
        let entity = &matrix[of][at.as_u64().unwrap() as usize]["entity"];
        match entity["id"].as_u64() {
            Some(id) => format!("%23{id}"),
            None => "none".to_owned(),
        }
    };
    let cells = matrix["cells"].as_array().unwrap();
    assert!(cells.len() > 3);
    for cell in cells {
        let (actor, recipient) = (
            side("actors", &cell["actor"]),
            side("recipients", &cell["recipient"]),
        );
        let found = house.answer(&format!("/events?actor={actor}&recipient={recipient}"));
        assert_eq!(found["count"], cell["count"], "{actor} {recipient}");
    }
    let small = house.answer("/events/matrix?sides=1");
    assert_eq!(small["count"], matrix["count"]);
    let named = |of: &str| {
        let all = small[of].as_array().unwrap().iter();
        all.filter(|side| side["entity"].is_object()).count()
    };
    assert_eq!((named("actors"), named("recipients")), (1, 1));
}

#[test]
fn articles_are_read_and_nothing_is_kept() {
    let house = House::new();
    let before = house.answer("/info");
    let article = json!({
        "id": "x", "title": "البدري ينفي تأجيل المشروع", "outlet": "وكالة الضفاف", "published": "2026-02-15",
        "text": "قال وزير النقل سالم البدري أمس إن توسعة الميناء «ستبدأ في آذار».",
    });
    let told = house.post(
        "/read?explain=true",
        "application/json",
        article.to_string(),
    );
    house.described("post", "/read", &told);
    let reading = told.json();
    assert_eq!(reading["statements"][0]["speaker"]["name"], "سالم البدري");
    assert_eq!(reading["times"][0]["value"], "2026-02-14");
    assert!(reading["statements"][0]["why"]["frame"].is_string());
    assert!(reading["headline"].is_object());
    let list = json!([article, article]).to_string();
    let told = house.post(
        "/read?min_confidence=1",
        "application/json; charset=utf-8",
        list,
    );
    house.described("post", "/read", &told);
    assert_eq!(told.json()["readings"].as_array().unwrap().len(), 2);
    let text = article["text"].as_str().unwrap().to_owned();
    let told = house.post("/read", "text/plain;charset=UTF-8", text);
    house.described("post", "/read", &told);
    assert_eq!(told.json()["id"], "");
    assert_eq!(told.header("cache-control"), "no-store");
    assert_eq!(told.header("etag"), "");
    assert_eq!(house.answer("/info"), before);
}

#[test]
fn quotations_are_put_to_the_test() {
    let house = House::new();
    let found = house.answer("/search?form=quote&limit=50");
    let hits = found["hits"].as_array().unwrap().iter();
    let long = |hit: &&Value| {
        let content = hit["statement"]["content"].as_array().unwrap();
        let text = content[0]["text"].as_str().unwrap();
        content.len() == 1 && text.split(' ').count() > 5 && hit["speaker"].is_object()
    };
    let hit = hits.clone().find(long).unwrap();
    let words = hit["statement"]["content"][0]["text"].as_str().unwrap();
    let speaker = hit["speaker"]["name"].as_str().unwrap();
    for (body, holds) in [
        (json!({"quotation": words, "speaker": speaker}), true),
        (json!({"quotation": words, "speaker": null}), true),
        (json!({"quotation": words, "speaker": "نبيل الوهمي"}), false),
        (
            json!({"quotation": "لن يعود القمر إلى بيته هذا المساء أبدا"}),
            false,
        ),
        (json!({"text": format!("قال {speaker}: «{words}».")}), true),
    ] {
        let told = house.post("/check", "application/json", body.to_string());
        house.described("post", "/check", &told);
        assert_eq!(told.json()["holds"], holds, "{body}");
        assert_eq!(told.json()["quotations"].as_array().unwrap().len(), 1);
    }
    let told = house.post("/check", "text/plain", "لا شيء هنا.");
    assert_eq!(told.json(), json!({"holds": true, "quotations": []}));
}

#[test]
fn the_archive_tells_what_it_holds() {
    let house = House::new();
    let info = house.answer("/info");
    assert_eq!(info["documents"], 10);
    assert_eq!(info["engine"], rawi::ENGINE);
}
