//! A measure in the real window: begun, brought in from a file whose parts do not add up and is therefore held, decided
//! about, corrected by hand, and on the board like every KPI.

use std::fmt::Write;

use crate::company::Company;
use crate::window::{Setup, Window};

const NAME: &str = "Forecast accuracy";
const WEEKS: i32 = 40;

/// Weekly numbers as a planner's sheet has them; the parts of one week are three short of its total.
fn file(company: &Company) -> String {
    let mut rows = String::from("Week;Numerator;Denominator;Sales;Production\n");
    for back in (1..=WEEKS).rev() {
        let hits = 90 + back * 7 % 11;
        let production = if back == 5 { hits - 63 } else { hits - 60 };
        writeln!(rows, "{};{hits};120;60;{production}", company.this().plus(-back)).expect("text");
    }
    rows
}

fn bring(window: &Window, name: &str, text: &str) {
    let path = window.home().join(name);
    std::fs::write(&path, text).expect("a file can be written");
    window.answer_dialog(&path);
    window.click_role("button", "Bring a file");
}

#[test]
fn a_measure_comes_from_a_file_and_is_corrected_by_hand() {
    let company = Company::new();
    let setup = Setup { arguments: company.arguments(), ..Setup::default() };
    let window = Window::start_in(std::rc::Rc::clone(&company.home), &setup);
    window.wait_for("On-time delivery");
    window.go("/definitions");
    window.click_role("button", "New measure");
    window.until("the form is there", || window.shows("dialog", "New measure"));
    window.type_text(NAME);
    window.look_at("measure-1-new");
    window.click_role("button", "Create the measure");
    window.wait_for("No week has a value yet");

    // The parts of one week do not add up: nothing of the file is published until somebody decides.
    let text = file(&company);
    bring(&window, "accuracy.csv", &text);
    window.wait_for("What accuracy.csv says");
    window.wait_for(&format!("{WEEKS} weeks new"));
    window.wait_for("The parts of one week do not add up.");
    window.look_at("measure-2-file");
    window.click_role("button", &format!("Bring {WEEKS} weeks and hold them"));
    window.wait_for("Publish it all the same?");
    window.look_at("measure-3-held");
    window.go("/conversations?inbox=open");
    window.wait_for(NAME);
    window.go("/definitions");
    window.click_role("link", NAME);
    window.wait_for("No week has a value yet");
    window.go("/kpi/forecast-accuracy/files");
    window.click_role("link", "accuracy.csv");
    window.wait_for("Publish it all the same?");
    window.fill("Why?", "Three came in after the count");
    window.click_role("button", "Publish it all the same");
    window.wait_for("Published: accuracy.csv");

    // The same file again has nothing to say.
    window.go("/kpi/forecast-accuracy");
    window.wait_for("The parts, by department");
    window.look_at("measure-4-kpi");
    bring(&window, "again.csv", &text);
    window.wait_for("All weeks of this file stand there already");

    // A week is corrected by hand, with a reason that its revision tells.
    let last = company.this().plus(-1);
    window.go(&format!("/kpi/forecast-accuracy?week={last}"));
    window.click_role("button", "Correct this week");
    window.until("the form is there", || window.shows("dialog", "Enter a week"));
    window.fill("Numerator", "96");
    window.click_role("button", "Save");
    window.wait_for("Please say why it changes");
    window.fill("Sales", "60");
    window.fill("Production", "36");
    window.fill("Why does it change?", "Two orders were counted twice");
    window.click_role("button", "Save");
    window.wait_for("because: Two orders were counted twice");
    window.look_at("measure-5-corrected");
    window.go("/");
    window.wait_for(NAME);
    window.wait_for("80.0");
    window.look_at("measure-6-board");
}
