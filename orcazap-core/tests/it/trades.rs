//! Other kinds of stores and customers, each with a small catalogue of its own and
//! no aliases. Cases are written as in `stores`.

use orcazap_core::reading::{Context, read_in_context};
use orcazap_core::{Draft, Unit};

use crate::stores::{Row, check, store};

/// A store of paints, whose names say the line and not that it is paint.
const PAINTS: &[Row] = &[
    ("Suvinil Fosco Completo Branco Neve 18L", Unit::Can, Some(("18", Unit::Liter))),
    ("Suvinil Fosco Completo Branco Neve 3,6L", Unit::Gallon, Some(("3.6", Unit::Liter))),
    ("Suvinil Fosco Completo Palha 18L", Unit::Can, Some(("18", Unit::Liter))),
    ("Suvinil Clássica Acetinada Gelo 18L", Unit::Can, Some(("18", Unit::Liter))),
    ("Coral Decora Semibrilho Branco 3,6L", Unit::Gallon, Some(("3.6", Unit::Liter))),
    ("Esmalte Sintético Brilhante Preto 0,9L", Unit::Piece, Some(("0.9", Unit::Liter))),
    ("Esmalte Sintético Brilhante Preto 3,6L", Unit::Gallon, Some(("3.6", Unit::Liter))),
    ("Verniz Marítimo Brilhante 0,9L", Unit::Piece, Some(("0.9", Unit::Liter))),
    ("Massa Corrida 25kg", Unit::Bucket, Some(("25", Unit::Kilogram))),
    ("Massa Acrílica 25kg", Unit::Bucket, Some(("25", Unit::Kilogram))),
    ("Massa Corrida 5kg", Unit::Piece, Some(("5", Unit::Kilogram))),
    ("Selador Acrílico 18L", Unit::Can, Some(("18", Unit::Liter))),
    ("Thinner 5L", Unit::Piece, Some(("5", Unit::Liter))),
    ("Aguarrás 0,9L", Unit::Piece, Some(("0.9", Unit::Liter))),
    ("Rolo de Lã 23cm", Unit::Piece, None),
    ("Rolo de Espuma 9cm", Unit::Piece, None),
    ("Rolo de Espuma 15cm", Unit::Piece, None),
    ("Trincha 2", Unit::Piece, None),
    ("Trincha 3", Unit::Piece, None),
    ("Lixa Massa 120", Unit::Sheet, None),
    ("Lixa Massa 150", Unit::Sheet, None),
    ("Lixa Ferro 100", Unit::Sheet, None),
    ("Fita Crepe 24mm x 50m", Unit::Roll, None),
    ("Fita Crepe 48mm x 50m", Unit::Roll, None),
    ("Corante Líquido Azul 50ml", Unit::Piece, None),
    ("Corante Líquido Amarelo 50ml", Unit::Piece, None),
    ("Bandeja para Pintura", Unit::Piece, None),
    ("Cabo Extensor para Rolo 3m", Unit::Piece, None),
    ("Spray Preto Fosco 350ml", Unit::Piece, None),
    ("Textura Rústica Branca 25kg", Unit::Bucket, Some(("25", Unit::Kilogram))),
    ("Zarcão Cinza 3,6L", Unit::Gallon, Some(("3.6", Unit::Liter))),
    ("Tinta Piso Cinza 18L", Unit::Can, Some(("18", Unit::Liter))),
];

#[test]
fn paints_are_found_by_their_line_color_and_can() {
    check(
        PAINTS,
        &[
            (
                "2 latas de suvinil fosco completo branco neve e 1 rolo de lã",
                &["Suvinil Fosco Completo Branco Neve 18L = 2", "Rolo de Lã 23cm = 1"],
            ),
            ("tinta branca 18 litros 3 latas", &["Suvinil Fosco Completo Branco Neve 18L = 3"]),
            (
                "me ve uma lata de tinta palha, dois rolinho de espuma 9 e uma bandeja",
                &[
                    "Suvinil Fosco Completo Palha 18L = 1",
                    "Rolo de Espuma 9cm = 2",
                    "Bandeja para Pintura = 1",
                ],
            ),
            (
                "1 galão de esmalte preto e 2 lixa 120",
                &["Esmalte Sintético Brilhante Preto 3,6L = 1", "Lixa Massa 120 = 2"],
            ),
            ("quero pintar o portão de preto, o que vc indica", &[]),
            (
                "massa corrida 25kg 4, lixa 150 10 fls, fita crepe 48 2",
                &["Massa Corrida 25kg = 4", "Lixa Massa 150 = 10", "Fita Crepe 48mm x 50m = 2"],
            ),
            (
                "3 latas branco neve, 2 gelo",
                &["Suvinil Fosco Completo Branco Neve 18L = 3", "? gelo = 2"],
            ),
            (
                "corante azul 5 e amarelo 3",
                &["Corante Líquido Azul 50ml = 5", "Corante Líquido Amarelo 50ml = 3"],
            ),
            ("2 latas de tinta azul", &["? tinta azul = 2"]),
            ("tinta pra piso cinza 2", &["Tinta Piso Cinza 18L = 2"]),
            (
                "passa 2 selador e corta o verniz",
                &["Selador Acrílico 18L = 2", "Verniz Marítimo Brilhante 0,9L = 0"],
            ),
        ],
    );
}

/// An electrical wholesaler.
const ELECTRICAL: &[Row] = &[
    ("Cabo Flex 1,5mm² Preto RL 100m", Unit::Roll, Some(("100", Unit::Meter))),
    ("Cabo Flex 1,5mm² Azul RL 100m", Unit::Roll, Some(("100", Unit::Meter))),
    ("Cabo Flex 2,5mm² Preto RL 100m", Unit::Roll, Some(("100", Unit::Meter))),
    ("Cabo Flex 2,5mm² Azul RL 100m", Unit::Roll, Some(("100", Unit::Meter))),
    ("Cabo Flex 2,5mm² Verde RL 100m", Unit::Roll, Some(("100", Unit::Meter))),
    ("Cabo Flex 4mm² Preto RL 100m", Unit::Roll, Some(("100", Unit::Meter))),
    ("Cabo Flex 10mm² Preto", Unit::Meter, None),
    ("Cabo Flex 16mm² Preto", Unit::Meter, None),
    ("Cabo PP 3x2,5mm²", Unit::Meter, None),
    ("Cabo PP 2x1,5mm²", Unit::Meter, None),
    ("Disjuntor DIN 1P C 16A", Unit::Piece, None),
    ("Disjuntor DIN 1P C 20A", Unit::Piece, None),
    ("Disjuntor DIN 1P C 32A", Unit::Piece, None),
    ("Disjuntor DIN 2P C 40A", Unit::Piece, None),
    ("Disjuntor DIN 3P C 63A", Unit::Piece, None),
    ("DPS 275V 45kA", Unit::Piece, None),
    ("IDR 2P 40A 30mA", Unit::Piece, None),
    ("Tomada 10A Branca", Unit::Piece, None),
    ("Tomada 20A Branca", Unit::Piece, None),
    ("Interruptor Simples", Unit::Piece, None),
    ("Interruptor Paralelo", Unit::Piece, None),
    ("Placa 4x2 1 Posto", Unit::Piece, None),
    ("Placa 4x2 Cega", Unit::Piece, None),
    ("Caixa 4x2 Amarela", Unit::Piece, None),
    ("Caixa 4x4 Amarela", Unit::Piece, None),
    ("Eletroduto Corrugado 25mm Amarelo", Unit::Roll, Some(("50", Unit::Meter))),
    ("Eletroduto Corrugado 32mm Laranja", Unit::Roll, Some(("25", Unit::Meter))),
    ("Eletroduto Rígido 3/4 3m", Unit::Bar, Some(("3", Unit::Meter))),
    ("Condulete 3/4", Unit::Piece, None),
    ("Quadro Distribuição 12 Disjuntores", Unit::Piece, None),
    ("Quadro Distribuição 24 Disjuntores", Unit::Piece, None),
    ("Lâmpada LED Bulbo 9W", Unit::Piece, None),
    ("Lâmpada LED Bulbo 12W", Unit::Piece, None),
    ("Lâmpada Tubular T8 18W", Unit::Piece, None),
    ("Painel LED Embutir 24W", Unit::Piece, None),
    ("Refletor LED 50W", Unit::Piece, None),
    ("Refletor LED 100W", Unit::Piece, None),
    ("Fita Isolante 20m", Unit::Roll, None),
    ("Haste Terra 2,40m", Unit::Piece, None),
    ("Conector Haste Terra", Unit::Piece, None),
    ("Contator 32A 220V", Unit::Piece, None),
    ("Relé Fotocélula", Unit::Piece, None),
    ("Chuveiro 220V 7500W", Unit::Piece, None),
    ("Terminal Olhal 10mm", Unit::Piece, None),
    ("Abraçadeira Nylon 200x4,8 c/100", Unit::Pack, Some(("100", Unit::Piece))),
    ("Canaleta 20x10 2m c/ Adesivo", Unit::Bar, Some(("2", Unit::Meter))),
];

#[test]
fn electrical_goods_are_found_by_their_ratings() {
    check(
        ELECTRICAL,
        &[
            (
                "cabo 2,5 preto 3 rolos azul 2 rolos verde 1",
                &[
                    "Cabo Flex 2,5mm² Preto RL 100m = 3",
                    "Cabo Flex 2,5mm² Azul RL 100m = 2",
                    "Cabo Flex 2,5mm² Verde RL 100m = 1",
                ],
            ),
            (
                "200 m de cabo 10 e 50 m de pp 3x2,5",
                &["Cabo Flex 10mm² Preto = 200", "Cabo PP 3x2,5mm² = 50"],
            ),
            (
                "10 disjuntor 20, 5 de 32 e 1 geral de 63",
                &["Disjuntor DIN 1P C 20A = 10", "Disjuntor DIN 1P C 32A = 5", "? geral de 63 = 1"],
            ),
            (
                "1 quadro 12 e 24 disjuntores",
                &[
                    "Quadro Distribuição 12 Disjuntores = 1",
                    "Disjuntor DIN 1P C 16A | Disjuntor DIN 1P C 20A | Disjuntor DIN 1P C 32A | Disjuntor DIN 2P C 40A | Disjuntor DIN 3P C 63A | Quadro Distribuição 12 Disjuntores | Quadro Distribuição 24 Disjuntores = 24",
                ],
            ),
            (
                "2 caixinha 4x2 e 2 4x4, tomada 10a 10 e 20a 5",
                &[
                    "Caixa 4x2 Amarela = 2",
                    "Caixa 4x4 Amarela = 2",
                    "Tomada 10A Branca = 10",
                    "Tomada 20A Branca = 5",
                ],
            ),
            (
                "fita isolante 10 un, lampada 9w caixa com 10",
                &["Fita Isolante 20m = 10", "Lâmpada LED Bulbo 9W = 10"],
            ),
            ("100 metros de conduite 25", &["Eletroduto Corrugado 25mm Amarelo = 2"]),
            ("2 chuveiro 110", &["? chuveiro 110 = 2"]),
            ("1 idr 40 e 1 dps", &["IDR 2P 40A 30mA = 1", "DPS 275V 45kA = 1"]),
            ("5 disj mono 50", &["? disj mono 50 = 5"]),
            ("terminal de 10 20 peças", &["Terminal Olhal 10mm = 20"]),
            ("20 abraçadeira", &["Abraçadeira Nylon 200x4,8 c/100 = 1"]),
        ],
    );
}

/// A steel yard, with sizes in both systems.
const STEEL: &[Row] = &[
    ("Vergalhão CA50 8mm 12m", Unit::Bar, Some(("12", Unit::Meter))),
    ("Vergalhão CA50 10mm 12m", Unit::Bar, Some(("12", Unit::Meter))),
    ("Vergalhão CA50 12,5mm 12m", Unit::Bar, Some(("12", Unit::Meter))),
    ("Vergalhão CA60 5mm 12m", Unit::Bar, Some(("12", Unit::Meter))),
    ("Arame Recozido BWG 18 1kg", Unit::Kilogram, None),
    ("Arame Galvanizado BWG 14", Unit::Kilogram, None),
    ("Malha Pop Q61 2x3m", Unit::Sheet, None),
    ("Malha Pop Q92 2x3m", Unit::Sheet, None),
    ("Coluna Armada 10x20 8mm 6m", Unit::Piece, None),
    ("Coluna Armada 10x25 10mm 6m", Unit::Piece, None),
    ("Treliça TG8L 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Treliça TG12 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Tubo Quadrado 20x20 #18 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Tubo Quadrado 30x30 #18 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Tubo Retangular 50x30 #18 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Tubo Redondo 1.1/2 #14 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Cantoneira 1x1/8 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Cantoneira 1.1/2x1/8 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Barra Chata 1x1/8 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Barra Chata 1x3/16 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Barra Redonda 3/8 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Perfil U 100x40 2,00mm 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Perfil U Enrijecido 127x50 2mm 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Chapa Fina Frio 18 2x1m", Unit::Plate, None),
    ("Chapa Xadrez 1/8 3x1,2m", Unit::Plate, None),
    ("Telha Trapezoidal TP40 0,43mm", Unit::Meter, None),
    ("Estribo 7x17 5mm", Unit::Piece, None),
    ("Prego 17x27", Unit::Kilogram, None),
    ("Prego 18x27", Unit::Kilogram, None),
    ("Disco Corte 7", Unit::Piece, None),
    ("Disco Corte 4.1/2", Unit::Piece, None),
    ("Eletrodo 6013 2,5mm", Unit::Kilogram, None),
    ("Eletrodo 6013 3,25mm", Unit::Kilogram, None),
    ("Dobradiça Portão 3/4", Unit::Piece, None),
    ("Ferrolho Portão 8", Unit::Piece, None),
];

#[test]
fn steel_is_found_by_its_section() {
    check(
        STEEL,
        &[
            (
                "10 barras de 3/8, 5 de 5/16 e 3 kg de arame recozido",
                &[
                    "Arame Recozido BWG 18 1kg = 3",
                    "Barra Redonda 3/8 6m | Vergalhão CA50 10mm 12m = 10",
                    "? 5/16 = 5",
                ],
            ),
            (
                "20 barra de ferro 10 mm e 10 de 8",
                &["Vergalhão CA50 10mm 12m = 20", "Vergalhão CA50 8mm 12m = 10"],
            ),
            (
                "metalon 20x20 10 barras, 30x30 5",
                &["Tubo Quadrado 20x20 #18 6m = 10", "Tubo Quadrado 30x30 #18 6m = 5"],
            ),
            ("2 chapa 18, corta em 4 pedaços", &["Chapa Fina Frio 18 2x1m = 2"]),
            ("cantoneira 1x1/8 6 br", &["Cantoneira 1x1/8 6m = 6"]),
            (
                "5 malha pop q92 e 4 coluna 10x20",
                &["Malha Pop Q92 2x3m = 5", "Coluna Armada 10x20 8mm 6m = 4"],
            ),
            ("3 treliça tg8 6m", &["Treliça TG8L 6m = 3"]),
            ("50 estribo 7x17", &["Estribo 7x17 5mm = 50"]),
            ("prego 17x27 5kg", &["Prego 17x27 = 5"]),
            ("2 disco de corte 7", &["Disco Corte 7 = 2"]),
            ("eletrodo 2,5 3kg", &["Eletrodo 6013 2,5mm = 3"]),
            ("perfil u 100 4 barras", &["Perfil U 100x40 2,00mm 6m = 4"]),
        ],
    );
}

/// A tile boutique, whose lines have foreign names and grades in one word.
const TILES: &[Row] = &[
    ("Porcelanato Calacata Polido 84x84", Unit::Box, Some(("2.12", Unit::SquareMeter))),
    ("Porcelanato Calacata Acetinado 84x84", Unit::Box, Some(("2.12", Unit::SquareMeter))),
    ("Porcelanato Cemento Cinza 60x120", Unit::Box, Some(("1.44", Unit::SquareMeter))),
    ("Porcelanato Madeira Carvalho 20x120", Unit::Box, Some(("1.44", Unit::SquareMeter))),
    ("Revestimento Metro White 10x20", Unit::Box, Some(("1", Unit::SquareMeter))),
    ("Revestimento Metro Black 10x20", Unit::Box, Some(("1", Unit::SquareMeter))),
    ("Revestimento Branco Brilho 32x57", Unit::Box, Some(("2.2", Unit::SquareMeter))),
    ("Pastilha Vidro Azul 30x30", Unit::Sheet, None),
    ("Pastilha Vidro Mix 30x30", Unit::Sheet, None),
    ("Piso Arena 45x45", Unit::Box, Some(("2.25", Unit::SquareMeter))),
    ("Piso Grafite 45x45", Unit::Box, Some(("2.25", Unit::SquareMeter))),
    ("Rodapé Poliestireno 10cm Branco 2,40m", Unit::Bar, Some(("2.4", Unit::Meter))),
    ("Rodapé Poliestireno 15cm Branco 2,40m", Unit::Bar, Some(("2.4", Unit::Meter))),
    ("Argamassa ACIII Porcelanato Interno 20kg", Unit::Bag, Some(("20", Unit::Kilogram))),
    ("Argamassa ACII 20kg", Unit::Bag, Some(("20", Unit::Kilogram))),
    ("Rejunte Acrílico Branco 1kg", Unit::Piece, Some(("1", Unit::Kilogram))),
    ("Rejunte Epóxi Cinza Platina 1kg", Unit::Piece, Some(("1", Unit::Kilogram))),
    ("Espaçador 2mm c/100", Unit::Pack, Some(("100", Unit::Piece))),
    ("Espaçador Nivelador 1,5mm c/50", Unit::Pack, Some(("50", Unit::Piece))),
    ("Cunha Niveladora c/50", Unit::Pack, Some(("50", Unit::Piece))),
    ("Cuba de Apoio Redonda Branca", Unit::Piece, None),
    ("Cuba de Embutir Oval", Unit::Piece, None),
    ("Torneira Monocomando Bica Alta", Unit::Piece, None),
    ("Torneira Monocomando Bica Baixa", Unit::Piece, None),
    ("Ralo Linear 50cm", Unit::Piece, None),
    ("Ralo Linear 70cm", Unit::Piece, None),
    ("Vaso Monobloco Branco", Unit::Piece, None),
    ("Assento Soft Close", Unit::Piece, None),
    ("Ducha Higiênica Cromada", Unit::Piece, None),
    ("Soleira Granito Preto 80cm", Unit::Piece, None),
    ("Nicho Porcelanato 30x60", Unit::Piece, None),
];

#[test]
fn tiles_are_found_by_their_line_and_sold_by_the_box() {
    check(
        TILES,
        &[
            ("35m2 do porcelanato calacata polido", &["Porcelanato Calacata Polido 84x84 = 17"]),
            (
                "20 m² de piso arena e 4 argamassa ac3",
                &["Piso Arena 45x45 = 9", "Argamassa ACIII Porcelanato Interno 20kg = 4"],
            ),
            ("revestimento metro branco 12 metros", &["Revestimento Metro White 10x20 = 12"]),
            (
                "quero o calacata acetinado, 18m², e rodapé 15 20 barras",
                &[
                    "Porcelanato Calacata Acetinado 84x84 = 9",
                    "Rodapé Poliestireno 15cm Branco 2,40m = 20",
                ],
            ),
            ("pastilha azul 30 placas", &["Pastilha Vidro Azul 30x30 = 30"]),
            (
                "2 cubas de apoio e 2 torneira bica alta",
                &["Cuba de Apoio Redonda Branca = 2", "Torneira Monocomando Bica Alta = 2"],
            ),
            ("rejunte epoxi cinza 3kg", &["Rejunte Epóxi Cinza Platina 1kg = 3"]),
            ("10 m2 de porcelanato cemento", &["Porcelanato Cemento Cinza 60x120 = 7"]),
            ("espaçador 2mm 3 pacotes", &["Espaçador 2mm c/100 = 3"]),
            ("vaso com caixa acoplada", &["? vaso com caixa acoplada = ?"]),
            ("porcelanato 60x60 branco polido", &["? porcelanato 60x60 branco polido = ?"]),
        ],
    );
}

/// A store for farms and fences.
const FARM: &[Row] = &[
    ("Arame Farpado 500m", Unit::Roll, Some(("500", Unit::Meter))),
    ("Arame Farpado 250m", Unit::Roll, Some(("250", Unit::Meter))),
    ("Arame Liso Ovalado 1000m", Unit::Roll, Some(("1000", Unit::Meter))),
    ("Tela Alambrado 1,50m Fio 12", Unit::Meter, None),
    ("Tela Alambrado 1,80m Fio 14", Unit::Meter, None),
    ("Tela Galinheiro 1,50m Rolo 50m", Unit::Roll, Some(("50", Unit::Meter))),
    ("Mourão Eucalipto Tratado 2,20m 8cm", Unit::Piece, None),
    ("Mourão Eucalipto Tratado 2,50m 12cm", Unit::Piece, None),
    ("Palanque Concreto 2,50m", Unit::Piece, None),
    ("Balancim Aço 1,20m", Unit::Piece, None),
    ("Grampo Cerca 1x9", Unit::Kilogram, None),
    ("Catraca para Arame", Unit::Piece, None),
    ("Isolador W", Unit::Piece, None),
    ("Eletrificador Rural 30km", Unit::Piece, None),
    ("Porteira Madeira 3m", Unit::Piece, None),
    ("Dobradiça Porteira", Unit::Pair, None),
    ("Mangueira Irrigação 1/2 50m", Unit::Roll, Some(("50", Unit::Meter))),
    ("Mangueira Preta 3/4 100m", Unit::Roll, Some(("100", Unit::Meter))),
    ("Bomba Sapo 300W 220V", Unit::Piece, None),
    ("Boia 3/4", Unit::Piece, None),
    ("Caixa d'Água 1000L", Unit::Piece, None),
    ("Caixa d'Água 2000L", Unit::Piece, None),
    ("Bebedouro Australiano 500L", Unit::Piece, None),
    ("Ração Bovina 40kg", Unit::Bag, Some(("40", Unit::Kilogram))),
    ("Sal Mineral 25kg", Unit::Bag, Some(("25", Unit::Kilogram))),
    ("Calcário Dolomítico 50kg", Unit::Bag, Some(("50", Unit::Kilogram))),
    ("Adubo NPK 10-10-10 50kg", Unit::Bag, Some(("50", Unit::Kilogram))),
    ("Enxada 2,5 Libras", Unit::Piece, None),
    ("Cavadeira Articulada", Unit::Piece, None),
    ("Facão 18", Unit::Piece, None),
    ("Foice Roçadeira", Unit::Piece, None),
    ("Lima Chata 8", Unit::Piece, None),
    ("Lona Preta 8m", Unit::Meter, None),
    ("Bota PVC 40", Unit::Pair, None),
    ("Bota PVC 42", Unit::Pair, None),
    ("Cabo de Enxada", Unit::Piece, None),
    ("Corda Seda 10mm", Unit::Meter, None),
    ("Cal Virgem 20kg", Unit::Bag, Some(("20", Unit::Kilogram))),
    ("Veneno Formiga 500g", Unit::Piece, None),
];

#[test]
fn farm_goods_are_found_as_farmers_call_them() {
    check(
        FARM,
        &[
            ("10 bola de arame farpado", &["Arame Farpado 500m | Arame Farpado 250m = 10"]),
            ("3 rolos de arame farpado 500", &["Arame Farpado 500m = 3"]),
            (
                "50 mourão 2,20 e 10 de 2,50",
                &[
                    "Mourão Eucalipto Tratado 2,20m 8cm = 50",
                    "Mourão Eucalipto Tratado 2,50m 12cm = 10",
                ],
            ),
            ("cerca de 200 metros de tela 1,50", &["Tela Alambrado 1,50m Fio 12 = 200"]),
            ("bota 42 2 pares", &["Bota PVC 42 = 2"]),
            ("2 sacos de ração e 5 de sal", &["Ração Bovina 40kg = 2", "Sal Mineral 25kg = 5"]),
            ("mangueira 3/4 100m", &["Mangueira Preta 3/4 100m = 1"]),
            ("10 kg de grampo de cerca", &["Grampo Cerca 1x9 = 10"]),
            ("preciso de uma bomba dagua", &["? bomba dagua = 1"]),
            ("catraca 20", &["Catraca para Arame = 20"]),
            ("milho 40kg", &["? milho = 40"]),
            ("porteira 3 metros", &["Porteira Madeira 3m = ?"]),
        ],
    );
}

/// A small store of everything.
const CORNER: &[Row] = &[
    ("Cimento CP II 50kg", Unit::Bag, Some(("50", Unit::Kilogram))),
    ("Cimento Branco 1kg", Unit::Pack, Some(("1", Unit::Kilogram))),
    ("Argamassa AC1 20kg", Unit::Bag, Some(("20", Unit::Kilogram))),
    ("Argamassa AC2 20kg", Unit::Bag, Some(("20", Unit::Kilogram))),
    ("Viga Eucalipto 6x12", Unit::Meter, None),
    ("Areia Fina", Unit::CubicMeter, None),
    ("Areia Grossa", Unit::CubicMeter, None),
    ("Rejunte Branco 1kg", Unit::Pack, None),
    ("Rejunte Cinza 1kg", Unit::Pack, None),
    ("Disjuntor 16A", Unit::Piece, None),
    ("Disjuntor 20A", Unit::Piece, None),
    ("Tomada 10A", Unit::Piece, None),
    ("Caixa d'Água 500L", Unit::Piece, None),
    ("Caixa d'Água 1000L", Unit::Piece, None),
    ("Boia p/ Caixa 1/2", Unit::Piece, None),
    ("Boia p/ Caixa 3/4", Unit::Piece, None),
    ("Joelho 90 Esgoto 50mm", Unit::Piece, None),
    ("Joelho 90 Esgoto 100mm", Unit::Piece, None),
    ("Joelho 45 Esgoto 50mm", Unit::Piece, None),
    ("Joelho 45 Esgoto 100mm", Unit::Piece, None),
    ("Fio 2,5mm Preto (metro)", Unit::Meter, None),
    ("Fio 2,5mm Preto rolo 100m", Unit::Roll, Some(("100", Unit::Meter))),
    ("Sil Cabo Flexível 4mm Azul", Unit::Meter, None),
    ("Tekbond Silicone Incolor", Unit::Piece, None),
    ("Abraçadeira Nylon 20cm c/100", Unit::Pack, None),
    ("Abraçadeira Nylon 30cm c/100", Unit::Pack, None),
    ("Máscara PFF2 sem Válvula", Unit::Piece, None),
    ("Parafuso para Vaso Sanitário", Unit::Piece, None),
    ("Manilha Tubo Concreto 40cm", Unit::Piece, None),
    ("Tubo Esgoto 100mm", Unit::Bar, Some(("6", Unit::Meter))),
];

#[test]
fn what_stands_around_goods_is_told_from_them() {
    check(
        CORNER,
        &[
            ("viga 6x12, 8 peças de 4 m", &["Viga Eucalipto 6x12 = 32"]),
            ("disjuntor 80 tem?", &["? disjuntor 80 = ?"]),
            ("10 cimento cp2, areia não precisa que já tem", &["Cimento CP II 50kg = 10"]),
            (
                "20 saco de argamassa metade ac1 metade ac2",
                &["Argamassa AC1 20kg = 10", "Argamassa AC2 20kg = 10"],
            ),
            ("acabou o rejunte, manda 2 rejunte cinza", &["Rejunte Cinza 1kg = 2"]),
            (
                "2 argamaça ac2 i 3 metru de areia fina",
                &["Argamassa AC2 20kg = 2", "Areia Fina = 3"],
            ),
            ("no lugar de 12 tomada 10a são 14", &["Tomada 10A = 14"]),
            ("10 cimento cp2, casa do muro branco", &["Cimento CP II 50kg = 10"]),
            ("3 cimento cp2, entrega na casa da caixa d'água", &["Cimento CP II 50kg = 3"]),
            (
                "30 m de cabo sil 4 e 1 silicone",
                &["Sil Cabo Flexível 4mm Azul = 30", "Tekbond Silicone Incolor = 1"],
            ),
        ],
    );
}

#[test]
fn what_only_goes_with_another_thing_is_not_that_thing() {
    check(
        CORNER,
        &[
            ("2 válvula", &["? válvula = 2"]),
            ("1 vaso sanitário", &["? vaso sanitário = 1"]),
            ("2 parafuso de vaso", &["Parafuso para Vaso Sanitário = 2"]),
            ("máscara sem válvula 3", &["Máscara PFF2 sem Válvula = 3"]),
        ],
    );
}

#[test]
fn a_choice_begins_with_what_the_thing_is_called() {
    check(CORNER, &[("2 tubo", &["Tubo Esgoto 100mm | Manilha Tubo Concreto 40cm = 2"])]);
}

/// What stands when a conversation is over: items and unknown asks.
fn after(turns: &[&str]) -> Vec<String> {
    let catalog = store(CORNER);
    let mut draft = Draft::default();
    for turn in turns {
        let asked = draft.missing();
        let context = Context { draft: Some(&draft), asked: &asked, closed: &[] };
        let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
        let reading = read_in_context(turn, &catalog, context, now);
        draft.apply(&reading, &catalog);
    }
    assert!(draft.ambiguous.is_empty(), "{:?}", draft.ambiguous);
    let name = |sku| catalog.get(sku).unwrap().name.clone();
    let items = draft.items.iter().map(|item| {
        format!("{} = {}", name(&item.sku), item.qty.map_or("?".into(), |qty| qty.to_string()))
    });
    items.chain(draft.unknown.iter().map(|unknown| format!("? {}", unknown.text))).collect()
}

#[test]
fn what_was_said_before_is_not_asked_again() {
    for (turns, expected) in [
        // The size of what is swapped, and the unit of what is chosen.
        (
            &["8 joelho 90 esgoto 100", "troca o joelho pelo de 45"][..],
            "Joelho 45 Esgoto 100mm = 8",
        ),
        (&["fio 2,5 quanto que é?", "o preto, 200 metros"], "Fio 2,5mm Preto (metro) = 200"),
        (&["2 boia", "a segunda"], "Boia p/ Caixa 3/4 = 2"),
        (
            &["2 caixa dagua 500", "muda a caixa dagua 500 pra caixa dagua 1000"],
            "Caixa d'Água 1000L = 2",
        ),
        (&["10 cimento cp2", "o cimento passa pra 25"], "Cimento CP II 50kg = 25"),
        (&["10 cimento cp2 e 3 lacre de plástico", "deixa o lacre"], "Cimento CP II 50kg = 10"),
        (&["10 cimento cp2 e 1 betoneira", "sem a betoneira"], "Cimento CP II 50kg = 10"),
    ] {
        assert_eq!(after(turns), [expected], "{turns:?}");
    }
}

#[test]
fn what_a_message_is_for_goes_by_what_it_does() {
    use orcazap_core::reading::Intent;
    let catalog = store(CORNER);
    let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
    for (text, intent) in [
        ("tá caro. e a areia fina?", Intent::Order),
        ("muda a entrega pra sexta da semana que vem", Intent::Details),
        ("muda o cimento pra 20, entrega sexta", Intent::Change),
        ("sem a betoneira", Intent::Change),
        ("na outra loja tá 36,90, quanto cê faz 30 cimento cp2?", Intent::Order),
        ("qual a chave pix?", Intent::Question),
        ("manda a chave pix", Intent::Question),
    ] {
        assert_eq!(orcazap_core::read(text, &catalog, now).intent, intent, "{text}");
    }
}
