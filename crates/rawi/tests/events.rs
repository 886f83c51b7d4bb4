//! Events of every type, in invented news: who does what to whom, whether it took
//! place and who claims it.

use rawi::reading::{Event, Participant, Status};
use rawi::{Article, Reader};

fn events(text: &str) -> Vec<Event<'static>> {
    let article = Article::new("case", text).with_published("2024-05-10");
    let reader = Reader::new().expect("the models are embedded");
    let reading = reader.worker().read(&article).expect("plain text");
    rawi::verify(&reading, &article).expect("every span re-slices");
    reading.into_owned().events
}

/// `TYPE mode: actors -> recipients (status) by claimer`.
fn line(e: &Event<'_>) -> String {
    let names = |who: &[Participant<'_>]| {
        let all: Vec<&str> = who.iter().map(|p| &*p.name).collect();
        all.join("+")
    };
    let mode = e.mode.as_deref().map_or(String::new(), |m| format!(" {m}"));
    let mut out = format!(
        "{}{mode}: {} -> {}",
        e.kind,
        names(&e.actors),
        names(&e.recipients)
    );
    if e.status != Status::Happened {
        out += &format!(" ({:?})", e.status);
    }
    if let Some(who) = &e.claimed_by {
        out += &format!(" by {}", who.name);
    }
    out
}

fn lines(text: &str) -> Vec<String> {
    events(text).iter().map(line).collect()
}

/// Whether all texts have the events expected; tells all that have not.
fn all_read_so(cases: &[(&str, &[&str])]) {
    let wrong = cases.iter().filter_map(|(text, expected)| {
        let found = lines(text);
        (found != *expected)
            .then(|| format!("{text}\n  found    {found:?}\n  expected {expected:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn events_of_the_types() {
    let cases: &[(&str, &[&str])] = &[
        (
            "زار وزير الخارجية الكويتي مروان الجاسم دمشق يوم الاثنين.",
            &["CONSULT visit: مروان الجاسم -> دمشق"],
        ),
        (
            "أجرى الرئيس المصري اتصالا هاتفيا بنظيره الفرنسي.",
            &["CONSULT phone: الرئيس المصري+نظيره الفرنسي -> "],
        ),
        (
            "أشادت الأمم المتحدة بجهود الحكومة الأردنية في إيواء اللاجئين.",
            &[
                "SUPPORT: الأمم المتحدة -> الحكومة الأردنية",
                "AID: الحكومة الأردنية -> اللاجئين by الأمم المتحدة",
            ],
        ),
        (
            "أعربت تونس عن تضامنها مع المغرب بعد الزلزال.",
            &["SUPPORT: تونس -> المغرب"],
        ),
        (
            "قدمت السعودية مساعدات غذائية إلى السودان.",
            &["AID: السعودية -> السودان"],
        ),
        (
            "أفرجت السلطات الليبية عن ثلاثة صيادين تونسيين.",
            &["RETREAT release: السلطات الليبية -> ثلاثة صيادين تونسيين"],
        ),
        (
            "انسحبت القوات الروسية من القاعدة.",
            &["RETREAT withdraw: القوات الروسية -> "],
        ),
        (
            "أعلن وزير المالية كريم الحلفاوي استقالته.",
            &["RETREAT resign: كريم الحلفاوي -> "],
        ),
        (
            "دعا الاتحاد الأوروبي إسرائيل إلى وقف العملية.",
            &["REQUEST: الاتحاد الأوروبي -> إسرائيل"],
        ),
        (
            "طالبت النقابة الحكومة بزيادة الأجور.",
            &["REQUEST: النقابة -> الحكومة"],
        ),
        (
            "اتهمت باكستان الهند بانتهاك الهدنة.",
            &["ACCUSE allege: باكستان -> الهند"],
        ),
        (
            "أدانت قطر الهجوم على المسجد.",
            &["ACCUSE disapprove: قطر -> "],
        ),
        (
            "هدد زعيم الحزب نادر السالمي الحكومة بالانسحاب من الائتلاف.",
            &["THREATEN: نادر السالمي -> الحكومة"],
        ),
        (
            "تظاهر مئات العمال أمام مقر البرلمان.",
            &["PROTEST demo: مئات العمال -> "],
        ),
        (
            "فرضت الولايات المتحدة عقوبات على شركات إيرانية.",
            &["SANCTION: الولايات المتحدة -> شركات إيرانية"],
        ),
        (
            "اعتقلت الشرطة الإيطالية خمسة مهربين في باليرمو.",
            &["COERCE arrest: الشرطة الإيطالية -> خمسة مهربين"],
        ),
        (
            "قصف الجيش السوداني مواقع قوات الدعم السريع.",
            &["ASSAULT heavy-weapons: الجيش السوداني -> مواقع قوات الدعم السريع"],
        ),
        (
            "سيزور الرئيس العراقي أنقرة الأسبوع المقبل.",
            &["CONSULT visit: الرئيس العراقي -> أنقرة (Future)"],
        ),
        (
            "قال المتحدث باسم الجيش راشد العبدلي إن المتمردين قصفوا مستشفى المدينة.",
            &["ASSAULT heavy-weapons: المتمردين ->  by راشد العبدلي"],
        ),
        (
            // Who denies refuses nobody.
            "ونفى وزير الدفاع سامي الفهد أن تكون القوات قد قصفت القرية.",
            &[],
        ),
        (
            "هزم فريق الوحدة ضيفه النصر بهدفين وهاجم مرماه طوال المباراة.",
            &[],
        ),
    ];
    all_read_so(cases);
}

/// Sides that stand in other places than right behind the word that tells the event.
#[test]
fn sides_far_and_hidden() {
    let cases: &[(&str, &[&str])] = &[
        // A verb that looks like a noun, before a number of people.
        (
            "وتجمع آلاف المتظاهرين أمام البرلمان في العاصمة.",
            &["PROTEST demo: آلاف المتظاهرين -> "],
        ),
        // What a protest is about names its recipient.
        (
            "تظاهر آلاف العمال في المدينة احتجاجا على قرار الحكومة.",
            &["PROTEST demo: آلاف العمال -> الحكومة"],
        ),
        // The pronoun of `إنه` is the subject.
        (
            "وقال الجيش السوداني إنه قتل عددا من المسلحين أمس.",
            &["ASSAULT: الجيش السوداني -> عددا من المسلحين by الجيش السوداني"],
        ),
        // The subject, a relative clause and only then the verb.
        (
            "وأكد مسؤول أن انتحاريا يقود شاحنة فجر نفسه وسط السوق، ما أدى إلى مقتل عشرة أشخاص.",
            &["ASSAULT explosives: انتحاريا -> عشرة أشخاص by مسؤول"],
        ),
        // A meeting with one side named has the speaker for the other.
        (
            "وقال الوزير سالم البدري بعد اجتماع مع نظيره مروان الجاسم إن الأمور بخير.",
            &["CONSULT: سالم البدري+مروان الجاسم -> "],
        ),
        // A helping noun lends its genitive.
        (
            "وطلبت الحكومة السورية من الأمم المتحدة إرسال المساعدات.",
            &["REQUEST: الحكومة السورية -> الأمم المتحدة"],
        ),
        // A pronoun on a preposition.
        (
            "وعثرت الشرطة على المتهم سالم البدري وألقت القبض عليه في المطار.",
            &["COERCE arrest: الشرطة -> سالم البدري"],
        ),
        // Two speakers of one statement.
        (
            "حذرت الحكومة والنقابة المستوطنين من دخول البلدة.",
            &["THREATEN: الحكومة+النقابة -> المستوطنين"],
        ),
        // Those who are counted are others than their whole group.
        (
            "واعتقلت الشرطة أربعة من قادة الحركة.",
            &["COERCE arrest: الشرطة -> أربعة من قادة الحركة"],
        ),
        // Behind an article no genitive follows.
        (
            "وانتقد الوزير النقابة.",
            &["ACCUSE disapprove: الوزير -> النقابة"],
        ),
        // Buildings are no sides.
        (
            "انسحبت القوات الروسية من القاعدة.",
            &["RETREAT withdraw: القوات الروسية -> "],
        ),
        // The agent of a verb whose subject suffers.
        (
            "وتعرض السكان للضرب على يد مسلحين مجهولين.",
            &["ASSAULT: مسلحين مجهولين -> السكان"],
        ),
    ];
    all_read_so(cases);
}

#[test]
fn sides_have_codes_and_the_row_is_named() {
    let reader = Reader::new()
        .expect("the models are embedded")
        .with_explanations(true);
    let article = Article::new("case", "اعتقلت الشرطة الإيطالية خمسة مهربين في باليرمو.");
    let reading = reader.worker().read(&article).expect("plain text");
    let event = &reading.events[0];
    assert_eq!(
        event.actors[0]
            .code
            .as_ref()
            .map(|c| c.to_string())
            .as_deref(),
        Some("ITA COP")
    );
    assert_eq!(
        event.recipients[0]
            .code
            .as_ref()
            .map(|c| c.to_string())
            .as_deref(),
        Some("CRM")
    );
    let why = event.why.as_ref().expect("asked for");
    assert!(why.row.starts_with("coerce.tsv:"), "{}", why.row);
    assert!((event.score - -7.0).abs() < 1e-6);
}

#[test]
fn one_event_told_twice_is_one_record() {
    let found = events(
        "قصف الجيش السوداني مستشفى المدينة فجر الأحد. وقال السكان إن الجيش السوداني قصف \
         مستشفى المدينة بالمدفعية.",
    );
    assert_eq!(
        found.len(),
        1,
        "{:?}",
        found.iter().map(line).collect::<Vec<_>>()
    );
    assert_eq!(found[0].mentions.len(), 1);
    // The article itself tells it: nobody has to vouch for it.
    assert!(found[0].claimed_by.is_none());
}

#[test]
fn figures_of_speech_and_other_fields_tell_no_events() {
    for text in [
        "أشعلت المتاجر الكبرى حرب الأسعار قبل العيد.",
        "قاد اللاعب هجوم النادي في الشوط الثاني وسجل هدفا وأهدر ركلة جزاء في مباراة الدوري.",
        "هاجم دب سائحا في المتنزه الوطني.",
    ] {
        assert_eq!(lines(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn without_a_day_of_publication_only_the_long_past_is_known_to_be_past() {
    let status = |year: &str| {
        let text = format!("هاجم الجيش القرية وقتل عشرة متظاهرين في 3 مايو {year}.");
        let reader = Reader::new().expect("the models are embedded");
        let article = Article::new("case", text);
        let reading = reader.read(&article);
        let events = reading.expect("plain text").events;
        let dated = events.iter().find(|e| e.date.is_some());
        dated.map(|e| e.status)
    };
    assert_eq!(status("1962"), Some(Status::Historical));
    assert_eq!(status("2021"), Some(Status::Happened));
}
