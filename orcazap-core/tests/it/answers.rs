//! What customers answer to what was asked: which of several, all of them, how many, where
//! to and how it is paid, and what they ask beside it.

use orcazap_core::Catalog;
use orcazap_core::reading::{Dialogue, Outcome};

use crate::corpus;

fn catalog() -> &'static Catalog {
    static CATALOG: std::sync::OnceLock<Catalog> = std::sync::OnceLock::new();
    CATALOG.get_or_init(|| corpus::catalog("catalog.csv"))
}

fn after(messages: &[&str]) -> Dialogue {
    let mut dialogue = Dialogue::default();
    for text in messages {
        dialogue.hear(text, catalog(), "2026-03-10T09:00:00-03:00".parse().unwrap());
    }
    dialogue
}

/// `sku=quantity`, then `words=quantity?` of what stays in question, then what is unknown.
fn shown(dialogue: &Dialogue) -> String {
    let draft = dialogue.draft();
    let qty = |qty: Option<orcazap_core::Quantity>| qty.map_or("?".into(), |qty| qty.to_string());
    let items = draft.items.iter().map(|item| format!("{}={}", item.sku, qty(item.qty)));
    let open = draft.ambiguous.iter().map(|ask| format!("{}={}?", ask.text, qty(ask.qty)));
    let unknown = draft.unknown.iter().map(|ask| format!("{}!", ask.text));
    items.chain(open).chain(unknown).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(messages: &[&str], expected: &str) {
    assert_eq!(shown(&after(messages)), expected, "{messages:?}");
}

#[test]
fn how_large_it_is_tells_which_is_meant() {
    check(&["caixa dagua", "a maior"], "CXA-2000=?");
    check(&["caixa dagua", "a pequena", "3"], "CXA-310=3");
    check(&["caixa dagua", "a maior, 2"], "CXA-2000=2");
    check(&["caixa dagua", "2 da caixa maior"], "CXA-2000=2");
    check(&["3 caixa dagua", "a menor que tiver"], "CXA-310=3");
    check(&["cano de esgoto", "2 do mais grosso"], "TUE-150=2");
    // The larger number is of the finer paper.
    check(&["lixa", "a mais fina"], "LIX-M-220=?");
    check(&["lixa", "a mais grossa"], "LIX-M-80=?");
    // The largest in all of its sizes, and none where one is wider and another longer.
    check(&["janela de aluminio", "a maior, 2"], "JAL-150X120=2");
    check(&["tijolo", "o maior"], "tijolo=??");
    // Of something else.
    check(&["caixa dagua", "quero prazo maior"], "caixa dagua=??");
}

#[test]
fn all_of_them_may_be_meant() {
    check(&["chuveiro", "os dois"], "CHU-127=? CHU-220=?");
    check(&["chuveiro", "ambos", "2 de cada"], "CHU-127=2 CHU-220=2");
    check(&["chuveiro", "os dois tipos, 3 de cada"], "CHU-127=3 CHU-220=3");
    check(&["chuveiro", "os 2"], "CHU-127=? CHU-220=?");
    check(&["chuveiro", "2"], "chuveiro=2?");
    check(&["5 cimento e chuveiro", "1 de cada"], "CIM-CP2-50=5 CHU-127=1 CHU-220=1");
    check(&["chuveiro", "o de 220 e o de 127"], "CHU-220=? CHU-127=?");
    check(&["chuveiro", "o de 127 e o de 220, 2 de cada"], "CHU-127=2 CHU-220=2");
    // Too many to be all wanted unsaid.
    check(&["tijolo e areia", "10 de cada"], "tijolo=10? areia=10?");
}

#[test]
fn what_leaves_out_its_kind_is_of_the_kind_in_question() {
    check(&["torneira", "a de tanque e a de lavatorio"], "TOR-TAN=? TOR-LAV=?");
    check(&["2 torneiras", "1 de tanque e 1 de lavatorio"], "TOR-TAN=1 TOR-LAV=1");
    check(&["quanto é a tomada dupla?", "4 tomadas"], "TOM-10-D=4");
    check(&["registro de pressao, 2", "mais um de esfera 25"], "RGP-34=2 RES-25=1");
    check(&["interruptor simples, 2", "e um duplo"], "INT-1=2 INT-2=1");
    check(&["torneira", "uma de tanque e outra de lavatorio"], "TOR-TAN=1 TOR-LAV=?");
    check(&["2 cimento", "mais 3 de cal"], "CIM-CP2-50=2 CAL-HID-20=3");
}

#[test]
fn metres_are_of_what_is_sold_by_the_metre() {
    check(&["fio 2,5 azul", "80 metros"], "CAB-25-AZ=80");
    check(&["fio 2,5 azul", "2 rolos"], "CAB-25-AZ-R=2");
}

#[test]
fn a_place_and_a_payment_are_told_in_few_words() {
    let bairro = |text: &str| {
        let dialogue = after(&["10 cimento", text]);
        let place = dialogue.draft().place.clone();
        place.and_then(|place| place.bairro().map(ToString::to_string)).unwrap_or_default()
    };
    assert_eq!(bairro("Bom Jesus, pix"), "Bom Jesus");
    assert_eq!(bairro("Boa Esperança, no pix"), "Boa Esperança");
    assert_eq!(bairro("entrega no Centro Cívico"), "Centro Cívico");
    assert_eq!(bairro("entrega no Centro Pago no pix"), "Centro");
    assert_eq!(bairro("manda na Vila Mutirão"), "Vila Mutirão");
    assert_eq!(bairro("rua Dr. Campos Velho 1200, Cristal"), "Cristal");
    check(&["torneira", "jardim de metal"], "TOR-JAR-M=?");
    assert_eq!(bairro("boa noiti"), "");
    for last in ["3x então, Santa Luzia", "Santa Luzia, 3x"] {
        let dialogue = after(&["10 cimento", last]);
        let payment = dialogue.draft().payment.unwrap();
        assert_eq!(payment.installments(), Some(3), "{last}");
        assert_eq!(dialogue.outcome(), Outcome::Complete, "{last}");
    }
}

#[test]
fn what_is_told_beside_a_question_counts() {
    for (last, complete) in [
        ("retiro aí no pix, até que horas ficam abertos?", true),
        ("aceita pix? pago no pix e retiro hoje", true),
        ("retiro, pix. vcs abrem sábado?", true),
        ("vcs aceitam pix?", false),
        ("vcs entregam no Centro? aceitam pix?", false),
    ] {
        let outcome = after(&["10 cimento", last]).outcome();
        assert_eq!(outcome == Outcome::Complete, complete, "{last}");
    }
    let moved = after(&["10 cimento", "cadê minha entrega? era pra chegar hoje cedo"]);
    assert_eq!(moved.draft().delivery, None);
    check(&["10 cimento", "e bota de pelica tem?"], "CIM-CP2-50=10 bota de pelica!");
    check(&["tem disjuntor de 80? e 2 disjuntor bipolar 32"], "DJB-32=2 disjuntor de 80!");
    check(&["to atrás de cimento"], "CIM-CP2-50=?");
    let dear = after(&["10 cimento", "não, tá caro demais, obrigado"]);
    assert_eq!(dear.outcome(), Outcome::Cancelled);
}
