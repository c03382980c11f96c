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
    /// `via`, `código`: the boleto behind is a paper and no payment.
    Paper,
    /// `troca`, `muda`: what follows is an edit of the order.
    Editing,
    /// `rua`, `avenida`: a street follows.
    Street,
    /// The name of a street ends before it.
    EndsStreet,
    /// `apto`, `torre`: part of an address.
    Part,
    /// `bloco`: part of an address beside another one, else goods.
    MaybePart,
    /// `entrega`, `moro`: a place follows.
    Sending,
    /// `jardim`, `vila`: names of neighbourhoods begin so.
    BeginsBairro,
    /// No name of a neighbourhood has this word.
    NoName,
    /// `entrega`, `chega`: days and hours behind it say when.
    Delivering,
}

/// Sections with the roles that their lines may name.
const SECTIONS: [(&str, &[(&str, Role)]); 6] = [
    (
        "labels",
        &[
            ("label", Role::Label),
            ("firm label", Role::FirmLabel),
            ("domain", Role::Domain),
            ("uncounted", Role::Uncounted),
        ],
    ),
    (
        "prices",
        &[
            ("money", Role::Money),
            ("costs", Role::Costs),
            ("offers", Role::Offers),
            ("rival", Role::Rival),
            ("shop", Role::Shop),
        ],
    ),
    ("payment", &[("paying", Role::Paying), ("paper", Role::Paper)]),
    ("edits", &[("editing", Role::Editing)]),
    (
        "place",
        &[
            ("street", Role::Street),
            ("ends street", Role::EndsStreet),
            ("part", Role::Part),
            ("maybe part", Role::MaybePart),
            ("sending", Role::Sending),
            ("begins bairro", Role::BeginsBairro),
            ("no name", Role::NoName),
        ],
    ),
    ("delivery", &[("delivering", Role::Delivering)]),
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
pub(crate) struct Roles(u64);

impl Roles {
    pub(crate) fn has(self, role: Role) -> bool {
        self.0 & Self::bit(role) != 0
    }

    pub(crate) fn add(&mut self, role: Role) {
        self.0 |= Self::bit(role);
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    const fn bit(role: Role) -> u64 {
        1 << (role as u64)
    }
}
