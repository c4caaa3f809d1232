//! A journey as bytes: what the store keeps of it. Reading one back takes about a tenth of a microsecond, because
//! a full count reads a million of them.
//!
//! One byte of version; a set of flags; a bit for each day and number that is there; then those, days as 16-bit
//! offsets where they fit; then the texts. What is absent takes no room.

use plaza_domain::day::Day;
use plaza_domain::journey::{Journey, MILESTONES, Seat};

/// First byte: another layout gets another number.
const VERSION: u8 = 1;

/// Days are kept relative to this one (2010-01-01), so that those of a century each way fit 16 bits.
const BASE_DAY: i32 = 14_610;

/// The texts of a journey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JourneyTexts<'a> {
    /// Order number.
    pub order: &'a str,
    /// Line number.
    pub line: &'a str,
    /// Customer, empty where unknown.
    pub customer: &'a str,
    /// Product, empty where unknown.
    pub product: &'a str,
    /// Product group, empty where unknown.
    pub product_group: &'a str,
    /// ISO currency, empty where unknown.
    pub currency: &'a str,
}

impl<'a> JourneyTexts<'a> {
    const fn all(&self) -> [&'a str; 6] {
        [self.order, self.line, self.customer, self.product, self.product_group, self.currency]
    }
}

/// Days in the order of their bits.
fn days(journey: &mut Journey) -> impl Iterator<Item = &mut Option<Day>> {
    let Journey {
        actual,
        due,
        requested,
        promised,
        agreed,
        cancelled,
        deleted_at_source,
        returned,
        credited,
        disputed,
        date_changed_by_us,
        date_changed_by_customer,
        ..
    } = journey;
    actual.0.iter_mut().chain(&mut due.0).chain([
        requested,
        promised,
        agreed,
        cancelled,
        deleted_at_source,
        returned,
        credited,
        disputed,
        date_changed_by_us,
        date_changed_by_customer,
    ])
}

/// How many days a journey has room for.
const DAYS: usize = 2 * MILESTONES + 10;

fn numbers(journey: &mut Journey) -> [&mut Option<i64>; 7] {
    [
        &mut journey.ordered_quantity,
        &mut journey.produced_quantity,
        &mut journey.shipped_quantity,
        &mut journey.delivered_quantity,
        &mut journey.returned_quantity,
        &mut journey.cancelled_quantity,
        &mut journey.value,
    ]
}

const SHORT: u8 = 1;
const PARTIAL: u8 = 1 << 1;
const WRONG_INVOICE: u8 = 1 << 2;
const IN_TIME: u8 = 1 << 3;
const OVERRIDE: u8 = 1 << 4;
const REASONS: u8 = 1 << 5;
/// Some day lies further away than 16 bits reach: all are kept in 32.
const FAR: u8 = 1 << 6;

/// Writes a journey and its texts after what `into` holds already.
pub fn pack(journey: &Journey, texts: &JourneyTexts<'_>, into: &mut Vec<u8>) {
    // Reading and writing share the lists of places, which give them to be written to; a copy is a few hundred bytes.
    let mut copy = Journey { override_shares: None, ..journey.clone() };
    let mut known_days = [None; DAYS];
    for (slot, day) in known_days.iter_mut().zip(days(&mut copy)) {
        *slot = *day;
    }
    let known_numbers = numbers(&mut copy).map(|number| *number);
    let far = known_days.iter().flatten().any(|day| i16::try_from(day.0 - BASE_DAY).is_err());
    let mut flags = 0;
    for (set, flag) in [
        (journey.short, SHORT),
        (journey.partial, PARTIAL),
        (journey.credit_for_wrong_invoice, WRONG_INVOICE),
        (journey.in_time_quantity != [0; 3], IN_TIME),
        (journey.override_shares.is_some(), OVERRIDE),
        (journey.reasons != [None; 3], REASONS),
        (far, FAR),
    ] {
        flags |= if set { flag } else { 0 };
    }
    into.extend([VERSION, flags, journey.out_of_order]);
    into.extend(&bits(&known_days).to_le_bytes()[..3]);
    into.push(bits(&known_numbers) as u8);
    for day in known_days.into_iter().flatten() {
        let offset = day.0 - BASE_DAY;
        if far { into.extend(offset.to_le_bytes()) } else { into.extend((offset as i16).to_le_bytes()) }
    }
    for number in known_numbers.into_iter().flatten() {
        push_varint(into, zigzag(number));
    }
    if flags & IN_TIME != 0 {
        journey.in_time_quantity.iter().for_each(|quantity| push_varint(into, zigzag(*quantity)));
    }
    if flags & REASONS != 0 {
        into.extend(journey.reasons.map(|seat| seat.map_or(0xFF, |seat| seat.0)));
    }
    if let Some(shares) = &journey.override_shares {
        shares.iter().for_each(|share| push_varint(into, zigzag(i64::from(*share))));
    }
    for text in texts.all() {
        push_varint(into, text.len() as u64);
        into.extend_from_slice(text.as_bytes());
    }
}

/// Reads a journey and its texts back. `None` where the bytes are damaged or of another layout; the journey is
/// then made again from its records.
pub fn unpack(bytes: &[u8]) -> Option<(Journey, JourneyTexts<'_>)> {
    let mut rest = bytes;
    let journey = unpack_journey(&mut rest)?;
    let mut texts = [""; 6];
    for text in &mut texts {
        let length = usize::try_from(take_varint(&mut rest)?).ok()?;
        *text = std::str::from_utf8(take(&mut rest, length)?).ok()?;
    }
    let [order, line, customer, product, product_group, currency] = texts;
    rest.is_empty()
        .then_some((journey, JourneyTexts { order, line, customer, product, product_group, currency }))
}

/// Reads only the journey, which is all that counting needs.
pub fn unpack_journey(rest: &mut &[u8]) -> Option<Journey> {
    let head = take(rest, 7)?;
    if head[0] != VERSION {
        return None;
    }
    let (flags, known_numbers) = (head[1], head[6]);
    let known_days = u32::from_le_bytes([head[3], head[4], head[5], 0]);
    let mut journey = Journey {
        out_of_order: head[2],
        short: flags & SHORT != 0,
        partial: flags & PARTIAL != 0,
        credit_for_wrong_invoice: flags & WRONG_INVOICE != 0,
        ..Journey::default()
    };
    let width = if flags & FAR == 0 { 2 } else { 4 };
    let mut packed = take(rest, width * known_days.count_ones() as usize)?.chunks_exact(width);
    for (place, day) in days(&mut journey).enumerate() {
        if known_days & (1 << place) != 0 {
            let offset = match packed.next()? {
                [a, b] => i32::from(i16::from_le_bytes([*a, *b])),
                [a, b, c, d] => i32::from_le_bytes([*a, *b, *c, *d]),
                _ => return None,
            };
            *day = Some(Day(offset.wrapping_add(BASE_DAY)));
        }
    }
    for (place, number) in numbers(&mut journey).into_iter().enumerate() {
        if known_numbers & (1 << place) != 0 {
            *number = Some(take_signed(rest)?);
        }
    }
    if flags & IN_TIME != 0 {
        for quantity in &mut journey.in_time_quantity {
            *quantity = take_signed(rest)?;
        }
    }
    if flags & REASONS != 0 {
        for (reason, seat) in journey.reasons.iter_mut().zip(take(rest, 3)?) {
            *reason = (*seat != 0xFF).then_some(Seat(*seat));
        }
    }
    if flags & OVERRIDE != 0 {
        let mut shares = Box::new([0; 8]);
        for share in shares.iter_mut() {
            *share = i32::try_from(take_signed(rest)?).ok()?;
        }
        journey.override_shares = Some(shares);
    }
    Some(journey)
}

fn bits<T>(known: &[Option<T>]) -> u32 {
    known.iter().enumerate().fold(0, |bits, (place, one)| bits | (u32::from(one.is_some()) << place))
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

fn take_signed(rest: &mut &[u8]) -> Option<i64> {
    let raw = take_varint(rest)?;
    Some(((raw >> 1) as i64) ^ -((raw & 1) as i64))
}

const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

fn push_varint(into: &mut Vec<u8>, mut raw: u64) {
    while raw >= 0x80 {
        into.push(raw as u8 | 0x80);
        raw >>= 7;
    }
    into.push(raw as u8);
}

fn take_varint(rest: &mut &[u8]) -> Option<u64> {
    let mut raw = 0;
    for place in 0..10 {
        let byte = *take(rest, 1)?.first()?;
        raw |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some(raw);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_journey_reads_back_as_it_was(
            seeds in prop::collection::vec(prop::option::of(-800_000i32..3_000_000), DAYS),
            amounts in prop::collection::vec(prop::option::of(any::<i64>()), 7),
            in_time in any::<[i64; 3]>(), flags in any::<[bool; 4]>(), reasons in any::<[Option<u8>; 3]>(),
            shares in prop::option::of(any::<[i32; 8]>()), out_of_order in any::<u8>(), texts in any::<[String; 6]>(),
        ) {
            let mut journey = Journey::default();
            for (day, seed) in days(&mut journey).zip(&seeds) {
                *day = seed.map(Day);
            }
            for (number, amount) in numbers(&mut journey).into_iter().zip(&amounts) {
                *number = *amount;
            }
            journey.in_time_quantity = if flags[3] { in_time } else { [0; 3] };
            (journey.short, journey.partial, journey.credit_for_wrong_invoice) = (flags[0], flags[1], flags[2]);
            journey.reasons = reasons.map(|seat| seat.map(|seat| Seat(seat & 0x7f)));
            journey.override_shares = shares.map(Box::new);
            journey.out_of_order = out_of_order;
            let [order, line, customer, product, product_group, currency] = texts.each_ref().map(String::as_str);
            let texts = JourneyTexts { order, line, customer, product, product_group, currency };
            let mut bytes = Vec::new();
            pack(&journey, &texts, &mut bytes);
            prop_assert_eq!(unpack(&bytes), Some((journey, texts)));
        }

        #[test]
        fn damaged_bytes_are_refused_without_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..90), sound in any::<bool>()) {
            if let (true, Some(first)) = (sound, bytes.first_mut()) {
                *first = VERSION;
            }
            let _ = unpack(&bytes);
        }
    }
}
