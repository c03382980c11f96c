//! Stage 2, numbers: exact values of what is written in digits, as a fraction, or in words.

use crate::quantity::Quantity;

/// A value in millionths: exact for all that is ever written in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Num {
    micros: i64,
    form: Form,
}

/// How a number was written; a fraction is an inch size before it is half a metre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Form {
    Plain,
    /// `3/8`, `1 1/2`: numerator and denominator of the fractional part.
    Fraction(u16, u16),
}

pub(crate) const ONE: i64 = 1_000_000;
/// Larger than any quantity there is; keeps the arithmetic far from overflow.
const MAX_MICROS: i64 = 1_000_000_000 * ONE;

impl Num {
    pub(crate) const fn whole(value: i64) -> Self {
        Self { micros: value * ONE, form: Form::Plain }
    }

    pub(crate) const fn from_micros(micros: i64) -> Self {
        Self { micros, form: Form::Plain }
    }

    pub(crate) fn from_quantity(quantity: Quantity) -> Self {
        Self::from_micros(quantity.as_millionths().min(MAX_MICROS))
    }

    pub(crate) fn micros(self) -> i64 {
        self.micros
    }

    /// The whole number it is, when it is one.
    pub(crate) fn as_whole(self) -> Option<i64> {
        (self.micros % ONE == 0).then_some(self.micros / ONE)
    }

    pub(crate) fn is_fraction(self) -> bool {
        self.form != Form::Plain
    }

    pub(crate) fn is_proper_fraction(self) -> bool {
        self.is_fraction() && self.micros < ONE
    }

    /// `10/20`: too fine for a fraction that anyone orders, and no size in inches.
    pub(crate) fn is_range(self) -> bool {
        match self.form {
            Form::Fraction(top, bottom) => top > 1 && bottom > 5 && !is_inch(top, bottom),
            Form::Plain => false,
        }
    }

    /// Numerator and denominator as written, for what looks like a date.
    pub(crate) fn slashed(self) -> Option<(u16, u16)> {
        match self.form {
            Form::Fraction(top, bottom) => Some((top, bottom)),
            Form::Plain => None,
        }
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self::from_micros((self.micros + other.micros).min(MAX_MICROS))
    }

    pub(crate) fn times(self, factor: Self) -> Self {
        let product = i128::from(self.micros) * i128::from(factor.micros) / i128::from(ONE);
        Self::from_micros(i64::try_from(product).unwrap_or(MAX_MICROS).min(MAX_MICROS))
    }

    /// The number as a quantity; `None` beyond the largest there is.
    pub(crate) fn quantity(self) -> Option<Quantity> {
        Quantity::within(self.micros)
    }

    /// Reads `12`, `1.000`, `2,5`, `10.0`, `3/8`, `1 1/2`, `1.1/2`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((left, bottom)) => {
                let (whole, top) = match left.rsplit_once([' ', '.', ',']) {
                    Some((whole, top)) => (decimal(whole)?, top),
                    None => (0, left),
                };
                let (top, bottom): (u16, u16) = (top.parse().ok()?, bottom.parse().ok()?);
                let part = (i64::from(top) * ONE).checked_div(i64::from(bottom))?;
                Some(Self { micros: whole + part, form: Form::Fraction(top, bottom) })
            }
            None => decimal(text).map(Self::from_micros),
        }
    }

    /// How it stands in the catalogue's index: `25`, `2.5`, `3/8`, `1.1/2`.
    pub(crate) fn write_key(self, key: &mut String) {
        let whole = self.micros / ONE;
        match self.form {
            Form::Fraction(top, bottom) if is_inch(top, bottom) => {
                if whole > 0 {
                    push_integer(key, whole);
                    key.push('.');
                }
                push_integer(key, i64::from(top));
                key.push('/');
                push_integer(key, i64::from(bottom));
            }
            Form::Fraction(top, bottom) => {
                push_integer(key, i64::from(top));
                key.push('x');
                push_integer(key, i64::from(bottom));
            }
            Form::Plain => {
                push_integer(key, whole);
                let mut rest = self.micros % ONE;
                let mut digit = ONE / 10;
                if rest > 0 {
                    key.push('.');
                }
                while rest > 0 && digit > 0 {
                    push_integer(key, rest / digit);
                    rest %= digit;
                    digit /= 10;
                }
            }
        }
    }
}

fn is_inch(top: u16, bottom: u16) -> bool {
    matches!(bottom, 2 | 4 | 8 | 16 | 32 | 64) && top < bottom && top % 2 == 1
}

fn push_integer(key: &mut String, value: i64) {
    if value >= 10 {
        push_integer(key, value / 10);
    }
    if let Some(digit) =
        u32::try_from(value % 10).ok().and_then(|digit| char::from_digit(digit, 10))
    {
        key.push(digit);
    }
}

/// Digits in millionths. A point or comma before exactly three digits parts
/// thousands, unless what stands before it is zero; else it is a decimal mark.
fn decimal(text: &str) -> Option<i64> {
    const PLACES: usize = 6;
    let (whole, more, part) = match text.rsplit_once([',', '.']) {
        Some((whole, part)) if part.len() == 3 && !whole.starts_with('0') => (whole, part, ""),
        Some((whole, part)) => (whole, "", part),
        None => (text, "", ""),
    };
    let digits = whole.bytes().chain(more.bytes()).filter(u8::is_ascii_digit);
    let count = digits.clone().count();
    if count > 9 || part.len() > PLACES {
        return Some(MAX_MICROS);
    }
    let read = |value: i64, digit: u8| value * 10 + i64::from(digit - b'0');
    let places = part.bytes().chain(std::iter::repeat(b'0')).take(PLACES);
    let sound = count > 0 && part.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| (digits.fold(0, read) * ONE + places.fold(0, read)).min(MAX_MICROS))
}

/// Two or three numbers joined by `x`, or one that is no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    parts: [Num; 3],
    count: u8,
}

impl Size {
    /// Reads `18x27`, `18 por 27`, `100x100x50`, `2,44x1,10`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        // Most numbers are none, which their letters tell.
        text.bytes().any(|byte| matches!(byte, b'x' | b'*' | b'p')).then_some(())?;
        let mut parts = [Num::whole(0); 3];
        let mut count = 0_u8;
        for part in text.split(['x', '*']).flat_map(|part| part.split("por")) {
            let part = part.trim().trim_end_matches(['c', 'm']).trim();
            *parts.get_mut(usize::from(count))? = Num::parse(part)?;
            count += 1;
        }
        (count > 1).then_some(Self { parts, count })
    }

    /// A size of two numbers said in words.
    pub(crate) fn pair(first: Num, second: Num) -> Self {
        Self { parts: [first, second, Num::whole(0)], count: 2 }
    }

    /// One number that is written as a size.
    pub(crate) fn single(number: Num) -> Self {
        Self { parts: [number, Num::whole(0), Num::whole(0)], count: 1 }
    }

    pub(crate) fn parts(&self) -> &[Num] {
        self.parts.get(..usize::from(self.count)).unwrap_or_default()
    }

    /// How the first `count` numbers stand in the catalogue's index: `18x27`.
    pub(crate) fn write_key(&self, count: usize, key: &mut String) {
        for (position, part) in self.parts().iter().take(count).enumerate() {
            if position > 0 {
                key.push('x');
            }
            part.write_key(key);
        }
    }
}

/// The value of a number word, and how it combines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelled {
    /// `um`, `uma`: perhaps an article.
    Article,
    /// 2 to 19.
    Small(i64),
    /// 20 to 90.
    Tens(i64),
    /// 100 to 900.
    Hundreds(i64),
    /// `mil`.
    Thousand,
    /// `meio`, `meia`.
    Half,
}

impl Spelled {
    /// What a word of this value is, as the vocabulary writes it.
    pub(crate) fn valued(text: &str) -> Option<Self> {
        if text == "1/2" {
            return Some(Self::Half);
        }
        Some(match text.parse().ok()? {
            1 => Self::Article,
            value @ 2..20 => Self::Small(value),
            value @ 20..100 => Self::Tens(value),
            1000 => Self::Thousand,
            value @ 100..1000 => Self::Hundreds(value),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, micros: i64, key: &str) {
        let number = Num::parse(text).unwrap();
        let mut written = String::new();
        number.write_key(&mut written);
        assert_eq!((number.micros(), written.as_str()), (micros, key), "{text}");
    }

    #[test]
    fn numbers_are_read_exactly_as_customers_write_them() {
        check("12", 12 * ONE, "12");
        check("1.000", 1000 * ONE, "1000");
        check("10.000,50", 10_000 * ONE + ONE / 2, "10000.5");
        check("2,5", 2_500_000, "2.5");
        check("10.0", 10 * ONE, "10");
        check("0,125", 125_000, "0.125");
        check("3/8", 375_000, "3/8");
        check("1 1/2", 1_500_000, "1.1/2");
        check("3.1/2", 3_500_000, "3.1/2");
        check("18/27", 666_666, "18x27");
    }

    #[test]
    fn sizes_write_their_numbers_alike() {
        let size = Size::parse("2,44 x 1,10").unwrap();
        let mut key = String::new();
        size.write_key(2, &mut key);
        assert_eq!(key, "2.44x1.1");
        assert!(Size::parse("18").is_none());
    }

    #[test]
    fn absurd_numbers_stay_bounded() {
        assert_eq!(Num::parse(&"9".repeat(300)).unwrap().quantity(), None);
        assert_eq!(Num::whole(900_000_000).times(Num::whole(900_000_000)).micros(), MAX_MICROS);
        assert!(Num::parse("1/0").is_none());
    }
}
