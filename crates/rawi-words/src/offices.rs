//! Offices, and which well-known people have held them when: who `وزير الخارجية
//! السعودي` was on the day of an article.
//!
//! ```
//! use rawi_text::fold;
//! use rawi_words::{Day, lexicon};
//!
//! let title = lexicon().office(&fold("وزير الخارجية السعودي")).unwrap();
//! let on = |year| title.post.holders(Day::new(year, 6, 1)).map(|k| k.name_en);
//! assert_eq!(on(2010).collect::<Vec<_>>(), ["Saud al-Faisal"]);
//! assert_eq!(on(2021).collect::<Vec<_>>(), ["Faisal bin Farhan"]);
//! ```

use rawi_text::{Few, fold};

use crate::naming::{COUNTRIES, Country, HOLDERS, KNOWN, Known, OFFICES};
use crate::title_key::{indefinite, title_key};
use crate::{Facet, LexId, Lexicon, Roles, Tags};

/// A day of the calendar: `20190131`, so that later days are greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(pub(crate) u32);

impl Day {
    /// The day `day` of the month `month` (both from 1) of `year`.
    pub const fn new(year: u16, month: u8, day: u8) -> Self {
        Day(year as u32 * 10_000 + month as u32 * 100 + day as u32)
    }
}

/// An office of a country, or of a body, which belongs to no country.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Post {
    /// Its row in `lexicon/offices.tsv`.
    pub(crate) office: u16,
    /// The number of the country; [`NO_COUNTRY`] for none.
    pub(crate) country: u8,
}

/// Where a post has no country.
pub(crate) const NO_COUNTRY: u8 = u8::MAX;

/// An office as the tables have it.
#[derive(Debug)]
pub(crate) struct Office {
    pub(crate) name: &'static str,
    /// Whether it is a country's: the title alone doesn't tell whose.
    pub(crate) of_state: bool,
}

/// That somebody has held a post, from the first day to the last.
#[derive(Clone, Copy, Debug)]
pub struct Tenure {
    /// What was held.
    pub post: Post,
    /// The first day; the first on which it may have begun, where only the month or
    /// the year is known.
    pub from: Day,
    /// The last day, likewise the latest that it may have been.
    pub to: Day,
}

impl Tenure {
    /// Whether the post was, or may have been, held on a day.
    pub fn covers(&self, day: Day) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

/// What a title says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Titled {
    /// The post. An office of a state without a country if the title names none.
    pub post: Post,
    /// Whether a word such as `السابق` stands with it: it isn't held, or not yet or
    /// not quite.
    pub qualified: bool,
}

impl Post {
    /// The name of the office: `وزير الخارجية`.
    pub fn office(self) -> &'static str {
        OFFICES.get(usize::from(self.office)).map_or("", |o| o.name)
    }

    /// Whose office it is; none for the office of a body, and where nobody has said.
    pub fn country(self) -> Option<&'static Country> {
        COUNTRIES.get(usize::from(self.country))
    }

    /// Whether the office is one that every country has, and a title must say whose.
    pub fn is_open(self) -> bool {
        let office = OFFICES.get(usize::from(self.office));
        self.country == NO_COUNTRY && office.is_some_and(|o| o.of_state)
    }

    /// The same office of a country: the counterpart (`نظيره الفرنسي`). That of a body
    /// stays as it is.
    #[must_use]
    pub fn of(self, country: &Country) -> Post {
        let office = OFFICES.get(usize::from(self.office));
        let number = COUNTRIES.iter().position(|c| c.iso3 == country.iso3);
        match number.and_then(|n| u8::try_from(n).ok()) {
            Some(country) if office.is_some_and(|o| o.of_state) => Post { country, ..self },
            _ => self,
        }
    }

    /// Who held it, or may have held it, on a day, in the order of the table. Two where
    /// one has followed the other in that year and the table doesn't know the day; those
    /// of all countries if the post [is open](Self::is_open).
    pub fn holders(self, day: Day) -> impl Iterator<Item = &'static Known> {
        self.ever()
            .filter(move |k| k.tenures.iter().any(|t| self.takes(t) && t.covers(day)))
    }

    /// Who has held it at any time.
    pub fn ever(self) -> impl Iterator<Item = &'static Known> {
        let last = Post {
            country: if self.is_open() {
                NO_COUNTRY
            } else {
                self.country
            },
            ..self
        };
        let first = Post {
            country: if self.is_open() { 0 } else { self.country },
            ..self
        };
        let start = HOLDERS.partition_point(|(post, _)| *post < first);
        let held = HOLDERS.get(start..).unwrap_or_default();
        held.iter()
            .take_while(move |(post, _)| *post <= last)
            .filter_map(|(_, known)| KNOWN.get(usize::from(*known)))
    }

    /// Whether a tenure is one of this post, or of this office if the post is open.
    fn takes(self, tenure: &Tenure) -> bool {
        self == tenure.post || self.is_open() && self.office == tenure.post.office
    }
}

impl Known {
    /// What was held, or may have been, on a day.
    pub fn posts(&self, day: Day) -> impl Iterator<Item = Post> {
        let tenures = self.tenures.iter();
        tenures.filter(move |t| t.covers(day)).map(|t| t.post)
    }

    /// Whether a title is, or was at any time, the person's: a sign that the name means
    /// this one and no namesake.
    pub fn held(&self, post: Post) -> bool {
        self.tenures.iter().any(|t| post.takes(t))
    }
}

/// Longest title, in words.
const LONGEST: usize = 12;

impl Lexicon<'_> {
    /// The post that a folded title names, its words parted by one space each and
    /// without letters in front: `وزير الخارجيه السعودي`, `خادم الحرمين الشريفين`.
    /// Honorifics around it are passed over. None if the tables have no such office.
    pub fn office(&self, title: &str) -> Option<Titled> {
        let words = title.split(' ').filter(|w| !w.is_empty());
        let words: Few<&str, LONGEST> = words.take(LONGEST + 1).collect();
        let mut words = words.as_slice();
        if words.len() > LONGEST {
            return None;
        }
        let qualifies = |word: &str| {
            let key = self.find(indefinite(word));
            self.roles(key).any(Roles::QUALIFIER)
        };
        let honors = |word: &str| self.tags(self.find(word)).any(Tags::HONORIFIC);
        let mut qualified = false;
        while let [first @ .., last] = words {
            let said = self.post(words).map(|post| Titled { post, qualified });
            if said.is_some() {
                return said;
            }
            match words {
                _ if qualifies(last) => {
                    qualified = true;
                    words = first;
                }
                _ if honors(last) => words = first,
                [honor, rest @ ..] if honors(honor) => words = rest,
                _ => return None,
            }
        }
        None
    }

    /// The post that words name: alone, or with the country among them.
    fn post(&self, words: &[&str]) -> Option<Post> {
        let alone = self.office_of(words.iter().copied());
        alone.or_else(|| {
            (0..words.len()).find_map(|at| {
                let (country, end) = self.country_at(words, at)?;
                let rest = words[..at].iter().chain(&words[end..]);
                let post = self.office_of(rest.copied())?;
                // `زعيم طالبان باكستان` leads others than `زعيم طالبان`.
                let fits = post.is_open() || post.country() == Some(country);
                fits.then(|| post.of(country))
            })
        })
    }

    fn office_of<'w>(&self, words: impl Iterator<Item = &'w str>) -> Option<Post> {
        let [low, high, country, _] = self.offices.at(title_key(words))?.to_le_bytes();
        let office = u16::from_le_bytes([low, high]);
        Some(Post { office, country })
    }

    /// The country that the words at `at` name or derive from, and where they end.
    /// A capital is none: the crown prince of a city is not that of the country.
    fn country_at(&self, words: &[&str], at: usize) -> Option<(&'static Country, usize)> {
        let spellings: [fn(&str) -> &str; 2] = [|word| word, indefinite];
        spellings.into_iter().find_map(|spelled| {
            let key = |k: usize| words.get(at + k).map(|w| self.find(spelled(w)));
            let next = |k| key(k).unwrap_or_default();
            let (key, count) = self.longest(key(0)?, Facet::Country, next)?;
            Some((self.country_alone(key)?, at + count))
        })
    }

    /// The country whose name or nationality a key is. It may have the name of the
    /// capital of another one (`عمان`).
    pub(crate) fn country_alone(&self, key: LexId) -> Option<&'static Country> {
        let tags = self.tags(key);
        if tags.any(Tags::COUNTRY) && tags.any(Tags::CAPITAL) {
            return COUNTRIES.iter().find(|c| fold(c.name) == self.text(key));
        }
        let names = tags.any(Tags::COUNTRY | Tags::DEMONYM);
        self.country(key).filter(|_| names)
    }
}
