//! The recovery key on paper: the secret in 56 letters and digits that survive a pen and a phone.

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

use super::Secret;

/// Crockford's alphabet: no I, L, O, U, so that nothing is mistaken for 1, 0 or V.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 256 bits in groups of five.
const SECRET_DIGITS: usize = 52;

/// Twenty bits tell a slip of the pen: one code in a million passes by chance.
const CHECK_DIGITS: usize = 4;

/// The secret of the recovery key, to be shown once and written down.
#[derive(Clone)]
pub struct RecoveryCode(Secret);

/// The text is no recovery code. It does not repeat the text, which may be nearly one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotARecoveryCode {
    /// The wrong number of letters and digits.
    #[error("a recovery code has {} letters and digits, this one {found}", SECRET_DIGITS + CHECK_DIGITS)]
    Length {
        /// How many there are.
        found: usize,
    },
    /// A character that no code has.
    #[error("“{character}” stands in no recovery code")]
    Character {
        /// Which one.
        character: char,
    },
    /// The check digits do not fit the rest.
    #[error("a character of the recovery code is wrong: its check digits do not fit")]
    Check,
}

impl RecoveryCode {
    pub(crate) const fn new(secret: Secret) -> Self {
        Self(secret)
    }

    pub(crate) const fn secret(&self) -> &Secret {
        &self.0
    }

    /// The code in groups of four, for a screen and a printer. Keep the text no longer than it is shown.
    pub fn reveal(&self) -> Zeroizing<String> {
        let mut digits = Zeroizing::new([0; SECRET_DIGITS + CHECK_DIGITS]);
        write_digits(self.0.expose(), &mut digits[..SECRET_DIGITS]);
        write_digits(&check(self.0.expose()), &mut digits[SECRET_DIGITS..]);
        let mut text = Zeroizing::new(String::with_capacity(digits.len() * 5 / 4));
        for (place, digit) in digits.iter().enumerate() {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(*digit)]));
        }
        text
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

/// Writes bits as numbers of five bits each; bits that the bytes do not have are zero.
fn write_digits(bytes: &[u8], digits: &mut [u8]) {
    for (place, digit) in digits.iter_mut().enumerate() {
        *digit = (0..5).fold(0, |number, bit| {
            let at = place * 5 + bit;
            let set = bytes.get(at / 8).is_some_and(|byte| byte & (0x80 >> (at % 8)) != 0);
            number << 1 | u8::from(set)
        });
    }
}

fn check(secret: &[u8; 32]) -> [u8; 3] {
    let hash = blake3::derive_key("plaza recovery code check v1", secret);
    [hash[0], hash[1], hash[2]]
}

impl FromStr for RecoveryCode {
    type Err = NotARecoveryCode;

    /// Reads a code as people write it: small letters, any blanks and hyphens, O for 0, I and L for 1.
    fn from_str(text: &str) -> Result<Self, NotARecoveryCode> {
        let mut digits = Zeroizing::new([0; SECRET_DIGITS + CHECK_DIGITS]);
        let mut found = 0;
        for character in text.chars().filter(|char| !char.is_whitespace() && !matches!(char, '-' | '–' | '_'))
        {
            let plain = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let digit = ALPHABET.iter().position(|letter| char::from(*letter) == plain);
            let digit = digit.ok_or(NotARecoveryCode::Character { character })?;
            if let Some(place) = digits.get_mut(found) {
                *place = digit as u8;
            }
            found += 1;
        }
        if found != digits.len() {
            return Err(NotARecoveryCode::Length { found });
        }
        let mut secret = Zeroizing::new([0; 32]);
        for at in 0..256 {
            let set = digits[at / 5] & (0x10 >> (at % 5)) != 0;
            secret[at / 8] |= u8::from(set) << (7 - at % 8);
        }
        let code = Self(Secret(secret));
        let mut expected = [0; SECRET_DIGITS + CHECK_DIGITS];
        write_digits(code.0.expose(), &mut expected[..SECRET_DIGITS]);
        write_digits(&check(code.0.expose()), &mut expected[SECRET_DIGITS..]);
        let fits = expected == *digits;
        zeroize::Zeroize::zeroize(&mut expected);
        if fits { Ok(code) } else { Err(NotARecoveryCode::Check) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_reads_back_as_people_write_it(bytes in any::<[u8; 32]>()) {
            let code = RecoveryCode::new(Secret::from_bytes(bytes));
            let text = code.reveal();
            prop_assert_eq!(text.len(), 56 + 13);
            let sloppy = text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            for text in [text.as_str(), &sloppy] {
                let read: RecoveryCode = text.parse().unwrap();
                prop_assert_eq!(read.secret().expose(), &bytes);
            }
        }

        #[test]
        fn a_slip_of_the_pen_is_noticed(bytes in any::<[u8; 32]>(), place in 0usize..56, step in 1usize..32) {
            let code = RecoveryCode::new(Secret::from_bytes(bytes));
            let mut text: Vec<u8> = code.reveal().replace('-', "").into_bytes();
            let digit = ALPHABET.iter().position(|letter| *letter == text[place]).unwrap();
            text[place] = ALPHABET[(digit + step) % 32];
            let text = String::from_utf8(text).unwrap();
            prop_assert!(matches!(text.parse::<RecoveryCode>(), Err(NotARecoveryCode::Check)));
        }
    }

    #[test]
    fn what_is_no_code_is_told_apart() {
        assert!(matches!("".parse::<RecoveryCode>(), Err(NotARecoveryCode::Length { found: 0 })));
        assert!(matches!(
            "A".repeat(57).parse::<RecoveryCode>(),
            Err(NotARecoveryCode::Length { found: 57 })
        ));
        assert!(matches!("ABU".parse::<RecoveryCode>(), Err(NotARecoveryCode::Character { character: 'U' })));
    }
}
