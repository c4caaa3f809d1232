//! Entering by hand in the real window: what is entered goes through the whole pull and comes back compared.

use crate::sample;
use crate::window::Setup;

#[test]
fn what_is_entered_by_hand_is_compared_with_the_system_and_stands_among_the_records() {
    let window = sample::open(sample::home(), &Setup::default());
    window.wait_for("On-time delivery");
    window.go("/integrations/northlight-exports?tab=hand");
    window.wait_for("Nothing was entered by hand yet.");
    window.click_role("button", "Enter a row…");
    window.wait_for("What happened by hand");
    // Without an order nothing is sent.
    window.click_role("button", "Enter");
    window.wait_for("Which order is it?");
    window.fill("Order number", "240246");
    window.fill("Line number", "1");
    window.fill("Quantity delivered", "1.5");
    window.assert_accessible("the form for a row");
    window.click_role("button", "Enter");
    window.wait_long_for("differs: the system counts");
    window.wait_for("One field differs: the system’s word counts.");
    window.assert_accessible("what was entered by hand");
    window.screenshot("by-hand");
    window.go("/integrations");
    window.wait_for("what was entered by hand differs in “Quantity delivered”");
    window.go("/order/240246/1");
    window.wait_for("entered by hand");
    window.wait_for("not counted: another system is believed");
}
