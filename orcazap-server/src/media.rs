//! What a file is, by its first bytes: the sender's word for it is never trusted.

/// The type of anything that is not known to be harmless to look at.
pub(crate) const UNKNOWN: &str = "application/octet-stream";

/// The types that are told to a browser, and what a file of each is called. All
/// others are [`UNKNOWN`]: nothing that runs, and nothing that a browser renders as
/// a page.
const TYPES: [(&str, &str); 23] = [
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/webp", "webp"),
    ("image/gif", "gif"),
    ("audio/ogg", "ogg"),
    ("audio/mpeg", "mp3"),
    ("audio/m4a", "m4a"),
    ("audio/aac", "aac"),
    ("audio/amr", "amr"),
    ("audio/x-wav", "wav"),
    ("video/mp4", "mp4"),
    ("video/3gpp", "3gp"),
    ("video/quicktime", "mov"),
    ("video/webm", "webm"),
    ("application/pdf", "pdf"),
    ("application/zip", "zip"),
    ("application/rtf", "rtf"),
    ("application/msword", "doc"),
    ("application/vnd.ms-excel", "xls"),
    ("application/vnd.ms-powerpoint", "ppt"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
];

/// The type of a file.
pub(crate) fn content_type(bytes: &[u8]) -> &'static str {
    let found = infer::get(bytes).map_or("", |found| found.mime_type());
    known(found).map_or(UNKNOWN, |(name, _)| name)
}

/// How the name of a file of a type ends.
pub(crate) fn extension(content_type: &str) -> &'static str {
    known(content_type).map_or("bin", |(_, extension)| extension)
}

fn known(content_type: &str) -> Option<(&'static str, &'static str)> {
    TYPES.iter().copied().find(|(name, _)| *name == content_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_told_by_the_bytes_and_only_if_it_is_harmless() {
        for (bytes, expected) in [
            (&b"%PDF-1.7\n"[..], "application/pdf"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
            (b"\x89PNG\r\n\x1a\n", "image/png"),
            (b"OggS\0\x02", "audio/ogg"),
            (b"<html><script>alert(1)</script>", UNKNOWN),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", UNKNOWN),
            (b"MZ\x90\0", UNKNOWN),
            (b"\x7fELF", UNKNOWN),
            (b"20 sacos de cimento", UNKNOWN),
            (b"", UNKNOWN),
        ] {
            assert_eq!(content_type(bytes), expected, "{bytes:?}");
        }
        assert_eq!(extension("application/pdf"), "pdf");
        assert_eq!(extension("text/html"), "bin");
    }
}
