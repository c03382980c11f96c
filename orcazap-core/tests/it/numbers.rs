//! What a number beside goods is, on small stores: a quantity only when nothing else
//! is possible. A size that the store lacks makes the ask unknown.

use orcazap_core::Unit;

use crate::stores::{Row, check};

/// A store with few sizes of what is made in many.
const STORE: &[Row] = &[
    ("Cimento CP II 50kg", Unit::Bag, Some(("50", Unit::Kilogram))),
    ("Cal Hidratada 20kg", Unit::Bag, Some(("20", Unit::Kilogram))),
    ("Brita 1", Unit::CubicMeter, None),
    ("Tijolo 6 Furos 9x14x19", Unit::Piece, None),
    ("Tijolo 8 Furos 9x19x19", Unit::Piece, None),
    ("Prego 18x27", Unit::Kilogram, None),
    ("Caibro 5x7", Unit::Meter, None),
    ("Tubo Soldável 25mm barra 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Tê Soldável 25mm", Unit::Piece, None),
    ("Fita Veda Rosca 18mm x 25m", Unit::Piece, None),
    ("Trena 5m", Unit::Piece, None),
    ("Trena 8m", Unit::Piece, None),
    ("Pia de Inox 1,20m", Unit::Piece, None),
    ("Rodapé Branco 7cm", Unit::Bar, None),
    ("Lâmpada LED 9W", Unit::Piece, None),
    ("Chuveiro 7500W 220V", Unit::Piece, None),
    ("Porta Lisa 0,80x2,10", Unit::Piece, None),
    ("Porta Lisa 0,70x2,10", Unit::Piece, None),
    ("Selador Acrílico 18L", Unit::Can, Some(("18", Unit::Liter))),
    ("Selador Acrílico 3,6L", Unit::Gallon, Some(("3.6", Unit::Liter))),
    ("Lona Preta 4m de largura", Unit::Meter, None),
    ("Ferro 8mm barra 12m", Unit::Bar, Some(("12", Unit::Meter))),
    ("Ferro 10mm barra 12m", Unit::Bar, Some(("12", Unit::Meter))),
    ("Cantoneira de Ferro 1 x 1/8", Unit::Bar, None),
    ("Tábua de Pinus 2,5 x 20 cm", Unit::Piece, None),
    ("Tábua de Pinus 2,5 x 30 cm", Unit::Piece, None),
    ("Treliça H12 barra 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Treliça H12 barra 12m", Unit::Bar, Some(("12", Unit::Meter))),
    ("Cola PVC 75g", Unit::Piece, None),
];

#[test]
fn a_number_is_told_by_what_stands_around_it() {
    check(
        STORE,
        &[
            // A dash parts the quantity from the goods, whatever size it could be.
            ("cimento - 50\ncal - 20", &["Cimento CP II 50kg = 50", "Cal Hidratada 20kg = 20"]),
            // Numbers of a list on one line count nothing.
            (
                "1) 8 cimento 2) 4 cal 3) 1 m brita 1",
                &["Cimento CP II 50kg = 8", "Cal Hidratada 20kg = 4", "Brita 1 = 1"],
            ),
            // `N e M, X de cada` are two sizes.
            ("trena 5 e 8, 2 de cada", &["Trena 5m = 2", "Trena 8m = 2"]),
            (
                "ferro 8 e 10, três de cada",
                &["Ferro 8mm barra 12m = 3", "Ferro 10mm barra 12m = 3"],
            ),
            ("tem ferro 8 e 10?", &["Ferro 8mm barra 12m = ?", "Ferro 10mm barra 12m = ?"]),
            ("dois cento de tijolo 6 furos", &["Tijolo 6 Furos 9x14x19 = 200"]),
            ("tê 25 x 4", &["Tê Soldável 25mm = 4"]),
            (
                "dez barras de ferro oito e três de ferro 10",
                &["Ferro 8mm barra 12m = 10", "Ferro 10mm barra 12m = 3"],
            ),
            // A size that the store lacks is none of its quantities.
            ("união 32 2", &["? união 32 = 2"]),
            // What was counted wrong.
            (
                "6 cimento... 60 na vdd, e 1 cal",
                &["Cimento CP II 50kg = 60", "Cal Hidratada 20kg = 1"],
            ),
            ("20 cimento nao pera 25", &["Cimento CP II 50kg = 25"]),
            (
                "cimento 20 saco ... pera, 22. e 10 de cal",
                &["Cimento CP II 50kg = 22", "Cal Hidratada 20kg = 10"],
            ),
            ("10 sacos de cimento é muito, deixa só 6", &["Cimento CP II 50kg = 6"]),
            ("1 trena de 5, aliás 8", &["Trena 8m = 1"]),
            // Halves of what was counted, told by their sizes.
            (
                "10 ferro metade de 8 metade de 10",
                &["Ferro 8mm barra 12m = 5", "Ferro 10mm barra 12m = 5"],
            ),
            // A unit goes on, a load has no number.
            ("um galão de selador e um de selador acrílico", &["Selador Acrílico 3,6L = 2"]),
            // A measure does not go on as a container does, a dash before a size parts nothing.
            ("2 kg de prego e 10 de cimento", &["Prego 18x27 = 2", "Cimento CP II 50kg = 10"]),
            ("ferro - 10 - 5 barras", &["Ferro 10mm barra 12m = 5"]),
            ("trena - 5", &["Trena 5m = ?"]),
            ("tá acabando o cimento, manda 10", &["Cimento CP II 50kg = 10"]),
            ("vocês tem loja fisica? quero 10 cimento", &["Cimento CP II 50kg = 10"]),
            ("cancela. manda 10 cal", &["Cal Hidratada 20kg = 10"]),
            // The sizes of one thing, told by the unit that it is counted in.
            ("40 barras de 8mm", &["Ferro 8mm barra 12m = 40"]),
        ],
    );
}

#[test]
fn an_order_beside_the_price_of_another_shop_is_an_order() {
    check(
        STORE,
        &[
            (
                "no concorrente o cimento ta 36,90, faz igual? preciso 100 sacos",
                &["Cimento CP II 50kg = 100"],
            ),
            (
                "5 cimento e 1 cal, se eu pagar à vista tem desconto?",
                &["Cimento CP II 50kg = 5", "Cal Hidratada 20kg = 1"],
            ),
            ("o concorrente faz 10 cimento por 300, vocês cobrem?", &[]),
            ("se eu levar 50 sacos de cimento tem desconto?", &[]),
        ],
    );
}

#[test]
fn rows_of_a_table_keep_the_quantity_they_begin_with() {
    let rows: &[&str] = &["Cimento CP II 50kg = 10", "Cal Hidratada 20kg = 5", "Brita 1 = 3"];
    check(
        STORE,
        &[
            ("10\tcimento\n5\tcal\n3\tbrita 1", rows),
            ("10;cimento\n5;cal\n3;brita 1", rows),
            ("PRODUTO;QTD\ncimento;10\ncal;5\nbrita 1;3", rows),
            (
                "produto | qtd | preço\ncimento | 10 | 39,90\ncal | 5 | 15,90\nbrita 1 | 3 | 120",
                rows,
            ),
            ("| material | qtd |\n| cimento | 10 |\n| cal | 5 |\n| brita 1 | 3 |", rows),
            ("QTD;PRODUTO\n10;cimento\n5;cal\n3;brita 1", rows),
            ("10\tsc\tcimento\n5\tsc\tcal\n3\tm3\tbrita 1", rows),
            ("10;cimento;39,90;399,00\n5;cal;15,50;77,50\n3;brita 1;142,00;426,00", rows),
            ("cimento\t10\ncal\t5\nbrita 1\t3", rows),
            ("ITEM\tPRODUTO\tUND\tQTD\n1\tcimento\tsc\t10\n2\tcal\tsc\t5\n3\tbrita 1\tm3\t3", rows),
        ],
    );
}

#[test]
fn a_unit_and_a_half_is_one_and_a_half() {
    check(
        STORE,
        &[
            ("milheiro e meio de tijolo 6 furos", &["Tijolo 6 Furos 9x14x19 = 1500"]),
            ("duzia e meia de tê 25", &["Tê Soldável 25mm = 18"]),
            ("barra e meia de ferro 8", &["Ferro 8mm barra 12m = 2"]),
            ("2 dúzias e meia de tê 25", &["Tê Soldável 25mm = 30"]),
            (
                "cimento 10 e meia lata de selador",
                &["Cimento CP II 50kg = 10", "Selador Acrílico 18L = 1"],
            ),
        ],
    );
}

#[test]
fn grams_are_parts_of_a_kilogram_or_a_size() {
    check(
        STORE,
        &[
            ("1500g de prego 18x27", &["Prego 18x27 = 2"]),
            ("prego 18x27 800 gramas", &["Prego 18x27 = 1"]),
            ("2 cola pvc 75g", &["Cola PVC 75g = 2"]),
            ("2 cola pvc 175g", &["? cola pvc 175g = 2"]),
        ],
    );
}

#[test]
fn a_size_that_the_store_lacks_is_no_quantity() {
    check(
        STORE,
        &[
            ("cimento cp3", &["? cimento cp3 = ?"]),
            ("cimento cp 3 10 sacos", &["? cimento cp 3 = 10"]),
            ("cimento de 25kg", &["? cimento de 25kg = ?"]),
            ("cimento 100kg", &["Cimento CP II 50kg = 2"]),
            ("10 sacos de cimento 500kg", &["Cimento CP II 50kg = 10"]),
            ("rodapé de 15", &["? rodapé de 15 = ?"]),
            ("rodapé 15", &["Rodapé Branco 7cm = 15"]),
            ("lâmpada 9w 3000k", &["? lâmpada 9w 3000k = ?"]),
            ("chuveiro 7500w 127", &["? chuveiro 7500w 127 = ?"]),
            ("porta 60", &["? porta 60 = ?"]),
            ("porta 80 2", &["Porta Lisa 0,80x2,10 = 2"]),
            ("1 milheiro de tijolo 9 furos", &["? tijolo 9 furos = 1000"]),
            ("2 fita veda rosca 50m", &["? fita veda rosca 50m = 2"]),
            ("2 fita veda rosca 25m", &["Fita Veda Rosca 18mm x 25m = 2"]),
            ("1 tubo soldável 25 3m", &["? tubo soldável 25 3m = 1"]),
            ("1 tubo soldável 25 6m", &["Tubo Soldável 25mm barra 6m = 1"]),
            ("te soldável 25 1/2", &["? te soldável 25 1/2 = ?"]),
            ("1 trena 10m", &["? trena 10m = 1"]),
            ("1 pia de inox de 1,50", &["? pia de inox de 1,50 = 1"]),
            ("pia inox 1,80 2", &["? pia inox 1,80 = 2"]),
            ("pia inox 2 219,90", &["Pia de Inox 1,20m = 2"]),
            ("5 barra de ferro 25mm", &["? ferro 25mm = 5"]),
            ("2 cantoneira 1", &["Cantoneira de Ferro 1 x 1/8 = 2"]),
        ],
    );
}

#[test]
fn a_measure_that_tells_goods_apart_is_no_quantity() {
    check(
        STORE,
        &[
            ("lata de 18 de selador", &["Selador Acrílico 18L = ?"]),
            ("galao de 3,6 selador", &["Selador Acrílico 3,6L = ?"]),
            ("2 latas de 18 de selador", &["Selador Acrílico 18L = 2"]),
            ("lona preta 4m de largura 10 metros", &["Lona Preta 4m de largura = 10"]),
            ("24 treliça h12 12m", &["Treliça H12 barra 12m = 24"]),
            ("10 tábua de 20", &["Tábua de Pinus 2,5 x 20 cm = 10"]),
        ],
    );
}

#[test]
fn lengths_and_sizes_of_a_list_are_of_the_goods_before_them() {
    check(
        STORE,
        &[
            ("caibro 5x7: 10 de 3m, 8 de 4m e 6 de 5m", &["Caibro 5x7 = 92"]),
            (
                "10 barras de ferro 10 e 8",
                &["Ferro 10mm barra 12m = 10", "Ferro 8mm barra 12m = ?"],
            ),
            ("ferro 8 ou 10, 20 barras", &["Ferro 8mm barra 12m | Ferro 10mm barra 12m = 20"]),
        ],
    );
}

#[test]
fn a_number_said_twice_holds_when_both_agree() {
    check(
        STORE,
        &[
            ("10 (dez) sacos de cimento", &["Cimento CP II 50kg = 10"]),
            ("10 (doze) sacos de cimento", &["Cimento CP II 50kg = ?"]),
        ],
    );
}
