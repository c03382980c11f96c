//! The platform's table of error codes, row by row: what is to be done about each.

use orcazap_whatsapp::Advice;
use orcazap_whatsapp::error::{advice, explain};

/// What the reference says about trying again.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Again {
    /// With back-off.
    Yes,
    /// After a wait or a change of state, by whoever looks at it.
    Waits,
    /// Never as it is.
    Never,
}

/// Whom an error is about.
#[derive(Debug, Clone, Copy, PartialEq)]
enum About {
    /// The number or its account: nothing goes out.
    Number,
    /// This message only.
    Message,
    /// The request, which is wrong.
    Request,
}

use About::{Message, Number, Request};
use Again::{Never, Waits, Yes};

/// Section 5.4 of the reference.
#[rustfmt::skip]
const TABLE: &[(i64, Again, About)] = &[
    (0, Never, Number), (3, Never, Number), (10, Never, Number), (190, Never, Number),
    (200, Never, Number), (250, Never, Number), (299, Never, Number), (131_005, Never, Number),
    (4, Yes, Message), (80_007, Yes, Message), (613, Yes, Message), (130_429, Yes, Message),
    (131_048, Waits, Number), (131_056, Yes, Message), (131_064, Waits, Number),
    (133_016, Waits, Number),
    (368, Never, Number), (130_497, Never, Number), (131_031, Never, Number),
    (1, Yes, Message), (2, Yes, Message), (33, Never, Number), (100, Never, Request),
    (130_472, Never, Message), (131_000, Yes, Message), (131_008, Never, Request),
    (131_009, Never, Request), (131_016, Yes, Message), (131_021, Never, Message),
    (131_026, Never, Message), (131_030, Never, Message), (131_037, Waits, Number),
    (131_042, Waits, Number), (131_044, Waits, Number), (131_045, Waits, Number),
    (131_047, Never, Message), (131_049, Waits, Message), (131_050, Never, Message),
    (131_051, Never, Request), (131_052, Never, Message), (131_053, Never, Request),
    (131_055, Never, Request), (131_057, Yes, Message), (131_059, Never, Request),
    (131_060, Never, Message), (131_062, Never, Message), (131_063, Never, Number),
    (137_000, Waits, Message), (135_000, Never, Request), (134_011, Waits, Number),
    (134_100, Never, Request), (134_101, Yes, Message), (134_102, Never, Message),
    (2040, Never, Message), (2046, Never, Request), (2047, Never, Message),
    (132_000, Never, Request), (132_001, Never, Message), (132_005, Never, Request),
    (132_007, Never, Message), (132_008, Never, Request), (132_012, Never, Request),
    (132_018, Never, Request), (132_015, Waits, Message), (132_016, Never, Message),
    (132_068, Never, Message), (132_069, Yes, Message),
    (133_000, Waits, Number), (133_004, Yes, Message), (133_005, Never, Number),
    (133_006, Waits, Number), (133_008, Waits, Number), (133_009, Waits, Number),
    (133_010, Waits, Number), (133_015, Yes, Message),
    (2_388_040, Never, Request), (2_388_047, Never, Request), (2_388_072, Never, Request),
    (2_388_073, Never, Request), (2_388_293, Never, Request), (2_388_299, Never, Request),
    (2_388_019, Waits, Message),
    (2_593_107, Never, Message), (2_593_108, Never, Message), (2_593_109, Never, Message),
    (2_388_001, Waits, Number), (2_388_012, Waits, Number), (2_388_091, Waits, Number),
    (2_388_093, Waits, Number), (2_388_103, Waits, Number), (2_494_100, Waits, Number),
    (139_000, Never, Request), (139_004, Never, Request), (139_100, Never, Message),
    (139_102, Never, Message), (139_103, Yes, Message),
    (147_001, Never, Message), (147_005, Never, Message),
    (138_000, Never, Message), (138_006, Never, Message), (138_018, Never, Message),
    (131_020, Never, Message), (131_041, Never, Message), (131_201, Never, Message),
    (131_215, Never, Message),
];

#[test]
fn every_code_of_the_reference_has_the_advice_that_its_row_asks_for() {
    for &(code, again, about) in TABLE {
        let expected = match (again, about) {
            (Yes, _) => "retry",
            (Waits | Never, Number) => "pause_channel",
            (Waits | Never, Message) => "give_up",
            (Waits | Never, Request) => "fix_request",
        };
        assert_eq!(advice(code).code(), expected, "{code}");
        let sentence = explain(code);
        assert_ne!(sentence, explain(-1), "{code} has no sentence of its own");
        assert!(sentence.ends_with('.') && sentence.len() < 160, "{code}: {sentence}");
    }
}

#[test]
fn throttling_waits_as_long_as_the_reference_says() {
    let waits = |code| match advice(code) {
        Advice::Retry { after } => after.map_or(0, |wait| wait.as_secs()),
        other => panic!("{code}: {other:?}"),
    };
    assert_eq!(waits(131_056), 6, "one message to a customer in six seconds");
    assert!((60..=300).contains(&waits(131_057)), "one to five minutes");
    assert!(waits(4) >= 300 && waits(80_007) >= 300, "minutes to an hour");
    assert_eq!(waits(134_101), 600, "ten minutes at most");
    assert_eq!(waits(133_015), 300, "five minutes");
    assert_eq!((waits(2), waits(131_016)), (0, 0), "at the caller's own pace");
}

#[test]
fn a_code_that_is_new_goes_to_a_person() {
    assert_eq!(advice(999_999), Advice::GiveUp);
    assert!(explain(999_999).contains("desconhecido"));
}

#[test]
fn each_kind_of_advice_says_what_becomes_of_the_message() {
    let all =
        [Advice::Retry { after: None }, Advice::GiveUp, Advice::PauseChannel, Advice::FixRequest];
    let said: std::collections::BTreeSet<_> = all.iter().map(|advice| advice.explain()).collect();
    assert_eq!(said.len(), all.len());
    assert!(Advice::PauseChannel.explain().contains("reative o número"));
}
