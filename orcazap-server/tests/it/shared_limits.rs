//! Limits that two machines share through a Redis, and what its loss costs.

use std::time::Duration;

use chrono::{DateTime, Utc};
use orcazap_server::limits::SendLimits;
use orcazap_store::redis::PrivateRedis;
use orcazap_store::{Allowance, CallbackId, ContactId, Delivery, OutgoingKind};
use serde_json::Value;
use uuid::Uuid;

use crate::logs;

/// Something to send to one of a number's customers.
fn delivery(number: &str, contact: u128) -> Delivery {
    let id = Uuid::from_u128(contact);
    let contact: ContactId = id.into();
    Delivery {
        tenant: id.into(),
        callback: CallbackId { message: id.into(), attempt: 1 },
        channel: id.into(),
        phone_number_id: number.to_owned(),
        access_token: None,
        contact,
        to: "5511900000001".parse::<orcazap_core::Phone>().unwrap().into(),
        last_inbound: None,
        allowance: Allowance::default(),
        kind: OutgoingKind::Question,
        payload: Value::Null,
        conversation: id.into(),
        request_id: None,
    }
}

/// Of so many takes, how many pass.
async fn passed(limits: &SendLimits, delivery: &Delivery, takes: usize) -> usize {
    let now: DateTime<Utc> = "2026-11-26T12:00:00Z".parse().unwrap();
    let mut passed = 0;
    for _ in 0..takes {
        passed += usize::from(limits.take(delivery, now).await.is_ok());
    }
    passed
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_share_a_limit_and_without_redis_each_keeps_to_its_share() {
    let log = logs::log();
    let folder = tempfile::Builder::new().prefix("orcazap").tempdir().unwrap();
    let server = PrivateRedis::start(folder.path()).await.unwrap();
    let url = server.url();
    let machines = [SendLimits::new(Some(&url)).unwrap(), SendLimits::new(Some(&url)).unwrap()];
    for machine in &machines {
        until_shared(machine).await;
    }
    let ana = delivery("7001", 1);
    let first = passed(&machines[0], &ana, 30).await;
    let second = passed(&machines[1], &ana, 30).await;
    assert_eq!((first, second), (30, 15), "45 at once to one customer, by all machines");

    let times = || log.text().lines().filter(|line| line.contains("redis is away")).count();
    let before = times();
    drop(server);
    // Nothing waits for it: who was not limited goes on, within a quarter of the limit.
    let bia = delivery("7001", 2);
    assert_eq!(passed(&machines[0], &bia, 100).await, 11);
    assert_eq!(passed(&machines[0], &ana, 100).await, 9, "20 at once by the number in all");
    assert_eq!(times() - before, 1, "said once");

    let _again = PrivateRedis::start(folder.path()).await.unwrap();
    until_shared(&machines[0]).await;
    assert_eq!(passed(&machines[0], &bia, 60).await, 45, "it came back empty");
    assert!(log.text().contains("redis is back"));
}

/// Takes of a bucket of its own until a take of Redis' kind comes: more than a
/// share lets pass at once.
async fn until_shared(limits: &SendLimits) {
    for n in 0..400_u128 {
        if passed(limits, &delivery(&format!("probe-{}", Uuid::new_v4()), 1000 + n), 12).await == 12
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("redis was never used");
}
