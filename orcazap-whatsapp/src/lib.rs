//! orcazap-whatsapp
