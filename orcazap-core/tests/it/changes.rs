//! How customers change an order that stands: what goes, what takes its place,
//! what has another number, and what must not be touched.

use orcazap_core::reading::{Context, Intent, read_in_context};
use orcazap_core::{Catalog, Draft};

use crate::corpus;

fn catalog() -> &'static Catalog {
    static CATALOG: std::sync::OnceLock<Catalog> = std::sync::OnceLock::new();
    CATALOG.get_or_init(|| corpus::catalog("catalog.csv"))
}

/// The order after these messages, and what the last one was for.
fn order(messages: &[&str]) -> (Draft, Intent) {
    let mut draft = Draft::default();
    let mut intent = Intent::Other;
    for text in messages {
        let asked = draft.missing();
        let context = Context { draft: Some(&draft), asked: &asked, closed: &[] };
        let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
        let reading = read_in_context(text, catalog(), context, now);
        intent = reading.intent;
        draft.apply(&reading, catalog());
    }
    (draft, intent)
}

/// `sku=quantity`, in the order of the draft, then what stays in question or unknown.
fn shown(draft: &Draft) -> String {
    let items = draft
        .items
        .iter()
        .map(|item| format!("{}={}", item.sku, item.qty.map_or("?".into(), |qty| qty.to_string())));
    let open = draft
        .ambiguous
        .iter()
        .map(|ask| format!("{}={}?", ask.text, ask.qty.map_or("?".into(), |qty| qty.to_string())));
    let unknown = draft.unknown.iter().map(|ask| format!("{}!", ask.text));
    items.chain(open).chain(unknown).collect::<Vec<_>>().join(" ")
}

/// What a message makes of ten bags of cement and two cubic metres of fine sand.
#[track_caller]
fn check(text: &str, expected: &str) {
    check_after(&["10 sacos de cimento e 2 m de areia fina", text], expected);
}

#[track_caller]
fn check_after(messages: &[&str], expected: &str) {
    let expected = expected.replace("CIM", "CIM-CP2-50").replace("CAL", "CAL-HID-20");
    assert_eq!(shown(&order(messages).0), expected, "{messages:?}");
}

#[test]
fn what_is_said_anew_takes_the_place_of_what_was() {
    check_after(&["2 cimento... aliás 12 cimento"], "CIM=12");
    check_after(&["1 cimento, aliás mais 1 cimento"], "CIM=2");
    check_after(&["10 cimento, ou melhor 12"], "CIM=12");
    check_after(&["10 cimento", "cimento pode ser 15"], "CIM=15");
    check_after(&["3 sacos... não, 2 sacos de cimento"], "CIM=2");
    check_after(&["10 cimento", "fechado mas manda 12 cimento"], "CIM=12");
    check_after(&["10 cimento", "ok mas manda mais 2 cimento"], "CIM=12");
    check_after(&["10 cimento", "num quero mais o cimento"], "");
    check_after(&["12 ferro 3/8", "troca o 3/8 por 1/2"], "FER-125=12");
    check_after(&["caixa dagua", "500 litros, 1"], "CXA-500=1");
    check_after(&["2 cimento e 1 porta de 95", "sem a de 95"], "CIM=2");
}

#[test]
fn goods_called_like_a_unit_or_by_a_measure_are_taken_out_whole() {
    check_after(&["10 cimento e 3 carrinho", "tira o carrinho"], "CIM=10");
    check_after(&["6 balde de obra", "balde são 13"], "BAL-12=13");
    check_after(&["3 arame farpado 250m e 2 cal", "tira o arame farpado 250m"], "CAL=2");
    check_after(&["5 rolo de conduite 25 e 2 cal", "tira o rolo de conduite 25"], "CAL=2");
    check_after(&["3 disjuntor mono 40a", "o disjuntor mono 40a não precisa"], "");
    check_after(&["15 soquete e27 e 2 cal", "tira o soquete e27"], "CAL=2");
    // What counts them is no name of theirs.
    check_after(&["10 cimento", "tira 2 sacos"], "CIM=8");
    check_after(&["2 fita crepe 48", "tira da fita crepe uma"], "FCR-48=1");
}

#[test]
fn what_is_let_go_or_denied_behind_its_verb_goes() {
    let two = "10 cimento e 2 cal";
    check_after(&[two, "deixa a cal pra lá"], "CIM=10");
    check_after(&[two, "cal quero mais não"], "CIM=10");
    check_after(&[two, "a cal vou querer não"], "CIM=10");
    check_after(&[two, "tira a cal, achei uma em casa"], "CIM=10");
    check_after(
        &["2 cadeado 25 e 3 cadeado 40", "deixa o de 25 pra lá, fica só o de 40"],
        "CAD-40=3",
    );
    check_after(&[two, "não esquece 3 balde"], "CIM=10 CAL=2 BAL-12=3");
    // Where goods are left, and nothing more is wanted.
    check_after(&[two, "deixa 12 cimento pra lá, no centro"], "CIM=12 CAL=2");
    check_after(&[two, "quero mais não, só isso mesmo"], "CIM=10 CAL=2");
    check_after(&["10 cimento quero não é cp4 é cp2"], "CIM=10");
}

#[test]
fn a_number_said_anew_is_that_of_the_goods_in_the_order() {
    check_after(&["2 tijolo 6 furos e 1 cal", "são 14 tijolos"], "TIJ-6F=14 CAL=1");
    check_after(&["uma cal e 2 cimento", "são duas cal"], "CAL=2 CIM=2");
    check_after(&["10 cimento", "são só 6"], "CIM=6");
    check_after(&["10 cimento", "são só 6 sacos de cimento"], "CIM=6");
    check_after(&["10 sacos de cimento, melhor 12 sacos"], "CIM=12");
    check_after(&["10 cimento", "*12 sacos"], "CIM=12");
    check_after(&["* 10 cimento\n* 12 balde"], "CIM=10 BAL-12=12");
    check_after(&["10 cimento e 2 cal", "tira a cal e o cimento são 15"], "CIM=15");
    check_after(&["10 cimento e 2 cal", "tira a cal e o cimento deixa só 1"], "CIM=1");
    check_after(&["3 cimento, não, 5, e 2 cal"], "CIM=5 CAL=2");
    check_after(&["3 cimento não, 5"], "CIM=5");
    check_after(&["2 cadeado de 25 não, de 40"], "CAD-40=2");
}

#[test]
fn an_exchange_counts_what_comes_and_ends_at_por_favor() {
    check_after(&["3 thinner 5l", "troca o thinner por 5 cimento"], "CIM=5");
    check_after(&["10 cimento", "troca o cimento pela cal por favor"], "CAL=10");
}

#[test]
fn a_person_who_is_asked_for_counts_nothing() {
    check_after(&["cal", "quero falar com um vendedor"], "CAL=?");
    check_after(&["cal", "uma, e mais nada"], "CAL=1");
}

#[test]
fn what_is_named_is_taken_out_wherever_the_verb_stands() {
    for text in [
        "areia não quero mais",
        "areia não quero mais, o resto ok",
        "não quero mais areia",
        "não quero areia",
        "não preciso mais da areia, só do cimento",
        "areia não precisa",
        "não precisa da areia",
        "não vou querer a areia",
        "a areia não vou querer",
        "a areia pode tirar",
        "a areia tira",
        "areia cancela",
        "pode cancelar a areia",
        "preciso cancelar a areia",
        "cancela por favor a areia",
        "a areia pode cancelar",
        "dispensa a areia",
        "manda sem a areia",
        "tira 1 item: a areia",
        "tira a areia e deixa o cimento",
        "tira a areia, o cimento pode mandar",
        "mantém o cimento e tira a areia",
        "tira os 2 metros de areia",
        "tira 2 metros de areia",
        "manda tudo menos a areia",
        "tudo certo menos a areia",
    ] {
        check(text, "CIM=10");
    }
}

#[test]
fn a_number_taken_out_is_off_what_stands() {
    check("tira 5 sacos de cimento", "CIM=5 ARE-FINA=2");
    check("tira cinco do cimento", "CIM=5 ARE-FINA=2");
    check("menos 5 sacos de cimento", "CIM=5 ARE-FINA=2");
    check("cimento menos 5", "CIM=5 ARE-FINA=2");
    check("diminui 5 sacos de cimento", "CIM=5 ARE-FINA=2");
    check("diminui o cimento em 5", "CIM=5 ARE-FINA=2");
    check("tira um saco", "CIM=9 ARE-FINA=2");
    check("tira meio metro de areia", "CIM=10 ARE-FINA=1.5");
    check("pode tirar a areia e 5 sacos de cimento", "CIM=5");
    check_after(&["10 cimento", "tira 3"], "CIM=7");
    check_after(&["500 tijolo", "tira 100 tijolos"], "tijolo=400?");
    // More than there is says nothing for certain, and changes nothing.
    check("tira 15 sacos de cimento", "CIM=10 ARE-FINA=2");
}

#[test]
fn alone_a_number_taken_out_has_no_quantity_and_is_never_zero() {
    for text in ["tira 5 sacos de cimento", "menos 5 sacos de cimento"] {
        let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
        let reading = orcazap_core::read(text, catalog(), now);
        assert_eq!((reading.intent, reading.items[0].qty), (Intent::Change, None), "{text}");
    }
}

#[test]
fn a_dash_is_a_bullet_and_no_sign() {
    check_after(&["-10 cimento\n-5 cal"], "CIM=10 CAL=5");
    check_after(&["cimento -10"], "CIM=10");
}

#[test]
fn a_number_behind_only_replaces_and_goods_behind_only_stay_alone() {
    for text in ["só 5 de cimento", "quero só 5 sacos de cimento", "bota só 5 sacos"] {
        check(text, "CIM=5 ARE-FINA=2");
    }
    for text in [
        "só o cimento",
        "deixa só o cimento",
        "quero só o cimento",
        "fica só o cimento",
        "cancela tudo menos o cimento",
        "tira tudo e deixa só o cimento",
        "quero o cimento, o resto cancela",
    ] {
        check(text, "CIM=10");
    }
    // What else is said of them is no reason to drop the others.
    for text in ["só o cimento pra amanhã", "só o cimento, pago no pix"] {
        check(text, "CIM=10 ARE-FINA=2");
    }
    check("tira tudo e põe 5 cal", "CAL=5");
    check_after(&["500 tijolo, 1 betoneira e 10 cimento", "deixa só o cimento"], "CIM=10");
    check_after(&["só 5 sacos de cimento"], "CIM=5");
}

#[test]
fn a_number_in_the_place_of_another_finds_what_stands_at_that() {
    for text in [
        "põe 12 em vez de 10",
        "em vez de 10 põe 12",
        "12 no lugar de 10",
        "não é 10 é 12",
        "não são 10 sacos são 12",
        "10 não, 12",
        "não quero 10, quero 12",
        "troca 10 por 12",
        "muda de 10 pra 12",
        "muda o cimento de 10 pra 12",
        "o cimento muda pra 12",
        "cimento passa pra 12",
        "aumenta pra 12 o cimento",
        "aumenta o cimento em 2",
        "aumenta 2 sacos de cimento",
        "deixa o cimento em 12",
        "quero 12 de cimento e não 10",
    ] {
        check(text, "CIM=12 ARE-FINA=2");
    }
    // Which of the two is not said.
    check("na verdade são 15", "CIM=10 ARE-FINA=2");
    check("não quero mais 10", "CIM=10 ARE-FINA=2");
}

#[test]
fn one_product_takes_the_place_and_the_number_of_another() {
    for text in [
        "areia grossa no lugar da fina",
        "põe areia grossa em vez da fina",
        "em vez da areia fina manda grossa",
        "a areia muda pra grossa",
        "troca a areia pela grossa",
        "areia fina não, grossa",
        "não é areia fina é grossa",
    ] {
        check(text, "CIM=10 ARE-GRO=2");
    }
    check("cimento não, cal 10", "ARE-FINA=2 CAL=10");
    check("no lugar do cimento quero cal", "ARE-FINA=2 CAL=10");
    check("troca areia fina por grossa e cimento por cal", "ARE-GRO=2 CAL=10");
    check("troca 4 sacos de cimento por cal", "CIM=6 ARE-FINA=2 CAL=4");
    check_after(&["10 cimento e 5 cal", "troca o cimento por cal"], "CAL=15");
    check_after(&["cimento não, cal 10"], "CAL=10");
}

#[test]
fn twice_and_half_are_of_what_stands() {
    check("dobra o cimento", "CIM=20 ARE-FINA=2");
    check("quero o dobro de areia", "CIM=10 ARE-FINA=4");
    check("cimento dobra", "CIM=20 ARE-FINA=2");
    check("dobra tudo", "CIM=20 ARE-FINA=4");
    check("triplica a areia", "CIM=10 ARE-FINA=6");
    check("tira metade do cimento", "CIM=5 ARE-FINA=2");
    check("só metade da areia", "CIM=10 ARE-FINA=1");
    check("reduz o cimento pela metade", "CIM=5 ARE-FINA=2");
    check("dobra", "CIM=10 ARE-FINA=2");
    check_after(&["10 cimento", "dobra"], "CIM=20");
}

#[test]
fn what_only_sounds_like_a_change_changes_nothing() {
    for text in [
        "cal não",
        "não precisa entregar, eu retiro",
        "menos areia",
        "tem desconto não?",
        "não quero mais 10",
    ] {
        check(text, "CIM=10 ARE-FINA=2");
    }
    check("5 de cal, entrega não precisa", "CIM=10 ARE-FINA=2 CAL=5");
    check("pelo menos 5 de cal", "CIM=10 ARE-FINA=2 CAL=5");
    for text in
        ["cancela tudo", "tira tudo", "não quero mais", "pode cancelar, resolvi fazer de pvc"]
    {
        check(text, "");
    }
}

#[test]
fn numbers_alone_answer_in_the_order_in_which_they_were_asked_for() {
    check_after(&["cimento e areia fina", "10 e 2"], "CIM=10 ARE-FINA=2");
    check_after(&["cimento e areia fina", "10 sacos\n2 metros"], "CIM=10 ARE-FINA=2");
    // Too many or too few of them tell nothing apart.
    check_after(&["cimento, cal e areia fina", "10 e 2"], "CIM=? CAL=? ARE-FINA=?");
    check_after(&["cimento", "10 e 2"], "CIM=?");
}

#[test]
fn an_ordinal_picks_and_a_bare_this_does_not() {
    check_after(&["500 tijolo", "a 1ª opção"], "TIJ-6F=500");
    check_after(&["500 tijolo", "a 1a opção"], "TIJ-6F=500");
    check_after(&["500 tijolo", "o 2o"], "TIJ-8F=500");
    check_after(&["500 tijolo", "pode ser esse"], "tijolo=500?");
    // Of an offer it is a yes.
    assert_eq!(order(&["10 cimento", "pode ser esse"]).1, Intent::Accept);
}

#[test]
fn a_number_taken_back_is_replaced_and_never_added() {
    for text in [
        "cimento 10 nao 12 sacos",
        "10 cimento, perdão, 12 sacos",
        "10 sacos de cimento, aliás 12",
        "10 sacos de cimento, minto, 12",
        "10 cimento\nnão, 12",
        "10 cimento\nah não, 12",
        "10 cimento\n*12",
    ] {
        check_after(&[text], "CIM=12");
    }
    for text in [
        "não, 12",
        "*12",
        "desculpa, 12",
        "minto, 12",
        "corrigindo: 12",
        "quis dizer 12",
        "era pra ser 12",
        "eram doze",
        "melhor 12",
        "2 a mais",
    ] {
        check_after(&["10 cimento", text], "CIM=12");
    }
    check_after(&["10 cimento", "3 a menos"], "CIM=7");
}

#[test]
fn a_number_alone_is_another_quantity_of_what_lacks_nothing() {
    for text in ["12", "12 sacos", "manda 12", "pode ser 12?", "e se for 12 sacos?"] {
        check_after(&["10 cimento, retiro, pix", text], "CIM=12");
    }
    // Of two products it means neither for certain.
    let two = "10 cimento e 5 cal, retiro, pix";
    for text in ["na verdade são 12", "manda 12"] {
        check_after(&[two, text], "CIM=10 CAL=5");
    }
    assert_eq!(order(&[two, "na verdade são 12"]).1, Intent::Question);
    // A price is none.
    check_after(&["10 cimento, retiro, pix", "e por 35?"], "CIM=10");
}

#[test]
fn of_each_is_of_each_product_that_stands() {
    check_after(&["cimento e cal", "10 de cada"], "CIM=10 CAL=10");
    check_after(&["10 cimento e cal", "5 de cada"], "CIM=10 CAL=5");
    check_after(&["10 cimento e 5 cal", "tira 1 de cada"], "CIM=9 CAL=4");
}

#[test]
fn what_goes_is_found_by_the_words_of_the_order() {
    check_after(&["10 cimento cp3", "tira o cimento"], "");
    for text in ["deixa sem o fusível", "tira o fusível", "sem o fusível"] {
        check_after(&["10 cimento e 1 fusível", text], "CIM=10");
    }
}

#[test]
fn a_unit_or_what_it_holds_answers_which() {
    check_after(&["2 esmalte preto", "galão"], "ESM-PT-36=2");
    check_after(&["2 corrugado 25", "rolo"], "COR-25-R=2");
    check_after(&["cabo 2,5 azul", "o rolo"], "CAB-25-AZ-R=?");
    check_after(&["tinta standard branco", "lata"], "TST-BR-18=?");
    check_after(&["tinta standard branco", "18l"], "TST-BR-18=?");
    check_after(&["3 tinta standard branco", "3,6 litros"], "TST-BR-36=3");
}

#[test]
fn words_of_change_are_no_neighbourhood() {
    for text in ["muda pra cartão em 2x", "mudei de ideia", "mudando pra cartão", "eram doze"] {
        assert_eq!(order(&["10 cimento", "pix", text]).0.place, None, "{text}");
    }
    let collected = order(&["10 cimento", "pix", "meu motorista retira"]).0;
    assert_eq!(collected.place, Some(orcazap_core::Place::Pickup));
    for text in ["Candeias", "caxangá", "vila do rei"] {
        assert!(order(&["10 cimento", "pix", text]).0.place.is_some(), "{text}");
    }
}

#[test]
fn a_numbered_answer_is_of_the_question_of_its_number() {
    const ASKED: &str = "10 luva e 5 argamassa";
    for text in ["1) algodão 2) ac3 cinza", "1. algodão\n2. ac3 cinza", "1 algodão 2 ac3 cinza"]
    {
        check_after(&[ASKED, text], "LVA-PIG=10 ARG-AC3-20=5");
    }
    for text in ["1 algodão", "1 - algodão", "1: algodão"] {
        check_after(&[ASKED, text], "LVA-PIG=10 argamassa=5?");
    }
    check_after(&[ASKED, "2) ac3 cinza"], "ARG-AC3-20=5 luva=10?");
    check_after(&["1 fio e 100 telhas", "1. 2,5 vermelho 2. a primeira"], "TFB-244-4=100 fio=1?");
    let (draft, _) = order(&["10 cimento e cal", "1. 5 2. retiro 3. pix"]);
    assert_eq!(shown(&draft), "CIM-CP2-50=10 CAL-HID-20=5");
    assert!(draft.missing().is_empty());
    // Other goods are counted by it.
    check_after(&[ASKED, "2 cimento"], "CIM=2 luva=10? argamassa=5?");
    check_after(&["1. cimento cp2\n2. cal"], "CIM=? CAL=?");
}

#[test]
fn what_is_said_anew_of_goods_in_the_order_changes_them() {
    check("o cimento é 15", "CIM=15 ARE-FINA=2");
    check("o cimento são 15 sacos", "CIM=15 ARE-FINA=2");
    check("a areia é média", "CIM=10 ARE-MED=2");
    check("a areia é média, não fina", "CIM=10 ARE-MED=2");
    check_after(&["2 joelho de esgoto 50", "o joelho é de 100, não de 50"], "JOE90-100=2");
    check_after(&["2 disjuntor mono 20", "troca o disjuntor de 20 por 32"], "DJM-32=2");
    check_after(&["4 ferro 3/8", "troca o ferro 3/8 por 5/16"], "FER-080=4");
    check("o cimento é 35 né?", "CIM=10 ARE-FINA=2");
    check_after(&["1 porta de madeira 80", "a porta é 70"], "POM-70=1");
    check("cimento são 15", "CIM=15 ARE-FINA=2");
    // A question, and what answers one, change nothing.
    check("quanto é o cimento?", "CIM=10 ARE-FINA=2");
    check_after(&["1 porta 80", "a porta é de madeira"], "POM-80=1");
    check("muda p/ 15 sacos de cimento", "CIM=15 ARE-FINA=2");
    check("era pra ser 20 sacos de cimento, não 10", "CIM=20 ARE-FINA=2");
    check("a areia fina eu já tenho aqui, pode tirar", "CIM=10");
}

#[test]
fn a_verb_behind_the_goods_counts_them_anew() {
    check("o cimento faz 12", "CIM=12 ARE-FINA=2");
    check("a areia põe 3 metros só", "CIM=10 ARE-FINA=3");
    check("a areia fica com 3 metros", "CIM=10 ARE-FINA=3");
    check("do cimento deixa só 6", "CIM=6 ARE-FINA=2");
    check("cimento na verdade são 18 sacos", "CIM=18 ARE-FINA=2");
    check("aumenta o cimento pra 16", "CIM=16 ARE-FINA=2");
    check("o cimento faz 35?", "CIM=10 ARE-FINA=2");
    check_after(&["12 ferro 5/16", "aumenta o 5/16 pra 16"], "FER-080=16");
}

#[test]
fn a_number_told_alone_is_another_although_the_place_lacks() {
    check_after(&["10 cimento", "põe 15 então"], "CIM=15");
    check_after(&["2 m de areia fina", "pensando bem, põe 4 metros e meio"], "ARE-FINA=4.5");
    check_after(&["10 cimento e 4 cal", "muda os dois pra 20"], "CIM=20 CAL=20");
    check_after(&["10 cimento", "faz 35?"], "CIM=10");
}

#[test]
fn goods_counted_again_have_that_number_unless_they_come_on_top() {
    check("12 sacos de cimento", "CIM=12 ARE-FINA=2");
    check("o cimento vão ser 14, contratei mais um pedreiro", "CIM=14 ARE-FINA=2");
    check("acabei de medir, dá 4 m de areia fina", "CIM=10 ARE-FINA=4");
    check("a areia tem que ser média", "CIM=10 ARE-MED=2");
    check("agora vão ser 6 de cada, entrou mais um na obra", "CIM=6 ARE-FINA=6");
    check("agora só o cimento", "CIM=10");
    check("mais 2 sacos de cimento", "CIM=12 ARE-FINA=2");
    check("faltou 2 sacos de cimento", "CIM=12 ARE-FINA=2");
    check("quero 2 sacos de cimento também", "CIM=12 ARE-FINA=2");
    check("outros 2 sacos de cimento", "CIM=12 ARE-FINA=2");
    check("e 2 sacos de cimento", "CIM=12 ARE-FINA=2");
    check("2 sacos de cimento pro muro", "CIM=12 ARE-FINA=2");
    check("2 sacos de cimento pro meu vizinho", "CIM=12 ARE-FINA=2");
}

#[test]
fn what_may_be_a_price_or_a_size_is_no_other_quantity() {
    for text in ["manda 350 no pix", "coloca 350 e fechamos", "arredonda pra 350", "cimento 34?"] {
        check_after(&["10 cimento", text], "CIM=10");
    }
    check_after(&["10 cimento", "faz 8 cada?"], "CIM=10");
    check_after(&["10 cimento, retiro, pix", "faz 35?"], "CIM=10");
    check_after(&["10 cimento", "se eu levar 20 cimento tem desconto?"], "CIM=10");
    check_after(&["10 cimento", "o pedreiro disse que precisa de 15"], "CIM=10");
    check_after(&["12 ferro 3/8", "opa, é 5/16"], "FER-100=12");
    // What is at home is not ordered.
    check_after(&["tenho 5 cimento aqui, me manda mais 8"], "CIM=8");
}

#[test]
fn what_goes_and_what_enters_is_told_by_the_verb() {
    check("sai a areia fina e entra 3 m de areia média", "CIM=10 ARE-MED=3");
    check("areia deixa pra lá, já tenho em casa", "CIM=10");
    check("deixa pra lá a areia, achei uma sobrando", "CIM=10");
    check("já tenho areia em casa, tira ela", "CIM=10");
    check("não quero mais nem a areia nem o cimento", "");
    check("não vou querer mais a areia não", "CIM=10");
    check("corta da lista a areia", "CIM=10");
    check_after(&["2 manilha de 30", "manilha 40 em vez da 30"], "MAN-40=2");
    check_after(&["3 carrinho de mão e 2 cal", "tira tudo menos os carrinhos"], "CAR-60=3");
    // What costs goes nowhere.
    check("quanto sai a areia?", "CIM=10 ARE-FINA=2");
}

#[test]
fn an_order_is_called_off_whatever_the_reason_behind_it() {
    for text in ["cancela, achei usado aqui perto", "cancela, vou deixar pro mês que vem"] {
        assert_eq!(order(&["10 sacos de cimento", text]).1, Intent::Cancel, "{text}");
    }
    check("cancela a areia, achei usada aqui perto", "CIM=10");
}

#[test]
fn a_day_that_has_just_been_is_none_to_come() {
    let day = |text: &str| {
        let now = "2026-11-24T09:00:00-03:00".parse().unwrap();
        let delivery = orcazap_core::read(text, catalog(), now).delivery;
        delivery.and_then(|delivery| delivery.date).map(|date| date.to_string())
    };
    for text in ["10 cimento dia 20/11", "10 cimento entrega dia 23/11", "entrega ontem"] {
        assert_eq!(day(text), None, "{text}");
    }
    for (text, date) in [
        ("entrega dia 5", "2026-12-05"),
        ("10 cimento entrega dia 23", "2026-12-23"),
        ("entrega dia 10/03", "2027-03-10"),
        ("entrega dia 24", "2026-11-24"),
        ("último dia do mês", "2026-11-30"),
        ("10-12 de tarde", "2026-12-10"),
    ] {
        assert_eq!(day(text), Some(date.to_owned()), "{text}");
    }
}
