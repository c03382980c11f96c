//! The parts that words play outside product names: what labels a number, what
//! tells a price, what says that time goes by. Data in the sections of
//! `vocabulary.txt` that list their lines as `role: word, word`.

/// A part that a word plays. One word may play several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// `cpf`, `pedido`: the number behind is no quantity, unless it counts a word.
    Label,
    /// `cpf`, `protocolo`: the number behind is no quantity, whatever follows.
    FirmLabel,
    /// `com`, `br`: behind a point the end of a link.
    Domain,
    /// `dias`, `horas`, `viagens`: the number before counts no goods.
    Uncounted,
    /// `reais`, `conto`: the number before is money.
    Money,
    /// `pau`: so unless goods follow behind `de`.
    MaybeMoney,
    /// `paguei`, `custa`: the number behind is money.
    Costs,
    /// `faz`, `fica`: the number behind `por` or `a` is money.
    Offers,
    /// `loja`, `deposito`: behind `outra` a rival's.
    Shop,
    /// `concorrencia`, `vizinho`: numbers in this sentence are another's prices.
    Rival,
    /// `pago`, `prazo`: days behind it are a term of payment.
    Paying,
    /// `pix`.
    Pix,
    /// `dinheiro`.
    Cash,
    /// `cartão`, of credit unless `débito` follows.
    Card,
    /// `crédito`.
    Credit,
    /// `débito`.
    Debit,
    /// `boleto`.
    Boleto,
    /// `ted`, `depósito`.
    Transfer,
    /// `fiado`, `caderneta`.
    StoreCredit,
    /// `vezes`, `parcelas`: the number before says how many.
    Installments,
    /// `metade`, `resto`: the method beside it pays a part.
    PartPayment,
    /// `aceitam`: in a question what the store takes from anybody.
    Accepting,
    /// `tijolo`: with `à vista` behind it goods, and no payment.
    AtSightGoods,
    /// `via`, `código`: the boleto behind is a paper and no payment.
    Paper,
    /// `troca`, `muda`: what follows is an edit of the order.
    Editing,
    /// `rua`, `avenida`: a street follows.
    Street,
    /// `sítio`: an address, or with a name behind it a neighbourhood.
    Estate,
    /// The name of a street ends before it.
    EndsStreet,
    /// `dr`, `av`: the point behind it ends no name of a street.
    CutShort,
    /// `apto`, `torre`: part of an address.
    Part,
    /// `bloco`: part of an address beside another one, else goods.
    MaybePart,
    /// `entrega`, `moro`: a place follows.
    Sending,
    /// `manda`, `leva`: `pro` and a name behind it are where to.
    Sent,
    /// `jardim`, `vila`: names of neighbourhoods begin so.
    BeginsBairro,
    /// No name of a neighbourhood has this word.
    NoName,
    /// `joão`: behind `pro` somebody, and no place.
    Person,
    /// `retiro`: the customer collects.
    Collected,
    /// `retirar`: so behind who does.
    Collecting,
    /// `vou`, `motorista`: who collects, or that somebody does.
    Collector,
    /// `pego`: collects with a place or a day behind it.
    Fetching,
    /// `passo`: collects with a place behind it.
    Passing,
    /// `loja`, `balcão`: where goods are collected.
    Counter,
    /// `altura`, `largura`: behind `de` the side that was measured.
    Dimension,
    /// `descrição`, `qtd`: heads a column of a table.
    Heading,
    /// `qtd`: heads the column of the quantities.
    Counting,
    /// `item`, `nº`: heads the column that numbers the rows of a table.
    Numbering,
    /// `betim`: behind `em` a city.
    City,
    /// `oi`, `bom dia`: opens a message and says nothing more.
    Greeting,
    /// `todos`, `você`: whom a greeting is for.
    Greeted,
    /// `obrigado`, `vou ver e te falo`: closes a talk politely.
    Closing,
    /// `voltar`: whoever wanted no messages wants them again.
    Returning,
    /// `mensagens`: what whoever returns wants again.
    Messages,
    /// `entrega`, `chega`: days and hours behind it say when.
    Delivering,
    /// `fiz`, `comprei`: the day behind it is past.
    Past,
    /// `ontem`, `passada`: the time of what was done already.
    Bygone,
    /// `veio`, `chegou`: what stands behind it was brought.
    Brought,
    /// `pintar`, `cobrir`: what it is done to is no goods.
    Working,
    /// `banheiro`: counted, it says how big the work is.
    Room,
    /// `eng.`: a name follows.
    Titled,
    /// `quebrou`: what it befell is goods only where no others are asked for.
    Broken,
    /// `fio`, `cana`: behind `meio` goods of that name, and no half of the number before.
    Halved,
    /// `casa`, `terreno`: an area behind it is its own.
    Plot,
    /// `também`: what is asked for comes on top of what stands.
    OnTop,
    /// `tenho`, `usei`: the number behind is of what was.
    Owned,
    /// `sou`, `chamo`: the customer's name follows.
    Introducing,
    /// `confirmo`, `aviso`: the day beside it is when the customer speaks again.
    Deferring,
    /// `quanto`, `preço`: asks what goods cost.
    Price,
    /// `estoque`: asks whether goods are there.
    Stock,
    /// `tem`: in a question whether goods are there.
    Having,
    /// `abre`, `fechado`: in a question when the store is open.
    Hours,
    /// `que`, `quando`: asks, even without a question mark.
    Asking,
    /// `mais`, `outro`: goes on top of what stands.
    Adding,
    /// `não`: says that something is not wanted.
    Denying,
    /// `quero`: behind `num` it is denied.
    Denied,
    /// `tubo`: what other goods come in, behind `de`, and goods by itself.
    Packing,
    /// `serve`, `no lugar`: takes one product in place of another.
    Swapping,
    /// `maior`, `grande`: the largest of those in question.
    Larger,
    /// `menor`, `pequeno`: the smallest of them.
    Smaller,
    /// `grosso`: the largest of them, unless they are gauged.
    Coarser,
    /// `fino`: the smallest of them, unless they are gauged.
    Finer,
    /// `bwg`, `lixa`: their larger numbers are of the finer ones.
    Gauged,
    /// `ambos`: two.
    Both,
    /// `tipos`, `cores`: what products in question are, all together.
    Choice,
}

/// Sections with the roles that their lines may name.
const SECTIONS: [(&str, &[(&str, Role)]); 10] = [
    (
        "labels",
        &[
            ("label", Role::Label),
            ("firm label", Role::FirmLabel),
            ("domain", Role::Domain),
            ("uncounted", Role::Uncounted),
            ("dimension", Role::Dimension),
            ("heading", Role::Heading),
            ("numbering", Role::Numbering),
            ("counting", Role::Counting),
        ],
    ),
    (
        "prices",
        &[
            ("money", Role::Money),
            ("maybe money", Role::MaybeMoney),
            ("costs", Role::Costs),
            ("offers", Role::Offers),
            ("rival", Role::Rival),
            ("shop", Role::Shop),
        ],
    ),
    (
        "payment",
        &[
            ("pix", Role::Pix),
            ("cash", Role::Cash),
            ("card", Role::Card),
            ("credit", Role::Credit),
            ("debit", Role::Debit),
            ("boleto", Role::Boleto),
            ("transfer", Role::Transfer),
            ("store credit", Role::StoreCredit),
            ("installments", Role::Installments),
            ("part payment", Role::PartPayment),
            ("accepting", Role::Accepting),
            ("at sight goods", Role::AtSightGoods),
            ("paying", Role::Paying),
            ("paper", Role::Paper),
        ],
    ),
    (
        "courtesy",
        &[
            ("greeting", Role::Greeting),
            ("greeted", Role::Greeted),
            ("introducing", Role::Introducing),
            ("titled", Role::Titled),
            ("closing", Role::Closing),
            ("returning", Role::Returning),
            ("messages", Role::Messages),
        ],
    ),
    (
        "questions",
        &[
            ("price", Role::Price),
            ("stock", Role::Stock),
            ("having", Role::Having),
            ("hours", Role::Hours),
            ("asking", Role::Asking),
        ],
    ),
    (
        "edits",
        &[
            ("editing", Role::Editing),
            ("adding", Role::Adding),
            ("denying", Role::Denying),
            ("denied", Role::Denied),
            ("swapping", Role::Swapping),
            ("on top", Role::OnTop),
            ("owned", Role::Owned),
        ],
    ),
    (
        "place",
        &[
            ("street", Role::Street),
            ("estate", Role::Estate),
            ("ends street", Role::EndsStreet),
            ("cut short", Role::CutShort),
            ("part", Role::Part),
            ("maybe part", Role::MaybePart),
            ("sending", Role::Sending),
            ("sent", Role::Sent),
            ("begins bairro", Role::BeginsBairro),
            ("no name", Role::NoName),
            ("person", Role::Person),
            ("collected", Role::Collected),
            ("collecting", Role::Collecting),
            ("collector", Role::Collector),
            ("fetching", Role::Fetching),
            ("passing", Role::Passing),
            ("counter", Role::Counter),
            ("city", Role::City),
        ],
    ),
    (
        "delivery",
        &[
            ("delivering", Role::Delivering),
            ("past", Role::Past),
            ("bygone", Role::Bygone),
            ("brought", Role::Brought),
            ("deferring", Role::Deferring),
        ],
    ),
    (
        "work",
        &[
            ("working", Role::Working),
            ("room", Role::Room),
            ("broken", Role::Broken),
            ("packing", Role::Packing),
            ("halved", Role::Halved),
            ("plot", Role::Plot),
        ],
    ),
    (
        "choices",
        &[
            ("larger", Role::Larger),
            ("smaller", Role::Smaller),
            ("coarser", Role::Coarser),
            ("finer", Role::Finer),
            ("gauged", Role::Gauged),
            ("both", Role::Both),
            ("choice", Role::Choice),
        ],
    ),
];

impl Role {
    /// The role that a line of a section names.
    pub(crate) fn named(section: &str, name: &str) -> Option<Self> {
        let (_, roles) = SECTIONS.iter().find(|(known, _)| *known == section)?;
        roles.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
    }

    /// Whether a section lists words by their roles.
    pub(crate) fn lists(section: &str) -> bool {
        SECTIONS.iter().any(|(known, _)| *known == section)
    }
}

/// The roles of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Roles(u128);

impl Roles {
    pub(crate) const NONE: Self = Self(0);

    pub(crate) fn has(self, role: Role) -> bool {
        self.0 & Self::bit(role) != 0
    }

    pub(crate) fn add(&mut self, role: Role) {
        self.0 |= Self::bit(role);
    }

    /// All but some.
    pub(crate) fn without(self, roles: &[Role]) -> Self {
        Self(roles.iter().fold(self.0, |all, role| all & !Self::bit(*role)))
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    const fn bit(role: Role) -> u128 {
        1 << (role as u128)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Vocabulary;

    #[test]
    fn every_role_is_listed_once_and_fits_the_bits() {
        let all: Vec<Role> =
            SECTIONS.iter().flat_map(|(_, roles)| roles.iter().map(|(_, role)| *role)).collect();
        for (at, role) in all.iter().enumerate() {
            assert!((*role as u32) < u128::BITS, "{role:?}");
            assert_eq!(all.iter().position(|other| other == role), Some(at), "{role:?}");
        }
    }

    #[test]
    fn a_store_adds_words_to_a_role_and_a_wrong_role_is_named() {
        let own = Vocabulary::parse("[payment]\npix: pixi\n[numbers]\n12: duzentena").unwrap();
        let all = Vocabulary::standard().extended_by(&own);
        assert!(all.roles("pixi").has(Role::Pix) && all.roles("pix").has(Role::Pix));
        assert!(all.entry("duzentena").spelled.is_some() && all.entry("doze").spelled.is_some());
        let error = Vocabulary::parse("[payment]\nbeads: contas").unwrap_err();
        assert_eq!(error.to_string(), "line 2: expected a role of this section: word, word");
        assert!(Vocabulary::parse("[numbers]\n12.5: doze").is_err());
    }
}
