//! A store's dashboard: everything behind the log-in.

mod approvals;
mod conversations;
mod costs;
mod files;
mod home;
mod hours;
mod login;
mod notices;
mod paging;
mod prices;
mod products;
mod quotes;
mod settings;
mod texts;

use axum::Router;
use axum::routing::{get, post};

use crate::app::App;
use crate::views::assets;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/entrar", get(login::form).post(login::enter))
        .route("/sair", post(login::leave))
        .route("/aprovacoes", get(approvals::list::list))
        .route("/aprovacoes/produtos", get(approvals::search::search))
        .route("/aprovacoes/{id}/aprovar", post(approvals::approve::approve))
        .route("/aprovacoes/{id}/editar", post(approvals::edit::edit))
        .route("/aprovacoes/{id}/recusar", post(approvals::reject::reject))
        .route("/conversas", get(conversations::list::list))
        .route("/conversas/{id}", get(conversations::show::show))
        .route("/conversas/{id}/precos", post(conversations::prices::choose))
        .route("/conversas/{id}/{act}", post(conversations::act::act))
        .route("/conversas/{id}/mensagens/{message}/{act}", post(conversations::unsent::unsent))
        .route("/custos", get(costs::show))
        .route("/orcamentos", get(quotes::list::list))
        .route("/orcamentos/{id}", get(quotes::show::show))
        .route("/precos", get(prices::list::list))
        .route("/precos/{kind}", get(prices::edit::show).post(prices::edit::save))
        .route("/produtos", get(products::list::list))
        .route("/produtos/mudar", get(products::edit::show).post(products::edit::save))
        .route("/ajustes", get(settings::show).post(settings::save))
        .route("/ajustes/horarios", get(hours::show).post(hours::save))
        .route("/avisos", get(notices::list))
        .route("/avisos/vistos", post(notices::all_seen))
        .route("/avisos/{id}/visto", post(notices::seen))
        .route("/arquivos/{id}", get(files::show))
        .route("/textos", get(texts::list::list))
        .route("/textos/voz", post(texts::list::speak))
        .route("/textos/{key}", get(texts::edit::show).post(texts::edit::save))
        .route("/textos/{key}/previa", post(texts::edit::try_out))
        .route("/textos/{key}/restaurar", post(texts::edit::restore))
        .merge(assets::router())
}
