//! An imitation of Odoo's `/jsonrpc`, as its documentation describes it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::*;
use crate::system::{CursorField, Exchange, What};

/// The imitation with what it was asked.
struct Imitation {
    url: String,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Imitation {
    /// Answers each question by `answer`, on a thread that ends with the test's process.
    fn start(answer: impl Fn(&Value) -> Value + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let question = question(&stream);
                told.lock().unwrap().push(question.clone());
                let mut reply = answer(&question);
                reply["jsonrpc"] = json!("2.0");
                let body = reply.to_string();
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                (&stream).write_all(format!("{head}{body}").as_bytes()).unwrap();
            }
        });
        Self { url, asked }
    }

    fn open(&self, password: &str) -> Odoo {
        let mut secrets = Secrets::default();
        secrets.put("password", Secret::new(password.into()));
        let server =
            OdooServer { url: self.url.clone(), database: "shop".into(), user: "kpi".into(), ca_file: None };
        Odoo::new(&server, &secrets, Retry { attempts: 1, ..Retry::default() }).unwrap()
    }
}

fn question(stream: &TcpStream) -> Value {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    serde_json::from_slice::<Value>(&body).unwrap()["params"].clone()
}

/// A shop with five lines of two orders.
fn shop(asked: &Value) -> Value {
    let args = &asked["args"];
    match (asked["method"].as_str().unwrap(), args[3].as_str(), args[4].as_str()) {
        ("version", ..) => json!({"result": {"server_version": "18.0"}}),
        ("login", ..) if args[2] == "hush\"hush" => json!({"result": 7}),
        ("login", ..) => json!({"result": false}),
        (_, Some("sale.order.line"), Some("fields_get")) => json!({"result": {
            "id": {"type": "integer", "string": "ID"}, "order_id": {"type": "many2one", "relation": "sale.order", "string": "Order"},
            "write_date": {"type": "datetime"}, "price_subtotal": {"type": "monetary"}, "is_done": {"type": "boolean"},
            "name": {"type": "text"}, "tags": {"type": "many2many"}}}),
        (_, Some("sale.order"), Some("fields_get")) => {
            json!({"result": {"id": {"type": "integer"}, "name": {"type": "char"}, "date_order": {"type": "datetime"}}})
        }
        (_, Some("sale.order.line"), Some("search_read")) => lines(args),
        (_, Some("sale.order"), Some("search_read")) => json!({"result": [
            {"id": 1, "name": "S1", "date_order": "2026-05-01 08:00:00"}, {"id": 2, "name": "S2", "date_order": false}]}),
        (_, Some("res.users"), _) => json!({"error": {"code": 200, "message": "Odoo Server Error",
            "data": {"name": "odoo.exceptions.AccessError", "message": "You are not allowed to access 'User'"}}}),
        (_, Some(model), _) => json!({"error": {"code": 200, "message": "Odoo Server Error",
            "data": {"name": "builtins.KeyError", "message": format!("Object {model} doesn't exist")}}}),
        _ => json!({"error": {"message": "?"}}),
    }
}

fn lines(args: &Value) -> Value {
    let day = |id: i64| format!("2026-06-0{id} 10:00:00");
    let row = |id: i64| {
        json!({"id": id, "order_id": [1 + id % 2, "S"], "write_date": day(id), "price_subtotal": 1.5, "is_done": false,
            "name": false, "tags": [id]})
    };
    let takes = |id: i64| {
        args[5][0].as_array().unwrap().iter().all(|term| match (term[0].as_str(), term[1].as_str()) {
            (Some("id"), Some(">")) => id > term[2].as_i64().unwrap(),
            (Some("write_date"), Some(">=")) => {
                day(id).as_str() >= term[2].as_str().unwrap().trim_end_matches(".000000")
            }
            _ => true,
        })
    };
    let mut rows: Vec<Value> = (1..=5).filter(|id| takes(*id)).map(row).collect();
    if args[6]["order"].as_str().unwrap().ends_with("desc") {
        rows.reverse();
    }
    rows.truncate(args[6]["limit"].as_u64().unwrap() as usize);
    json!({"result": rows})
}

fn asking<T>(with: impl FnOnce(&Ask<'_>) -> T) -> (T, String) {
    let (cancel, told) = (AtomicBool::new(false), Mutex::new(Vec::<Exchange>::new()));
    let tell = |exchange| told.lock().unwrap().push(exchange);
    let result = with(&Ask { cancel: &cancel, timeout: Duration::from_secs(5), tell: &tell });
    (result, format!("{:?}", told.lock().unwrap()))
}

fn request(fields: &[&str]) -> Request {
    let fields = fields.iter().map(|&field| field.to_owned()).collect();
    let cursor = Some(CursorField { field: "write_date".into(), key: Some("id".into()), overlap_seconds: 0 });
    let what = What::Named(r#"sale.order.line?[["display_type", "=", false]]"#.into());
    Request { fields, cursor, page_rows: 2, ..Request::all(what) }
}

fn read(odoo: &Odoo, request: &Request, from: &Cursor) -> Result<Vec<Block>, SystemError> {
    let mut blocks = Vec::new();
    let (end, told) = asking(|ask| {
        odoo.read(request, from, ask, &mut |block| {
            blocks.push(block);
            ControlFlow::Continue(())
        })
    });
    let is_told = told.contains("wrong-word") || told.contains("hush");
    assert!(!is_told, "no password is told: {told}");
    end.map(|_| blocks)
}

fn cells(blocks: &[Block]) -> Vec<String> {
    blocks.iter().flat_map(|block| block.cells().unwrap()).map(|row| row.join("|")).collect()
}

#[test]
fn rows_come_page_by_page_with_what_lies_behind_them_and_later_only_what_changed() {
    let shop = Imitation::start(shop);
    let odoo = shop.open("hush\"hush");
    let request = request(&[
        "order_id.name",
        "id",
        "order_id",
        "order_id.date_order",
        "name",
        "is_done",
        "tags",
        "price_subtotal",
        "write_date",
    ]);
    let blocks = read(&odoo, &request, &Cursor::start()).unwrap();
    let rows = cells(&blocks);
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0], "S2|1|2|||false|1|1.5|2026-06-01T10:00:00.000000Z");
    assert_eq!(rows[1], "S1|2|1|2026-05-01T08:00:00.000000Z||false|2|1.5|2026-06-02T10:00:00.000000Z");
    assert_eq!(cells(&read(&odoo, &request, &blocks[0].cursor).unwrap()), rows[2..]);
    assert_eq!(cells(&read(&odoo, &request, &blocks.last().unwrap().cursor).unwrap()), rows[4..]);
    let asked = shop.asked.lock().unwrap();
    let logins = asked.iter().filter(|asked| asked["method"] == "login").count();
    assert_eq!(logins, 1);
    let fields = asked
        .iter()
        .filter(|asked| asked["args"][3] == "sale.order.line" && asked["args"][4] == "search_read");
    assert!(fields.clone().count() > 3);
    assert!(fields.clone().all(|asked| asked["args"][5][0][0] == json!(["display_type", "=", false])));
}

#[test]
fn errors_with_code_200_have_their_words() {
    let shop = Imitation::start(shop);
    let odoo = shop.open("hush\"hush");
    assert_eq!(asking(|ask| odoo.check(ask)).0.unwrap().product, "Odoo 18.0");
    let error = |odoo: &Odoo, what: &str, fields: &[&str]| {
        read(odoo, &Request { what: What::Named(what.into()), ..request(fields) }, &Cursor::start())
            .unwrap_err()
    };
    assert_eq!(error(&odoo, "sale.order.line", &["nope"]).code(), "no_field");
    assert_eq!(error(&odoo, "no.model", &[]).fault, SystemFault::NoStream { name: "no.model".into() });
    let barred = error(&odoo, "res.users", &[]);
    assert_eq!(barred.fault, SystemFault::Forbidden { what: "res.users".into() });
    assert_eq!(barred.detail.as_deref(), Some("You are not allowed to access 'User'"));
    assert_eq!(error(&shop.open("wrong-word"), "sale.order.line", &[]).code(), "unauthorised");
}
