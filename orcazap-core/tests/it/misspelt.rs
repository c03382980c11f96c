//! Words as people write them who learnt by ear, type in a hurry or dictate: what can be
//! one word only is that word, and what can be another is none. Cases are written as in
//! `stores`.

use orcazap_core::Unit;

use crate::stores::{Row, check};

const STORE: &[Row] = &[
    ("Cimento CP II 50kg", Unit::Bag, Some(("50", Unit::Kilogram))),
    ("Areia Média", Unit::CubicMeter, None),
    ("Brita 1", Unit::CubicMeter, None),
    ("Telha Portuguesa Vermelha", Unit::Piece, None),
    ("Mangueira Jardim", Unit::Meter, None),
    ("Torneira Jardim", Unit::Piece, None),
    ("Torneira Lavatório", Unit::Piece, None),
    ("Massa Corrida 25kg", Unit::Bucket, Some(("25", Unit::Kilogram))),
    ("Isopor Laje", Unit::Piece, None),
    ("Caixa de Gordura", Unit::Piece, None),
    ("Caixa Sifonada 150", Unit::Piece, None),
    ("Ripa Pinus", Unit::Meter, None),
    ("Arame Farpado 250m", Unit::Roll, Some(("250", Unit::Meter))),
    ("Carrinho de Mão", Unit::Piece, None),
    ("Chuveiro Elétrico", Unit::Piece, None),
    ("Vaso Sanitário", Unit::Piece, None),
    ("Bucha Nylon 8", Unit::Piece, None),
    ("Disco de Corte", Unit::Piece, None),
    ("Fio Flexível 2,5", Unit::Meter, None),
    ("Pá de Bico", Unit::Piece, None),
    ("Trincha 2", Unit::Piece, None),
    ("Adesivo PVC 75g Bisnaga", Unit::Piece, None),
    ("Adesivo PVC 175g Frasco", Unit::Piece, None),
    ("Tê Soldável 25mm", Unit::Piece, None),
    ("Telha de Zinco", Unit::Meter, None),
    ("Bloco Estrutural 4MPa", Unit::Piece, None),
];

#[test]
fn words_are_read_as_they_sound() {
    check(
        STORE,
        &[
            ("20 teia vermelia", &["Telha Portuguesa Vermelha = 20"]),
            ("20 telia portugueza vermeia", &["Telha Portuguesa Vermelha = 20"]),
            ("15 m de mangera jardin", &["Mangueira Jardim = 15"]),
            ("3 masa corida", &["Massa Corrida 25kg = 3"]),
            ("1 carrim de mão", &["Carrinho de Mão = 1"]),
            ("2 chuvero eletricu", &["Chuveiro Elétrico = 2"]),
            ("8 saco de simentto", &["Cimento CP II 50kg = 8"]),
        ],
    );
}

#[test]
fn a_letter_too_few_or_two_swapped_are_forgiven() {
    check(
        STORE,
        &[
            ("uma caixa de gordra", &["Caixa de Gordura = 1"]),
            ("2 caixa sifonda 150", &["Caixa Sifonada 150 = 2"]),
            ("2 torneria de jardim", &["Torneira Jardim = 2"]),
            ("30 isopo pra laje", &["Isopor Laje = 30"]),
            ("4 disco de cort", &["Disco de Corte = 4"]),
            ("2 rolo de arame farbado", &["Arame Farpado 250m = 2"]),
            ("20 tleha portuguesa", &["Telha Portuguesa Vermelha = 20"]),
            ("4 mteros de mangueira de jardim", &["Mangueira Jardim = 4"]),
            ("8 sacs de cmento", &["Cimento CP II 50kg = 8"]),
        ],
    );
}

#[test]
fn numbers_and_words_of_asking_are_misspelt_too() {
    check(
        STORE,
        &[
            ("quize saco de cimento", &["Cimento CP II 50kg = 15"]),
            ("quareta saco de cimento", &["Cimento CP II 50kg = 40"]),
            ("trezento telha portuguesa", &["Telha Portuguesa Vermelha = 300"]),
            ("seissentos telha portuguesa", &["Telha Portuguesa Vermelha = 600"]),
            ("presizo duma caixa de gordura", &["Caixa de Gordura = 1"]),
            ("fas um orsamento de 10 cimento", &["Cimento CP II 50kg = 10"]),
        ],
    );
}

#[test]
fn words_that_nothing_parts_are_parted() {
    check(
        STORE,
        &[
            ("25sacosde cimento", &["Cimento CP II 50kg = 25"]),
            ("10 sacode cimento", &["Cimento CP II 50kg = 10"]),
            ("5sacos decimento", &["Cimento CP II 50kg = 5"]),
            ("vintecinco saco de cimentocp2", &["Cimento CP II 50kg = 25"]),
            ("ummetro de brita1", &["Brita 1 = 1"]),
        ],
    );
}

#[test]
fn everyday_words_and_other_goods_are_nothing_else() {
    check(
        STORE,
        &[
            ("entrega em maio, 10 cimento", &["Cimento CP II 50kg = 10"]),
            ("2 pinos", &["? pinos = 2"]),
            ("100 m de ripa pinos", &["Ripa Pinus = 100"]),
            ("2 xolpo 25 e vaso sanitário", &["Vaso Sanitário = ?", "? xolpo 25 = 2"]),
            // Its numbers are its own sizes, and count nothing that follows.
            ("4 xolpo 90 de 50 e 2 tê 25", &["Tê Soldável 25mm = 2", "? xolpo 90 de 50 = 4"]),
        ],
    );
}

#[test]
fn what_happened_to_goods_is_no_order_of_them() {
    check(
        STORE,
        &[
            ("o chuveiro queimou, quero um vaso sanitário", &["Vaso Sanitário = 1"]),
            ("a torneira quebrô, manda 2 trincha 2", &["Trincha 2 = 2"]),
            ("a carreta passou na rua. 5 cimento", &["Cimento CP II 50kg = 5"]),
            ("1 pá de bico que o servente quebrou a minha", &["Pá de Bico = 1"]),
            ("o rapaz que coloca a telha mandou pedir 10 cimento", &["Cimento CP II 50kg = 10"]),
        ],
    );
}

#[test]
fn small_words_are_told_by_those_beside_them() {
    check(
        STORE,
        &[
            ("meu fio vai pagar, 10 cimento", &["Cimento CP II 50kg = 10"]),
            ("meu pai pediu pa compra 10 cimento", &["Cimento CP II 50kg = 10"]),
            ("2 pa de bico", &["Pá de Bico = 2"]),
        ],
    );
}

#[test]
fn a_container_tells_goods_apart_whose_names_have_it() {
    check(
        STORE,
        &[
            ("2 adezivo pvc bisnaga", &["Adesivo PVC 75g Bisnaga = 2"]),
            ("1 frasco de adesivo pvc", &["Adesivo PVC 175g Frasco = 1"]),
            ("telha de zinco, são 9 peças de 4 metros cada", &["Telha de Zinco = 36"]),
        ],
    );
}
