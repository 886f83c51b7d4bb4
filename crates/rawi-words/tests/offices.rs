//! Titles name offices, and offices have holders.
#![allow(clippy::unwrap_used)] // a test may panic

use rawi_text::fold;
use rawi_words::{Day, KNOWN, Known, Post, country_of_code, lexicon};

fn post(title: &str) -> Option<(&'static str, &'static str, bool)> {
    let titled = lexicon().office(&fold(title))?;
    let country = titled.post.country().map_or("", |c| c.iso3);
    Some((titled.post.office(), country, titled.qualified))
}

fn names(held: impl Iterator<Item = &'static Known>) -> Vec<&'static str> {
    held.map(|k| k.name_en).collect()
}

#[test]
fn titles_name_offices() {
    for (title, office, country) in [
        ("وزير الخارجية السعودي", "وزير الخارجية", "SAU"),
        ("وزير خارجية السعودية", "وزير الخارجية", "SAU"),
        ("وزيرة الخارجية الألمانية", "وزير الخارجية", "DEU"),
        ("وزير الشؤون الخارجية الجزائري", "وزير الخارجية", "DZA"),
        ("الرئيس الأمريكي", "رئيس", "USA"),
        ("رئيس الولايات المتحدة", "رئيس", "USA"),
        ("رئيس الجمهورية التونسية", "رئيس", "TUN"),
        ("فخامة الرئيس اللبناني العماد", "", ""),
        ("رئيس الحكومة المغربية", "رئيس الوزراء", "MAR"),
        ("الوزير الأول الجزائري", "رئيس الوزراء", "DZA"),
        ("رئيس وزراء العراق", "رئيس الوزراء", "IRQ"),
        ("وزير المالية السعودي", "وزير المالية", "SAU"),
        ("العاهل الأردني", "ملك", "JOR"),
        ("خادم الحرمين الشريفين", "ملك", "SAU"),
        ("خادم الحرمين الشريفين الملك", "ملك", "SAU"),
        ("سمو ولي العهد السعودي الأمير", "ولي العهد", "SAU"),
        ("أمير دولة قطر", "أمير", "QAT"),
        ("سلطان عمان", "سلطان", "OMN"),
        ("ولي عهد أبوظبي", "ولي عهد أبوظبي", ""),
        ("حاكم مصرف لبنان", "محافظ البنك المركزي", "LBN"),
        (
            "المتحدث باسم الخارجية الأمريكية",
            "المتحدث باسم وزارة الخارجية",
            "USA",
        ),
        ("أمين عام الأمم المتحدة", "الأمين العام للأمم المتحدة", ""),
        ("شيخ الأزهر", "شيخ الأزهر", "EGY"),
        ("رئيس الوزراء", "رئيس الوزراء", ""),
        ("وزير الخارجية الكوري الشمالي", "وزير الخارجية", "PRK"),
        ("زعيم طالبان", "زعيم طالبان", ""),
        ("زعيم طالبان باكستان", "", ""),
        ("المدير", "", ""),
        ("وزير", "", ""),
        ("", "", ""),
        ("قنبرحس الأمريكي", "", ""),
    ] {
        let found = post(title).unwrap_or_default();
        assert_eq!(found, (office, country, false), "{title}");
    }
}

#[test]
fn former_holders_are_told_apart() {
    assert_eq!(post("الرئيس الأمريكي السابق"), Some(("رئيس", "USA", true)));
    let late = post("رئيس الوزراء اللبناني الراحل");
    assert_eq!(late, Some(("رئيس الوزراء", "LBN", true)));
}

#[test]
fn holders_by_day() {
    for (title, (year, month, day), holders) in [
        (
            "وزير الخارجية السعودي",
            (2010, 6, 1),
            &["Saud al-Faisal"][..],
        ),
        ("وزير الخارجية السعودي", (2017, 3, 1), &["Adel al-Jubeir"]),
        ("الرئيس الأمريكي", (2009, 1, 19), &["George W. Bush"]),
        ("الرئيس الأمريكي", (2012, 5, 1), &["Barack Obama"]),
        ("الرئيس الأمريكي", (2026, 1, 1), &["Donald Trump"]),
        ("الرئيس المصري", (2011, 6, 1), &[]),
        ("رئيس الحكومة التونسية", (2013, 9, 1), &["Ali Laarayedh"]),
        (
            "خادم الحرمين الشريفين",
            (2014, 1, 1),
            &["Abdullah of Saudi Arabia"],
        ),
        ("أمين عام الأمم المتحدة", (2016, 12, 31), &["Ban Ki-moon"]),
        // Only the month is known: either may be meant.
        (
            "وزيرة الخارجية الليبية",
            (2021, 3, 10),
            &["Mohamed Siala", "Najla Mangoush"],
        ),
    ] {
        let post = lexicon().office(&fold(title)).unwrap().post;
        let found = names(post.holders(Day::new(year, month, day)));
        assert_eq!(found, holders, "{title} {year}-{month}-{day}");
    }
}

#[test]
fn counterparts_hold_the_same_office() {
    let minister = |name: &str| KNOWN.iter().find(|k| k.name_en == name).unwrap();
    let day = Day::new(2016, 2, 1);
    let posts: Vec<Post> = minister("John Kerry").posts(day).collect();
    assert_eq!(posts.len(), 1);
    let russian = posts[0].of(country_of_code("RUS").unwrap());
    assert_eq!(names(russian.holders(day)), ["Sergey Lavrov"]);
    assert!(minister("Sergey Lavrov").held(russian));
    assert!(!minister("John Kerry").held(russian));
    // Whose minister, the title alone doesn't say.
    let open = lexicon().office(&fold("وزير الخارجية")).unwrap().post;
    assert!(open.is_open() && minister("John Kerry").held(open));
    assert!(open.holders(day).count() > 10);
    // The secretary-general of a body stays that of the body.
    let general = lexicon().office(&fold("الأمين العام للأمم المتحدة")).unwrap();
    assert_eq!(
        general.post.of(country_of_code("RUS").unwrap()),
        general.post
    );
}

#[test]
fn every_holder_is_found_by_the_post() {
    for known in KNOWN {
        for tenure in known.tenures {
            assert!(tenure.from <= tenure.to, "{}", known.name_en);
            let mut holders = tenure.post.holders(tenure.from);
            assert!(holders.any(|k| k == known), "{}", known.name_en);
        }
    }
}
