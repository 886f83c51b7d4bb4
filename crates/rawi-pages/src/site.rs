//! In which language and dress a page appears, and how it writes numbers, days and links.

use rawi_time::Date;

use crate::assets;
use crate::params::Params;
use crate::words::{Agreement, Counted, Lang, Words};

/// Which digits a page writes. The digits of articles are never touched.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum Digits {
    /// 123
    #[default]
    Latin,
    /// ١٢٣
    Arabic,
}

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Which names of months Arabic pages use.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum Months {
    /// كانون الثاني
    #[default]
    Levant,
    /// يناير
    Others,
}

/// Somebody who may write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedIn {
    /// Under which name decisions are kept.
    pub name: String,
    /// What a form must carry.
    pub token: String,
}

/// A number of something, as templates hand it over.
pub trait Number {
    /// The number.
    fn number(self) -> u64;
}

macro_rules! number {
    ($($kind:ty),*) => { $(
        impl Number for $kind {
            fn number(self) -> u64 {
                u64::try_from(self).unwrap_or(0)
            }
        }
    )* };
}

number!(u8, u32, u64, usize, i64);

impl<T: Number + Copy> Number for &T {
    fn number(self) -> u64 {
        (*self).number()
    }
}

/// In which language and dress a page appears.
#[derive(Clone, Debug)]
pub struct Site {
    /// The language.
    pub lang: Lang,
    /// Its digits.
    pub digits: Digits,
    /// Light or dark.
    pub theme: Theme,
    /// Names of months.
    pub months: Months,
    /// The path of the page, without the language: `/who/12`.
    pub path: String,
    /// What stands behind the `?`.
    pub params: Params,
    /// Who may write, if somebody signed in.
    pub signed_in: Option<SignedIn>,
    /// Whether anybody may sign in.
    pub open: bool,
    /// Whether the archive holds the shipped samples only.
    pub samples: bool,
}

impl Site {
    /// A page in a language, in the dress that nobody changed.
    pub fn new(lang: Lang, path: &str, params: Params) -> Self {
        Self {
            lang,
            digits: Digits::default(),
            theme: Theme::default(),
            months: Months::default(),
            path: path.to_owned(),
            params,
            signed_in: None,
            open: false,
            samples: false,
        }
    }

    /// The words of its language.
    pub fn t(&self) -> &'static Words {
        self.lang.words()
    }

    /// Whether the page is in Arabic.
    pub fn arabic(&self) -> bool {
        self.lang == Lang::Ar
    }

    /// What forces a theme: the value of `color-scheme`.
    pub fn scheme(&self) -> &'static str {
        match self.theme {
            Theme::Auto => "light dark",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// A path of this site, in the language of the page.
    pub fn at(&self, path: &str) -> String {
        match (self.lang, path) {
            (Lang::Ar, path) => path.to_owned(),
            (Lang::En, "/") => "/en".to_owned(),
            (Lang::En, path) => format!("/en{path}"),
        }
    }

    /// A path with a state behind it.
    pub fn link(&self, path: &str, params: &Params) -> String {
        params.behind(&self.at(path))
    }

    /// This page with another state.
    pub fn here(&self, params: &Params) -> String {
        self.link(&self.path, params)
    }

    /// This page in the other language.
    pub fn other(&self) -> String {
        let lang = match self.lang {
            Lang::Ar => Lang::En,
            Lang::En => Lang::Ar,
        };
        let path = Site::new(lang, "/", Params::default()).at(&self.path);
        self.params.behind(&path)
    }

    /// Where a change of dress is asked for, which leads back here.
    pub fn dress(&self, what: &str, value: &str) -> String {
        let back = self.here(&self.params);
        let params: Params = [(what, value), ("back", &*back)].into_iter().collect();
        params.behind("/dress")
    }

    /// Where one signs in, which leads back here.
    pub fn sign_in(&self) -> String {
        let back = self.here(&self.params.without("back"));
        let params: Params = [("back", &*back)].into_iter().collect();
        params.behind(&self.at("/sign-in"))
    }

    /// The address of a file: `style.css`.
    pub fn asset(&self, plain: &str) -> String {
        assets::address(plain)
    }

    /// A number as it is written, with commas between thousands.
    pub fn number(&self, number: impl Number) -> String {
        let plain = number.number().to_string();
        let mut out = String::new();
        for (i, digit) in plain.chars().enumerate() {
            if i > 0 && (plain.len() - i).is_multiple_of(3) {
                out.push(match self.digits {
                    Digits::Latin => ',',
                    Digits::Arabic => '٬',
                });
            }
            out.push(digit);
        }
        self.digits(&out)
    }

    /// A number with decimals: a confidence, a score with its sign.
    pub fn decimal(&self, number: f64, places: usize) -> String {
        let text = format!("{number:.places$}");
        self.digits(&text.replace('-', "\u{2212}"))
    }

    /// The digits of something that the program says.
    pub fn digits(&self, text: &str) -> String {
        if self.digits == Digits::Latin {
            return text.to_owned();
        }
        let digit = |c: char| match c.to_digit(10) {
            Some(n) => char::from_u32(0x660 + n).unwrap_or(c),
            None if c == '.' => '٫',
            None => c,
        };
        text.chars().map(digit).collect()
    }

    /// A counted noun as HTML: `<span class="n">3</span> أقوال`.
    pub fn counted(&self, noun: &Counted, number: impl Number) -> String {
        let number = number.number();
        let figure = format!("<span class=\"n\">{}</span>", self.number(number));
        self.lang.counted(*noun, number).replace("{}", &figure)
    }

    /// The same as plain text.
    pub fn counted_plain(&self, noun: &Counted, number: impl Number) -> String {
        let number = number.number();
        let form = self.lang.counted(*noun, number);
        form.replace("{}", &self.number(number))
    }

    /// What people are told for a value of the contract.
    pub fn value<'v>(&self, group: &str, value: &'v str) -> &'v str {
        self.lang.value(group, value)
    }

    /// What somebody does by saying it.
    pub fn act<'v>(&self, act: &'v str, with: Agreement) -> &'v str {
        self.lang.act(act, with)
    }

    /// A day for people: `17 شباط 2026`; a month `شباط 2026`; a year as it is. What is none
    /// of these stays as it is.
    pub fn day(&self, iso: &str) -> String {
        self.write_day(iso, true)
    }

    /// A day without its year.
    pub fn short_day(&self, iso: &str) -> String {
        self.write_day(iso, false)
    }

    /// A day with its weekday: `الثلاثاء 17 شباط 2026`.
    pub fn long_day(&self, iso: &str) -> String {
        let day = self.day(iso);
        let Some(weekday) = date(iso).map(Date::weekday) else {
            return day;
        };
        match self.lang.forms("weekday", &weekday.to_string()) {
            Some([weekday, ..]) => format!("{weekday} {day}"),
            _ => day,
        }
    }

    /// The name of a month, from 1.
    pub fn month(&self, month: u8) -> &'static str {
        let forms = self.lang.forms("month", &month.to_string());
        let forms = forms.unwrap_or_default();
        let place = usize::from(self.months == Months::Others && self.arabic());
        forms.get(place).or(forms.first()).copied().unwrap_or("")
    }

    fn write_day(&self, iso: &str, with_year: bool) -> String {
        let mut parts = iso.splitn(3, '-');
        let (year, month, day) = (parts.next(), parts.next(), parts.next());
        let number = |text: Option<&str>| text.and_then(|t| t.parse::<u8>().ok());
        let Some(year) = year.filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()))
        else {
            return iso.to_owned();
        };
        let name = match (month, number(month)) {
            (None, _) => return self.digits(year),
            (_, Some(month @ 1..=12)) => self.month(month),
            _ => return iso.to_owned(),
        };
        let year = if with_year {
            format!(" {year}")
        } else {
            String::new()
        };
        match (day, number(day.and_then(|d| d.get(..2)))) {
            (None, _) => self.digits(&format!("{name}{year}")),
            (_, Some(day @ 1..=31)) => self.digits(&format!("{day} {name}{year}")),
            _ => iso.to_owned(),
        }
    }
}

fn date(iso: &str) -> Option<Date> {
    let mut parts = iso.get(..10)?.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    Date::new(year, month, parts.next()?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(lang: Lang) -> Site {
        Site::new(lang, "/who/12", Params::parse("a=b"))
    }

    #[test]
    fn numbers_and_days() {
        let mut site = site(Lang::Ar);
        assert_eq!(site.number(93_214u64), "93,214");
        assert_eq!(site.day("2026-02-17"), "17 شباط 2026");
        assert_eq!(site.long_day("2026-02-17"), "الثلاثاء 17 شباط 2026");
        assert_eq!(site.short_day("2026-02-17"), "17 شباط");
        assert_eq!(site.day("2026-02"), "شباط 2026");
        assert_eq!(site.day("2026"), "2026");
        for odd in ["", "none", "2026-13", "26-01-01", "2026-02-99", "2026-aé"] {
            assert_eq!(site.day(odd), odd);
            assert_eq!(site.long_day(odd), odd);
        }
        assert_eq!(site.decimal(-5.0, 1), "\u{2212}5.0");
        site.digits = Digits::Arabic;
        site.months = Months::Others;
        assert_eq!(site.number(93_214u64), "٩٣٬٢١٤");
        assert_eq!(site.day("2026-02-17"), "١٧ فبراير ٢٠٢٦");
        assert_eq!(site.counted_plain(&site.t().statements, 3u64), "٣ أقوال");
        let site = self::site(Lang::En);
        assert_eq!(site.long_day("2026-02-17"), "Tuesday 17 February 2026");
    }

    #[test]
    fn links_stay_in_the_language() {
        let site = site(Lang::En);
        assert_eq!(site.at("/"), "/en");
        assert_eq!(site.link("/who/3", &Params::default()), "/en/who/3");
        assert_eq!(site.other(), "/who/12?a=b");
        assert_eq!(
            site.dress("theme", "dark"),
            "/dress?theme=dark&back=%2Fen%2Fwho%2F12%3Fa%3Db"
        );
    }
}
