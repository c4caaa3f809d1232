//! A system in place of files: from the question where rows come from to the first number, without a line of TOML.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};

use serde_json::json;

use crate::window::{Setup, Window};
use crate::wizard::{found_company, next, value};

/// Three order lines; two of those promised for week 12 were kept.
const LINES: [(i64, &str, &str, &str); 3] = [
    (1, "A1", "2026-03-16", "2026-03-16"),
    (2, "A2", "2026-03-17", "2026-03-20"),
    (3, "A3", "2026-03-18", "2026-03-18"),
];

const TOKEN: &str = "gr3en-token-77";

#[test]
fn a_database_is_connected_by_the_wizard_to_a_first_number() {
    let window = Window::start(&Setup { size: Some((1024, 700)), ..Setup::default() });
    window.wait_for("Welcome to Plaza");
    window.watch_policy();
    found_company(&window);
    let path = window.home().join("erp.db");
    let erp = rusqlite::Connection::open(&path).unwrap();
    erp.execute_batch(
        "CREATE TABLE order_lines (id INTEGER PRIMARY KEY, order_no TEXT, line INTEGER, order_date TEXT,
           promised_date TEXT, delivery_date TEXT, updated_at TEXT); CREATE TABLE holidays (day TEXT);",
    )
    .unwrap();
    for (id, order, promised, delivered) in LINES {
        let changed = format!("{delivered} 10:00:00");
        erp.execute(
            "INSERT INTO order_lines VALUES (?1, ?2, 1, '2026-03-02', ?3, ?4, ?5)",
            (id, order, promised, delivered, changed),
        )
        .unwrap();
    }
    drop(erp);

    window.click_role("link", "Connect a system");
    window.click_role("button", "SQLite file");
    window.wait_for("Reach it: SQLite file");
    window.answer_dialog(&path);
    window.click_role("button", "Choose…");
    window.until("the file is entered", || {
        window.script("return byRole('textbox', 'File').value", &[]) != json!("")
    });
    window.click_role("button", "Test the connection");
    window.wait_for("It answers: SQLite");
    window.look_at("system-01-connection");
    next(&window, "What is read");
    window.wait_for("2 to choose from");
    window.click_role("button", "Read it: order_lines");
    window.wait_for("2026-03-20 10:00:00");
    window.look_at("system-02-read");
    finish(&window, "Brook ERP");
    window.look_at("system-03-runs");
    window.click_role("link", "Plaza");
    window.wait_for("On-time delivery");
    assert_eq!(value(&window), "66.7");
    window.assert_policy_kept();
}

#[test]
fn a_web_service_is_connected_by_the_wizard_and_its_token_is_written_nowhere() {
    let window = Window::start(&Setup { size: Some((1024, 700)), ..Setup::default() });
    window.wait_for("Welcome to Plaza");
    found_company(&window);
    let address = serve();
    window.click_role("link", "Connect a system");
    window.click_role("button", "Web service (JSON)");
    window.fill("Address", &address);
    crate::wizard::choose(&window, "Who asks", "A token");
    window.fill("Paths", "orders");
    window.fill("Where the rows stand", "$.data");
    window.click_css("input[type=password]");
    window.type_text(TOKEN);
    window.click_role("button", "Test the connection");
    window.wait_for("It answers");
    window.look_at("system-04-http");
    next(&window, "What is read");
    window.click_role("button", "Read it: orders");
    window.wait_for("2026-03-20");
    finish(&window, "Brook Web");
    window.click_role("link", "Plaza");
    window.wait_for("On-time delivery");
    assert_eq!(value(&window), "66.7");
    let kept = window.script("return JSON.stringify({ ...localStorage })", &[]);
    assert!(!kept.to_string().contains(TOKEN), "{kept}");
}

/// From the fields to the first pull: what was suggested fits, the route is open.
fn finish(window: &Window, system: &str) {
    next(window, "Fields");
    window.wait_for("Only the columns chosen here are asked for");
    next(window, "Route");
    window.wait_for("The way of an order");
    window.fill("Standard days: Delivered", "10");
    window.press("Tab");
    window.until("nothing is open any more", || !window.text().contains("still open"));
    next(window, "Rules");
    next(window, "Preview");
    window.wait_for("Ten rows, then the first pull");
    window.fill("System", system);
    window.click_role("button", "Save and pull");
    window.until("the runs are shown", || window.address().contains("tab=runs"));
    window.wait_for("Finished");
}

/// A web service that answers whoever has the token with order lines.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for wire in listener.incoming().flatten() {
            std::thread::spawn(move || answer(&wire));
        }
    });
    address
}

fn answer(wire: &TcpStream) {
    let mut reader = BufReader::new(wire);
    let (mut line, mut knows) = (String::new(), false);
    while reader.read_line(&mut line).unwrap_or(0) > 2 {
        knows |= line.contains(TOKEN);
        line.clear();
    }
    let row = |(id, order, promised, delivered): (i64, &str, &str, &str)| {
        json!({ "id": id, "order_no": order, "line": 1, "order_date": "2026-03-02", "promised_date": promised,
                "delivery_date": delivered })
    };
    let body = json!({ "data": LINES.map(row) }).to_string();
    let (code, body) = if knows { ("200 OK", body) } else { ("401 Unauthorized", "{}".to_owned()) };
    // A client that went away needs no answer.
    let _ = write!(
        &mut &*wire,
        "HTTP/1.1 {code}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
}
