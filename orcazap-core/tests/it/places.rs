//! Where to: neighbourhoods, and what only looks like one; pickup.

use orcazap_core::reading::{Context, Intent, read_in_context};
use orcazap_core::{Catalog, Draft, Place, Product, Reading, Unit};

/// A store that sells white cable, which is called like a neighbourhood.
fn catalog() -> Catalog {
    let product = |sku: &str, name: &str, unit: Unit| {
        Product::new(sku.parse().unwrap(), name, unit, "1".parse().unwrap())
    };
    Catalog::new(vec![
        product("CIM", "Cimento CP II 50kg", Unit::Bag),
        product("CAB", "Cabo Branco 2,5mm", Unit::Meter),
        product("ESC", "Escora de Eucalipto 3m", Unit::Piece),
    ])
    .unwrap()
}

/// The reading of the last of some messages.
fn last(messages: &[&str]) -> Reading {
    let (catalog, mut draft) = (catalog(), Draft::default());
    let mut reading = Reading::empty();
    for text in messages {
        let asked = draft.missing();
        let context = Context { draft: Some(&draft), asked: &asked, closed: &[] };
        reading =
            read_in_context(text, &catalog, context, "2026-03-10T09:00:00-03:00".parse().unwrap());
        draft.apply(&reading, &catalog);
    }
    reading
}

fn bairro(messages: &[&str]) -> Option<String> {
    last(messages).place?.bairro().map(ToString::to_string)
}

#[test]
fn a_neighbourhood_that_all_know_needs_no_introduction() {
    for (text, expected) in [
        ("10 cimento pra Bangu, sexta, dinheiro na entrega", "Bangu"),
        ("10 cimento pro sitio cercado, boleto 28 dias", "sitio cercado"),
        ("10 cimento, entrega barra da tijuca", "barra da tijuca"),
        ("10 cimento. Grajaú, até sábado, por favor", "Grajaú"),
        ("10 cimento, entrega na Itoupava Norte", "Itoupava Norte"),
        ("10 cimento, bom retiro, pix", "bom retiro"),
    ] {
        assert_eq!(bairro(&[text]).as_deref(), Some(expected), "{text}");
    }
    for (text, expected) in [
        ("10 cimento para o jardim america", "jardim america"),
        ("10 cimento aqui na Vila do Coqueiral", "Vila do Coqueiral"),
        ("10 cimento, sábado no Alto do Juá pode ser?", "Alto do Juá"),
        ("10 cimento, entrega no Sítio dos Cajueiros, débito", "Sítio dos Cajueiros"),
        ("Rua da Jaqueira 210, Ponte Velha, dinheiro", "Ponte Velha"),
        ("10 cimento, entrega Capão da Imbuia, pix", "Capão da Imbuia"),
    ] {
        assert_eq!(bairro(&[text]).as_deref(), Some(expected), "{text}");
    }
    for answer in ["ok. Anchieta, cartão em 5x", "Todos os Santos, fiado pode?", "Sítio Cercado"]
    {
        assert!(bairro(&["10 cimento", answer]).is_some(), "{answer}");
    }
}

#[test]
fn a_name_in_small_letters_is_one_where_goods_are_sent() {
    for (text, expected) in [
        ("10 cimento, entrega hj ainda no tomba", "tomba"),
        ("10 cimento, manda hoje no caseb", "caseb"),
        ("10 cimento, obra na queimadinha segunda", "queimadinha"),
        ("10 cimento na rua 7 n 340 no cidade jardim", "cidade jardim"),
        ("10 cimento, Rua Goiás 210 Piedade", "Piedade"),
        ("10 cimento. Rua Uranos - Olaria", "Olaria"),
        ("10 cimento p jardim bandeirante", "jardim bandeirante"),
        ("10 cimento, pra Brasília Teimosa", "Brasília Teimosa"),
    ] {
        assert_eq!(bairro(&[text]).as_deref(), Some(expected), "{text}");
    }
    for text in [
        "10 cimento, entrega na parte da tarde",
        "10 cimento, entrega na portaria",
        "10 cimento, entrega na obra",
        "10 cimento, manda no grupo",
        "10 cimento, entrega no horario comercial",
        "10 cimento pro Valdemar",
        "10 cimento pra João Silva",
        "10 cimento pra Camaragibe",
    ] {
        assert_eq!(bairro(&[text]), None, "{text}");
    }
    let cep = last(&["10 cimento", "é na 13504 155 mesmo"]).place.unwrap().cep().unwrap();
    assert_eq!(cep.to_string(), "13504-155");
}

#[test]
fn goods_and_greetings_are_no_neighbourhood() {
    for text in [
        "pedido do Fonseca: 10 cimento",
        "Rua das Flores 20, Obrigado Amigo",
        "50 m de cabo branco",
        "cabo branco, 50 m",
        "boa noiteee",
        "10 escora, sai hoje?",
    ] {
        assert_eq!(bairro(&[text]), None, "{text}");
    }
    assert_eq!(last(&["10 cimento", "50 m de cabo branco"]).items.len(), 1);
}

#[test]
fn the_customer_collects_in_whatever_words() {
    for text in [
        "10 cimento, passo pra pegar hj a tarde",
        "vou aí buscar amanhã depois do almoço",
        "vou ai pegar, pix",
    ] {
        assert!(last(&[text]).place == Some(Place::Pickup), "{text}");
    }
    assert_eq!(last(&["vou pegar 10 cimento"]).place, None);
}

#[test]
fn a_stick_is_money_only_where_it_counts_none() {
    let reading = last(&["15 pau de escora"]);
    assert_eq!(reading.items[0].qty, Some("15".parse().unwrap()));
    assert_eq!(last(&["50 reais de cimento"]).items[0].qty, None);
    assert_eq!(last(&["tenho só 50 pau"]).intent, Intent::Other);
}
