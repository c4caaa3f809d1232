//! PostgreSQL.

use std::ops::ControlFlow;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use plaza_connect::system::{CursorField, Request, SystemError, What};
use plaza_connect::{Cursor, ReadEnd};

use crate::contract::{self, Case, PATIENCE, Trail, asking, blocks, plainly, rows};
use crate::servers::{SECRET, Server, free_port};
use crate::{open, open_with};

const TYPES: [(&str, &str); 7] = [
    ("id", "bigint PRIMARY KEY"),
    ("supplier", "varchar(20) NOT NULL"),
    ("due", "date"),
    ("net", "numeric(20, 2)"),
    ("paid", "boolean"),
    ("changed at", "timestamptz"),
    ("note", "text"),
];

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let server = Server::postgres();
        for statement in contract::statements(&TYPES, '"') {
            server.psql("erp", &statement).unwrap();
        }
        let users = format!(
            "CREATE USER reader PASSWORD '{SECRET}'; GRANT SELECT (id, supplier) ON orders TO reader; \
             CREATE TABLE salaries (id bigint); CREATE USER slow PASSWORD '{SECRET}'; \
             ALTER USER slow SET statement_timeout = 300; GRANT SELECT ON orders TO slow"
        );
        server.psql("erp", &users).unwrap();
        server
    })
}

fn table(name: &str) -> Request {
    Request::all(What::Named(name.into()))
}

fn query(text: &str) -> Request {
    Request::all(What::Query(text.into()))
}

/// Why a user's read fails.
fn fault(user: &str, request: &Request) -> SystemError {
    let system = open(&server().definition("postgres", user));
    let trail = Trail::default();
    let error = blocks(system.as_ref(), request, &Cursor::start(), &trail).unwrap_err();
    let told = format!("{error} {error:?} {:?}", trail.0.lock().unwrap());
    assert!(!told.contains(SECRET), "{told}");
    error
}

#[test]
fn postgres_passes_the_contract() {
    let server = server();
    let system = open(&server.definition("postgres", "plaza"));
    contract::passes(&Case {
        system: system.as_ref(),
        table: "public.orders",
        endless: "SELECT 1 AS one, pg_sleep(600)::text AS slept",
        secret: SECRET,
        change: &|statement| drop(server.psql("erp", statement).unwrap()),
        quote: '"',
        running: &|| {
            let running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' \
                           AND state = 'active' AND pid <> pg_backend_pid()";
            server.psql("erp", running).unwrap().parse().unwrap()
        },
    });
}

#[test]
fn what_cannot_be_reached_is_told_apart() {
    let server = server();
    let check = |change: &dyn Fn(&mut serde_json::Value), password: &str| {
        let mut definition = server.definition("postgres", "plaza");
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
    assert_eq!(check(&|it| it["database"] = "absent".into(), SECRET), "setting");
    // The certificate of an authority that this computer does not know.
    assert_eq!(check(&|it| it["tls"] = "verify".into(), SECRET), "tls");
    let missing = |it: &mut serde_json::Value| {
        it["tls"] = "verify".into();
        it["ca_file"] = "/absent/ca.pem".into();
    };
    assert_eq!(check(&missing, SECRET), "setting");
}

#[test]
fn a_wire_is_protected_with_the_companys_own_authority() {
    let server = server();
    let mut definition = server.definition("postgres", "plaza");
    definition["tls"] = "verify".into();
    definition["ca_file"] = server.folder.join("ca.pem").display().to_string().into();
    for host in ["localhost", "127.0.0.1"] {
        definition["host"] = host.into();
        let read = query("SELECT ssl::text, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
        let found = blocks(open(&definition).as_ref(), &read, &Cursor::start(), &Trail::default()).unwrap();
        assert_eq!(rows(&found), [["true", "TLSv1.3"]]);
    }
}

#[test]
fn a_user_reads_what_they_may_and_nothing_else() {
    let few = Request { fields: vec!["supplier".into(), "id".into()], ..table("orders") };
    let system = open(&server().definition("postgres", "reader"));
    let trail = Trail::default();
    let found = rows(&blocks(system.as_ref(), &few, &Cursor::start(), &trail).unwrap());
    assert_eq!(found.len(), contract::ROWS as usize);
    let streams = plainly(&trail, |ask| system.discover(ask)).unwrap();
    let seen: Vec<_> = streams.iter().map(|stream| (stream.name.as_str(), stream.fields.len())).collect();
    assert_eq!(seen, [("public.orders", 2)]);
    assert!(plainly(&trail, |ask| system.check(ask)).unwrap().notes.is_empty());
    let owner = open(&server().definition("postgres", "plaza"));
    assert!(plainly(&trail, |ask| owner.check(ask)).unwrap().notes[0].contains("superuser"));
    assert_eq!(fault("reader", &table("salaries")).code(), "forbidden");
    assert_eq!(fault("reader", &table("orders")).code(), "forbidden");
    let one = Request { fields: vec!["net".into()], ..table("orders") };
    assert_eq!(fault("reader", &one).code(), "forbidden");
}

#[test]
fn nothing_can_be_written_and_no_second_statement_slips_in() {
    for text in [
        "WITH gone AS (DELETE FROM orders RETURNING id) SELECT id FROM gone",
        "SELECT 1) TO STDOUT; DROP TABLE orders; COPY (SELECT 1",
        "SELECT set_config('transaction_read_only', 'off', false) AS a, nextval('s') AS b",
    ] {
        server().psql("erp", "CREATE SEQUENCE IF NOT EXISTS s").unwrap();
        let error = fault("plaza", &query(text));
        assert_eq!(error.code(), "refused", "{error}");
    }
    assert_eq!(server().psql("erp", "SELECT count(*) FROM orders WHERE id <= 1000").unwrap(), "31");
    assert_eq!(server().psql("erp", "SELECT is_called FROM s").unwrap(), "f");
}

#[test]
fn a_time_out_of_the_server_is_one() {
    // The user's own limit is kept where it is smaller than Plaza's.
    let sleeps = query("SELECT pg_sleep(1)::text AS s FROM orders");
    assert_eq!(fault("slow", &sleeps).code(), "timed_out");
}

#[test]
fn values_of_every_type_become_cells() {
    let text = "SELECT 12345678901234567890.123456789::numeric AS a, true AS b, NULL::boolean AS c, \
        '2026-01-02 03:04:05.5+05:30'::timestamptz AS d, '2026-01-02 03:04:05'::timestamp AS e, '2026-01-02'::date AS f, \
        0.1::float8 AS g, '12.50'::money AS h, '' AS i, E'a\\n\"b\",\\r\\\\.' AS j, '\\x01ab'::bytea AS k, \
        interval '1 day 2 hours' AS l, ARRAY[1, 2] AS m, '{\"a\": [1]}'::jsonb AS n, 'NaN'::numeric AS o";
    let system = open(&server().definition("postgres", "plaza"));
    let found = rows(&blocks(system.as_ref(), &query(text), &Cursor::start(), &Trail::default()).unwrap());
    let expected = [
        "12345678901234567890.123456789",
        "true",
        "",
        "2026-01-01 21:34:05.5+00",
        "2026-01-02 03:04:05",
        "2026-01-02",
        "0.1",
        "12.50",
        "",
        "a\n\"b\",\r\\.",
        "\\x01ab",
        "P1DT2H",
        "{1,2}",
        "{\"a\": [1]}",
        "NaN",
    ];
    assert_eq!(found, [expected]);
}

#[test]
fn all_blocks_show_one_moment() {
    server()
        .psql("erp", "CREATE TABLE moving AS SELECT n AS id, 'old' AS v FROM generate_series(1, 50) AS n")
        .unwrap();
    let by_id = CursorField { field: "id".into(), key: None, overlap_seconds: 0 };
    let request = Request { cursor: Some(by_id), page_rows: 10, ..table("moving") };
    let system = open(&server().definition("postgres", "plaza"));
    let mut found = Vec::new();
    plainly(&Trail::default(), |ask| {
        system.read(&request, &Cursor::start(), ask, &mut |block| {
            if found.is_empty() {
                server()
                    .psql("erp", "UPDATE moving SET v = 'new'; DELETE FROM moving WHERE id > 40")
                    .unwrap();
            }
            found.extend(block.cells().unwrap());
            ControlFlow::Continue(())
        })
    })
    .unwrap();
    assert!(found.len() == 50 && found.iter().all(|row| row[1] == "old"), "{found:?}");
}

/// A read of many rows, with something done at the first block: how it ended, the numbers that came, the last position.
fn read_many(
    definition: &serde_json::Value,
    mut at_first: impl FnMut(),
) -> (Result<ReadEnd, SystemError>, Vec<u64>, Cursor) {
    let text = "SELECT n AS id, repeat('x', 200) AS text FROM generate_series(1, 3000000) AS n";
    let by_id = CursorField { field: "id".into(), key: None, overlap_seconds: 0 };
    let request = Request { cursor: Some(by_id), page_rows: 1_000, ..query(text) };
    let system = open(definition);
    let (mut numbers, mut last) = (Vec::new(), Cursor::start());
    let end = plainly(&Trail::default(), |ask| {
        system.read(&request, &Cursor::start(), ask, &mut |block| {
            if numbers.is_empty() {
                at_first();
            }
            numbers.extend(block.cells().unwrap().iter().map(|row| row[0].parse::<u64>().unwrap()));
            last = block.cursor;
            ControlFlow::Continue(())
        })
    });
    (end, numbers, last)
}

fn broke_off_between_blocks((end, numbers, last): (Result<ReadEnd, SystemError>, Vec<u64>, Cursor)) {
    assert_eq!(end.unwrap_err().code(), "broken_off");
    assert!(!numbers.is_empty() && numbers.len() < 3_000_000 && numbers.len() % 1_000 == 0);
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    assert!(last.to_string().contains(&format!("\"{}\"", numbers.len())), "{last}");
}

#[test]
fn a_server_that_is_killed_breaks_the_read_off_behind_whole_blocks() {
    let mut own = Server::postgres();
    let definition = own.definition("postgres", "plaza");
    broke_off_between_blocks(read_many(&definition, || own.kill()));
    let error = plainly(&Trail::default(), |ask| open(&definition).check(ask)).unwrap_err();
    assert_eq!(error.code(), "unreachable");
}

#[test]
fn a_connection_that_is_ended_at_the_server_breaks_the_read_off() {
    let end = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE '%3000000%' \
               AND pid <> pg_backend_pid()";
    let definition = server().definition("postgres", "plaza");
    broke_off_between_blocks(read_many(&definition, || drop(server().psql("erp", end).unwrap())));
}

#[test]
fn a_reader_that_stops_stops_the_server() {
    let began = Instant::now();
    let system = open(&server().definition("postgres", "plaza"));
    let text = "SELECT a AS id, md5(b::text) AS hash FROM generate_series(1, 29999) AS a, generate_series(1, 29999) AS b";
    let cancel = AtomicBool::new(false);
    let end = asking(&Trail::default(), PATIENCE, &cancel, |ask| {
        system.read(&query(text), &Cursor::start(), ask, &mut |_| ControlFlow::Break(()))
    });
    assert_eq!(end.unwrap(), ReadEnd::Stopped);
    let running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%29999%' AND state = 'active' \
                   AND pid <> pg_backend_pid()";
    while server().psql("erp", running).unwrap() != "0" {
        assert!(began.elapsed() < Duration::from_secs(20), "the server still works");
    }
}
