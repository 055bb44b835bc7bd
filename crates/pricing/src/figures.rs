//! Answers made of several numbers: sizes such as `210x297`, inks such as `4+0` and `4p1+0`.

use crate::Decimal;
use crate::decimal::{canonical, parse};

/// Width and height of a text such as `210x297`; the sign between may be any cross.
pub(crate) fn size(text: &str) -> Option<Vec<Decimal>> {
    let mut figures = Vec::with_capacity(2);
    let (width, height) = around(text, &['x', '×', 'х', '*'])?;
    for side in [width, height] {
        figures.push(parse(side.trim_ascii())?);
    }
    Some(figures)
}

/// What stands before the first of these signs, and after it. One search for all: the library's is
/// another for each kind of sign.
fn around<'t>(text: &'t str, signs: &[char]) -> Option<(&'t str, &'t str)> {
    let mut chars = text.char_indices();
    let (at, _) = chars.find(|(_, sign)| signs.contains(sign))?;
    Some((text.get(..at)?, chars.as_str()))
}

/// The inks of a text: those of the face, then those of the back. `p` stands before the number of
/// Pantone inks of a side.
pub(crate) fn inks(text: &str) -> Option<Vec<Decimal>> {
    let mut figures = Vec::with_capacity(4);
    let (face, back) = around(text, &['+'])?;
    for side in [face, back] {
        let (cmyk, pantone) = around(side, &['p']).unwrap_or((side, "0"));
        for number in [cmyk, pantone] {
            let plain = number.len() < 3 && !number.starts_with('-');
            figures.push(parse(number).filter(|_| plain)?);
        }
    }
    Some(figures)
}

/// The text of a size or of inks.
pub(crate) fn written(figures: &[Decimal], inks: bool) -> String {
    let mut text = String::new();
    for (place, figure) in figures.iter().enumerate() {
        let pantone = inks && place % 2 == 1;
        if pantone && figure.is_zero() {
            continue;
        }
        text.push_str(match (place, pantone, inks) {
            (0, ..) => "",
            (_, true, _) => "p",
            (_, _, true) => "+",
            _ => "x",
        });
        text.push_str(&canonical(*figure));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_any_cross_and_written_with_one() {
        for (text, expected) in [
            ("210x297", Some("210x297")),
            ("210×297", Some("210x297")),
            ("99.50 х 210", Some("99.5x210")),
            ("210", None),
            ("x297", None),
            ("axb", None),
            ("1x2x3", None),
        ] {
            let written = size(text).map(|figures| written(&figures, false));
            assert_eq!(written.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn inks_name_each_side_and_its_pantones() {
        for (text, expected) in [
            ("4+0", Some("4+0")),
            ("4p1+1", Some("4p1+1")),
            ("0p2+0p1", Some("0p2+0p1")),
            ("4p0+4", Some("4+4")),
            ("4", None),
            ("4+", None),
            ("-1+0", None),
            ("1.5+0", None),
            ("4+4+4", None),
            ("100+0", None),
        ] {
            let written = inks(text).map(|figures| written(&figures, true));
            assert_eq!(written.as_deref(), expected, "{text}");
        }
    }
}
