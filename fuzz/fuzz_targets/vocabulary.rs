#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| orcazap_fuzz::vocabulary_bytes(data));
