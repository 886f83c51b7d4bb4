//! The page to try the API, without a browser.

use crate::house::House;

#[test]
fn every_operation_has_a_form_in_both_languages() {
    let house = House::new();
    for (path, direction) in [("/api", "rtl"), ("/en/api", "ltr")] {
        let told = house.page(path);
        assert_eq!(told.status, 200);
        let html = String::from_utf8(told.bytes).unwrap();
        assert!(html.contains(&format!("dir=\"{direction}\"")));
        for id in [
            "read",
            "search",
            "facets",
            "statement",
            "export",
            "check",
            "events",
        ] {
            let form = format!("<input type=\"hidden\" name=\"operation\" value=\"{id}\">");
            assert!(html.contains(&form), "{path} {id}");
        }
        for kind in ["parameter", "not-found", "query", "busy"] {
            assert!(html.contains(&format!("<tr id=\"{kind}\">")), "{kind}");
        }
    }
}

#[test]
fn a_form_shows_the_answer_that_a_program_gets() {
    let house = House::new();
    let told = house.page("/en/api?operation=search&limit=1&count=true&who=&from=");
    let html = String::from_utf8(told.bytes).unwrap();
    assert!(
        html.contains("/api/v1/search?limit=1&amp;count=true"),
        "{html}"
    );
    assert!(html.contains("200 OK") && html.contains("<bdi>&quot;hits&quot;</bdi>"));
    let wrong = house.page("/en/api?operation=search&q=%28%3Cb%3E");
    let html = String::from_utf8(wrong.bytes).unwrap();
    assert!(html.contains("422") && html.contains("/api#query"));
    assert!(!html.contains("<b>("), "{html}");
    let export = house.page("/en/api?operation=export&format=jsonl");
    let html = String::from_utf8(export.bytes).unwrap();
    assert!(html.contains("There is more of the answer"));
    let parquet = house.page("/en/api?operation=export&format=parquet");
    assert_eq!(parquet.status, 200);
}

#[test]
fn a_form_with_a_body_is_sent_and_answered() {
    let house = House::new();
    let body = "operation=read&kind=text%2Fplain&body=%D9%82%D8%A7%D9%84+%D9%88%D8%B2%D9%8A%D8%B1+%D8%A7%D9%84%D8%B1%D9%8A+%D8%A5%D9%86+%D8%A7%D9%84%D8%B3%D8%AF+%D8%AC%D8%A7%D9%87%D8%B2.";
    let told = house.send("/api", body);
    assert_eq!(told.status, 200);
    let html = String::from_utf8(told.bytes).unwrap();
    assert!(html.contains("<bdi>&quot;statements&quot;</bdi>"), "{html}");
    assert!(html.contains("قال وزير الري إن السد جاهز."));
}
