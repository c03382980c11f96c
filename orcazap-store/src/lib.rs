//! orcazap-store
