//! Small programs that embed OrcaZap; see the `.rs` files beside this folder.
