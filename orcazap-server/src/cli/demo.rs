//! `orcazap demo`: everything at once, on a private PostgreSQL.

use std::net::Ipv4Addr;
use std::path::PathBuf;

use anyhow::Context;
use tokio::net::TcpListener;

use crate::clock::Clock;
use crate::demo::{self, Folder};
use crate::server;
use crate::telemetry::{self, Detail};
use crate::worker::Hands;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The port of the start page, on this machine only.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Begin anew: forget what an earlier demo kept.
    #[arg(long)]
    fresh: bool,
    /// Where to keep the data.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    telemetry::init(Detail::Trouble);
    super::runtime()?.block_on(async {
        // The port comes first: who holds it may be a demo that runs on the same data.
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).await.with_context(|| {
                format!("port {} is in use; is a demo running already? Try --port", args.port)
            })?;
        let port = listener.local_addr()?.port();
        let folder = match &args.data {
            Some(path) => Folder::at(path.clone()),
            None => Folder::usual(|name| std::env::var(name).ok())?,
        };
        if args.fresh {
            folder.clear()?;
        }
        let running = demo::start(&folder, port, Clock::system()).await?;
        server::stop_on_signal(running.app.shutdown.clone())?;
        super::say(&screen(&running, &folder));
        let served = server::run(running.app.clone(), listener, Some(Hands::default())).await;
        drop(running);
        served.context("the server broke off")
    })
}

fn screen(running: &demo::Running, folder: &Folder) -> String {
    let domain = &running.app.config.http.base_domain;
    let Some(demo) = &running.app.demo else { return String::new() };
    format!(
        "\n  OrcaZap: {store}, a store that does not exist\n\n  \
         start page   {start}\n  \
         phone        {phone}\n  \
         dashboard    {dashboard}\n               {email}  ·  {password}\n\n  \
         data in {data}; --fresh begins anew; Ctrl-C stops\n",
        store = demo.store_name,
        start = domain.url("", "/"),
        phone = domain.url("", "/phone"),
        dashboard = domain.url(demo.slug, "/"),
        email = demo.email,
        password = demo.password,
        data = folder.path().display(),
    )
}
