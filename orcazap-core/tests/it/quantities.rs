//! Quantities are never invented: a number is one only when language says that it
//! counts goods. A number of a date, a term, a price, a label or an address is none,
//! and neither is one right behind them.

use orcazap_core::{Catalog, Reading, read};

use crate::corpus;

/// What is said beside goods, with what it means for the slots; `-` for nothing.
const TERMS: [(&str, &str); 38] = [
    ("entrega dia quinze", "2026-03-15"),
    ("entrega dia 15-04", "2026-04-15"),
    ("entrega dia 15.04", "2026-04-15"),
    ("entrega 15-04", "2026-04-15"),
    ("entrega 15.04.2026", "2026-04-15"),
    ("pra 15/04/26", "2026-04-15"),
    ("pra 15/04/2027", "2027-04-15"),
    ("entrega 2026-04-15", "2026-04-15"),
    ("data 15/04/2025", "-"),
    ("entrega dia vinte e cinco", "2026-03-25"),
    ("entrega dia 1º de abril", "2026-04-01"),
    ("entrega dia primeiro", "2026-04-01"),
    ("dia 15 do 4", "2026-04-15"),
    ("dia 15 do mês que vem", "2026-04-15"),
    ("entrega em 2 dias", "2026-03-12"),
    ("entrega em dois dias", "2026-03-12"),
    ("dentro de 3 dias", "2026-03-13"),
    ("em 3 dias úteis", "2026-03-13"),
    ("daqui a uma semana", "2026-03-17"),
    ("entrega em 2 horas", "2026-03-10"),
    ("entrega dia 20 ou 21", "2026-03-20 2026-03-21"),
    ("entrega dia 20, 21", "2026-03-20 2026-03-21"),
    ("entrega até 5 dias", "2026-03-10 2026-03-15"),
    ("entrega de 3 a 5 dias", "2026-03-13 2026-03-15"),
    ("entrega de 16 a 20 de março", "2026-03-16 2026-03-20"),
    ("entre 10 e 15 de abril", "2026-04-10 2026-04-15"),
    ("entrega amanhã 10", "2026-03-11"),
    ("entrega às 10", "morning"),
    ("entrega entre 14 e 16", "afternoon"),
    ("entrega até meio dia", "morning"),
    ("entrega 10", "-"),
    ("2 viagens", "-"),
    ("prazo 30 dias", "-"),
    ("pago dia 5", "-"),
    ("pago em 30 dias", "-"),
    ("entrada de 50 e o resto em 30 dias", "-"),
    ("parcelo em 3", "-"),
    ("cartão 3", "credit_card"),
];

const BOLETOS: [(&str, u16); 7] = [
    ("boleto 30", 30),
    ("boleto pra 28 dias", 28),
    ("boleto 30/60", 60),
    ("boleto 30/60/90", 90),
    ("boleto 30, 60 e 90", 90),
    ("28/56/84 dias no boleto", 84),
    ("30/60 no boleto", 60),
];

fn catalog() -> &'static Catalog {
    static CATALOG: std::sync::OnceLock<Catalog> = std::sync::OnceLock::new();
    CATALOG.get_or_init(|| corpus::catalog("catalog.csv"))
}

fn reading(text: &str) -> Reading {
    read(text, catalog(), "2026-03-10T09:00:00-03:00".parse().unwrap())
}

/// Every product understood with its quantity; `?` before what is unknown.
fn goods(reading: &Reading) -> Vec<String> {
    let qty = |qty: Option<orcazap_core::Quantity>| qty.map_or("?".into(), |qty| qty.to_string());
    let items = reading.items.iter().map(|item| format!("{} {}", item.sku, qty(item.qty)));
    let open = reading.ambiguous.iter().map(|open| {
        let skus: Vec<&str> = open.ask.skus.iter().map(|sku| sku.as_str()).collect();
        format!("{} {}", skus.join("|"), qty(open.ask.qty))
    });
    let unknown = reading.unknown.iter().map(|u| format!("?{} {}", u.ask.text, qty(u.ask.qty)));
    items.chain(open).chain(unknown).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(goods(&reading(text)), expected, "{text}");
}

/// A slot as the tables write it.
fn slots(reading: &Reading) -> String {
    let delivery = reading.delivery.unwrap_or_default();
    let days = [delivery.date, delivery.from, delivery.to].into_iter().flatten();
    let mut said: Vec<String> = days.map(|day| day.to_string()).collect();
    said.extend(delivery.period.map(|period| match period {
        orcazap_core::order::Period::Morning => "morning".to_owned(),
        orcazap_core::order::Period::Afternoon => "afternoon".to_owned(),
    }));
    said.extend(reading.payment.map(|payment| payment.method().code().to_owned()));
    if said.is_empty() { "-".into() } else { said.join(" ") }
}

#[test]
fn dates_and_terms_beside_goods_are_no_quantities() {
    let mut wrong = Vec::new();
    let mut check = |text: String, expected: &str| {
        let reading = reading(&text);
        if goods(&reading) != [expected] {
            wrong.push(format!("{text}: {:?}", goods(&reading)));
        }
        reading
    };
    for (term, slot) in TERMS {
        for joint in [", ", " ", "\n"] {
            let reading = check(format!("cimento{joint}{term}"), "CIM-CP2-50 ?");
            assert_eq!(slots(&reading), slot, "cimento{joint}{term}");
            check(format!("10 cimento{joint}{term}"), "CIM-CP2-50 10");
        }
        check(format!("{term}, 10 cimento"), "CIM-CP2-50 10");
    }
    for (term, days) in BOLETOS {
        for joint in [", ", " ", "\n"] {
            let reading = check(format!("cimento{joint}{term}"), "CIM-CP2-50 ?");
            assert_eq!(reading.payment.unwrap().days(), Some(days), "{term}");
            check(format!("10 cimento{joint}{term}"), "CIM-CP2-50 10");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn thousands_and_their_rest_are_one_number() {
    check("5 mil e 500 tijolos 6 furos", &["TIJ-6F 5500"]);
    check("5 mil 500 tijolos 6 furos", &["TIJ-6F 5500"]);
    check("tijolo 6 furos: 2 mil e 300", &["TIJ-6F 2300"]);
    check("tijolo 6 furos 2 mil 10 cimento", &["TIJ-6F 2000", "CIM-CP2-50 10"]);
    check("tijolo 6 furos 5 mil e 20 cimento", &["TIJ-6F 5000", "CIM-CP2-50 20"]);
    check("dezeseis cimento", &["CIM-CP2-50 16"]);
    check("2 dezenas de cimento", &["CIM-CP2-50 20"]);
    check("3 centenas de tijolo 6 furos", &["TIJ-6F 300"]);
    check("10+5 sacos de cimento", &["CIM-CP2-50 15"]);
}

#[test]
fn of_a_range_no_end_is_the_quantity() {
    for range in ["8 a 10", "de 8 a 10", "entre 8 e 10", "10..20", "10/20", "8/10"] {
        check(&format!("{range} sacos de cimento"), &["CIM-CP2-50 ?"]);
    }
    check("cimento entre 8 e 10", &["CIM-CP2-50 ?"]);
}

#[test]
fn a_fraction_before_goods_sold_whole_is_their_size() {
    let reading = reading("3/4 joelho soldável");
    assert!(reading.items.iter().all(|item| item.qty.is_none()), "{reading:?}");
    assert!(reading.ambiguous.iter().all(|open| open.ask.qty.is_none()), "{reading:?}");
    check("1/2 m de areia média", &["ARE-MED 0.5"]);
    check("1/2 areia média", &["ARE-MED 0.5"]);
}

/// Prices beside 10 bags of cement, which stay 10.
const PRICES: [&str; 9] = [
    "cimento a 35",
    "cimento 39,90",
    "cimento 39,90 399,00",
    "cimento 39.90 399.00",
    "cimento por 350",
    "cimento 35 o saco",
    "cimento a 35 cada",
    "cimento por 35 o saco?",
    "cimento 5 mil reais",
];

/// Prices that are all that is said of a number.
const ONLY_PRICES: [&str; 16] = [
    "vi por 35 o cimento na outra loja",
    "na concorrência paguei 35 no cimento",
    "o vizinho paga 34 no saco de cimento",
    "faz o cimento por 35",
    "cimento 35,00",
    "cimento 39,90",
    "cimento a 35 cada",
    "achei cimento por 33 no outro deposito",
    "cimento custa 40?",
    "tem cimento a 35?",
    "cimento pago 35",
    "cimento 35 reais",
    "cimento 35 conto",
    "cimento tá dois reais mais caro",
    "comprei cimento a 32",
    "cimento por 35 o saco",
];

#[test]
fn prices_said_or_written_are_no_quantities() {
    for text in ONLY_PRICES {
        check(text, &["CIM-CP2-50 ?"]);
        assert_eq!(reading(text).payment, None, "{text}");
    }
    for text in PRICES {
        check(&format!("10 {text}"), &["CIM-CP2-50 10"]);
    }
    check("cimento\t10\t39,90\t399,00", &["CIM-CP2-50 10"]);
    check("3 tubo de esgoto 100 a 50", &["TUE-100 3"]);
}

#[test]
fn what_is_counted_or_edited_beside_a_preposition_is_no_price() {
    check("faz 10 cimento", &["CIM-CP2-50 10"]);
    check("cimento fica 10", &["CIM-CP2-50 10"]);
    check("cimento e areia média, 10 cada", &["CIM-CP2-50 10", "ARE-MED 10"]);
    check("muda o cimento pra 15", &["CIM-CP2-50 15"]);
    check("troca cimento por 10 cal hidratada", &["CIM-CP2-50 0", "CAL-HID-20 10"]);
    check("areia média 2,50", &["ARE-MED 2.5"]);
    check("2,50 areia média", &["ARE-MED 2.5"]);
}

/// Addresses, labels, telephones and links.
const FIGURES: [&str; 31] = [
    "ap 42 bloco 3",
    "apto 101 bloco 2",
    "torre 3 apto 12 bloco b",
    "quadra 5 lote 12",
    "qd 5 lt 12",
    "bl 3 ap 4",
    "rua das flores 123 bloco 2 apto 31",
    "rua das flores 123, bloco 2",
    "travessa 3 numero 40",
    "av brasil, nº 1500",
    "3º andar",
    "sala 12",
    "km 12",
    "tel 99999-1234",
    "tel 3333 4444",
    "fone (11) 99999-1234",
    "99999-1234",
    "3333-4444",
    "zap 11999991234",
    "protocolo 20261126",
    "pedido 20261126",
    "nota 12345678",
    "10032026",
    "cod 123",
    "ean 7891234567890",
    "nota no cpf 12345678909",
    "loja.com/areia-fina-5m",
    "bit.ly/10tijolo",
    "loja.com.br/tijolo-10",
    "joao10@gmail.com",
    "www.exemplo.com.br/10",
];

#[test]
fn addresses_labels_telephones_and_links_are_no_quantities() {
    for figure in FIGURES {
        check(&format!("cimento, {figure}"), &["CIM-CP2-50 ?"]);
        check(&format!("10 cimento, {figure}"), &["CIM-CP2-50 10"]);
        check(&format!("{figure}\ncimento 10"), &["CIM-CP2-50 10"]);
        assert_eq!(reading(&format!("cimento, {figure}")).place, None, "{figure}");
    }
    check("pedido 20 sacos de cimento", &["CIM-CP2-50 20"]);
    check("10 blocos estruturais de 14", &["BLE-14 10"]);
}

#[test]
fn eight_digits_are_a_cep_where_something_says_so() {
    for text in [
        "cimento, 13040-500",
        "cep 13040500 cimento",
        "cep: 13040 500 cimento",
        "13040500",
        "13040 500",
        "cimento, entrega no 13040500",
        "frete pra 13040500, 10 cimento",
    ] {
        let cep = reading(text).place.and_then(|place| place.cep()).map(|cep| cep.to_string());
        assert_eq!(cep.map(|cep| cep.replace('-', "")).as_deref(), Some("13040500"), "{text}");
    }
    for text in ["10000000 tijolo", "tijolo 13040 500", "cimento 10032026", "pedido 12345678"] {
        assert_eq!(reading(text).place, None, "{text}");
    }
    let asked = [orcazap_core::order::Missing::Place];
    let context = orcazap_core::reading::Context { asked: &asked, ..Default::default() };
    let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
    let answer = orcazap_core::reading::read_in_context("é 13040500 viu", catalog(), context, now);
    assert!(answer.place.and_then(|place| place.cep()).is_some());
}

/// Names of the catalogue that say no number.
fn silent_names() -> Vec<&'static str> {
    let numbers = ["um", "uma", "dois", "duas", "meia", "meio", "cento", "mil", "milheiro", "par"];
    let names = catalog().products().iter().flat_map(|product| &product.aliases);
    let silent = names.map(String::as_str).filter(|name| {
        !name.contains(|c: char| c.is_numeric())
            && !name.split([' ', '-']).any(|word| numbers.contains(&word))
    });
    silent.collect()
}

#[test]
fn nothing_said_beside_any_goods_gives_them_a_quantity() {
    let terms = TERMS.iter().map(|(term, _)| *term);
    let boletos = BOLETOS.iter().map(|(term, _)| *term);
    let beside: Vec<&str> = terms.chain(boletos).chain(FIGURES).collect();
    let mut invented = Vec::new();
    for name in silent_names().into_iter().step_by(29) {
        let alone = goods(&reading(name));
        assert!(alone.iter().all(|found| found.ends_with('?')), "{name}: {alone:?}");
        for term in &beside {
            for text in [format!("{name}, {term}"), format!("{term}\n{name}")] {
                let found = goods(&reading(&text));
                if found != alone {
                    invented.push(format!("{text:?}: {found:?}"));
                }
            }
        }
    }
    assert!(invented.is_empty(), "{}: {}", invented.len(), invented.join("\n"));
}
