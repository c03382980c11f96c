//! What may leave as it is. Outside a customer's window of 24 hours the platform
//! takes approved templates only, and says so too late: it accepts the rest and
//! reports 131047 afterwards. So it is decided here, before a byte leaves.

use chrono::{DateTime, Utc};
use orcazap_store::SentAs;
use orcazap_whatsapp::Message;
use orcazap_whatsapp::cost::Category;
use orcazap_whatsapp::window::Window;

/// Why a message waits for a person, as that person reads it.
pub(super) const CLOSED: &str = "passaram 24 horas desde a última mensagem do cliente, e a loja não \
    tem um modelo aprovado para isto. Ligue para o cliente, ou espere que ele escreva e envie de novo";

/// As what a message leaves now, by when the customer last wrote to the number;
/// `None` when it may not.
pub(super) fn gate(
    message: &Message,
    heard: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<SentAs<'static>> {
    let window = Window::at(heard, now);
    if !window.takes(message) {
        return None;
    }
    // A template is taken for utility until the platform's report says otherwise.
    let category = match message {
        Message::Template(_) => Category::Utility,
        _ => Category::Service,
    };
    Some(SentAs { category: category.code(), outside: !window.is_open() })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use orcazap_whatsapp::send::{Template, Text};

    use super::*;

    #[test]
    fn what_would_leave_the_window_waits_and_a_template_goes() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let text = Message::Text(Text::new("oi").unwrap());
        let template = Message::Template(Template::new("x", "pt_BR", Vec::new()).unwrap());
        let ago = |hours| Some(now - TimeDelta::hours(hours));
        let sent = |category, outside| Some(SentAs { category, outside });
        for heard in [None, ago(24), ago(240)] {
            assert_eq!(gate(&text, heard, now), None, "{heard:?}");
            assert_eq!(gate(&template, heard, now), sent("utility", true));
        }
        assert_eq!(gate(&text, ago(23), now), sent("service", false));
        assert_eq!(gate(&template, ago(23), now), sent("utility", false));
    }
}
