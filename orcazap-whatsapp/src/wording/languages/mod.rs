//! The languages, a file each: nothing but words.

pub(super) mod english;
pub(super) mod portuguese;
pub(super) mod spanish;
pub(super) mod swahili;
