//! Which of the dates that are named for an article counts.

use rawi_time::{Date, DateOrder};

use crate::about::{DateOrigin, Dated};
use crate::address;
use crate::problem::Place;
use crate::remarks::{Kind, Remarks};

/// The dates that are named for one article.
pub(crate) struct Dates<'a> {
    /// Those of its own, the surest first.
    pub named: [(DateOrigin, Option<String>); 3],
    /// Addresses that may hold one.
    pub addresses: [Option<&'a str>; 2],
    /// When it was captured, in RFC 3339.
    pub fetched: Option<&'a str>,
    /// The day that counts if nothing names one.
    pub given: Option<&'a str>,
    /// When the server says it was changed last.
    pub modified: Option<String>,
}

impl Dates<'_> {
    /// The ISO day of publication, and the date as exact as it is known. One that
    /// cannot be read is told, and then the given day does not count either: to put
    /// another in its place would be worse than none.
    pub fn find(self, place: &Place, remarks: &mut Remarks) -> (Option<String>, Option<Dated>) {
        let mut unread = Vec::new();
        let mut found = None;
        for (from, date) in self.named {
            let Some(written) = date else { continue };
            match Date::read(&written) {
                Ok((day, order)) => {
                    tell_order(&written, day, order, place, remarks);
                    found = Some((day.to_string(), from));
                    break;
                }
                Err(why) => unread.push((written, why)),
            }
        }
        let address = self.addresses.into_iter().flatten().find_map(address::date);
        // What was captured before its date has another date in its address.
        let captured = self.fetched.and_then(|time| time.get(..10));
        let captured = captured.and_then(Date::parse).and_then(|d| d.add_days(1));
        let captured = captured.map(|day| day.to_string());
        let address = address.filter(|a| captured.as_ref().is_none_or(|day| a <= day));
        let (month, day) = match address {
            Some(date) if Date::parse(&date).is_some() => (None, Some(date)),
            month => (month, None),
        };
        let found = found.or(day.map(|day| (day, DateOrigin::Address)));
        let given = self.given.filter(|_| unread.is_empty());
        let found = found.or(given.map(|day| (day.to_owned(), DateOrigin::Given)));
        for (written, why) in unread {
            let instead = match &found {
                Some((day, from)) => format!("{day} is taken from its {from}"),
                None => "read without a date".into(),
            };
            let text = format!("date {written:?}: {why}; {instead}");
            remarks.add(Kind::Date, place, &text);
        }
        if let Some((date, from)) = found {
            return (Some(date.clone()), Some(Dated { date, from }));
        }
        let modified = || {
            let (day, _) = Date::read(&self.modified?).ok()?;
            Some((day.to_string(), DateOrigin::Http))
        };
        let vague = month.map(|m| (m, DateOrigin::Address)).or_else(modified);
        (None, vague.map(|(date, from)| Dated { date, from }))
    }
}

fn tell_order(written: &str, day: Date, order: DateOrder, place: &Place, remarks: &mut Remarks) {
    if order != DateOrder::Certain {
        let text = format!("date {written:?} is {order}, as {day}; so are others like it");
        remarks.add(Kind::DateOrder, place, &text);
    }
}
