//! The same company over JSON-RPC and over REST.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use plaza_connect::Cursor;
use plaza_connect::system::{
    CursorField, FieldType, Range, Request, Secret, Secrets, System, SystemError, TrytonInterface,
    TrytonServer, What, tryton,
};
use plaza_domain::record::Field;

use crate::servers::Tryton;
use crate::{asking, cells, read};

fn open(server: &Tryton, interface: TrytonInterface) -> Box<dyn System> {
    open_as(server, interface, Tryton::DATABASE, Tryton::READER_PASSWORD, &server.key).unwrap()
}

fn open_as(
    server: &Tryton,
    interface: TrytonInterface,
    database: &str,
    password: &str,
    key: &str,
) -> Result<Box<dyn System>, SystemError> {
    let mut secrets = Secrets::default();
    secrets.put("password", Secret::new(password.into()));
    secrets.put("key", Secret::new(key.into()));
    let (url, database, user) = (server.url.clone(), database.to_owned(), Tryton::READER.to_owned());
    tryton::open(&TrytonServer { url, database, interface, user, ca_file: None }, secrets)
}

const BOTH: [TrytonInterface; 2] = [TrytonInterface::JsonRpc, TrytonInterface::Rest];

/// The rows of every stream of the preset, each with what its columns mean.
fn company(system: &dyn System, page_rows: u32) -> BTreeMap<&'static str, Vec<BTreeMap<Field, String>>> {
    let mut company = BTreeMap::new();
    for stream in tryton::preset() {
        let request = Request {
            fields: stream.columns(),
            cursor: Some(stream.cursor.clone()),
            page_rows,
            ..Request::all(stream.what.clone())
        };
        let rows = cells(&read(system, &request, &Cursor::start()).unwrap());
        let meant = |row: &Vec<String>| {
            let cell =
                |column: &str| row[request.fields.iter().position(|name| name == column).unwrap()].clone();
            stream.fields.iter().map(|field| (field.field, cell(field.column))).collect()
        };
        company.insert(stream.name, rows.iter().map(meant).collect());
    }
    company
}

/// Thousandths: quantities of this company have no more decimals.
fn thousandths(text: &str) -> i64 {
    (text.parse::<f64>().unwrap() * 1_000.0).round() as i64
}

#[test]
fn both_interfaces_give_the_same_company_whose_promises_are_counted() {
    let server = Tryton::of_this_run();
    let rpc = company(&*open(server, TrytonInterface::JsonRpc), 1_000);
    let rest = company(&*open(server, TrytonInterface::Rest), 60);
    for (name, rows) in &rpc {
        let differing = rows.iter().zip(&rest[name]).find(|(rpc, rest)| rpc != rest);
        assert_eq!((differing, rows.len()), (None, rest[name].len()), "{name}");
    }

    let counts: Vec<_> = rpc.iter().map(|(name, rows)| (*name, rows.len())).collect();
    println!("{counts:?}");
    let of = |name: &str| &rpc[name];
    assert_eq!(of("lines").len(), 414);
    for (name, rows) in &rpc {
        let ids: BTreeSet<_> =
            rows.iter().map(|row| row.get(&Field::RowKey).unwrap_or(&row[&Field::Line])).collect();
        assert_eq!(ids.len(), rows.len(), "{name}: every row once");
        let numbers: BTreeSet<_> = rows.iter().map(|row| (&row[&Field::Order], &row[&Field::Line])).collect();
        assert!(
            numbers.iter().all(|(order, line)| line.parse::<u32>().is_ok()
                && (order.parse::<u32>().is_ok() || order.is_empty()))
        );
    }
    // Every row of the other streams has the order and the line of a row of the lines.
    let lines: BTreeMap<_, _> = of("lines").iter().map(|row| (&row[&Field::Line], row)).collect();
    for name in ["planned moves", "moves", "productions", "invoice lines"] {
        assert!(
            of(name).iter().all(|row| lines[&row[&Field::Line]][&Field::Order] == row[&Field::Order]),
            "{name}"
        );
        assert!(!of(name).is_empty(), "{name}");
    }

    let (mut in_full, mut kept) = (0, 0);
    for line in of("lines") {
        let id = &line[&Field::Line];
        let moves: Vec<_> = of("moves").iter().filter(|row| row[&Field::Line] == *id).collect();
        let ordered = thousandths(&line[&Field::OrderedQuantity]);
        let delivered: i64 = moves.iter().map(|row| thousandths(&row[&Field::DeliveredQuantity])).sum();
        if ordered <= 0 || moves.is_empty() || delivered < ordered {
            continue;
        }
        let on = moves.iter().map(|row| &row[&Field::Delivered]).max().unwrap();
        let planned = of("planned moves").iter().filter(|row| row[&Field::Line] == *id);
        let promised = planned.map(|row| &row[&Field::Promised]).min().unwrap();
        in_full += 1;
        kept += usize::from(on <= promised);
    }
    assert_eq!((in_full, kept), (317, 170), "delivered in full, and of them on or before the promise");
}

fn lines(fields: &[&str]) -> Request {
    let fields = fields.iter().map(|&field| field.to_owned()).collect();
    Request { fields, ..Request::all(What::Named("sale.line".into())) }
}

fn changed() -> Option<CursorField> {
    Some(CursorField { field: "write_date".into(), key: Some("id".into()), overlap_seconds: 0 })
}

#[test]
fn a_read_goes_on_behind_every_block_and_later_takes_what_changed() {
    let server = Tryton::of_this_run();
    for interface in BOTH {
        let system = open(server, interface);
        let what = What::Named("party.party".into());
        let request = Request { what, cursor: changed(), page_rows: 5, ..lines(&["id", "name"]) };
        let blocks = read(&*system, &request, &Cursor::start()).unwrap();
        let all = cells(&blocks);
        assert_eq!((blocks.len(), all.len()), (3, 13));
        for (at, block) in blocks.iter().enumerate().take(2) {
            let again = cells(&read(&*system, &request, &block.cursor).unwrap());
            assert_eq!(again, all[(at + 1) * 5..], "{interface:?}");
        }
        let end = blocks.last().unwrap().cursor.clone();
        // Without an overlap only the very last change comes again.
        let unchanged = cells(&read(&*system, &request, &end).unwrap());
        assert_eq!(unchanged.len(), 1, "{interface:?}");
        // Not a customer: another test reads their names meanwhile.
        let other = all.iter().find(|row| !row[1].starts_with("Customer")).unwrap();
        let row = vec![other[0].clone(), format!("changed by {interface:?}")];
        server.write("party.party", &row[0], "name", &row[1]);
        let blocks = read(&*system, &request, &end).unwrap();
        assert!(cells(&blocks).contains(&row), "{interface:?}");
        // From behind that change there is only that change.
        let later = cells(&read(&*system, &request, &blocks.last().unwrap().cursor).unwrap());
        assert_eq!(later, [row], "{interface:?}");
        // An overlap goes back before it: to the day on which the company was made.
        let months = Some(CursorField { overlap_seconds: 600 * 86_400, ..changed().unwrap() });
        let overlapping = Request { cursor: months, ..request.clone() };
        assert_eq!(cells(&read(&*system, &overlapping, &end).unwrap()).len(), 13);
        for other in ["elsewhere", "{}"] {
            assert_eq!(read(&*system, &request, &other.parse().unwrap()).unwrap_err().code(), "bad_cursor");
        }
        let elsewhere = Request { what: What::Named("sale.sale".into()), ..request.clone() };
        assert_eq!(read(&*system, &elsewhere, &end).unwrap_err().code(), "bad_cursor");
        // By the running number there are only new rows.
        let by_id = Request {
            cursor: Some(CursorField { field: "id".into(), key: None, overlap_seconds: 0 }),
            ..request
        };
        let end = read(&*system, &by_id, &Cursor::start()).unwrap().last().unwrap().cursor.clone();
        assert!(read(&*system, &by_id, &end).unwrap().is_empty());
    }
}

#[test]
fn ranges_and_values_are_exact() {
    let server = Tryton::of_this_run();
    let mut given = Vec::new();
    for interface in BOTH {
        let system = open(server, interface);
        let day = |text: &str| format!("{text}T00:00:00Z").parse().unwrap();
        let range = Some(Range { from: day("2026-06-01"), to: day("2026-07-01") });
        let by = |field: &str| Some(CursorField { field: field.into(), key: None, overlap_seconds: 0 });
        let fields =
            ["number", "sale_date", "total_amount", "party", "party.id", "party.name", "create_date"];
        let request = Request {
            what: What::Named("sale.sale".into()),
            cursor: by("sale_date"),
            range,
            ..lines(&fields)
        };
        let june = cells(&read(&*system, &request, &Cursor::start()).unwrap());
        assert!(june.len() > 10 && june.iter().all(|row| row[1].starts_with("2026-06-") && row[3] == row[4]));
        let all = cells(
            &read(&*system, &Request { cursor: None, range: None, ..request.clone() }, &Cursor::start())
                .unwrap(),
        );
        assert_eq!(all.len(), 216);
        assert_eq!(june.len(), all.iter().filter(|row| row[1].starts_with("2026-06-")).count());
        assert!(
            all.iter().all(|row| row[2].split_once('.').is_some_and(|(_, decimals)| decimals.len() == 2)),
            "exact money"
        );
        assert!(all.iter().all(|row| row[6].starts_with("2026-11-23T") && row[6].ends_with('Z')));
        // Rows that were never changed count by their making.
        let made = Some(Range { from: day("2026-11-23"), to: day("2100-01-01") });
        let every = Request { cursor: changed(), range: made, ..request.clone() };
        assert_eq!(cells(&read(&*system, &every, &Cursor::start()).unwrap()).len(), 216);
        let none = Some(Range { from: day("2000-01-01"), to: day("2026-11-23") });
        assert!(read(&*system, &Request { range: none, ..every }, &Cursor::start()).unwrap().is_empty());
        given.push((june, all));
    }
    assert_eq!(given[0], given[1]);
}

#[test]
fn models_are_found_with_their_fields_and_labels() {
    let server = Tryton::of_this_run();
    let mut given = Vec::new();
    for interface in BOTH {
        let system = open(server, interface);
        let found = asking(&Mutex::default(), |ask| system.discover(ask)).unwrap();
        assert_eq!(found[0].name, "sale.sale");
        let line = found.iter().find(|stream| stream.name == "sale.line").unwrap();
        assert_eq!(line.label.as_deref(), Some("Sale Line"));
        let field = |name: &str| {
            let field = line.fields.iter().find(|field| field.name == name).unwrap();
            (field.label.as_deref(), field.kind, field.is_key)
        };
        assert_eq!(field("id"), (Some("ID"), FieldType::Integer, true));
        assert_eq!(field("quantity"), (Some("Quantity"), FieldType::Decimal, false));
        assert_eq!(field("write_date").1, FieldType::Timestamp);
        assert_eq!(field("sale"), (Some("Sale"), FieldType::Integer, false));
        assert_eq!(field("sale.rec_name"), (Some("Sale"), FieldType::Text, false));
        assert!(found.len() > 100);
        let preview =
            asking(&Mutex::default(), |ask| system.preview(&lines(&["id", "sale.rec_name"]), 3, ask))
                .unwrap();
        assert_eq!(preview.rows.iter().map(|(_, row)| row[0].as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);
        assert!(preview.rows.iter().all(|(_, row)| !row[1].is_empty()));
        let everything = read(&*system, &lines(&[]), &Cursor::start()).unwrap();
        assert!(everything[0].columns.len() > 20 && cells(&everything).len() == 414);
        given.push(found);
    }
    assert_eq!(given[0].len(), given[1].len());
}

#[test]
fn what_is_wrong_is_said() {
    let server = Tryton::of_this_run();
    for interface in BOTH {
        let system = open(server, interface);
        let told = Mutex::default();
        let answered = asking(&told, |ask| system.check(ask)).unwrap();
        assert!(answered.product.starts_with("Tryton"), "{answered:?}");
        let no = |request: &Request| read(&*system, request, &Cursor::start()).unwrap_err();
        assert_eq!(
            no(&lines(&["id", "nope"])).to_string(),
            "“sale.line” has no field “nope” any more; it may have been renamed"
        );
        assert_eq!(
            no(&lines(&["sale.nope"])).to_string(),
            "“sale.sale” has no field “nope” any more; it may have been renamed"
        );
        assert_eq!(no(&Request { what: What::Named("no.model".into()), ..lines(&[]) }).code(), "no_stream");
        assert_eq!(
            no(&Request { what: What::Named("sale.line?oops".into()), ..lines(&[]) }).code(),
            "setting"
        );
        // Moves of other origins lead to rows that have no sale.
        let other = Request { what: What::Named("stock.move".into()), ..lines(&["origin.sale.number"]) };
        assert_eq!(no(&other).code(), "no_field");
        let secret = Request { what: What::Named("res.user.application".into()), ..lines(&["key"]) };
        let barred = no(&secret);
        assert!(["forbidden", "refused"].contains(&barred.code()), "{interface:?}: {barred}");

        let wrong = open_as(server, interface, Tryton::DATABASE, "wrong-word", "wrong-key").unwrap();
        let error = asking(&told, |ask| wrong.check(ask)).unwrap_err();
        assert_eq!(error.code(), "unauthorised", "{interface:?}: {error}");
        let error = asking(&told, |ask| open_as(server, interface, "other", "x", "y").unwrap().check(ask))
            .unwrap_err();
        assert!(["no_stream", "unauthorised"].contains(&error.code()), "{interface:?}: {error}");
        let told = format!("{:?}", told.lock().unwrap());
        for secret in [Tryton::READER_PASSWORD, &server.key, "wrong-word", "wrong-key"] {
            assert!(!told.contains(secret), "{told}");
        }
    }
}
