//! Charts as pictures of dots.

#![cfg(feature = "png")]
#![allow(clippy::unwrap_used)] // a test may stop at once

#[allow(dead_code)] // each program of tests uses some of them
#[path = "papers/mod.rs"]
mod papers;

use plaza_document::{PictureError, png};
use plaza_domain::language::Language;

/// The dots of a picture, each as red, green, blue.
fn dots(bytes: &[u8]) -> (usize, usize, Vec<[u8; 3]>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut buffer).unwrap();
    let dots = buffer[..frame.buffer_size()]
        .as_chunks::<4>()
        .0
        .iter()
        .map(|[red, green, blue, _]| [*red, *green, *blue]);
    (frame.width as usize, frame.height as usize, dots.collect())
}

#[test]
fn a_chart_is_drawn_with_its_colours_and_words() {
    let chart = papers::chart("On-time delivery", Language::En);
    let (width, height, dots) = dots(&png(&chart, 2.0).unwrap());
    assert_eq!((width, height), (1440, 480));
    let count = |wanted: [u8; 3]| dots.iter().filter(|dot| **dot == wanted).count();
    let (paper, concerning, improving, band) = (
        count([255, 255, 255]),
        count([0xa8, 0x43, 0x1f]),
        count([0x2f, 0x6f, 0x4f]),
        count([0xf1, 0xf3, 0xf2]),
    );
    assert!(
        paper > 100_000 && band > 100_000 && concerning > 200 && improving > 500,
        "{paper} {band} {concerning} {improving}"
    );
    // Below the plot is nothing but the words of the axis.
    let below = (chart.plot.y + chart.plot.height) as usize * 2 + 10;
    let ink = dots[below * width..].iter().filter(|dot| dot.iter().all(|light| *light < 160)).count();
    assert!(ink > 300, "{ink}");
}

#[test]
fn a_picture_of_no_size_is_refused() {
    let chart = papers::chart("x", Language::En);
    for scale in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
        assert!(matches!(png(&chart, scale), Err(PictureError::Size { .. })), "{scale}");
    }
}
