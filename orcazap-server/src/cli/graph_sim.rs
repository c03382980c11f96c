//! `orcazap graph-sim`: the stand-in for the Graph API as a server of its own, to
//! try a server or another client against.

use std::time::Duration;

use anyhow::Context as _;
use orcazap_whatsapp::graph_sim::{
    GraphSim, GraphSimConfig, Reached, SimNumber, SimTemplate, StatusPlan,
};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::server;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 8090)]
    port: u16,
    /// Where signed webhooks go.
    #[arg(long, value_name = "URL")]
    webhook_url: Option<Url>,
    /// What webhooks are signed with.
    #[arg(long, value_name = "SECRET", default_value = "app-secret-de-teste")]
    app_secret: SecretString,
    /// A number that may send; may be given several times.
    #[arg(
        long = "number",
        value_name = "ID:DIGITS:TOKEN",
        value_parser = number,
        default_value = "100000000000001:551140028922:token-de-teste"
    )]
    numbers: Vec<SimNumber>,
    /// An approved template; may be given several times.
    #[arg(long = "template", value_name = "NAME:LANGUAGE:VARIABLES", value_parser = template)]
    templates: Vec<SimTemplate>,
    /// How far messages get by themselves.
    #[arg(long, value_enum, default_value_t = Until::Delivered)]
    statuses: Until,
    /// How long before each status, in milliseconds.
    #[arg(long, default_value_t = 0)]
    status_delay_ms: u64,
    /// Refuse what is faster than the platform allows.
    #[arg(long)]
    limits: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Until {
    None,
    Sent,
    Delivered,
    Read,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let mut config = GraphSimConfig::new(args.app_secret.clone());
    config.port = args.port;
    config.numbers.clone_from(&args.numbers);
    config.templates.clone_from(&args.templates);
    config.limits = args.limits;
    config.statuses = StatusPlan {
        until: match args.statuses {
            Until::None => None,
            Until::Sent => Some(Reached::Sent),
            Until::Delivered => Some(Reached::Delivered),
            Until::Read => Some(Reached::Read),
        },
        delay: Duration::from_millis(args.status_delay_ms),
        ..StatusPlan::default()
    };
    super::runtime()?.block_on(async {
        let sim = GraphSim::start(config).await?;
        if let Some(url) = &args.webhook_url {
            sim.set_webhook(url.clone());
        }
        let stop = CancellationToken::new();
        server::stop_on_signal(stop.clone())?;
        let base = sim.base_url();
        super::say(&format!("GRAPH_API_URL={base}"));
        super::say(&format!("control API: {base}_sim"));
        stop.cancelled().await;
        Ok(())
    })
}

fn number(text: &str) -> anyhow::Result<SimNumber> {
    let mut parts = text.splitn(3, ':');
    let mut next = || parts.next().filter(|part| !part.is_empty());
    let (id, display, token) = (next(), next(), next());
    let parts = id.zip(display).zip(token);
    let ((id, display), token) = parts.context("expected ID:DIGITS:TOKEN")?;
    anyhow::ensure!(
        display.bytes().all(|byte| byte.is_ascii_digit()),
        "expected digits: {display}"
    );
    Ok(SimNumber {
        id: id.parse().context("expected a number's id")?,
        account_id: "200000000000001".parse()?,
        display: display.to_owned(),
        token: token.into(),
    })
}

fn template(text: &str) -> anyhow::Result<SimTemplate> {
    let parts: Vec<_> = text.split(':').collect();
    let [name, language, parameters] = parts.as_slice() else {
        anyhow::bail!("expected NAME:LANGUAGE:VARIABLES");
    };
    let parameters = parameters.parse().context("expected how many variables it has")?;
    Ok(SimTemplate { name: (*name).to_owned(), language: (*language).to_owned(), parameters })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_templates_are_read_and_rubbish_is_not() {
        let read = number("1001:551140000001:a:b").unwrap();
        assert_eq!((read.id.as_str(), read.display.as_str()), ("1001", "551140000001"));
        for wrong in ["", "1001", "1001:55", ":55:t", "1001:+55:t", "1001::t"] {
            assert!(number(wrong).is_err(), "{wrong}");
        }
        assert_eq!(template("retomada:pt_BR:2").unwrap().parameters, 2);
        for wrong in ["", "a:b", "a:b:c", "a:b:1:2"] {
            assert!(template(wrong).is_err(), "{wrong}");
        }
    }
}
