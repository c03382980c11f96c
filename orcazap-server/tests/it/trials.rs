//! Every fault of the network and the platform, one send each, with statuses and
//! without: nothing is lost, and nothing is doubled but a quote of which nobody
//! could know.

use std::time::Duration;

use chrono::TimeDelta;
use orcazap_whatsapp::graph_sim::{Fault, Reached, StatusPlan};

use crate::house::{House, customer};

const ORDER: &str = "10 sacos de cimento, retiro na loja, pago no pix";

/// A fault, whether the platform takes the message all the same, and whether the
/// caller learns that.
struct Trial {
    fault: Fault,
    taken: bool,
    answered: bool,
}

fn trials() -> Vec<Trial> {
    let graph = |http_status, code| Fault::Graph { http_status, code };
    let refused = [
        graph(500, 131_000),
        graph(500, 131_016),
        graph(503, 2),
        graph(400, 4),
        graph(400, 80_007),
        graph(400, 130_429),
        graph(400, 131_056),
        graph(500, 131_057),
        Fault::Throttled { retry_after: Duration::from_secs(30) },
    ];
    let unknown = [(Fault::Http(502), false), (Fault::DropBefore, false)];
    let lost = [Fault::HttpAfter(502), Fault::DropAfter, Fault::Truncated];
    let late = [
        Fault::Slow(Duration::from_millis(150)),
        Fault::StatusesLate(Duration::from_millis(150)),
        Fault::StatusesLost,
    ];
    let mut all = Vec::new();
    all.extend(refused.map(|fault| Trial { fault, taken: false, answered: true }));
    all.extend(unknown.map(|(fault, taken)| Trial { fault, taken, answered: false }));
    all.extend(lost.map(|fault| Trial { fault, taken: true, answered: false }));
    all.extend(late.map(|fault| Trial { fault, taken: true, answered: true }));
    all
}

/// How often the platform may have taken a quote: once; and twice where it took it
/// and neither an answer nor a status could tell.
fn copies(trial: &Trial, statuses: bool) -> usize {
    if trial.taken && !trial.answered && !statuses { 2 } else { 1 }
}

async fn settled(house: &House) -> i64 {
    let open = "SELECT count(*) FROM outbound_messages
        WHERE state NOT IN ('sent', 'delivered', 'read')";
    house.number(open).await
}

async fn run(plan: StatusPlan) {
    let house = House::open().await;
    house.sim.set_statuses(plan);
    let statuses = plan.until.is_some();
    let arrived = "SELECT count(*) FROM outbound_messages WHERE state IN ('delivered', 'read')";
    let mut told = 0;
    for (n, trial) in trials().into_iter().enumerate() {
        let ana = customer(u8::try_from(n + 1).unwrap());
        house.sim.fail_next(1, trial.fault.clone());
        house.says(&ana, ORDER).await;
        house.settle().await;
        assert_eq!(house.sent_to(&ana).len(), usize::from(trial.taken), "{:?}", trial.fault);
        let silent = !statuses || matches!(trial.fault, Fault::StatusesLost);
        told += i64::from(!silent);
        if trial.taken && !silent {
            house.wait_for(arrived, told).await;
        }
        for _ in 0..3 {
            house.app.clock.advance(TimeDelta::minutes(2));
            house.settle().await;
        }
        if house.sent_to(&ana).is_empty() {
            // The limits of an app and of an account are paid back within the hour.
            house.app.clock.advance(TimeDelta::minutes(65));
            house.settle().await;
        }
        if !silent {
            house.wait_for(arrived, told).await;
        }
        let sent = house.sent_to(&ana);
        assert_eq!(sent.len(), copies(&trial, statuses), "{:?} {plan:?}", trial.fault);
        assert!(sent.iter().all(|one| one.words() == sent[0].words()), "the same quote");
        assert_eq!(settled(&house).await, 0, "{:?} {plan:?}", trial.fault);
    }
    let held = "SELECT count(*) FROM outbound_messages WHERE attempt > 2";
    assert_eq!(house.number(held).await, 0, "one fault costs one more attempt");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_statuses_every_quote_arrives_exactly_once() {
    run(StatusPlan { until: Some(Reached::Delivered), ..StatusPlan::default() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_statuses_repeated_and_reversed_every_quote_arrives_exactly_once() {
    run(StatusPlan {
        until: Some(Reached::Read),
        times: 2,
        reversed: true,
        batched: true,
        ..StatusPlan::default()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_statuses_a_quote_is_doubled_only_where_nobody_could_know() {
    run(StatusPlan { until: None, ..StatusPlan::default() }).await;
}
