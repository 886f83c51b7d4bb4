//! The contract's English names in the Arabic of the page.

use rawi::reading::{Act, ChannelKind, Form, How};

pub fn act(act: Act) -> &'static str {
    match act {
        Act::Assert => "إخبار",
        Act::Deny => "نفي",
        Act::Demand => "مطالبة",
        Act::Promise => "تعهد",
        Act::Threaten => "تهديد",
        Act::Accuse => "اتهام",
        Act::Ask => "سؤال",
        Act::Announce => "إعلان",
        Act::Welcome => "ترحيب",
        Act::Condemn => "إدانة",
        Act::Believe => "رأي",
        Act::Warn => "تحذير",
    }
}

pub fn form(form: Form) -> &'static str {
    match form {
        Form::Quote => "بالنص",
        Form::Clause => "بالمعنى",
        Form::Nominal => "مضمون",
    }
}

pub fn how(how: How) -> &'static str {
    match how {
        How::Named => "مذكور بالاسم",
        How::Title => "مذكور بالصفة",
        How::NullSubject => "ضمير مستتر",
        How::Pronoun => "ضمير",
        How::CarriedOver => "تتمة لما قبله",
    }
}

pub fn channel(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Post => "منشور",
        ChannelKind::Statement => "بيان",
        ChannelKind::PressConference => "مؤتمر صحفي",
        ChannelKind::Interview => "مقابلة",
        ChannelKind::PhoneCall => "اتصال هاتفي",
        ChannelKind::Speech => "خطاب",
        ChannelKind::Letter => "رسالة",
        ChannelKind::Meeting => "لقاء",
        ChannelKind::Broadcast => "بث",
        ChannelKind::Report => "تقرير",
        ChannelKind::Sources => "مصادر",
    }
}

/// A number of statements, with the noun as the number wants it.
pub fn statements(count: usize) -> String {
    match count {
        0 => "بلا أقوال".to_owned(),
        1 => "قول واحد".to_owned(),
        2 => "قولان".to_owned(),
        _ if (3..=10).contains(&(count % 100)) => format!("{count} أقوال"),
        _ if count % 100 < 3 => format!("{count} قول"),
        _ => format!("{count} قولا"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_agree() {
        let table = [
            (1, "قول واحد"),
            (2, "قولان"),
            (3, "3 أقوال"),
            (11, "11 قولا"),
            (100, "100 قول"),
            (103, "103 أقوال"),
        ];
        for (count, words) in table {
            assert_eq!(super::statements(count), words);
        }
    }
}
