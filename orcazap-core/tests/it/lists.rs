//! Orders of several goods, as people list them: numbers before and behind the goods, halves,
//! lengths and units that go on, and what is told beside them that is no goods.

use orcazap_core::Unit;

use crate::stores::{Row, check};

const STORE: &[Row] = &[
    ("Rejunte Flexível Branco 1kg", Unit::Pack, Some(("1", Unit::Kilogram))),
    ("Rejunte Flexível Preto 1kg", Unit::Pack, Some(("1", Unit::Kilogram))),
    ("Tomada Dupla 10A 4x2", Unit::Piece, None),
    ("Tomada Simples 10A 4x2", Unit::Piece, None),
    ("Caixa de Luz 4x4 Amarela", Unit::Piece, None),
    ("Telha Fibrocimento 2,44x1,10 6mm", Unit::Piece, None),
    ("Telha Fibrocimento 3,66x1,10 6mm", Unit::Piece, None),
    ("Joelho Esgoto 50mm", Unit::Piece, None),
    ("Joelho Esgoto 100mm", Unit::Piece, None),
    ("Tubo Esgoto 100mm barra 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Tijolo 6 Furos", Unit::Piece, None),
    ("Tijolo Refratário", Unit::Piece, None),
    ("Tijolo Maciço", Unit::Thousand, None),
    ("Cabo Flexível 2,5mm Preto", Unit::Meter, None),
    ("Cabo Flexível 2,5mm Azul", Unit::Meter, None),
    ("Cabo Flexível 2,5mm Preto Rolo 100m", Unit::Roll, Some(("100", Unit::Meter))),
    ("Cabo Flexível 2,5mm Azul Rolo 100m", Unit::Roll, Some(("100", Unit::Meter))),
    ("Conduíte Corrugado 20mm", Unit::Meter, None),
    ("Conduíte Corrugado 25mm", Unit::Meter, None),
    ("Conduíte Corrugado 25mm Rolo 50m", Unit::Roll, Some(("50", Unit::Meter))),
    ("Rolo de Lã 23cm", Unit::Piece, None),
    ("Balde de Obra 12L", Unit::Piece, None),
    ("Brita 1", Unit::CubicMeter, None),
    ("Brita 2", Unit::CubicMeter, None),
    ("Areia Fina", Unit::CubicMeter, None),
    ("Lona Preta 4m de largura", Unit::Meter, None),
    ("Bucha 6", Unit::Piece, None),
    ("Bucha 10", Unit::Piece, None),
    ("Torneira de Banheiro Cromada", Unit::Piece, None),
    ("Dobradiça Cromada 3", Unit::Piece, None),
    ("Porta Lisa 0,80x2,10", Unit::Piece, None),
    ("Esmalte Branco 3,6L", Unit::Gallon, Some(("3.6", Unit::Liter))),
    ("Piso Cinza 45x45", Unit::SquareMeter, None),
    ("Cimento CP II 50kg", Unit::Bag, Some(("50", Unit::Kilogram))),
];

#[test]
fn a_number_that_tells_no_goods_apart_counts_them() {
    check(
        STORE,
        &[
            (
                "rejunte 1 branco e 2 preto",
                &["Rejunte Flexível Branco 1kg = 1", "Rejunte Flexível Preto 1kg = 2"],
            ),
            ("rejunte preto 1", &["Rejunte Flexível Preto 1kg = 1"]),
            ("tomada dupla 4", &["Tomada Dupla 10A 4x2 = 4"]),
            (
                "telha 3,66x1,10 seis, telha 2,44x1,10 dez",
                &["Telha Fibrocimento 3,66x1,10 6mm = 6", "Telha Fibrocimento 2,44x1,10 6mm = 10"],
            ),
            ("brita um dois metros", &["Brita 1 = 2"]),
            (
                "joelho esgoto 100 x4, balde de obra x2",
                &["Joelho Esgoto 100mm = 4", "Balde de Obra 12L = 2"],
            ),
            ("piso cinza 45x45 x20", &["Piso Cinza 45x45 = 20"]),
            // Which one is a size.
            ("conduíte 25", &["Conduíte Corrugado 25mm | Conduíte Corrugado 25mm Rolo 50m = ?"]),
        ],
    );
}

#[test]
fn goods_follow_each_other_without_commas() {
    check(
        STORE,
        &[
            (
                "joelho 3 de 100 e 2 de 50 tubo 100 4 barras",
                &[
                    "Joelho Esgoto 100mm = 3",
                    "Joelho Esgoto 50mm = 2",
                    "Tubo Esgoto 100mm barra 6m = 4",
                ],
            ),
            ("tubo 75 1 barra joelho 50 6", &["Joelho Esgoto 50mm = 6", "? tubo 75 = 1"]),
            (
                "tomada simples 8 caixa 4x4 4",
                &["Tomada Simples 10A 4x2 = 8", "Caixa de Luz 4x4 Amarela = 4"],
            ),
            (
                "fio 2,5 100 m preto 100 m azul",
                &["Cabo Flexível 2,5mm Preto = 100", "Cabo Flexível 2,5mm Azul = 100"],
            ),
            (
                "joelho esgoto 50 10 un 100 4 un",
                &["Joelho Esgoto 50mm = 10", "Joelho Esgoto 100mm = 4"],
            ),
            (
                "balde de obra e lona preta, 2 de cada",
                &["Balde de Obra 12L = 2", "Lona Preta 4m de largura = 2"],
            ),
        ],
    );
}

#[test]
fn units_halves_and_lengths_go_on_where_they_can() {
    check(
        STORE,
        &[
            (
                "2 milheiros de tijolo 6 furos e 15 refratário",
                &["Tijolo 6 Furos = 2000", "Tijolo Refratário = 15"],
            ),
            (
                "1 milheiro de tijolo 6 furos e meio de maciço",
                &["Tijolo 6 Furos = 1000", "Tijolo Maciço = 1"],
            ),
            (
                "conduíte: 50 m de 20 e 1 rolo de 25",
                &["Conduíte Corrugado 20mm = 50", "Conduíte Corrugado 25mm Rolo 50m = 1"],
            ),
            ("4 pedaços de 5 m de lona preta", &["Lona Preta 4m de largura = 20"]),
            ("50 buchas, metade 6 metade 10", &["Bucha 6 = 25", "Bucha 10 = 25"]),
            ("me entrega 1/2 m3 de areia fina", &["Areia Fina = 1"]),
            ("quanto o cento do tijolo 6 furos?", &["Tijolo 6 Furos = ?"]),
            ("são 12 tijolo 6 furos", &["Tijolo 6 Furos = 12"]),
            ("esmalte branco preciso de 2", &["Esmalte Branco 3,6L = 2"]),
        ],
    );
}

#[test]
fn what_is_told_beside_goods_is_none() {
    check(
        STORE,
        &[
            (
                "casa com 2 banheiros, quanto custa a torneira?",
                &["Torneira de Banheiro Cromada = ?"],
            ),
            ("o quarto é 3x4, valor do piso cinza", &["Piso Cinza 45x45 = ?"]),
            ("preciso de 12 dobradiças pras portas novas", &["Dobradiça Cromada 3 = 12"]),
            ("cimento 3 sacos pro piso da varanda", &["Cimento CP II 50kg = 3"]),
            (
                "3 baldes de obra que o servente perdeu, 1 rolo de lã",
                &["Balde de Obra 12L = 3", "Rolo de Lã 23cm = 1"],
            ),
            (
                "portão: esmalte branco 1, balde de obra 2",
                &["Esmalte Branco 3,6L = 1", "Balde de Obra 12L = 2"],
            ),
            (
                "são 3 banheiros e 2 quartos, preço da torneira",
                &["Torneira de Banheiro Cromada = ?"],
            ),
            ("minha casa tem 80 m2, quanto é o m2 do piso cinza?", &["Piso Cinza 45x45 = ?"]),
            ("preciso de cimento pra 30 m2", &["Cimento CP II 50kg = ?"]),
            ("quantos sacos de cimento cp2 preciso pra 30 m2?", &[]),
            ("paguei 42 no cimento semana passada, quanto tá hoje?", &["Cimento CP II 50kg = ?"]),
            ("o rato roeu o fio, manda 2 tomada dupla", &["Tomada Dupla 10A 4x2 = 2"]),
            ("cheguei a pagar 38 no cimento, qual o preço?", &["Cimento CP II 50kg = ?"]),
        ],
    );
}

#[test]
fn marks_part_numbers_from_goods() {
    check(
        STORE,
        &[
            (
                "joelho esgoto 100: 4 brita 1: 2 balde de obra: 3",
                &["Joelho Esgoto 100mm = 4", "Brita 1 = 2", "Balde de Obra 12L = 3"],
            ),
            (
                "fio 2,5 azul: 20 m cimento: 5 joelho esgoto 100: 3",
                &[
                    "Cabo Flexível 2,5mm Azul = 20",
                    "Cimento CP II 50kg = 5",
                    "Joelho Esgoto 100mm = 3",
                ],
            ),
            ("cimento cp2 x10, brita 1 x2", &["Cimento CP II 50kg = 10", "Brita 1 = 2"]),
            // A colon that heads several goods parts nothing.
            (
                "banheiro: 2 joelho esgoto 100 e 1 balde de obra",
                &["Joelho Esgoto 100mm = 2", "Balde de Obra 12L = 1"],
            ),
            (
                "rejunte preto (20), tijolo refratário (10)",
                &["Rejunte Flexível Preto 1kg = 20", "Tijolo Refratário = 10"],
            ),
            (
                "rejunte preto = 3, joelho esgoto 50 = 5",
                &["Rejunte Flexível Preto 1kg = 3", "Joelho Esgoto 50mm = 5"],
            ),
            // Numbers that begin lines are no numbering where they do not grow by one.
            (
                "10 - brita 1\n4 - balde de obra\n5 - tijolo refratário",
                &["Brita 1 = 10", "Balde de Obra 12L = 4", "Tijolo Refratário = 5"],
            ),
            ("1 - 10 brita 1\n2 - 4 balde de obra", &["Brita 1 = 10", "Balde de Obra 12L = 4"]),
        ],
    );
}
