//! Where the files lie that customers send, and how large they may be.

use orcazap_store::media::S3Config;
use url::Url;

use super::source::{Fault, Source};

/// The largest file taken unless it is set otherwise, in bytes: 25 MiB holds any
/// photo, voice message and list that a customer sends.
const MAX_BYTES: u64 = 25 * 1024 * 1024;
/// The largest that can be set: the platform hands on no larger document.
const MOST_BYTES: u64 = 100 * 1024 * 1024;

/// The names of the object store's settings; all of them or none.
const S3: [&str; 4] = [
    "MEDIA_S3_ENDPOINT",
    "MEDIA_S3_BUCKET",
    "MEDIA_S3_ACCESS_KEY_ID",
    "MEDIA_S3_SECRET_ACCESS_KEY",
];

/// Files that customers send.
#[derive(Debug, Clone)]
pub struct Media {
    /// `MEDIA_MAX_BYTES`.
    pub max_bytes: u64,
    /// `MEDIA_S3_…`; `None` keeps them in the database.
    pub s3: Option<S3Config>,
}

impl Default for Media {
    /// In the database, up to 25 MiB each.
    fn default() -> Self {
        Self { max_bytes: MAX_BYTES, s3: None }
    }
}

impl Media {
    pub(super) fn collect(source: &Source<'_>, faults: &mut Vec<Fault>) -> Option<Self> {
        let max_bytes = source.parsed("MEDIA_MAX_BYTES", &MAX_BYTES.to_string(), faults);
        if max_bytes.is_some_and(|max| !(1..=MOST_BYTES).contains(&max)) {
            faults.push(Fault::new("MEDIA_MAX_BYTES", format!("is from 1 to {MOST_BYTES}")));
        }
        let found = S3.map(|name| source.get(name));
        if found.iter().all(Option::is_none) {
            return Some(Self { max_bytes: max_bytes?, s3: None });
        }
        for (name, _) in S3.iter().zip(&found).filter(|(_, value)| value.is_none()) {
            let hint = "goes with the other MEDIA_S3_ settings: set all or none";
            faults.push(Fault::new(name, hint));
        }
        let [Some(_), Some(bucket), Some(access_key_id), Some(secret)] = found else { return None };
        let endpoint: Option<Url> = source.parsed("MEDIA_S3_ENDPOINT", "", faults);
        let region = source.get("MEDIA_S3_REGION").unwrap_or_else(|| "us-east-1".to_owned());
        let s3 = S3Config {
            endpoint: endpoint?,
            region,
            bucket,
            access_key_id,
            secret_access_key: secret.into(),
        };
        Some(Self { max_bytes: max_bytes?, s3: Some(s3) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collect(set: &[(&str, &str)]) -> (Option<Media>, Vec<&'static str>) {
        let lookup = |name: &str| {
            set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let mut faults = Vec::new();
        let media = Media::collect(&Source::from_lookup(&lookup), &mut faults);
        (media, faults.into_iter().map(|fault| fault.variable).collect())
    }

    #[test]
    fn an_object_store_is_set_whole_or_not_at_all() {
        let whole = [
            ("MEDIA_S3_ENDPOINT", "https://s3.sa-east-1.amazonaws.com"),
            ("MEDIA_S3_BUCKET", "arquivos"),
            ("MEDIA_S3_ACCESS_KEY_ID", "AKIAINVENTADA"),
            ("MEDIA_S3_SECRET_ACCESS_KEY", "segredo-inventado"),
        ];
        let (media, faults) = collect(&whole);
        let media = media.unwrap();
        assert!(faults.is_empty() && !format!("{media:?}").contains("segredo-inventado"));
        assert_eq!(media.s3.unwrap().region, "us-east-1");
        let (media, faults) = collect(&whole[..3]);
        assert!(media.is_none());
        assert_eq!(faults, ["MEDIA_S3_SECRET_ACCESS_KEY"]);
        assert!(collect(&[]).0.unwrap().s3.is_none());
        assert_eq!(collect(&[("MEDIA_MAX_BYTES", "0")]).1, ["MEDIA_MAX_BYTES"]);
    }
}
