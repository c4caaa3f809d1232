//! Drawings as pictures of dots, for programs that show no vectors.

use std::sync::{Arc, LazyLock};

use plaza_domain::chart::Chart;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// More dots than this, each way, are no picture that anybody looks at.
const MOST_DOTS: f64 = 16_384.0;

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// It would have no dots, or too many.
    #[error("a picture of {width} × {height} dots cannot be drawn")]
    Size {
        /// Dots across.
        width: u64,
        /// Dots down.
        height: u64,
    },
    /// The drawing could not be read.
    #[error("the picture could not be drawn: {0}")]
    Drawing(String),
    /// The picture could not be written.
    #[error("the picture could not be written: {0}")]
    Encoding(String),
}

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for file in crate::fonts::FILES {
        fonts.load_font_data(file.to_vec());
    }
    fonts.set_sans_serif_family("Inter");
    fonts.set_serif_family("Source Serif 4");
    Arc::new(fonts)
});

/// Draws a chart as PNG, `scale` dots for each of its pixels: 2 for a mail or a slide.
///
/// # Errors
/// [`PictureError::Size`] for a scale that leaves no picture or an enormous one.
pub fn png(chart: &Chart, scale: f64) -> Result<Vec<u8>, PictureError> {
    dots(&crate::svg(chart), (chart.width, chart.height), scale)
}

/// What a drawing is read with: our fonts, and no others.
pub(crate) fn options() -> Options<'static> {
    Options { fontdb: Arc::clone(&FONTS), font_family: "Inter".into(), ..Options::default() }
}

/// Draws an SVG of so many pixels as PNG, `scale` dots for each of them.
pub(crate) fn dots(svg: &str, (width, height): (f64, f64), scale: f64) -> Result<Vec<u8>, PictureError> {
    let (width, height) = ((width * scale).ceil(), (height * scale).ceil());
    let size = PictureError::Size { width: width as u64, height: height as u64 };
    let fits = |dots: f64| (1.0..=MOST_DOTS).contains(&dots);
    if !fits(width) || !fits(height) {
        return Err(size);
    }
    let drawing = Tree::from_str(svg, &options());
    let drawing = drawing.map_err(|fault| PictureError::Drawing(fault.to_string()))?;
    let mut dots = Pixmap::new(width as u32, height as u32).ok_or(size)?;
    resvg::render(&drawing, Transform::from_scale(scale as f32, scale as f32), &mut dots.as_mut());
    dots.encode_png().map_err(|fault| PictureError::Encoding(fault.to_string()))
}
