//! How wide texts are, as what draws them sets them.

use std::collections::BTreeSet;

use resvg::usvg::{Node, Text, Tree};

use crate::picture::{PictureError, options};
use crate::svg::Element;

/// What a text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// Titles.
    Serif,
    /// Texts.
    Sans,
    /// Names.
    SansStrong,
}

impl Face {
    /// The family as an attribute: a name with a digit of its own is understood in quotes only.
    pub(super) const fn family(self) -> &'static str {
        match self {
            Self::Serif => "'Source Serif 4'",
            Self::Sans | Self::SansStrong => "Inter",
        }
    }

    pub(super) const fn weight(self) -> u32 {
        match self {
            Self::Serif | Self::SansStrong => 600,
            Self::Sans => 400,
        }
    }
}

/// The size that texts are measured in, pixels; widths grow with it evenly.
const GAUGE: f64 = 100.0;

/// What stands for a letter that no font has.
pub(super) const BOX: char = '□';

/// A text with its width.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measured {
    pub(super) text: String,
    /// In ems: times the font size these are pixels.
    pub(super) width: f64,
}

/// Measures texts, each for itself. Letters that no font has are counted in `missing` and stand as [`BOX`].
pub(super) fn measure(
    face: Face,
    texts: Vec<String>,
    missing: &mut BTreeSet<char>,
) -> Result<Vec<Measured>, PictureError> {
    let (widths, unknown) = widths(face, &texts)?;
    if unknown.is_empty() {
        return Ok(pair(texts, widths));
    }
    let boxed = |text: &String| {
        text.chars().map(|letter| if unknown.contains(&letter) { BOX } else { letter }).collect::<String>()
    };
    let texts: Vec<String> = texts.iter().map(boxed).collect();
    missing.extend(unknown);
    let (widths, _) = self::widths(face, &texts)?;
    Ok(pair(texts, widths))
}

fn pair(texts: Vec<String>, widths: Vec<f64>) -> Vec<Measured> {
    texts.into_iter().zip(widths).map(|(text, width)| Measured { text, width }).collect()
}

fn widths(face: Face, texts: &[String]) -> Result<(Vec<f64>, BTreeSet<char>), PictureError> {
    let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\">");
    for (place, text) in texts.iter().enumerate() {
        let mut element = Element::new(&mut svg, "text");
        element.set("id", format_args!("t{place}")).set("font-family", face.family());
        element.set("font-weight", face.weight()).set("font-size", GAUGE).text(text);
    }
    svg.push_str("</svg>");
    let tree = Tree::from_str(&svg, &options());
    let tree = tree.map_err(|fault| PictureError::Drawing(fault.to_string()))?;
    let mut unknown = BTreeSet::new();
    let widths = (0..texts.len()).map(|place| match tree.node_by_id(&format!("t{place}")) {
        Some(Node::Text(text)) => {
            unknown.extend(unknown_in(text));
            f64::from(text.bounding_box().width()) / GAUGE
        }
        // Nothing can be seen of it.
        _ => 0.0,
    });
    Ok((widths.collect(), unknown))
}

/// The letters of a text that stand as glyph 0, which is the font's picture of a letter that it does not have.
fn unknown_in(text: &Text) -> impl Iterator<Item = char> + '_ {
    let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
    glyphs.filter(|glyph| glyph.id.0 == 0).flat_map(|glyph| glyph.text.chars())
}
