//! The day that an article gives itself, and the days that it only tells of.

use rawi_text::{Layout, SourceText};

fn day(text: &str) -> Option<String> {
    let source = SourceText::new(text).expect("a short text");
    let mut layout = Layout::new();
    layout.analyze(&source);
    rawi_time::dateline(&source, &layout).map(|day| day.to_string())
}

/// A story with no date of its own.
const STORY: &str = "افتتح الوزير المعرض في القاعة الكبرى، وحضر الحفل جمهور واسع من سكان المدينة.";

#[test]
fn lines_of_a_date_date_the_article() {
    for (line, expected) in [
        ("الأربعاء 12 فبراير 2025", "2025-02-12"),
        ("الأربعاء، ١٢ شباط/فبراير ٢٠٢٥", "2025-02-12"),
        ("12 فبراير 2025 - 10:30", "2025-02-12"),
        ("2025-02-12", "2025-02-12"),
        ("2025-02-12 10:30", "2025-02-12"),
        ("10/02/2026", "2026-02-10"),
        ("نشر في: 10/02/2026", "2026-02-10"),
        ("نُشر في ١٠/٠٢/٢٠٢٦ الساعة 10:30", "2026-02-10"),
        ("تاريخ النشر: الثلاثاء 10 فبراير 2026", "2026-02-10"),
        ("تم النشر في 10.02.2026", "2026-02-10"),
        ("آخر تحديث: 11 فبراير 2026 - 08:15 م", "2026-02-11"),
        ("آخر تحديث 2026/02/11", "2026-02-11"),
        ("بيروت - الأربعاء 12 فبراير 2025", "2025-02-12"),
        ("سارة الحلبي | 12 فبراير 2025 | 10:30", "2025-02-12"),
        ("كتبت: سارة الحلبي - 12 فبراير 2025", "2025-02-12"),
        ("13 شعبان 1446 هـ - 12 فبراير 2025 م", "2025-02-12"),
        ("14 شعبان 1446هـ الموافق 12 فبراير 2025م", "2025-02-12"),
    ] {
        let at_top = format!("{line}\n{STORY}");
        assert_eq!(day(&at_top).as_deref(), Some(expected), "{at_top}");
        let under_title = format!("افتتاح المعرض الكبير\n\n{line}\n\n{STORY}\n{STORY}");
        assert_eq!(
            day(&under_title).as_deref(),
            Some(expected),
            "{under_title}"
        );
    }
}

#[test]
fn a_story_may_open_with_place_and_date() {
    for (opening, expected) in [
        ("بيروت، 12 آذار/مارس 2025 (سهم) - ", "2025-03-12"),
        ("بيروت، 12 آذار/مارس 2025 (سهم) ", "2025-03-12"),
        ("بيروت (سهم) 12 مارس 2025 - ", "2025-03-12"),
        ("بيروت، الأربعاء 12 مارس 2025 — ", "2025-03-12"),
        ("الرباط - 12 مارس 2025 - ", "2025-03-12"),
        ("بيروت 12 مارس 2025 /سهم/ ", "2025-03-12"),
        ("بيروت 12 مارس 2025 (وكالة سهم) -- ", "2025-03-12"),
        (
            "الرياض 12 رمضان 1446 هـ الموافق 12 مارس 2025 م (سهم) ",
            "2025-03-12",
        ),
    ] {
        let text = format!("{opening}{STORY}");
        assert_eq!(day(&text).as_deref(), Some(expected), "{text}");
        let under_title = format!("افتتاح المعرض\n{text}");
        assert_eq!(day(&under_title).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn a_labeled_line_may_stand_at_the_foot() {
    let text = format!("{STORY}\n{STORY}\n{STORY}\nنشر في: 12 مارس 2025");
    assert_eq!(day(&text).as_deref(), Some("2025-03-12"));
    let text = format!("آخر تحديث: 13 مارس 2025\n{STORY}\n{STORY}\nنشر في: 12 مارس 2025");
    assert_eq!(day(&text).as_deref(), Some("2025-03-12"));
    let text = format!("{}12 مارس 2025", format!("{STORY}\n").repeat(8));
    assert_eq!(day(&text), None);
    let text = format!(
        "{}نشر في: 12 مارس 2025\n{}",
        format!("{STORY}\n").repeat(8),
        format!("{STORY}\n").repeat(8)
    );
    assert_eq!(day(&text), None);
}

#[test]
fn days_of_the_story_date_nothing() {
    for text in [
        "افتتح المعرض في 12 مارس 2025 بحضور الوزير.",
        "في 12 مارس 2025، افتتح الوزير المعرض (وكالات) - وحضر جمهور.",
        "ولد الشاعر في 12 مارس 1980 (دمشق) ونشأ في حلب.",
        "منذ 12 مارس 2025 - أي قبل عام - والمعرض مغلق.",
        "تاريخ الميلاد: 12 مارس 1980\nالمهنة: شاعر",
        "اتفاق 12 مارس 2025 - ماذا تغير؟",
        "اتفاق 12 مارس 2025",
        "مارس 2025",
        "12 مارس",
        "الأربعاء",
        "أمس",
        "2025",
        "بين 12 و14 مارس 2025",
        "من 12 مارس 2025 إلى 14 مارس 2025",
        "12 مارس 1625",
        "30 فبراير 2025",
        "قال الوزير: «12 مارس 2025 يوم كبير».",
        "جدول الأحداث\n12 مارس 2024\nبدأ البناء.\n3 مايو 2024\nانتهى البناء.",
        "جدول الأحداث\n12 مارس 2024 - بدأ البناء\n3 مايو 2024 - انتهى البناء",
        "نتائج المباريات يوم 12 مارس 2025 في الملعب الكبير",
        "",
    ] {
        assert_eq!(day(text), None, "{text}");
    }
}
