//! Words that are mostly something else, and words of other languages. Cases are
//! written as in `stores`.

use orcazap_core::Unit;

use crate::stores::{Row, check};

/// A store whose goods are spelled like verbs and like words of courtesy.
const HOMOGRAPHS: &[Row] = &[
    ("Bota PVC Cano Longo nº 41", Unit::Pair, None),
    ("Registro de Gaveta 3/4", Unit::Piece, None),
    ("Prego 17x27", Unit::Kilogram, None),
    ("Caixa de Passagem 4x2", Unit::Piece, None),
    ("Parafuso Philips 4x40", Unit::Piece, None),
    ("Cerca Elétrica 500m", Unit::Piece, None),
    ("Junção Y Esgoto 100mm", Unit::Piece, None),
    ("Tubo Esgoto 100mm", Unit::Bar, Some(("6", Unit::Meter))),
    ("Joelho 90 Esgoto 100mm", Unit::Piece, None),
    ("Tê Esgoto 100mm", Unit::Piece, None),
    ("Válvula de Descarga 1.1/2", Unit::Piece, None),
    ("Válvula para Lavatório", Unit::Piece, None),
    ("Cimento CP II 50kg", Unit::Bag, Some(("50", Unit::Kilogram))),
    ("Areia Média", Unit::CubicMeter, None),
    ("Tijolo Cerâmico 8 Furos", Unit::Piece, None),
    ("Tinta Acrílica Branca 18L", Unit::Can, Some(("18", Unit::Liter))),
];

#[test]
fn a_verb_is_no_product_that_is_spelled_like_it() {
    check(
        HOMOGRAPHS,
        &[
            ("bota 10 cimento", &["Cimento CP II 50kg = 10"]),
            ("e bota 1 verde", &["? verde = 1"]),
            ("bota 41 tijolos", &["Tijolo Cerâmico 8 Furos = 41"]),
            ("registra aí 10 cimento", &["Cimento CP II 50kg = 10"]),
            (
                "corta 2 tubo e prega 3 joelho",
                &["Tubo Esgoto 100mm = 2", "Joelho 90 Esgoto 100mm = 3"],
            ),
            ("me passa 500 tijolo", &["Tijolo Cerâmico 8 Furos = 500"]),
            ("liga aí e parafusa 2 joelho", &["Joelho 90 Esgoto 100mm = 2"]),
            ("cerca de 10 sacos de cimento", &["Cimento CP II 50kg = 10"]),
            ("2 tubo y 3 joelho", &["Tubo Esgoto 100mm = 2", "Joelho 90 Esgoto 100mm = 3"]),
        ],
    );
}

#[test]
fn shorthand_and_misspelt_words_are_read_as_meant() {
    check(
        HOMOGRAPHS,
        &[
            ("qro 10 cimnto", &["Cimento CP II 50kg = 10"]),
            ("2 m de area media", &["Areia Média = 2"]),
            ("1 kaixa de passagem 4x2", &["Caixa de Passagem 4x2 = 1"]),
            ("fazendo um canteiro aqui nos fundos, 10 cimento", &["Cimento CP II 50kg = 10"]),
            ("qro 10 cimento, dpois eu pago", &["Cimento CP II 50kg = 10"]),
            ("10 cimento p/ seg", &["Cimento CP II 50kg = 10"]),
        ],
    );
}

#[test]
fn a_tee_behind_its_number_and_unit_is_no_pronoun() {
    check(
        HOMOGRAPHS,
        &[
            ("5 un tê esgoto 100", &["Tê Esgoto 100mm = 5"]),
            (
                "10 pç te esgoto 100\n2 un joelho esgoto 100",
                &["Tê Esgoto 100mm = 10", "Joelho 90 Esgoto 100mm = 2"],
            ),
        ],
    );
}

#[test]
fn what_was_bought_or_stands_at_home_is_not_asked_for() {
    check(
        HOMOGRAPHS,
        &[
            ("já tenho 10 sacos de cimento, preciso de 5 areia média", &["Areia Média = 5"]),
            ("comprei 10 sacos de cimento ontem e veio 2 rasgado", &[]),
            ("nota fiscal 558 veio com 2 sacos rasgados", &[]),
            ("da outra vez peguei 20 cimento, agora quero 30", &["Cimento CP II 50kg = 30"]),
            ("ontem comprei areia, quero 5 cimento", &["Cimento CP II 50kg = 5"]),
            ("mandei a lista ontem: 10 cimento", &["Cimento CP II 50kg = 10"]),
        ],
    );
}

#[test]
fn what_is_worked_on_who_speaks_and_where_he_lives_are_no_goods() {
    check(
        HOMOGRAPHS,
        &[
            ("vou pintar a cerca elétrica, 2 tinta branca", &["Tinta Acrílica Branca 18L = 2"]),
            ("aqui é o Vaso, 2 cimento", &["Cimento CP II 50kg = 2"]),
            ("sou a Tintinha. 2 cimento", &["Cimento CP II 50kg = 2"]),
            ("casa 15 fundos, 2 cimento", &["Cimento CP II 50kg = 2"]),
            ("cód 12345 cimento 10", &["Cimento CP II 50kg = 10"]),
            ("10 cimento entregues no 01310100", &["Cimento CP II 50kg = 10"]),
        ],
    );
}

/// A store whose names have little words, diminutives and brands among them.
const NAMES: &[Row] = &[
    ("Argamassa Piso sobre Piso 20kg", Unit::Bag, Some(("20", Unit::Kilogram))),
    ("Piso Brilhante 45x45", Unit::Box, Some(("2.3", Unit::SquareMeter))),
    ("Espaçador Nivelador 1mm pacote 100", Unit::Pack, Some(("100", Unit::Piece))),
    ("Tinta Fosca Palha 3,6L", Unit::Gallon, Some(("3.6", Unit::Liter))),
    ("Tinta Fosca Gelo 3,6L", Unit::Gallon, Some(("3.6", Unit::Liter))),
    ("Pá de Bico", Unit::Piece, None),
    ("Joelho Soldável 25mm", Unit::Piece, None),
    ("Areia Grossa", Unit::CubicMeter, None),
    ("Caixa de Gordura PVC", Unit::Piece, None),
    ("Cal Hidratada 20kg", Unit::Bag, Some(("20", Unit::Kilogram))),
];

#[test]
fn a_name_is_known_in_its_small_and_in_its_misspelt_form() {
    check(
        NAMES,
        &[
            ("4 joelinho 25 e 3 pazinha de bico", &["Joelho Soldável 25mm = 4", "Pá de Bico = 3"]),
            ("2 m de areia groça", &["Areia Grossa = 2"]),
            ("2 m de aria grossa", &["Areia Grossa = 2"]),
            (
                "1 caxa de gordura e 3 cau hidratada",
                &["Caixa de Gordura PVC = 1", "Cal Hidratada 20kg = 3"],
            ),
        ],
    );
}

#[test]
fn a_name_may_hold_a_little_word_and_a_list_may_repeat_one() {
    check(
        NAMES,
        &[
            ("5 argamassa piso sobre piso", &["Argamassa Piso sobre Piso 20kg = 5"]),
            ("2 espaçador nivelador pct", &["Espaçador Nivelador 1mm pacote 100 = 2"]),
            (
                "2 galões de cada: fosca palha e fosca gelo",
                &["Tinta Fosca Palha 3,6L = 2", "Tinta Fosca Gelo 3,6L = 2"],
            ),
            ("1️⃣ 10 cal\n2️⃣ 5 joelho 25", &["Cal Hidratada 20kg = 10", "Joelho Soldável 25mm = 5"]),
        ],
    );
}

#[test]
fn a_product_spelled_like_a_verb_is_known_by_what_stands_beside_it() {
    check(
        HOMOGRAPHS,
        &[
            ("bota 41", &["Bota PVC Cano Longo nº 41 = ?"]),
            ("2 bota", &["Bota PVC Cano Longo nº 41 = 2"]),
            ("bota 41 2 pares", &["Bota PVC Cano Longo nº 41 = 2"]),
            ("bota de borracha", &["Bota PVC Cano Longo nº 41 = ?"]),
            ("quero uma bota", &["Bota PVC Cano Longo nº 41 = 1"]),
            ("bota 42", &["? bota 42 = ?"]),
            ("1 cerca elétrica", &["Cerca Elétrica 500m = 1"]),
            ("y 100 2", &["Junção Y Esgoto 100mm = 2"]),
            ("junção y 100 3", &["Junção Y Esgoto 100mm = 3"]),
            ("2 válvula de descarga", &["Válvula de Descarga 1.1/2 = 2"]),
        ],
    );
}

#[test]
fn what_a_word_makes_another_thing_of_is_never_the_plain_one() {
    check(
        &[("Caixa Plástica 20L", Unit::Piece, None), ("Poste de Concreto 7m", Unit::Piece, None)],
        &[
            ("1 caixa de descarga", &["? caixa de descarga = 1"]),
            ("poste padrão 1", &["? poste padrão = 1"]),
        ],
    );
}

#[test]
fn neighbours_and_foreigners_are_understood() {
    check(
        HOMOGRAPHS,
        &[
            (
                "necesito 5 bolsas de cemento y 2 metros de arena",
                &["Cimento CP II 50kg = 5", "Areia Média = 2"],
            ),
            ("quiero diez ladrillos de 8 agujeros", &["Tijolo Cerâmico 8 Furos = 10"]),
            ("dos latas de pintura blanca por favor, gracias", &["Tinta Acrílica Branca 18L = 2"]),
            (
                "3 caños de 100 y un codo de 100, gracias",
                &["Tubo Esgoto 100mm = 3", "Joelho 90 Esgoto 100mm = 1"],
            ),
            (
                "hi, I need 20 bags of cement and 3 m3 of sand please",
                &["Cimento CP II 50kg = 20", "Areia Média = 3"],
            ),
            ("how much is a bag of cement?", &["Cimento CP II 50kg = ?"]),
            (
                "500 bricks and two pipes",
                &["Tijolo Cerâmico 8 Furos = 500", "Tubo Esgoto 100mm = 2"],
            ),
        ],
    );
}

#[test]
fn foreign_words_that_mean_nothing_here_are_unknown() {
    check(
        HOMOGRAPHS,
        &[
            ("2 carretillas", &["? carretillas = 2"]),
            ("10 shovels", &["? shovels = 10"]),
            ("necesito 3 grifos", &["? grifos = 3"]),
        ],
    );
}

#[test]
fn a_word_of_the_store_is_never_read_as_a_foreign_one() {
    check(
        &[
            ("Bolsa de Ligação para Vaso", Unit::Piece, None),
            ("Piso White 60x60", Unit::Box, None),
            ("Piso Branco 60x60", Unit::Box, None),
            ("Cimento 50kg", Unit::Bag, None),
        ],
        &[
            ("2 bolsas de ligação", &["Bolsa de Ligação para Vaso = 2"]),
            ("10 bolsas de cemento", &["Cimento 50kg = 10"]),
            ("3 piso white", &["Piso White 60x60 = 3"]),
        ],
    );
}
