//! What the program says, in Arabic and English: `lexicon/interface_words.tsv`.

/// A language of the pages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Lang {
    /// Arabic.
    Ar,
    /// English.
    En,
}

/// A noun with a number before it: its forms, with `{}` where the number stands.
#[derive(Clone, Copy, Debug)]
pub struct Counted(&'static [&'static str]);

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// With whom a verb agrees.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Agreement {
    /// A man.
    Masculine,
    /// A woman, a body, a country.
    Feminine,
    /// Two.
    Dual,
    /// Several.
    Plural,
}

impl Lang {
    /// Its words.
    pub fn words(self) -> &'static Words {
        match self {
            Lang::Ar => &AR,
            Lang::En => &EN,
        }
    }

    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Ar => "ar",
            Lang::En => "en",
        }
    }

    /// In which direction it is written.
    pub fn direction(self) -> &'static str {
        match self {
            Lang::Ar => "rtl",
            Lang::En => "ltr",
        }
    }

    /// What people are told for a value of the contract: `("act", "deny")`. The value
    /// itself where there are no words for it.
    pub fn value<'v>(self, group: &str, value: &'v str) -> &'v str {
        self.forms(group, value)
            .and_then(|forms| forms.first().copied())
            .unwrap_or(value)
    }

    /// What somebody does by saying something, as a verb that agrees with them.
    pub fn act(self, act: &str, with: Agreement) -> &str {
        self.form_of("act", act, with).unwrap_or(act)
    }

    /// The form of a verb that agrees with somebody, if there are words for it.
    pub(crate) fn form_of(self, group: &str, value: &str, with: Agreement) -> Option<&'static str> {
        let place = match with {
            Agreement::Masculine => 0,
            Agreement::Feminine => 1,
            Agreement::Dual => 2,
            Agreement::Plural => 3,
        };
        let forms = self.forms(group, value)?;
        forms.get(place).or(forms.first()).copied()
    }

    /// All forms of a value.
    pub(crate) fn forms(self, group: &str, value: &str) -> Option<&'static [&'static str]> {
        let all = match self {
            Lang::Ar => AR_VALUES,
            Lang::En => EN_VALUES,
        };
        let is = |key: &str| {
            key.strip_prefix(group)
                .and_then(|rest| rest.strip_prefix('.'))
                == Some(value)
        };
        all.iter().find(|(key, _)| is(key)).map(|(_, forms)| *forms)
    }

    /// The form of a counted noun that a number wants, with `{}` where the number stands, if
    /// it is written at all.
    pub(crate) fn counted(self, noun: Counted, number: u64) -> &'static str {
        let forms = noun.0;
        let place = match self {
            Lang::En => usize::from(number != 1),
            Lang::Ar => match (number, number % 100) {
                (1, _) => 0,
                (2, _) => 1,
                (_, 3..=10) => 2,
                (_, 11..=99) => 3,
                _ => 4,
            },
        };
        forms.get(place).or(forms.last()).copied().unwrap_or("{}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_choose_forms() {
        let table = [
            (0, "{} قول"),
            (1, "قول واحد"),
            (2, "قولان"),
            (3, "{} أقوال"),
            (10, "{} أقوال"),
            (11, "{} قولًا"),
            (100, "{} قول"),
            (102, "{} قول"),
            (103, "{} أقوال"),
            (111, "{} قولًا"),
        ];
        for (number, form) in table {
            assert_eq!(Lang::Ar.counted(AR.statements, number), form, "{number}");
        }
        assert_eq!(Lang::En.counted(EN.statements, 1), "{} statement");
        assert_eq!(Lang::En.counted(EN.statements, 0), "{} statements");
    }

    #[test]
    fn every_value_of_the_contract_has_words() {
        use rawi::reading::{Act, ChannelKind, Form, How, Status};
        let name = |value: serde_json::Value| value.as_str().unwrap().to_owned();
        let values = [
            ("act", name(serde_json::to_value(Act::Warn).unwrap())),
            ("form", name(serde_json::to_value(Form::Nominal).unwrap())),
            ("how", name(serde_json::to_value(How::CarriedOver).unwrap())),
            (
                "status",
                name(serde_json::to_value(Status::Historical).unwrap()),
            ),
            (
                "channel",
                name(serde_json::to_value(ChannelKind::Sources).unwrap()),
            ),
        ];
        for (group, value) in values {
            assert!(Lang::Ar.forms(group, &value).is_some(), "{group}.{value}");
        }
        for kind in rawi::reading::EventType::ALL {
            assert_ne!(Lang::Ar.value("event", kind.name()), kind.name());
        }
        assert_eq!(Lang::Ar.act("deny", Agreement::Feminine), "تنفي");
        assert_eq!(Lang::En.act("deny", Agreement::Dual), "denies");
        assert_eq!(Lang::Ar.value("act", "new"), "new");
    }
}
