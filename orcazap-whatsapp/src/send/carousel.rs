//! Cards side by side: photos or videos with a button each, or products.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::buttons::Button;
use super::interactive::{Frame, HeaderFile, body};
use super::limited::{LimitError, Limited, count, distinct};
use super::link::WebAddress;
use super::products::{CatalogId, RetailerId};
use crate::json::put;
use orcazap_core::conversation::MediaKind;

/// What a card is pressed for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Press {
    Link { label: LinkLabel, url: WebAddress },
    Replies(Vec<Button>),
}

/// The label of a card's link: up to 20 **bytes**, where every other label is
/// counted in characters, so that an accent costs two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct LinkLabel(Limited<20>);

impl TryFrom<String> for LinkLabel {
    type Error = LimitError;

    fn try_from(text: String) -> Result<Self, LimitError> {
        let found = text.len();
        if found > 20 {
            return Err(LimitError::TooLarge { what: "card.display_text", max: 20, found });
        }
        Limited::new("card.display_text", text).map(Self)
    }
}

impl From<LinkLabel> for String {
    fn from(label: LinkLabel) -> Self {
        label.0.into()
    }
}

/// A card: a photo or a video, words of up to 160 characters with two line
/// breaks at most or none, and a link or one to three reply buttons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CardParts")]
pub struct Card {
    header: HeaderFile,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Limited<160>>,
    press: Press,
}

impl Card {
    /// A card with a button that opens an address: a label of up to 20 bytes, an
    /// http or https address of up to 2,000 characters.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed, and for a header that is
    /// neither a photo nor a video.
    pub fn link(
        header: HeaderFile,
        label: impl Into<String>,
        url: Url,
    ) -> Result<Self, LimitError> {
        let press = Press::Link { label: label.into().try_into()?, url: WebAddress::new(url)? };
        Self::from_parts(CardParts { header, body: None, press })
    }

    /// A card with reply buttons whose ids have up to 20 characters too.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed, and for a header that is
    /// neither a photo nor a video.
    pub fn replies(header: HeaderFile, buttons: Vec<Button>) -> Result<Self, LimitError> {
        Self::from_parts(CardParts { header, body: None, press: Press::Replies(buttons) })
    }

    /// The same with words below the picture.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when they are blank, longer than 160 characters, or have
    /// more than two line breaks.
    pub fn with_body(self, body: impl Into<String>) -> Result<Self, LimitError> {
        let Self { header, press, .. } = self;
        let body = Some(Limited::new("card.body", body)?);
        Self::from_parts(CardParts { header, body, press })
    }

    fn from_parts(CardParts { header, body, press }: CardParts) -> Result<Self, LimitError> {
        if !matches!(header.kind(), MediaKind::Image | MediaKind::Video) {
            return Err(LimitError::form("card.header", "an image or a video", "a document"));
        }
        if let Some(body) = &body
            && body.as_str().matches('\n').count() > 2
        {
            return Err(LimitError::form("card.body", "at most 2 line breaks", body.as_str()));
        }
        if let Press::Replies(buttons) = &press {
            count("card buttons", 1, 3, buttons.len())?;
            distinct("card button ids", buttons.iter().map(Button::id))?;
            distinct("card button titles", buttons.iter().map(Button::title))?;
            for button in buttons {
                Limited::<20>::new("quick_reply.id", button.id())?;
            }
        }
        Ok(Self { header, body, press })
    }

    /// What all cards of a message have in common: the header's kind, and how
    /// many reply buttons there are in the place of a link.
    fn shape(&self) -> (MediaKind, Option<usize>) {
        let replies = match &self.press {
            Press::Link { .. } => None,
            Press::Replies(buttons) => Some(buttons.len()),
        };
        (self.header.kind(), replies)
    }

    fn to_graph(&self, index: usize) -> Value {
        let reply = |button: &Button| json!({ "type": "quick_reply", "quick_reply": button });
        let action = match &self.press {
            Press::Link { label, url } => json!({
                "name": "cta_url", "parameters": { "display_text": label, "url": url },
            }),
            Press::Replies(buttons) => {
                json!({ "buttons": buttons.iter().map(reply).collect::<Vec<_>>() })
            }
        };
        let mut card = json!({
            "card_index": index,
            "type": "cta_url",
            "header": self.header.to_graph(),
            "action": action,
        });
        if let Some(body) = &self.body {
            put(&mut card, "body", json!({ "text": body }));
        }
        card
    }
}

#[derive(Deserialize)]
struct CardParts {
    header: HeaderFile,
    #[serde(default)]
    body: Option<Limited<160>>,
    press: Press,
}

impl TryFrom<CardParts> for Card {
    type Error = LimitError;

    fn try_from(parts: CardParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}

/// The cards of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shown {
    Cards(Vec<Card>),
    Products { catalog_id: CatalogId, products: Vec<RetailerId> },
}

/// Cards side by side (`interactive`, `carousel`): a body of up to 1,024
/// characters, and 2 to 10 cards, all alike: photos or videos with a link each
/// or as many reply buttons each, or products of one catalogue. Neither header
/// nor footer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CarouselParts")]
pub struct Carousel {
    #[serde(flatten)]
    frame: Frame,
    shown: Shown,
}

body!(Carousel);

impl Carousel {
    /// Photos or videos.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed, and for cards that are not
    /// alike.
    pub fn new(body: impl Into<String>, cards: Vec<Card>) -> Result<Self, LimitError> {
        Self::from_parts(CarouselParts { frame: Frame::new(body)?, shown: Shown::Cards(cards) })
    }

    /// Products of one catalogue.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed.
    pub fn of_products(
        body: impl Into<String>,
        catalog_id: CatalogId,
        products: Vec<RetailerId>,
    ) -> Result<Self, LimitError> {
        let shown = Shown::Products { catalog_id, products };
        Self::from_parts(CarouselParts { frame: Frame::new(body)?, shown })
    }

    fn from_parts(CarouselParts { frame, shown }: CarouselParts) -> Result<Self, LimitError> {
        frame.words_only()?;
        match &shown {
            Shown::Products { products, .. } => count("cards", 2, 10, products.len())?,
            Shown::Cards(cards) => {
                count("cards", 2, 10, cards.len())?;
                let first = cards.first().map(Card::shape);
                if cards.iter().any(|card| Some(card.shape()) != first) {
                    let expected = "alike in header and buttons";
                    return Err(LimitError::form("cards", expected, "cards that differ"));
                }
            }
        }
        Ok(Self { frame, shown })
    }

    pub(super) fn to_graph(&self) -> Value {
        let cards: Vec<Value> = match &self.shown {
            Shown::Cards(cards) => {
                cards.iter().enumerate().map(|(index, card)| card.to_graph(index)).collect()
            }
            Shown::Products { catalog_id, products } => {
                let card = |(index, product): (usize, &RetailerId)| {
                    json!({
                        "card_index": index, "type": "product",
                        "action": { "product_retailer_id": product, "catalog_id": catalog_id },
                    })
                };
                products.iter().enumerate().map(card).collect()
            }
        };
        self.frame.to_graph("carousel", json!({ "cards": cards }))
    }
}

#[derive(Deserialize)]
struct CarouselParts {
    #[serde(flatten)]
    frame: Frame,
    shown: Shown,
}

impl TryFrom<CarouselParts> for Carousel {
    type Error = LimitError;

    fn try_from(parts: CarouselParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}
