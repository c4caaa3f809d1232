//! The name of a column as words that can be compared, whatever the language and the way of writing it.

/// A name, folded: `Fecha de pedido`, `ORDER_DATE`, `orderDate` and `Auftragsnr.` become comparable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// All words in a row, without anything between them: compounds are found in it by their parts.
    joined: String,
    words: Vec<String>,
}

/// Words that say “number”, in any of the languages; all become `no`.
const NUMBERS: [&str; 13] =
    ["no", "nr", "num", "number", "nummer", "numero", "id", "code", "key", "#", "n", "nro", "ref"];

impl Name {
    /// Folds a name.
    pub(super) fn of(name: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut word = String::new();
        let mut before = ' ';
        let letters: Vec<char> = name.chars().collect();
        for (place, letter) in letters.iter().copied().enumerate() {
            let next_is_small = letters.get(place + 1).is_some_and(|next| next.is_lowercase());
            // orderDate, POLine: a capital begins a word after a small letter, or before one.
            let begins = letter.is_uppercase()
                && (before.is_lowercase() || (before.is_uppercase() && next_is_small && word.len() > 1));
            if (begins || !letter.is_alphanumeric()) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if letter == '#' {
                words.push("#".into());
            } else if letter.is_alphanumeric() && !matches!(letter, 'º' | 'ª') {
                fold(letter, &mut word);
            }
            before = letter;
        }
        if !word.is_empty() {
            words.push(word);
        }
        for word in &mut words {
            if NUMBERS.contains(&word.as_str()) {
                "no".clone_into(word);
            }
        }
        Self { joined: words.concat(), words }
    }

    /// Whether any of these stems is in it. A stem with `=` before it must be a whole word.
    pub(super) fn has(&self, stems: &[&str]) -> bool {
        stems.iter().any(|stem| match stem.strip_prefix('=') {
            Some(word) => self.words.iter().any(|own| own == word),
            None => self.joined.contains(stem),
        })
    }

    /// Whether it says that its cells are numbers of things: `order_id`, `Auftragsnr`, `Belegnummer`.
    pub(super) fn is_number(&self) -> bool {
        self.has(&["=no", "nummer", "number"])
            || self.joined.ends_with("nr")
            || self.joined.ends_with("id")
            || self.joined.ends_with("no")
    }

    /// Whether it is nothing but this.
    pub(super) fn is(&self, names: &[&str]) -> bool {
        names.contains(&self.joined.as_str())
    }
}

fn fold(letter: char, word: &mut String) {
    for small in letter.to_lowercase() {
        match small {
            'ä' | 'æ' => word.push_str("ae"),
            'ö' | 'ø' => word.push_str("oe"),
            'ü' => word.push_str("ue"),
            'ß' => word.push_str("ss"),
            'á' | 'à' | 'â' | 'ã' | 'å' => word.push('a'),
            'é' | 'è' | 'ê' | 'ë' => word.push('e'),
            'í' | 'ì' | 'î' | 'ï' => word.push('i'),
            'ó' | 'ò' | 'ô' | 'õ' => word.push('o'),
            'ú' | 'ù' | 'û' => word.push('u'),
            'ñ' => word.push('n'),
            'ç' => word.push('c'),
            other => word.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_however_they_are_written() {
        for (one, other) in [
            ("OrderDate", "order_date"),
            ("ORDER DATE", "Order-Date"),
            ("POLine", "po line"),
            ("Fecha de Línea", "fecha_de_linea"),
            ("Order #", "order no"),
            ("Auftrags-Nr.", "auftrags_nummer"),
            ("N.º pedido", "No Pedido"),
        ] {
            assert_eq!(Name::of(one), Name::of(other), "{one} {other}");
        }
        assert!(Name::of("Kundenaufträge").has(&["auftraeg"]));
        assert!(Name::of("Due").has(&["=due"]) && !Name::of("Residue").has(&["=due"]));
        assert!(Name::of("VBELNr").is_number() && !Name::of("Order").is_number());
    }
}
