//! Redis: what is shared through it holds for all who share it, and its loss costs
//! nothing but speed.

use std::sync::Arc;
use std::time::Duration;

use orcazap_store::redis::{
    Bucket, FredRedis, PrivateRedis, RedisError, SharedBuckets, number_key, pair_key,
};
use secrecy::SecretString;
use uuid::Uuid;

fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("orcazap").tempdir().unwrap()
}

fn buckets(url: &SecretString) -> SharedBuckets {
    SharedBuckets::new(Arc::new(FredRedis::connect(url).unwrap()))
}

/// One that gets no token back while a test runs.
fn bucket(key: String, burst: u32) -> Bucket {
    Bucket { key, every: Duration::from_secs(3600), burst }
}

/// Asks until Redis is there: a client connects behind the scenes.
async fn there(buckets: &SharedBuckets) {
    let probe = Bucket { key: "orcazap:probe".into(), every: Duration::from_micros(1), burst: 9 };
    let asked = async {
        while buckets.take(std::slice::from_ref(&probe)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(10), asked).await.is_ok(), "redis answers");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_machines_no_two_take_the_same_token() {
    let folder = folder();
    let server = PrivateRedis::start(folder.path()).await.unwrap();
    let one = bucket(number_key("1001"), 40);
    let mut machines = Vec::new();
    for _ in 0..4 {
        let (buckets, one) = (buckets(&server.url()), one.clone());
        machines.push(tokio::spawn(async move {
            there(&buckets).await;
            let mut passed = 0;
            for _ in 0..25 {
                passed +=
                    u32::from(buckets.take(std::slice::from_ref(&one)).await.unwrap().is_none());
            }
            passed
        }));
    }
    let mut passed = 0;
    for machine in machines {
        passed += machine.await.unwrap();
    }
    assert_eq!(passed, 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_bucket_refuses_is_taken_from_none() {
    let folder = folder();
    let server = PrivateRedis::start(folder.path()).await.unwrap();
    let buckets = buckets(&server.url());
    there(&buckets).await;
    let number = bucket(number_key("1001"), 3);
    let ana = bucket(pair_key("1001", Uuid::from_u128(1).into()), 1);
    let bia = bucket(pair_key("1001", Uuid::from_u128(2).into()), 9);
    assert_eq!(buckets.take(&[number.clone(), ana.clone()]).await.unwrap(), None);
    for _ in 0..5 {
        let wait = buckets.take(&[number.clone(), ana.clone()]).await.unwrap().unwrap();
        assert!(wait <= Duration::from_secs(3600), "{wait:?}");
    }
    for _ in 0..2 {
        assert_eq!(buckets.take(&[number.clone(), bia.clone()]).await.unwrap(), None);
    }
    assert!(buckets.take(&[number.clone(), bia.clone()]).await.unwrap().is_some());
    let other = bucket(number_key("1002"), 1);
    assert_eq!(buckets.take(&[other]).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redis_that_goes_away_is_an_error_soon_and_one_that_comes_back_is_used() {
    let folder = folder();
    let server = PrivateRedis::start(folder.path()).await.unwrap();
    let buckets = buckets(&server.url());
    there(&buckets).await;
    let one = bucket(number_key("1001"), 1);
    assert_eq!(buckets.take(std::slice::from_ref(&one)).await.unwrap(), None);
    drop(server);
    assert!(matches!(buckets.take(std::slice::from_ref(&one)).await, Err(RedisError::Away(_))));
    let _again = PrivateRedis::start(folder.path()).await.unwrap();
    there(&buckets).await;
    assert_eq!(buckets.take(std::slice::from_ref(&one)).await.unwrap(), None, "it came back empty");
    assert!(buckets.take(&[one]).await.unwrap().is_some());
}

#[tokio::test]
async fn an_address_of_something_else_is_refused() {
    let error = FredRedis::connect(&"postgres://localhost".to_owned().into()).unwrap_err();
    assert!(matches!(error, RedisError::Address(_)), "{error:?}");
}
