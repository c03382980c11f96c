//! What a customer takes back in the same message is put right, and never added up.

use orcazap_core::reading::Intent;
use orcazap_core::{Catalog, read};

use crate::corpus;

fn catalog() -> &'static Catalog {
    static CATALOG: std::sync::OnceLock<Catalog> = std::sync::OnceLock::new();
    CATALOG.get_or_init(|| corpus::catalog("catalog.csv"))
}

/// What each message orders; a case is parted by `=>`.
#[track_caller]
fn check(cases: &[&str]) {
    let mut wrong = Vec::new();
    for case in cases {
        let (text, expected) = case.split_once(" => ").unwrap();
        let found = read(text, catalog(), "2026-03-10T09:00:00-03:00".parse().unwrap());
        let items = found.items.iter().map(|item| {
            format!("{} {}", item.sku, item.qty.map_or("?".into(), |qty| qty.to_string()))
        });
        let open = found.ambiguous.iter().map(|open| format!("{}?", open.ask.text));
        let unknown = found.unknown.iter().map(|unknown| format!("?{}", unknown.ask.text));
        let goods: Vec<String> = items.chain(open).chain(unknown).collect();
        let goods = goods.join(", ");
        if goods != expected || found.intent != Intent::Order {
            wrong.push(format!("{text}: {:?} {goods}, and not {expected}", found.intent));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn another_number_takes_the_place_of_the_first() {
    check(&[
        "12, digo, 15 sacos de cimento => CIM-CP2-50 15",
        "6 tijolo de 8 furos, opa, são 8 e não 6 => TIJ-8F 8",
        "20 sacos de cal, melhor fazer 22 pra não faltar => CAL-HID-20 22",
        "areia fina 3 metros... não, bota 3 e meio => ARE-FINA 3.5",
        "2 m de brita 1, medi de novo e deu 4 => BRI-1 4",
        "10 ferro 3/8, errei a conta, são 13 => FER-100 13",
        "10 ferro 3/8, coloca mais duas, ficam 12 => FER-100 12",
        "10 ferro 3/8, arredonda pra 20, e 2 cal => FER-100 20, CAL-HID-20 2",
    ]);
}

#[test]
fn the_same_goods_said_anew_have_the_last_number() {
    check(&[
        "1 cal, 1 cimento, aliás 2 cimento => CAL-HID-20 1, CIM-CP2-50 2",
        "2 m de areia fina e 6 ferro 3/8, desculpa, de ferro 3/8 são 14 => ARE-FINA 2, FER-100 14",
        "20 cimento\n4 m de brita 1\nops, o cimento são 25 => CIM-CP2-50 25, BRI-1 4",
        "12 canaleta de 14 e 20 canaleta de 19, inverti: 20 canaleta de 14 e 12 canaleta de 19 => \
         CAN-14 20, CAN-19 12",
        "15 cal, o pedreiro disse que é pouco, então põe 18 cal => CAL-HID-20 18",
        "2 manilha de 30 e 2 manilha de 40, digo 3 de cada => MAN-30 3, MAN-40 3",
        "3 cal na obra e 2 cal em casa, ao todo 5 cal => CAL-HID-20 5",
    ]);
}

#[test]
fn other_goods_take_the_place_of_the_last_and_keep_its_number() {
    check(&[
        "2 m de areia fina, minto, areia média => ARE-MED 2",
        "12 barras de ferro 3/8, errei, é ferro 5/16 => FER-080 12",
        "2 manilha de 30, digo, de 40 => MAN-40 2",
        "5 m de brita 1, opa, brita 0, e 2 cal => BRI-0 5, CAL-HID-20 2",
        "3 cal... quer dizer, 3 cimento => CIM-CP2-50 3",
        "2 manilha de 30, não, manilha de 60 => MAN-60 2",
        "4 ferro 3/8, ou melhor 6 ferro 1/2 => FER-125 6",
    ]);
}

#[test]
fn parts_add_up_and_a_total_says_nothing_new() {
    check(&[
        "12 cal pra cozinha, 8 pro banheiro e 3 ferro 3/8 => CAL-HID-20 20, FER-100 3",
        "30 cimento pra fundação e 35 pro resto da obra => CIM-CP2-50 65",
        "20 cimento no total: 12 pro piso e 8 pro reboco => CIM-CP2-50 20",
        "500 kg de cimento, ou seja, 10 sacos => CIM-CP2-50 10",
        "3 sacos de cal, isso, 3 sacos, e 2 cimento => CAL-HID-20 3, CIM-CP2-50 2",
        "8 manilha de 30 e 4 manilha de 40, 12 manilhas ao todo => MAN-30 8, MAN-40 4",
        "3 fechaduras, 2 externa e 1 pra banheiro => FEC-EXT 2, FEC-BAN 1",
    ]);
}

#[test]
fn what_comes_on_top_corrects_nothing() {
    check(&[
        "1 cimento, aliás mais 1 cimento => CIM-CP2-50 2",
        "3 cal, opa, e 2 ferro 3/8 => CAL-HID-20 3, FER-100 2",
        "3 cal, ops, faltou 2 ferro 3/8 => CAL-HID-20 3, FER-100 2",
        "3 cal e 2 cal => CAL-HID-20 5",
        "5 cal, aliás aproveita e bota 2 ferro 3/8 também => CAL-HID-20 5, FER-100 2",
    ]);
}
