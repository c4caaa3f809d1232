//! MariaDB, which stands for MySQL: they speak one language.

use std::ops::ControlFlow;
use std::sync::OnceLock;

use plaza_connect::system::{CursorField, Request, SystemError, What};
use plaza_connect::{Cursor, ReadEnd};

use crate::contract::{self, Case, Trail, blocks, plainly, rows};
use crate::servers::{SECRET, Server, free_port};
use crate::{open, open_with};

const TYPES: [(&str, &str); 7] = [
    ("id", "bigint PRIMARY KEY"),
    ("supplier", "varchar(20) NOT NULL"),
    ("due", "date"),
    ("net", "decimal(20, 2)"),
    ("paid", "boolean"),
    ("changed at", "timestamp NULL"),
    ("note", "text"),
];

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let server = Server::mariadb();
        let mut statements = contract::statements(&TYPES, '`');
        statements.push("CREATE TABLE salaries (id bigint)".into());
        statements.push("GRANT SELECT (id, supplier) ON erp.orders TO reader@'%'".into());
        run(&server, &statements.join(";\n"));
        server
    })
}

fn run(server: &Server, statements: &str) -> String {
    server.mysql(&format!("USE erp; SET time_zone = '+00:00'; {statements}")).unwrap()
}

fn table(name: &str) -> Request {
    Request::all(What::Named(name.into()))
}

fn query(text: &str) -> Request {
    Request::all(What::Query(text.into()))
}

fn fault(user: &str, request: &Request) -> SystemError {
    let system = open(&server().definition("mysql", user));
    let trail = Trail::default();
    let error = blocks(system.as_ref(), request, &Cursor::start(), &trail).unwrap_err();
    let told = format!("{error} {error:?} {:?}", trail.0.lock().unwrap());
    assert!(!told.contains(SECRET), "{told}");
    error
}

#[test]
fn mariadb_passes_the_contract() {
    let server = server();
    let system = open(&server.definition("mysql", "plaza"));
    contract::passes(&Case {
        system: system.as_ref(),
        table: "orders",
        endless: "SELECT SLEEP(600) AS slept, id FROM orders",
        secret: SECRET,
        change: &|statement| drop(run(server, statement)),
        quote: '`',
        running: &|| {
            let running = "SELECT count(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE '%SLEEP(600)%' \
                           AND ID <> CONNECTION_ID()";
            server.mysql(running).unwrap().parse().unwrap()
        },
    });
}

#[test]
fn what_cannot_be_reached_is_told_apart() {
    let server = server();
    let check = |change: &dyn Fn(&mut serde_json::Value), password: &str| {
        let mut definition = server.definition("mysql", "plaza");
        change(&mut definition);
        let trail = Trail::default();
        let error = plainly(&trail, |ask| open_with(&definition, password).check(ask)).unwrap_err();
        let told = format!("{error} {error:?} {:?}", trail.0.lock().unwrap());
        assert!(!told.contains(SECRET) && !told.contains(password), "{told}");
        error.code()
    };
    assert_eq!(check(&|it| it["port"] = free_port().into(), SECRET), "unreachable");
    assert_eq!(check(&|it| it["host"] = "nowhere.invalid".into(), SECRET), "unknown_host");
    assert_eq!(check(&|_| (), "wrong-password-99"), "unauthorised");
    assert_eq!(check(&|it| it["user"] = "nobody".into(), SECRET), "unauthorised");
    // Who may not see all databases is not told which ones there are.
    assert_eq!(check(&|it| it["database"] = "absent".into(), SECRET), "forbidden");
    assert_eq!(check(&|it| it["tls"] = "verify".into(), SECRET), "tls");
}

#[test]
fn a_wire_is_protected_with_the_companys_own_authority() {
    let server = server();
    let mut definition = server.definition("mysql", "plaza");
    definition["tls"] = "verify".into();
    definition["ca_file"] = server.folder.join("ca.pem").display().to_string().into();
    for host in ["localhost", "127.0.0.1"] {
        definition["host"] = host.into();
        let read = query(
            "SELECT VARIABLE_VALUE AS v FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'SSL_VERSION'",
        );
        let found = blocks(open(&definition).as_ref(), &read, &Cursor::start(), &Trail::default()).unwrap();
        assert_eq!(rows(&found), [["TLSv1.3"]]);
    }
}

#[test]
fn a_user_reads_what_they_may_and_nothing_else() {
    let few = Request { fields: vec!["supplier".into(), "id".into()], ..table("orders") };
    let system = open(&server().definition("mysql", "reader"));
    let trail = Trail::default();
    let found = rows(&blocks(system.as_ref(), &few, &Cursor::start(), &trail).unwrap());
    assert_eq!(found.len(), contract::ROWS as usize);
    let streams = plainly(&trail, |ask| system.discover(ask)).unwrap();
    let seen: Vec<_> = streams.iter().map(|stream| (stream.name.as_str(), stream.fields.len())).collect();
    assert_eq!(seen, [("orders", 2)]);
    assert!(plainly(&trail, |ask| system.check(ask)).unwrap().notes.is_empty());
    let owner = open(&server().definition("mysql", "plaza"));
    let answered = plainly(&trail, |ask| owner.check(ask)).unwrap();
    assert!(
        answered.notes[0].contains("ALL PRIVILEGES") && answered.product.starts_with("MariaDB 1"),
        "{answered:?}"
    );
    assert_eq!(fault("reader", &table("salaries")).code(), "forbidden");
    let one = Request { fields: vec!["net".into()], ..table("orders") };
    assert_eq!(fault("reader", &one).code(), "forbidden");
}

#[test]
fn nothing_can_be_written_and_no_second_statement_slips_in() {
    run(server(), "CREATE SEQUENCE numbers; CREATE TABLE kept (id int)");
    for text in
        ["SELECT NEXTVAL(numbers) AS a", "SELECT 1) AS plaza; DROP TABLE kept; SELECT * FROM (SELECT 1"]
    {
        let error = fault("plaza", &query(text));
        assert_eq!(error.code(), "refused", "{error}");
    }
    assert_eq!(run(server(), "SELECT count(*) FROM kept"), "0");
    assert_eq!(run(server(), "SELECT NEXTVAL(numbers)"), "1");
}

#[test]
fn a_time_out_of_the_server_is_one() {
    let slow = query("SELECT a.id FROM (SELECT SLEEP(20) AS id) AS a");
    let limited = "SET STATEMENT max_statement_time = 0.3 FOR SELECT SLEEP(5)";
    assert!(server().mysql(limited).unwrap_err().to_string().contains("1969"));
    // Of one user only: other tests ask the same server meanwhile.
    let user = format!(
        "CREATE USER slow@'%' IDENTIFIED BY '{SECRET}' WITH MAX_STATEMENT_TIME 0.3; GRANT SELECT ON erp.* TO slow@'%'"
    );
    server().mysql(&user).unwrap();
    let error = fault("slow", &slow);
    assert_eq!(error.code(), "timed_out", "{error}");
}

#[test]
fn values_of_every_type_become_cells() {
    run(
        server(),
        "CREATE TABLE kinds (a decimal(40, 9), b boolean, c bit(1), d timestamp(3) NULL, e datetime, f date, \
        g double, h bigint unsigned, i varchar(9), j text, k varbinary(9), l enum('x', 'y'), m bit(9), n time, o json); \
        INSERT INTO kinds VALUES (12345678901234567890.123456789, true, b'1', '2026-01-02 03:04:05.5', \
        '2026-01-02 03:04:05', '2026-01-02', 0.1, 18446744073709551615, '', 'Zoë,\\n\\\"b\\\"', X'01ab', 'y', b'100000001', \
        '25:00:01', '{\\\"a\\\": [1]}'), (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
    );
    let system = open(&server().definition("mysql", "plaza"));
    let found = rows(&blocks(system.as_ref(), &table("kinds"), &Cursor::start(), &Trail::default()).unwrap());
    let expected = [
        "12345678901234567890.123456789",
        "true",
        "true",
        "2026-01-02 03:04:05.500+00",
        "2026-01-02 03:04:05",
        "2026-01-02",
        "0.1",
        "18446744073709551615",
        "",
        "Zoë,\n\"b\"",
        "01ab",
        "y",
        "257",
        "25:00:01",
        "{\"a\": [1]}",
    ];
    assert_eq!(found, [expected, [""; 15]]);
}

#[test]
fn all_blocks_show_one_moment() {
    run(
        server(),
        "CREATE TABLE moving (id int PRIMARY KEY, v varchar(9)); \
        INSERT INTO moving SELECT seq, 'old' FROM seq_1_to_50",
    );
    let by_id = CursorField { field: "id".into(), key: None, overlap_seconds: 0 };
    let request = Request { cursor: Some(by_id), page_rows: 10, ..table("moving") };
    let system = open(&server().definition("mysql", "plaza"));
    let mut found = Vec::new();
    plainly(&Trail::default(), |ask| {
        system.read(&request, &Cursor::start(), ask, &mut |block| {
            if found.is_empty() {
                run(server(), "UPDATE moving SET v = 'new'; DELETE FROM moving WHERE id > 40");
            }
            found.extend(block.cells().unwrap());
            ControlFlow::Continue(())
        })
    })
    .unwrap();
    assert!(found.len() == 50 && found.iter().all(|row| row[1] == "old"), "{found:?}");
}

#[test]
fn a_server_that_is_killed_breaks_the_read_off_behind_whole_blocks() {
    let mut own = Server::mariadb();
    let definition = own.definition("mysql", "plaza");
    let text = "SELECT seq AS id, REPEAT('x', 200) AS text FROM seq_1_to_3000000";
    let by_id = CursorField { field: "id".into(), key: None, overlap_seconds: 0 };
    let request = Request { cursor: Some(by_id), page_rows: 1_000, ..query(text) };
    let system = open(&definition);
    let mut numbers = Vec::new();
    let end: Result<ReadEnd, SystemError> = plainly(&Trail::default(), |ask| {
        system.read(&request, &Cursor::start(), ask, &mut |block| {
            if numbers.is_empty() {
                own.kill();
            }
            numbers.extend(block.cells().unwrap().iter().map(|row| row[0].parse::<u64>().unwrap()));
            ControlFlow::Continue(())
        })
    });
    assert_eq!(end.unwrap_err().code(), "broken_off");
    assert!(!numbers.is_empty() && numbers.len() < 3_000_000 && numbers.len() % 1_000 == 0);
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    let error = plainly(&Trail::default(), |ask| open(&definition).check(ask)).unwrap_err();
    assert_eq!(error.code(), "unreachable");
}
