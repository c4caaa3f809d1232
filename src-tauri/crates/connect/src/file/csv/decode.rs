//! From bytes in any encoding to UTF-8 text, bit by bit.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8};

/// Bytes of the original that are converted at a time.
const CHUNK_BYTES: usize = 64 << 10;

/// The bytes of a file as UTF-8: passed on as they are, or converted, with the byte order mark taken off.
pub(crate) struct Decoded<'r> {
    input: &'r mut dyn Read,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    /// The start may hold a byte order mark.
    at_start: bool,
    mark_bytes: u64,
    ended: bool,
    replaced: bool,
}

impl<'r> Decoded<'r> {
    /// `at_start` says that `input` begins where the file begins.
    pub(crate) fn new(input: &'r mut dyn Read, encoding: &'static Encoding, at_start: bool) -> Self {
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal());
        Self { input, decoder, raw: Vec::new(), at_start, mark_bytes: 0, ended: false, replaced: false }
    }

    /// Bytes of the byte order mark that was taken off.
    pub(crate) fn mark_bytes(&self) -> u64 {
        self.mark_bytes
    }

    /// Whether bytes were replaced since the last call because the encoding does not have them.
    pub(crate) fn take_replaced(&mut self) -> bool {
        std::mem::take(&mut self.replaced)
    }

    /// Appends to `text` until it holds at least `length` bytes or the input has ended; true when it has.
    pub(crate) fn fill(&mut self, text: &mut Vec<u8>, length: usize) -> io::Result<bool> {
        while !self.ended && text.len() < length {
            if self.decoder.is_some() { self.convert(text)? } else { self.pass(text, length)? }
        }
        Ok(self.ended)
    }

    fn pass(&mut self, text: &mut Vec<u8>, length: usize) -> io::Result<()> {
        let before = text.len();
        // A mark is three bytes; a page may be smaller in tests.
        let wanted = (length - before).max(3) as u64;
        text.reserve(wanted as usize);
        let read = self.input.take(wanted).read_to_end(text)?;
        self.ended = (read as u64) < wanted;
        if std::mem::take(&mut self.at_start) && text[before..].starts_with(b"\xEF\xBB\xBF") {
            text.drain(before..before + 3);
            self.mark_bytes = 3;
        }
        Ok(())
    }

    fn convert(&mut self, text: &mut Vec<u8>) -> io::Result<()> {
        self.raw.clear();
        let read = self.input.take(CHUNK_BYTES as u64).read_to_end(&mut self.raw)?;
        self.ended = read < CHUNK_BYTES;
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        let room = decoder.max_utf8_buffer_length(read).unwrap_or(read * 3 + 16);
        let before = text.len();
        text.resize(before + room, 0);
        let (_, _, written, replaced) = decoder.decode_to_utf8(&self.raw, &mut text[before..], self.ended);
        text.truncate(before + written);
        self.replaced |= replaced;
        Ok(())
    }
}
