//! What a time expression means, for people.

use rawi_time::value::{Clock, Duration, Point, Season, Value};

use crate::site::Site;

impl Site {
    /// A value for people: `24 شباط 2026`، `الربع الثالث من 2025`، `من 2016 إلى 2018`.
    pub fn moment(&self, value: Value) -> String {
        let t = self.t();
        match value {
            Value::Point(point) => self.point(point),
            Value::Range(from, to) => t
                .moment_range
                .replace("{from}", &self.point(from))
                .replace("{to}", &self.point(to)),
            Value::Duration(duration) => self.length(duration),
            Value::Weekly(day) => {
                let day = day.to_string();
                t.moment_weekly
                    .replace("{day}", self.lang.value("weekday", &day))
            }
        }
    }

    fn point(&self, point: Point) -> String {
        let t = self.t();
        let of_year = |words: &str, year: i32, number: String| {
            words
                .replace("{year}", &self.digits(&year.to_string()))
                .replace("{n}", &number)
        };
        let number = |n: i32| self.digits(&n.to_string());
        match point {
            Point::Century(c) => t.moment_century.replace("{n}", &number(c + 1)),
            Point::Decade(d) => t.moment_decade.replace("{n}", &number(d * 10)),
            Point::Year(y) => number(y),
            Point::Half(y, n) => of_year(t.moment_half, y, self.ordinal(n)),
            Point::Quarter(y, n) => of_year(t.moment_quarter, y, self.ordinal(n)),
            Point::Season(y, season) => {
                let name = match season {
                    Season::Spring => t.moment_spring,
                    Season::Summer => t.moment_summer,
                    Season::Autumn => t.moment_autumn,
                    Season::Winter => t.moment_winter,
                };
                format!("{name} {}", number(y))
            }
            Point::Week(y, n) => of_year(t.moment_week, y, number(i32::from(n))),
            Point::Weekend(y, n) => of_year(t.moment_weekend, y, number(i32::from(n))),
            Point::Month(..) | Point::Day(_) => self.day(&point.to_string()),
            Point::Time(day, clock) => t
                .moment_time
                .replace("{day}", &self.day(&day.to_string()))
                .replace("{time}", &self.clock(clock)),
            Point::Clock(clock) => self.clock(clock),
        }
    }

    fn clock(&self, clock: Clock) -> String {
        self.digits(&format!("{:02}:{:02}", clock.hour, clock.minute))
    }

    fn ordinal(&self, n: u8) -> String {
        self.lang.value("ordinal", &n.to_string()).to_owned()
    }

    fn length(&self, length: Duration) -> String {
        let t = self.t();
        let parts = [
            (&t.moment_years, length.years),
            (&t.moment_months, length.months),
            (&t.moment_weeks, length.weeks),
            (&t.moment_days, length.days),
            (&t.moment_hours, length.hours),
            (&t.moment_minutes, length.minutes),
            (&t.moment_seconds, length.seconds),
        ];
        let told = parts.into_iter().filter(|(_, n)| *n > 0);
        let told = told.map(|(noun, n)| self.counted_plain(noun, n));
        told.reduce(|a, b| t.moment_and.replace("{a}", &a).replace("{b}", &b))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, Params};

    #[test]
    fn values_for_people() {
        let site = |lang| Site::new(lang, "/", Params::default());
        let (ar, en) = (site(Lang::Ar), site(Lang::En));
        let table = [
            ("2026-02-24", "24 شباط 2026", "24 February 2026"),
            ("2026-02", "شباط 2026", "February 2026"),
            ("2026", "2026", "2026"),
            ("19", "القرن 20", "20th century"),
            ("199", "عقد 1990", "1990s"),
            ("2015-H1", "النصف الأول من 2015", "first half of 2015"),
            ("2015-Q3", "الربع الثالث من 2015", "third quarter of 2015"),
            ("2015-SP", "ربيع 2015", "spring 2015"),
            ("2026-W06", "الأسبوع 6 من 2026", "week 6 of 2026"),
            (
                "2026-W06-WE",
                "نهاية الأسبوع 6 من 2026",
                "end of week 6 of 2026",
            ),
            (
                "2026-02-24T14:30",
                "24 شباط 2026، 14:30",
                "24 February 2026, 14:30",
            ),
            ("T06:05", "06:05", "06:05"),
            ("2016/2018", "من 2016 إلى 2018", "from 2016 to 2018"),
            ("P3D", "3 أيام", "3 days"),
            ("P1Y6M", "سنة و6 أشهر", "1 year and 6 months"),
            ("XXXX-WXX-5", "كل أسبوع، الجمعة", "every Friday"),
        ];
        for (value, arabic, english) in table {
            let parsed = Value::parse(value).unwrap();
            assert_eq!(ar.moment(parsed), arabic, "{value}");
            assert_eq!(en.moment(parsed), english, "{value}");
        }
    }
}
