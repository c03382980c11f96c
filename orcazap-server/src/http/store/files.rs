//! A file that a customer sent, to see, hear or take away.
//!
//! Nothing of it is trusted: its type is what its bytes show, or none; it is offered
//! under a name of ours with the sender's beside it, escaped; and a browser that
//! opens it by itself may run nothing in it.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use orcazap_store::media::MediaPlace;
use orcazap_store::{Media, MediaState};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::paging;
use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::media::extension;

/// No script, no style, no frame: the file alone.
const POLICY: &str = "default-src 'none'; sandbox";
/// What stands as it is in an extended header value (RFC 8187).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// The file. One of another store is as absent as one that never was.
pub(super) async fn show(
    desk: Desk,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let id = paging::id(&id)?;
    let (media, _) = desk.tx().await?.find_media(id).await?.ok_or(PageError::NotFound)?;
    let MediaState::Kept { content_type, .. } = &media.state else {
        return Err(PageError::NotFound);
    };
    let place = MediaPlace { tenant: desk.tenant.id, media: id };
    let sealed = desk.app.media.get(place).await?.ok_or(PageError::NotFound)?;
    let bytes = desk.tx().await?.open_media_bytes(id, &sealed).await?;
    let bytes = Bytes::from(bytes.ok_or(PageError::NotFound)?);
    let mut response = part(bytes, headers.get(RANGE));
    let fixed = [
        (CACHE_CONTROL, "private, max-age=3600, immutable"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (ACCEPT_RANGES, "bytes"),
    ];
    let answer = response.headers_mut();
    for (name, value) in fixed {
        answer.insert(name, HeaderValue::from_static(value));
    }
    let told = [
        (CONTENT_TYPE, content_type.clone()),
        (CONTENT_DISPOSITION, disposition(&media, content_type)),
    ];
    for (name, value) in told {
        if let Ok(value) = HeaderValue::from_str(&value) {
            answer.insert(name, value);
        }
    }
    Ok(response)
}

/// The whole, or the part that a player asks for.
fn part(bytes: Bytes, range: Option<&HeaderValue>) -> Response {
    let size = bytes.len();
    let asked = range.and_then(|range| range.to_str().ok()).and_then(|range| of_range(range, size));
    match asked {
        None => bytes.into_response(),
        Some(Some((first, last))) => {
            let part = bytes.slice(first..=last);
            let place = format!("bytes {first}-{last}/{size}");
            (StatusCode::PARTIAL_CONTENT, [(CONTENT_RANGE, place)], part).into_response()
        }
        Some(None) => {
            let place = format!("bytes */{size}");
            (StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, place)]).into_response()
        }
    }
}

/// The first and last byte of a single range: `None` for what is no such range and
/// is passed over, `Some(None)` for one outside the file.
fn of_range(range: &str, size: usize) -> Option<Option<(usize, usize)>> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let end = size.checked_sub(1);
    let found = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => end.map(|end| (first, last.min(end))),
        (Ok(first), Err(_)) if last.is_empty() => end.map(|end| (first, end)),
        (Err(_), Ok(count)) if first.is_empty() && count > 0 => {
            end.map(|end| (size.saturating_sub(count), end))
        }
        _ => return None,
    };
    Some(found.filter(|(first, last)| first <= last))
}

/// To be saved, never shown as a page: under a name of ours, and for browsers that
/// read it the sender's, with the ending that fits the type.
fn disposition(media: &Media, content_type: &str) -> String {
    let extension = extension(content_type);
    let plain = format!("arquivo-{}.{extension}", media.id);
    let stem = media.file_name.as_deref().and_then(stem);
    match stem {
        Some(stem) => {
            let name = format!("{stem}.{extension}");
            let name = utf8_percent_encode(&name, PLAIN);
            format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{name}")
        }
        None => format!("attachment; filename=\"{plain}\""),
    }
}

/// The sender's name of a file without folders, control characters and ending.
fn stem(name: &str) -> Option<String> {
    let bare = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = bare.rsplit_once('.').map_or(bare, |(stem, _)| stem);
    let is_plain = |c: &char| {
        !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let stem: String = stem.chars().filter(is_plain).take(80).collect();
    let stem = stem.trim().trim_matches('.');
    (!stem.is_empty()).then(|| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use orcazap_store::MediaId;

    use super::*;

    #[test]
    fn a_sender_s_name_never_reaches_a_path_or_breaks_a_header() {
        for (name, expected) in [
            ("../../lista da obra.pdf", Some("lista da obra")),
            ("C:\\temp\\nota.exe", Some("nota")),
            ("quebra\r\nSet-Cookie: x=1.pdf", Some("quebraSet-Cookie: x=1")),
            ("fdp.\u{202e}exe", Some("fdp")),
            ("..", None),
            (".pdf", None),
            ("", None),
        ] {
            assert_eq!(stem(name).as_deref(), expected, "{name:?}");
        }
        let file_name = Some("orça\"mento;\r\n.html".to_owned());
        let media = Media {
            id: MediaId::make(),
            kind: "document".to_owned(),
            file_name,
            state: MediaState::Waiting,
        };
        let header = disposition(&media, "application/pdf");
        let value = HeaderValue::from_str(&header).unwrap();
        assert!(value.to_str().unwrap().starts_with("attachment; filename=\"arquivo-"));
        assert!(header.ends_with("filename*=UTF-8''or%C3%A7a%22mento%3B.pdf"), "{header}");
    }

    #[test]
    fn a_player_is_given_the_part_it_asks_for() {
        for (range, expected) in [
            ("bytes=0-", Some(Some((0, 9)))),
            ("bytes=2-4", Some(Some((2, 4)))),
            ("bytes=5-99", Some(Some((5, 9)))),
            ("bytes=-3", Some(Some((7, 9)))),
            ("bytes=-99", Some(Some((0, 9)))),
            ("bytes=10-", Some(None)),
            ("bytes=4-2", None),
            ("bytes=0-1,3-4", None),
            ("lines=1-2", None),
        ] {
            assert_eq!(of_range(range, 10), expected, "{range}");
        }
        assert_eq!(of_range("bytes=0-", 0), Some(None));
    }
}
