//! What a number says that is no quantity: sizes that a store lacks, codes, units with a
//! half, and rows of a table that begin with their quantity.

use orcazap_core::Unit;

use crate::stores::{Row, check};

/// A few goods that come in sizes, not all that are made.
const SIZED: &[Row] = &[
    ("Cimento Todas as Obras 50kg", Unit::Bag, Some(("50", Unit::Kilogram))),
    ("Cal Hidratada 20kg", Unit::Bag, Some(("20", Unit::Kilogram))),
    ("Brita 1", Unit::CubicMeter, None),
    ("Tábua Pinus 15cm x 3m", Unit::Piece, Some(("3", Unit::Meter))),
    ("Tábua Pinus 30cm x 3m", Unit::Piece, Some(("3", Unit::Meter))),
    ("Tijolo 6 Furos 9x14x19", Unit::Piece, None),
    ("Tijolo 8 Furos 9x19x29", Unit::Piece, None),
    ("Trena 5m", Unit::Piece, None),
    ("Trena 8m", Unit::Piece, None),
    ("Chuveiro Elétrico 7500W 220V", Unit::Piece, None),
    ("Prego 18x27", Unit::Kilogram, None),
    ("Ferro 3/8 10mm barra 12m", Unit::Bar, Some(("12", Unit::Meter))),
    ("Cantoneira de Ferro 1 polegada", Unit::Bar, None),
];

#[test]
fn a_size_that_the_store_lacks_is_no_quantity_and_no_other_size() {
    check(
        SIZED,
        &[
            ("10 tábua de 15", &["Tábua Pinus 15cm x 3m = 10"]),
            ("tábua de 25", &["? tábua de 25 = ?"]),
            ("tábua de 25 10", &["? tábua de 25 = 10"]),
            ("1 trena 10m", &["? trena 10m = 1"]),
            ("2 trena 8m", &["Trena 8m = 2"]),
            ("500 tijolo 9 furos", &["? tijolo 9 furos = 500"]),
            ("tijolo 8 furos 500", &["Tijolo 8 Furos 9x19x29 = 500"]),
            ("chuveiro 7500w 127", &["? chuveiro 7500w 127 = ?"]),
            ("2 chuveiro 7500w 220", &["Chuveiro Elétrico 7500W 220V = 2"]),
            ("20 tábua 15 ou 30", &["Tábua Pinus 15cm x 3m | Tábua Pinus 30cm x 3m = 20"]),
        ],
    );
}

#[test]
fn a_number_in_a_code_is_no_quantity() {
    check(
        SIZED,
        &[
            ("cimento cp3", &["? cimento cp3 = ?"]),
            ("10 sacos cimento cp3", &["? cimento cp3 = 10"]),
            ("cimento x10", &["Cimento Todas as Obras 50kg = 10"]),
        ],
    );
}

#[test]
fn a_half_behind_a_unit_goes_on_one_of_it() {
    check(
        SIZED,
        &[
            ("quilo e meio de prego 18x27", &["Prego 18x27 = 2"]),
            ("metro e meio de brita 1", &["Brita 1 = 2"]),
            ("milheiro e meio de tijolo 8 furos", &["Tijolo 8 Furos 9x19x29 = 1500"]),
            ("dúzia e meia de trena 5m", &["Trena 5m = 18"]),
            ("quilo de prego 18x27", &["Prego 18x27 = ?"]),
        ],
    );
}

#[test]
fn rows_of_a_table_may_begin_with_their_quantity() {
    let all = &["Cimento Todas as Obras 50kg = 10", "Cal Hidratada 20kg = 5", "Brita 1 = 3"];
    check(
        SIZED,
        &[
            ("10;cimento\n5;cal\n3;brita 1", all),
            ("10\tcimento\n5\tcal\n3\tbrita 1", all),
            ("10;sc;cimento\n5;sc;cal\n3;m3;brita 1", all),
            ("cimento;10\ncal;5\nbrita 1;3", all),
        ],
    );
}

/// Goods in cans, by the metre and with lengths.
const CANS: &[Row] = &[
    ("Selador Acrílico 18L", Unit::Can, Some(("18", Unit::Liter))),
    ("Selador Acrílico 3,6L", Unit::Gallon, Some(("3.6", Unit::Liter))),
    ("Pia Inox 1,20m", Unit::Piece, None),
    ("Viga Peroba 6x12", Unit::Meter, None),
    ("Cimento 50kg", Unit::Bag, Some(("50", Unit::Kilogram))),
    ("Lixa Massa 220", Unit::Piece, None),
    ("Porta Lisa 80", Unit::Piece, None),
    ("Te Soldável 25mm", Unit::Piece, None),
];

#[test]
fn the_size_of_a_can_a_length_and_a_number_said_twice_are_told_from_quantities() {
    check(
        CANS,
        &[
            ("lata de 18 de selador", &["Selador Acrílico 18L = ?"]),
            ("2 latas de 18 de selador", &["Selador Acrílico 18L = 2"]),
            ("1 pia de inox de 1,50", &["? pia de inox de 1,50 = 1"]),
            ("1 pia inox 1,20", &["Pia Inox 1,20m = 1"]),
            ("viga 6x12: 4 de 3m e 2 de 5m", &["Viga Peroba 6x12 = 22"]),
            ("10 (dez) sacos de cimento", &["Cimento 50kg = 10"]),
            ("10 (doze) sacos de cimento", &["Cimento 50kg = ?"]),
            ("faz um orçamento de 10 sacos de cimento", &["Cimento 50kg = 10"]),
            ("lixa 120 - 10 folhas", &["? lixa 120 = 10"]),
            ("porta 60", &["? porta 60 = ?"]),
            ("2 te 25 1/2", &["? te 25 1/2 = 2"]),
        ],
    );
}
