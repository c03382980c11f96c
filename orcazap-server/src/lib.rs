//! orcazap-server
