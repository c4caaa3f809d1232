//! Counting what passed and what failed.

/// How many tests passed, failed, were left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) skipped: u32,
}

impl Tally {
    /// Adds another's numbers.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Of a program that should have run tests: ending badly, or without any test, is a failure too.
    pub(crate) fn judged(mut self, succeeded: bool) -> Self {
        if self.failed == 0 && (!succeeded || self.passed == 0) {
            self.failed = 1;
        }
        self
    }
}

/// Adds up cargo's lines `test result: ok. 12 passed; 0 failed; 1 ignored; …`.
pub(crate) fn of_cargo(lines: &[String]) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        let Some(result) = line.trim().strip_prefix("test result: ") else { continue };
        let Some((_, counts)) = result.split_once(". ") else { continue };
        for count in counts.split(';') {
            match number_and_word(count) {
                Some((number, "passed")) => tally.passed += number,
                Some((number, "failed")) => tally.failed += number,
                Some((number, "ignored")) => tally.skipped += number,
                _ => {}
            }
        }
    }
    tally
}

/// Reads Vitest's line `Tests  1 failed | 11 passed | 2 skipped (14)`.
pub(crate) fn of_vitest(lines: &[String]) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        let Some(counts) = line.trim().strip_prefix("Tests ") else { continue };
        let counts = counts.split('(').next().unwrap_or_default();
        for count in counts.split('|') {
            match number_and_word(count) {
                Some((number, "passed")) => tally.passed += number,
                Some((number, "failed")) => tally.failed += number,
                Some((number, "skipped" | "todo")) => tally.skipped += number,
                _ => {}
            }
        }
    }
    tally
}

fn number_and_word(text: &str) -> Option<(u32, &str)> {
    let mut words = text.split_whitespace();
    let number = words.next()?.parse().ok()?;
    Some((number, words.next()?))
}

/// What to show again at the end: cargo's `failures:` sections with their output, panics and compiler errors.
pub(crate) fn failures(lines: &[String]) -> Vec<String> {
    let mut kept = Vec::new();
    let mut inside = false;
    for line in lines {
        if line.starts_with("failures:") || line.starts_with("error") || line.contains("FAIL ") {
            inside = true;
        } else if line.starts_with("test result:") || line.trim_start().starts_with("Compiling ") {
            inside = false;
        }
        if inside {
            kept.push(line.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn adds_up_every_result_line_of_cargo() {
        let output = lines(
            "running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
             test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.1s\n",
        );
        assert_eq!(of_cargo(&output), Tally { passed: 5, failed: 1, skipped: 2 });
    }

    #[test]
    fn reads_every_form_of_vitests_line() {
        let cases = [
            (
                " Test Files  2 passed (2)\n      Tests  12 passed (12)",
                Tally { passed: 12, failed: 0, skipped: 0 },
            ),
            ("Tests  1 failed | 11 passed (12)", Tally { passed: 11, failed: 1, skipped: 0 }),
            ("Tests  3 failed (3)", Tally { passed: 0, failed: 3, skipped: 0 }),
            ("Tests  2 passed | 1 skipped (3)", Tally { passed: 2, failed: 0, skipped: 1 }),
            ("no tests", Tally::default()),
        ];
        for (output, expected) in cases {
            assert_eq!(of_vitest(&lines(output)), expected, "{output}");
        }
    }

    #[test]
    fn a_build_that_breaks_or_runs_nothing_is_a_failure() {
        let cases = [
            (Tally::default(), false, 1),
            (Tally::default(), true, 1),
            (Tally { passed: 4, failed: 0, skipped: 0 }, false, 1),
            (Tally { passed: 4, failed: 2, skipped: 0 }, false, 2),
            (Tally { passed: 4, failed: 0, skipped: 0 }, true, 0),
        ];
        for (tally, succeeded, failed) in cases {
            assert_eq!(tally.judged(succeeded).failed, failed, "{tally:?} {succeeded}");
        }
    }

    #[test]
    fn keeps_what_a_person_needs_to_see_of_a_failure() {
        let output = lines(
            "test a ... ok\ntest b ... FAILED\n\nfailures:\n\n---- b stdout ----\nleft: 1\n\nfailures:\n    b\n\n\
             test result: FAILED. 1 passed; 1 failed\nrunning 0 tests\n",
        );
        let kept = failures(&output).join("\n");
        assert!(kept.contains("left: 1") && kept.ends_with("    b\n"), "{kept}");
        assert!(!kept.contains("running"), "{kept}");
    }
}
