//! `OData` services that do as they like.

use std::sync::{Arc, Mutex};

use plaza_connect::Cursor;
use plaza_connect::system::System;
use serde_json::json;

use crate::server::{Heard, Reply, Server, answer, json as good};
use crate::{ONCE, Talk, by, open, read, request, whole};

const METADATA: &str = r#"<?xml version="1.0"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="erp.lines" Alias="L" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="Base"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.Int32"/></EntityType>
<EntityType Name="Line" BaseType="L.Base"><Property Name="Changed" Type="Edm.DateTimeOffset"/></EntityType>
<EntityType Name="Loose"><Property Name="ID" Type="Edm.Int32"/></EntityType>
<EntityContainer Name="C"><EntitySet Name="Lines" EntityType="L.Line"/><EntitySet Name="Loose" EntityType="L.Loose"/>
</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"#;

/// Id and change time, microseconds of one second.
type Lines = Vec<(usize, usize)>;

const COUNT: usize = 250;

fn lines() -> Lines {
    (1..=COUNT).map(|id| (id, id * 1_000)).collect()
}

fn time(micros: usize) -> String {
    format!("2026-03-01T10:00:00.{:03}Z", micros / 1_000)
}

/// The rows without the noughts that ISO 8601 lets one leave out.
fn expected(lines: &[(usize, usize)]) -> Vec<Vec<String>> {
    let short = |text: String| text.replace(".000Z", "Z");
    lines.iter().map(|(id, micros)| vec![id.to_string(), short(time(*micros))]).collect()
}

fn page(lines: &[(usize, usize)], next: Option<String>) -> Reply {
    let rows: Vec<String> = lines
        .iter()
        .map(|(id, micros)| format!(r#"{{"ID": {id}, "Changed": "{}"}}"#, time(*micros)))
        .collect();
    let next = next.map(|next| format!(r#", "@odata.nextLink": "{next}""#)).unwrap_or_default();
    good(format!(r#"{{"value": [{}]{next}}}"#, rows.join(",")))
}

fn part(lines: &[(usize, usize)], from: usize, count: usize) -> &[(usize, usize)] {
    &lines[from.min(lines.len())..(from + count).min(lines.len())]
}

/// A service that has [`METADATA`], and its system.
fn serve(rows: impl Fn(&Heard) -> Reply + Send + Sync + 'static) -> (Server, Box<dyn System>) {
    let server = Server::new(move |heard| {
        let is_metadata = heard.target.contains("$metadata");
        if is_metadata { answer(200, &[("Content-Type", "application/xml")], METADATA) } else { rows(heard) }
    });
    let system =
        open(json!({"kind": "odata", "url": format!("{}/sap?client=100", server.url())}), ONCE).unwrap();
    (server, system)
}

fn wanted() -> plaza_connect::system::Request {
    let mut wanted = request("Lines", &["ID", "Changed"]);
    wanted.cursor = by("Changed", "ID", 0);
    wanted
}

/// Answers a question for the rows behind one, by times that are exact to `exact` microseconds.
fn behind(lines: &Lines, heard: &Heard, exact: usize) -> Lines {
    let filter = heard.parameter("$filter").unwrap_or_default();
    let Some((_, rest)) = filter.split_once("Changed gt ") else { return lines.clone() };
    let after: usize = rest[20..23].parse().unwrap();
    let id: usize = rest.split_once("ID gt ").unwrap().1.trim_end_matches(')').parse().unwrap();
    let after = after * 1_000;
    let is_behind = |line: &&(usize, usize)| {
        let at = line.1 / exact * exact;
        at > after || (at == after && line.0 > id)
    };
    lines.iter().filter(is_behind).copied().collect()
}

#[test]
fn a_row_that_changes_between_two_pages_pushes_none_out_of_sight() {
    let all = Mutex::new(lines());
    let (server, system) = serve(move |heard| {
        let mut all = all.lock().unwrap();
        let reply = page(part(&behind(&all, heard, 1_000), 0, heard.number("$top")), None);
        if let Some(at) = all.iter().position(|line| *line == (3, 3_000)) {
            all.remove(at);
            all.push((3, 999_000));
        }
        reply
    });
    let got = whole(&*system, &wanted(), &Cursor::start());
    assert_eq!(got.rows(), expected(&[lines(), vec![(3, 999_000)]].concat()));
    let heard = server.heard();
    assert!(
        heard.iter().all(|heard| heard.target.contains("client=100")),
        "what the address says stays in it"
    );
    assert_eq!(heard[1].headers["accept"], "application/json;IEEE754Compatible=true");
    assert_eq!(heard[1].headers["prefer"], "odata.maxpagesize=100");
    let next = whole(&*system, &wanted(), &got.cursor());
    let filter = server.heard()[heard.len()].parameter("$filter");
    assert_eq!(filter.as_deref(), Some("Changed ge 2026-03-01T10:00:00.999Z"));
    assert_eq!(next.cursor(), got.cursor());
}

#[test]
fn times_that_are_kept_more_exactly_than_they_are_written_give_no_row_twice() {
    // Seven rows in each millisecond, told apart by microseconds that no answer shows.
    let all: Lines = (1..=COUNT).map(|id| (id, id / 7 * 1_000 + id % 7 * 100 + 50)).collect();
    let served = all.clone();
    let (_server, system) =
        serve(move |heard| page(part(&behind(&served, heard, 1), 0, heard.number("$top")), None));
    assert_eq!(whole(&*system, &wanted(), &Cursor::start()).rows(), expected(&all));
}

#[test]
fn a_service_that_does_not_take_the_question_is_followed_by_its_links() {
    // It does not know `or`, and names itself as it is called inside.
    let linked = |heard: &Heard| {
        if heard.parameter("$filter").is_some() {
            return answer(400, &[], r#"{"error": {"message": "only simple filters"}}"#);
        }
        let (from, to) = (heard.number("$skiptoken"), heard.number("$skiptoken") + 60);
        let next = (to < COUNT).then(|| format!("http://inner:8000/sap/Lines?client=100&$skiptoken={to}"));
        page(part(&lines(), from, 60), next)
    };
    let (server, system) = serve(linked);
    let got = whole(&*system, &wanted(), &Cursor::start());
    assert_eq!(got.rows(), expected(&lines()));
    for (index, cursor) in got.cursors.iter().enumerate().take(got.cursors.len() - 1) {
        // Behind the first page only values are known, which this service does not take: it is read anew.
        let from = if index == 0 { 0 } else { index + 1 };
        assert_eq!(whole(&*system, &wanted(), cursor).rows(), got.blocks[from..].concat());
    }
    let (_, end) = read(&*system, &wanted(), &got.cursor(), &Talk::new());
    let words = "the system refused the request with code 400 (only simple filters)";
    assert_eq!(end.unwrap_err().to_string(), words, "what it never takes is said");
    assert!(server.heard().iter().all(|heard| heard.headers["host"] == server.at.to_string()));
    // Without a key there are only links.
    let loose = whole(&*system, &request("Loose", &["ID"]), &Cursor::start());
    assert_eq!(loose.rows().len(), COUNT);
    assert!(
        server
            .heard()
            .iter()
            .filter(|heard| heard.target.contains("Loose?"))
            .all(|heard| !heard.target.contains("$top"))
    );
}

#[test]
fn a_service_that_overlooks_the_question_is_refused_in_words() {
    let cases: [(fn(&Heard) -> Reply, &str); 3] = [
        (|heard| page(part(&lines(), 0, heard.number("$top")), None), "not a new page"),
        (
            |heard| {
                let mut all = lines();
                all.reverse();
                page(part(&all, 0, heard.number("$top")), None)
            },
            "not sorted as it was asked",
        ),
        (|_| page(part(&lines(), 0, 100), Some("Lines?$skiptoken=1".into())), "not a new page"),
    ];
    for (reply, words) in cases {
        let (_server, system) = serve(reply);
        let (got, end) = read(&*system, &wanted(), &Cursor::start(), &Talk::new());
        let error = end.unwrap_err();
        assert_eq!(error.code(), "nonsense");
        assert!(error.to_string().contains(words), "{error}");
        assert!(got.rows().len() <= 100, "what came before is given once");
    }
}

#[test]
fn what_is_no_odata_is_refused_in_words() {
    let pages = [
        (r#"{"value": [{"ID": 1, "Changed": null}, {"ID": 2"#, "the answer broke off in the middle"),
        (r#"{"d": {"results": []}}"#, "the answer is not a page of OData in JSON"),
        (r#"{"value": [{"ID": 1}]}"#, "“Lines” has no field “Changed” any more; it may have been renamed"),
    ];
    for (text, words) in pages {
        let (_server, system) = serve(move |_| good(text));
        let (_, end) = read(&*system, &wanted(), &Cursor::start(), &Talk::new());
        assert_eq!(end.unwrap_err().to_string(), words);
    }
    let login = Server::new(|_| answer(200, &[], "<html><p>Log in</p></html>"));
    let error = Talk::new()
        .with(|ask| open(json!({"kind": "odata", "url": login.url()}), ONCE).unwrap().check(ask))
        .unwrap_err();
    assert_eq!(error.to_string(), "the answer is not the $metadata of OData 4 or 2");
}

const OLD: &str = r#"<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx">
<edmx:DataServices m:DataServiceVersion="2.0" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
<Schema Namespace="S" xmlns="http://schemas.microsoft.com/ado/2008/09/edm" xmlns:sap="http://www.sap.com/Protocols/SAPData">
<EntityType Name="Item"><Key><PropertyRef Name="Order"/><PropertyRef Name="Nr"/></Key>
<Property Name="Order" Type="Edm.String" sap:label="Sales order"/><Property Name="Nr" Type="Edm.String"/>
<Property Name="Due" Type="Edm.DateTime" sap:display-format="Date"/><Property Name="At" Type="Edm.DateTime"/>
<Property Name="Hour" Type="Edm.Time"/><Property Name="Net" Type="Edm.Decimal"/>
<NavigationProperty Name="head" Relationship="S.A" FromRole="many" ToRole="one"/></EntityType>
<EntityType Name="Head"><Key><PropertyRef Name="Order"/></Key><Property Name="Order" Type="Edm.String"/>
<Property Name="Buyer" Type="Edm.String"/>
<NavigationProperty Name="items" Relationship="S.A" FromRole="one" ToRole="many"/></EntityType>
<Association Name="A"><End Type="S.Head" Multiplicity="0..1" Role="one"/><End Type="S.Item" Multiplicity="*" Role="many"/>
</Association><EntityContainer Name="C"><EntitySet Name="Items" EntityType="S.Item" sap:label="Items"/>
<EntitySet Name="Heads" EntityType="S.Head"/></EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"#;

#[test]
fn an_old_service_with_keys_of_two_fields_is_read_by_them() {
    let asked = Arc::new(Mutex::new(0));
    let server = Server::new(move |heard| {
        if heard.target.contains("$metadata") {
            return answer(200, &[], OLD);
        }
        *asked.lock().unwrap() += 1;
        let row = |order: &str, nr: &str, head: &str| {
            format!(
                r#"{{"__metadata": {{"uri": "x"}}, "Order": "{order}", "Nr": "{nr}", "Due": "/Date(1780444800000)/",
                "At": "/Date(1780480800500)/", "Hour": "PT09H05M00S", "Net": "12.30", "head": {head}}}"#
            )
        };
        let rows = match (*asked.lock().unwrap(), heard.parameter("$filter")) {
            (1, None) => [row("O'1", "10", r#"{"Buyer": "B"}"#), row("O'1", "20", "null")].join(","),
            (2, Some(_)) => row("O'2", "10", r#"{"__deferred": {"uri": "y"}}"#),
            _ => String::new(),
        };
        good(format!(r#"{{"d": {{"results": [{rows}]}}}}"#))
    });
    let system = open(json!({"kind": "odata", "url": server.url(), "version": 2}), ONCE).unwrap();
    let found = Talk::new().with(|ask| system.discover(ask)).unwrap();
    assert_eq!(
        (found[0].label.as_deref(), found[0].fields[0].label.as_deref()),
        (Some("Items"), Some("Sales order"))
    );
    let names: Vec<&str> = found[0].fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["Order", "Nr", "Due", "At", "Hour", "Net", "head.Order", "head.Buyer"]);
    let mut wanted = request("Items", &["Order", "Nr", "Due", "At", "Hour", "Net", "head.Buyer"]);
    wanted.page_rows = 2;
    let rows = whole(&*system, &wanted, &Cursor::start()).rows();
    let of = |order: &'static str, nr, buyer| {
        [order, nr, "2026-06-03", "2026-06-03T10:00:00.500", "09:05:00", "12.30", buyer]
    };
    assert_eq!(rows, [of("O'1", "10", "B"), of("O'1", "20", ""), of("O'2", "10", "")]);
    let heard = server.heard();
    let filter = heard[2].parameter("$filter").unwrap();
    assert_eq!(filter, "Order gt 'O''1' or (Order eq 'O''1' and Nr gt '20')");
    assert_eq!(heard[2].parameter("$expand").as_deref(), Some("head"));
    assert_eq!(heard[2].headers["maxdataserviceversion"], "2.0");
    assert_eq!(heard[2].headers["accept"], "application/json");
}
