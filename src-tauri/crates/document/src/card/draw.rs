//! The drawing of a card: whose win it is, what was won and how, and below everybody who had a part in it.

use std::collections::BTreeSet;

use super::fit::{Room, Set, fit, shown};
use super::measure::{Face, Measured, measure};
use super::{Card, CardDrawing, CardName};
use crate::picture::PictureError;
use crate::svg::Element;

/// Pixels across.
pub(super) const WIDTH: f64 = 1600.0;
/// Pixels down: what a slide and a screen have.
pub(super) const HEIGHT: f64 = 900.0;

const PAPER: &str = "#fbfaf7";
const INK: &str = "#1d2327";
const SOFT: &str = "#59636a";
const ACCENT: &str = "#a8431f";

/// The window's colours of departments on light paper, by slot.
const DEPARTMENTS: [&str; 8] =
    ["#3b6ea8", "#a85a22", "#3d7a5a", "#7a5c99", "#8d6e17", "#a14a6d", "#287a86", "#6b6b6b"];

const MARGIN: f64 = 110.0;
const COLUMN: f64 = WIDTH - 2.0 * MARGIN;
/// The band of colours along the upper edge.
const BAND: f64 = 14.0;
/// The baseline of company and day.
const HEAD: f64 = 108.0;
/// Where title and story may begin, and where the names end.
const TOP: f64 = 158.0;
const BOTTOM: f64 = 822.0;

const TITLE_SIZES: [f64; 7] = [104.0, 92.0, 80.0, 70.0, 62.0, 54.0, 46.0];
const TITLE_LEADING: f64 = 1.12;
const STORY_SIZES: [f64; 3] = [34.0, 30.0, 26.0];
const STORY_LEADING: f64 = 1.42;
/// Share of the room that a title may take where a story follows.
const TITLE_SHARE: f64 = 0.68;
const STORY_GAP: f64 = 34.0;

/// Sizes of names, each with the rows that there may be.
const NAME_SIZES: [(f64, usize); 3] = [(36.0, 2), (31.0, 2), (27.0, 3)];
const NAME_GAP: f64 = 40.0;
/// From row to row, and the mark of a department, in sizes.
const NAME_LEADING: f64 = 1.72;
const MARK: f64 = 1.28;
const THANKS_SIZE: f64 = 26.0;

pub(super) fn draw(card: &Card, more: &dyn Fn(usize) -> String) -> Result<CardDrawing, PictureError> {
    let mut missing = BTreeSet::new();
    let head = Head::of(card, &mut missing)?;
    let names = Names::of(card, more, &mut missing)?;
    let until = BOTTOM - names.height();
    let body = Body::of(card, until - TOP, &mut missing)?;

    let mut out = String::with_capacity(8_192);
    let mut open = Element::new(&mut out, "svg");
    open.set("xmlns", "http://www.w3.org/2000/svg");
    open.set("viewBox", format_args!("0 0 {WIDTH} {HEIGHT}")).set("width", WIDTH).set("height", HEIGHT);
    let summary = summary(card);
    open.set("role", "img").set("lang", card.language.code()).set("aria-label", &summary).open();
    rect(&mut out, (0.0, 0.0, WIDTH, HEIGHT), PAPER, 0.0);
    band(&mut out, card);
    head.draw(&mut out);
    body.draw(&mut out);
    names.draw(&mut out, until);
    out.push_str("</svg>\n");
    Ok(CardDrawing { svg: out, summary, missing })
}

/// Everything that stands on a card, as one text.
fn summary(card: &Card) -> String {
    let mut parts: Vec<String> = [&card.company, &card.about, &card.title, &card.story]
        .map(|text| shown(text).trim().to_owned())
        .into();
    let names: Vec<String> = card.names.iter().map(|one| shown(&one.name)).collect();
    if !names.is_empty() {
        parts.push(format!("{}: {}", shown(&card.thanks), names.join(", ")));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// The colours of the departments that are named, side by side; the house's own where none is.
fn band(out: &mut String, card: &Card) {
    let mut colours: Vec<&str> = Vec::new();
    for (_, slot) in card.names.iter().filter_map(|one| one.mark.as_ref()) {
        let colour = colour_of(*slot);
        if !colours.contains(&colour) {
            colours.push(colour);
        }
    }
    if colours.is_empty() {
        colours.push(ACCENT);
    }
    let width = WIDTH / colours.len() as f64;
    for (place, colour) in colours.iter().enumerate() {
        rect(out, (place as f64 * width, 0.0, width, BAND), colour, 0.0);
    }
}

fn colour_of(slot: u8) -> &'static str {
    DEPARTMENTS.get(usize::from(slot) % DEPARTMENTS.len()).copied().unwrap_or(INK)
}

fn rect(out: &mut String, (x, y, width, height): (f64, f64, f64, f64), fill: &str, round: f64) {
    let mut rect = Element::new(out, "rect");
    rect.set("x", round_to(x)).set("y", round_to(y)).set("width", round_to(width));
    rect.set("height", round_to(height));
    if round > 0.0 {
        rect.set("rx", round_to(round));
    }
    rect.set("fill", fill).close();
}

/// Hundredths of a pixel are more than anybody sees.
fn round_to(pixels: f64) -> f64 {
    (pixels * 100.0).round() / 100.0
}

/// How a line of text is set.
#[derive(Clone, Copy)]
struct Style {
    face: Face,
    size: f64,
    fill: &'static str,
    /// `start`, `middle` or `end`.
    anchor: &'static str,
}

fn line(out: &mut String, text: &str, (x, y): (f64, f64), style: Style) {
    let mut element = Element::new(out, "text");
    element.set("x", round_to(x)).set("y", round_to(y)).set("font-family", style.face.family());
    element.set("font-weight", style.face.weight()).set("font-size", style.size);
    if style.anchor != "start" {
        element.set("text-anchor", style.anchor);
    }
    element.set("fill", style.fill).text(text);
}

/// Company and day, one line.
struct Head {
    company: Set,
    about: Set,
}

impl Head {
    fn of(card: &Card, missing: &mut BTreeSet<char>) -> Result<Self, PictureError> {
        let room =
            |share: f64| Room { width: COLUMN * share, height: 1.0, sizes: &[28.0, 24.0], leading: 1.0 };
        Ok(Self {
            company: fit(Face::SansStrong, &card.company, room(0.42), missing)?,
            about: fit(Face::Sans, &card.about, room(0.54), missing)?,
        })
    }

    fn draw(&self, out: &mut String) {
        let style = Style { face: Face::SansStrong, size: self.company.size, fill: INK, anchor: "start" };
        for text in &self.company.lines {
            line(out, text, (MARGIN, HEAD), style);
        }
        let style = Style { face: Face::Sans, size: self.about.size, fill: SOFT, anchor: "end" };
        for text in &self.about.lines {
            line(out, text, (WIDTH - MARGIN, HEAD), style);
        }
    }
}

/// Title and story.
struct Body {
    title: Set,
    story: Option<Set>,
    /// Pixels above the title that keep it from hanging at the top of an empty room.
    above: f64,
}

impl Body {
    fn of(card: &Card, height: f64, missing: &mut BTreeSet<char>) -> Result<Self, PictureError> {
        let has_story = !shown(&card.story).trim().is_empty();
        let share = if has_story { TITLE_SHARE } else { 1.0 };
        let room =
            Room { width: COLUMN, height: height * share, sizes: &TITLE_SIZES, leading: TITLE_LEADING };
        let title = fit(Face::Serif, &card.title, room, missing)?;
        let mut used = title.lines.len() as f64 * title.size * TITLE_LEADING;
        let left = height - used - STORY_GAP;
        let smallest = STORY_SIZES.last().copied().unwrap_or(1.0) * STORY_LEADING;
        let story = if has_story && left >= smallest {
            let room = Room { width: COLUMN, height: left, sizes: &STORY_SIZES, leading: STORY_LEADING };
            let story = fit(Face::Sans, &card.story, room, missing)?;
            used += STORY_GAP + story.lines.len() as f64 * story.size * STORY_LEADING;
            Some(story)
        } else {
            None
        };
        Ok(Self { title, story, above: ((height - used) * 0.42).max(0.0) })
    }

    fn draw(&self, out: &mut String) {
        let mut top = TOP + self.above;
        let style = Style { face: Face::Serif, size: self.title.size, fill: INK, anchor: "start" };
        for text in &self.title.lines {
            line(out, text, (MARGIN, top + self.title.size * 0.86), style);
            top += self.title.size * TITLE_LEADING;
        }
        let Some(story) = &self.story else { return };
        top += STORY_GAP;
        let style = Style { face: Face::Sans, size: story.size, fill: SOFT, anchor: "start" };
        for text in &story.lines {
            line(out, text, (MARGIN, top + story.size), style);
            top += story.size * STORY_LEADING;
        }
    }
}

/// A name at its place.
struct Chip {
    name: String,
    mark: Option<(String, u8)>,
    x: f64,
    row: usize,
}

/// Everybody who is named, as many as there is room for.
struct Names {
    thanks: String,
    size: f64,
    chips: Vec<Chip>,
    rows: usize,
}

impl Names {
    fn of(
        card: &Card,
        more: &dyn Fn(usize) -> String,
        missing: &mut BTreeSet<char>,
    ) -> Result<Self, PictureError> {
        let measured = |texts: Vec<String>, missing: &mut BTreeSet<char>| {
            measure(Face::SansStrong, texts.iter().map(|text| one_line(text)).collect(), missing)
        };
        let texts = measured(card.names.iter().map(|one| one.name.clone()).collect(), missing)?;
        let thanks = measured(vec![card.thanks.clone()], missing)?.pop().map(|one| one.text);
        let mut names = Self { thanks: thanks.unwrap_or_default(), size: 0.0, chips: Vec::new(), rows: 0 };
        if texts.is_empty() {
            return Ok(names);
        }
        let marks: Vec<&CardName> = card.names.iter().collect();
        for (size, most) in NAME_SIZES {
            names.size = size;
            if names.place(&texts, &marks, None, most) {
                return Ok(names);
            }
        }
        let (_, most) = NAME_SIZES.last().copied().unwrap_or((1.0, 1));
        for kept in (0..texts.len()).rev() {
            let rest = measured(vec![more(texts.len() - kept)], missing)?.pop();
            let shown = texts.get(..kept).unwrap_or_default();
            if names.place(shown, &marks, rest.as_ref(), most) {
                break;
            }
        }
        Ok(names)
    }

    /// Places names in rows, at the end what stands for the rest. Whether they are at most so many rows.
    fn place(
        &mut self,
        texts: &[Measured],
        marks: &[&CardName],
        rest: Option<&Measured>,
        most: usize,
    ) -> bool {
        self.chips.clear();
        let (mut x, mut row) = (0.0, 0);
        let marked = texts.iter().zip(marks.iter().map(|one| one.mark.as_ref()));
        for (text, mark) in marked.chain(rest.map(|rest| (rest, None))) {
            let before = mark.map_or(0.0, |_| (MARK + 0.36) * self.size);
            let width = before + text.width * self.size;
            if x > 0.0 && x + width > COLUMN {
                x = 0.0;
                row += 1;
            }
            self.chips.push(Chip { name: text.text.clone(), mark: mark.cloned(), x, row });
            x += width + NAME_GAP;
        }
        self.rows = row + 1;
        self.rows <= most
    }

    /// Pixels from the words above the names to the last row's end.
    fn height(&self) -> f64 {
        if self.chips.is_empty() {
            return 0.0;
        }
        THANKS_SIZE * 2.1 + self.rows as f64 * self.size * NAME_LEADING + 24.0
    }

    fn draw(&self, out: &mut String, top: f64) {
        if self.chips.is_empty() {
            return;
        }
        let style = Style { face: Face::SansStrong, size: THANKS_SIZE, fill: ACCENT, anchor: "start" };
        line(out, &self.thanks, (MARGIN, top + 24.0 + THANKS_SIZE), style);
        let first = top + 24.0 + THANKS_SIZE * 2.1;
        for chip in &self.chips {
            let middle = first + (chip.row as f64 + 0.5) * self.size * NAME_LEADING;
            let baseline = middle + self.size * 0.36;
            let mut x = MARGIN + chip.x;
            if let Some((letter, slot)) = &chip.mark {
                let side = self.size * MARK;
                rect(out, (x, middle - side / 2.0, side, side), colour_of(*slot), side * 0.24);
                let letters = round_to(self.size * 0.78);
                let style =
                    Style { face: Face::SansStrong, size: letters, fill: "#ffffff", anchor: "middle" };
                line(out, letter, (x + side / 2.0, middle + letters * 0.36), style);
                x += side + self.size * 0.36;
            }
            let style = Style { face: Face::SansStrong, size: self.size, fill: INK, anchor: "start" };
            line(out, &chip.name, (x, baseline), style);
        }
    }
}

/// A text on one line, of at most as many letters as anybody's name has.
fn one_line(text: &str) -> String {
    let text = shown(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= NAME_LETTERS {
        return text;
    }
    let kept: String = text.chars().take(NAME_LETTERS - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Letters of a name on a card: the widest of them still fit beside each other.
const NAME_LETTERS: usize = 44;
