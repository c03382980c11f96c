//! What a form shows: the fields of a kind, with what was typed and what is wrong.

use std::collections::BTreeSet;

use orcazap_core::{Catalog, PaymentMethod};

use super::{Faults, Fields};
use crate::views::fields::Field;
use crate::views::prices::Kind;
use crate::views::words;

impl Fields {
    /// What is shown of the form.
    pub(in crate::http::store::prices) fn show(
        &self,
        kind: Kind,
        faults: Faults,
        catalog: &Catalog,
    ) -> Vec<Field> {
        let fields = match kind {
            Kind::Tiers => self.tier_fields(catalog),
            Kind::Payment => self.term_fields(),
            Kind::Freight => self.freight_fields(),
            Kind::Origin => {
                let label = "Latitude e longitude da loja";
                let hint = "No mapa do celular, segure o dedo sobre a loja e copie os números.";
                vec![Field::line("coordinates", label, &self.coordinates).hint(hint)]
            }
            Kind::Lists => self.list_fields(),
            Kind::Points => vec![
                product(&self.sku),
                Field::number("qty", "Quantidade exata", &self.qty)
                    .hint("Só esta quantidade tem este preço: 0,5 é meio metro."),
                Field::number("price", "Preço desta quantidade (R$)", &self.price)
                    .hint("O total da linha; nenhum desconto por volume mexe nele."),
            ],
        };
        let Faults(mut faults) = faults;
        let with = |field: Field| Field { error: faults.remove(field.name), ..field };
        fields.into_iter().map(with).collect()
    }

    fn tier_fields(&self, catalog: &Catalog) -> Vec<Field> {
        let scopes =
            [("store", "a loja toda"), ("category", "uma categoria"), ("item", "um produto")];
        let mut categories: BTreeSet<&str> =
            catalog.products().iter().map(|product| product.category.as_str()).collect();
        categories.insert(&self.category);
        let categories = categories.into_iter().filter(|name| !name.is_empty());
        vec![
            Field::choice("scope", "Vale para", scopes, &self.scope)
                .hint("Vale a regra do produto; sem ela, a da categoria; sem ela, a da loja."),
            product(&self.sku).only("item"),
            Field::choice("category", "Categoria", categories.map(|c| (c, c)), &self.category)
                .only("category"),
            Field::number("min_qty", "A partir de quantas unidades", &self.min_qty)
                .hint("Na unidade em que o produto é vendido, numa linha do orçamento."),
            Field::number("pct", "Desconto (%)", &self.pct).hint("5 tira 5% da linha."),
        ]
    }

    fn term_fields(&self) -> Vec<Field> {
        let methods = PaymentMethod::ALL.iter().map(|one| (one.code(), words::method(*one)));
        vec![
            Field::choice("method", "Forma de pagamento", methods, &self.method),
            Field::number("installments", "Em quantas parcelas", &self.installments)
                .hint("Vale só para este número. Em branco: à vista.")
                .only("credit_card"),
            Field::choice("sign", "Ela dá", [("off", "desconto"), ("on", "acréscimo")], &self.sign),
            Field::number("pct", "De quantos %", &self.pct)
                .hint("Sobre a soma dos produtos, sem o frete."),
        ]
    }

    fn freight_fields(&self) -> Vec<Field> {
        let areas = [
            ("bairro", "um bairro"),
            ("ceps", "uma faixa de CEPs"),
            ("distance", "uma distância da loja"),
        ];
        vec![
            Field::choice("area", "Vale para", areas, &self.area).hint(
                "Vale a do bairro; sem ela, a faixa de CEPs mais estreita; senão a distância.",
            ),
            Field::line("bairro", "Bairro", &self.bairro).only("bairro"),
            Field::line("cep_from", "Do CEP", &self.cep_from).only("ceps"),
            Field::line("cep_to", "Até o CEP", &self.cep_to).only("ceps"),
            Field::number("up_to_km", "Até quantos km em linha reta", &self.up_to_km)
                .hint("Conta de onde as entregas saem.")
                .only("distance"),
            Field::number("base", "Preço de cada viagem (R$)", &self.base),
            Field::number("per_kg", "Mais por quilo (R$)", &self.per_kg)
                .hint("Por quilo acima dos incluídos. Em branco: nada."),
            Field::number("included_kg", "Quilos incluídos", &self.included_kg)
                .hint("O que não paga por quilo."),
            Field::number("truck_kg", "O caminhão leva (kg)", &self.truck_kg)
                .hint("Mais peso, mais viagens. Em branco: uma viagem só."),
            Field::number("truck_m3", "Cabem no caminhão (m³)", &self.truck_m3)
                .hint("Conta o espaço dos produtos. Em branco: não conta."),
            Field::number("free_above", "Grátis a partir de (R$)", &self.free_above)
                .hint("Da soma dos produtos com o desconto do pagamento. Em branco: nunca."),
        ]
    }

    fn list_fields(&self) -> Vec<Field> {
        let scopes = [
            ("everyone", "todos os clientes"),
            ("group", "um grupo de clientes"),
            ("customer", "um cliente"),
        ];
        let mut fields = vec![
            Field::line("name", "Nome da tabela", &self.name)
                .hint("Aparece na explicação do preço, como “tabela Obras 2026”."),
            Field::choice("who", "Vale para", scopes, &self.who)
                .hint("Vale a do cliente; sem ela, a do grupo; sem ela, a de todos."),
            Field::line("key", "Nome do grupo ou do cliente", &self.key)
                .hint("Na conversa com o cliente se escolhe a qual grupo ou tabela ele pertence.")
                .only("keyed"),
            Field::day("from", "Do dia", &self.from).hint("Em branco: desde já."),
            Field::day("until", "Até o dia", &self.until).hint("Em branco: sem fim."),
        ];
        if let Some(prices) = &self.prices {
            fields.push(
                Field::lines("prices", "Preços", prices, 8)
                    .hint("Uma linha por produto: o código e o preço, como CIM-50 36,90."),
            );
        }
        fields
    }
}

fn product(sku: &str) -> Field {
    Field::line("sku", "Produto", sku).hint("O código, ou palavras do nome.")
}
