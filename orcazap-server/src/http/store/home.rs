//! The first page: figures, and what needs a person.

use axum::response::Response;

use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::views::frame::Section;
use crate::views::home::Home;

/// The page.
pub(super) async fn show(desk: Desk) -> Result<Response, PageError> {
    let wall = desk.wall().await?;
    let first_name = desk.staff.name.split_whitespace().next().unwrap_or_default().to_owned();
    let home = Home {
        first_name,
        today: wall.today(),
        tiles: Vec::new(),
        attention: Vec::new(),
        quotes: Vec::new(),
    };
    desk.show(Section::Home, &home).await
}
