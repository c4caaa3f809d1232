//! What every database passes, whatever its kind: the same table, the same questions, the same answers.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use plaza_connect::system::{
    Ask, Block, CursorField, Exchange, FieldType, Range, Request, System, SystemError, What,
};
use plaza_connect::{Cursor, ReadEnd};

/// Rows of the table; those with the last numbers have no time of change.
pub(crate) const ROWS: u32 = 31;
pub(crate) const WITHOUT_TIME: u32 = 4;

/// Rows that share a time of change.
const ALIKE: u32 = 3;

/// A database of some kind with the table of the contract.
pub(crate) struct Case<'a> {
    pub system: &'a dyn System,
    /// The name of the table.
    pub table: &'a str,
    /// A query that takes long and gives nothing meanwhile.
    pub endless: &'a str,
    /// What must not appear anywhere.
    pub secret: &'a str,
    /// Runs a statement as the owner.
    pub change: &'a dyn Fn(&str),
    /// The sign around names.
    pub quote: char,
    /// How many statements of Plaza the server works on.
    pub running: &'a dyn Fn() -> u64,
}

/// The columns of the table, in an order of their own.
pub(crate) const FIELDS: [&str; 7] = ["note", "id", "changed at", "net", "due", "paid", "supplier"];

/// The cells of a row, in the order of [`FIELDS`].
pub(crate) fn cells(id: u32) -> Vec<String> {
    let note = match id % 5 {
        0 => "",
        1 => "plain",
        2 => "a, \"b\"\nc",
        3 => "Zoë's \\ back'slash; --",
        _ => " blanks ",
    };
    let changed = if id > ROWS - WITHOUT_TIME { String::new() } else { changed_at(id) };
    let net = format!("{}.{:02}", 9_007_199_254_740_000_u64 + u64::from(id), id % 100);
    let due = format!("2026-03-{:02}", 1 + id % 28);
    let paid = ["false", "true", ""][(id % 3) as usize];
    [note, &id.to_string(), &changed, &net, &due, paid, &format!("S{id:03}")].map(str::to_owned).to_vec()
}

/// The time of change of a row, which it shares with others.
fn changed_at(id: u32) -> String {
    format!("2026-01-01 {:02}:30:00+00", (id / ALIKE) % 24)
}

/// The statements that make the table, given how the kind of database names types.
pub(crate) fn statements(types: &[(&str, &str)], quote: char) -> Vec<String> {
    let columns: Vec<String> =
        types.iter().map(|(name, kind)| format!("{quote}{name}{quote} {kind}")).collect();
    let mut all = vec![format!("CREATE TABLE orders ({})", columns.join(", "))];
    // Not in the order in which they are read.
    for id in (1..=ROWS).map(|at| 1 + (at * 7) % ROWS) {
        all.push(insert(&cells(id), quote));
    }
    all
}

/// The statement that writes a row.
pub(crate) fn insert(cells: &[String], quote: char) -> String {
    let value = |(field, cell): (&&str, &String)| match *field {
        "note" if cell.is_empty() => "NULL".to_owned(),
        "paid" if cell.is_empty() => "NULL".to_owned(),
        "changed at" if cell.is_empty() => "NULL".to_owned(),
        "id" | "paid" => cell.clone(),
        // MySQL takes no offset; every session of the tests is in UTC.
        "changed at" if quote == '`' => format!("'{}'", cell.trim_end_matches("+00")),
        _ if quote == '`' => format!("'{}'", cell.replace('\\', "\\\\").replace('\'', "''")),
        _ => format!("'{}'", cell.replace('\'', "''")),
    };
    let values: Vec<String> = FIELDS.iter().zip(cells).map(value).collect();
    let names: Vec<String> = FIELDS.iter().map(|name| format!("{quote}{name}{quote}")).collect();
    format!("INSERT INTO orders ({}) VALUES ({})", names.join(", "), values.join(", "))
}

/// What was asked and answered.
#[derive(Default)]
pub(crate) struct Trail(pub Mutex<Vec<Exchange>>);

impl Trail {
    fn tell(&self, exchange: Exchange) {
        self.0.lock().unwrap().push(exchange);
    }
}

/// Asks with a trail, a time-out, and somebody who may stop it.
pub(crate) fn asking<T>(
    trail: &Trail,
    timeout: Duration,
    cancel: &AtomicBool,
    work: impl FnOnce(&Ask<'_>) -> T,
) -> T {
    work(&Ask { cancel, timeout, tell: &|exchange| trail.tell(exchange) })
}

/// Long enough for a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Asks without anything special.
pub(crate) fn plainly<T>(trail: &Trail, work: impl FnOnce(&Ask<'_>) -> T) -> T {
    asking(trail, PATIENCE, &AtomicBool::new(false), work)
}

/// All blocks of a read.
pub(crate) fn blocks(
    system: &dyn System,
    request: &Request,
    from: &Cursor,
    trail: &Trail,
) -> Result<Vec<Block>, SystemError> {
    let mut blocks = Vec::new();
    let end = plainly(trail, |ask| {
        system.read(request, from, ask, &mut |block| {
            blocks.push(block);
            ControlFlow::Continue(())
        })
    })?;
    assert_eq!(end, ReadEnd::Complete);
    Ok(blocks)
}

/// The rows of blocks.
pub(crate) fn rows(blocks: &[Block]) -> Vec<Vec<String>> {
    blocks.iter().flat_map(|block| block.cells().unwrap()).collect()
}

fn numbers(blocks: &[Block]) -> Vec<u32> {
    let columns = &blocks.first().expect("a block is given at least").columns;
    let at = columns.iter().position(|name| name == "id").unwrap();
    rows(blocks).iter().map(|row| row[at].parse().unwrap()).collect()
}

impl Case<'_> {
    /// Everything, by the time of change and the number.
    pub(crate) fn request(&self) -> Request {
        let cursor = CursorField { field: "changed at".into(), key: Some("id".into()), overlap_seconds: 0 };
        Request {
            fields: FIELDS.map(str::to_owned).to_vec(),
            cursor: Some(cursor),
            page_rows: 4,
            ..Request::all(What::Named(self.table.to_owned()))
        }
    }

    fn read(&self, request: &Request, from: &Cursor, trail: &Trail) -> Vec<Block> {
        blocks(self.system, request, from, trail).unwrap()
    }

    fn fault(&self, request: &Request, from: &Cursor, trail: &Trail) -> SystemError {
        let error = blocks(self.system, request, from, trail).unwrap_err();
        assert!(!error.to_string().contains(self.secret), "{error}");
        error
    }
}

/// The numbers in the order of a read: those without a time first.
fn in_order() -> Vec<u32> {
    let mut order: Vec<u32> = (1..=ROWS).collect();
    order.sort_by_key(|id| (cells(*id)[2].clone(), *id));
    order
}

/// Goes through all of it.
pub(crate) fn passes(case: &Case<'_>) {
    let trail = Trail::default();
    answers_and_says_what_it_is(case, &trail);
    gives_every_row_exactly(case, &trail);
    goes_on_behind_every_block(case, &trail);
    goes_on_without_a_key(case, &trail);
    stops_when_it_is_told_to(case, &trail);
    previews_what_it_reads(case, &trail);
    reads_what_changed(case, &trail);
    reads_a_range(case, &trail);
    says_what_is_missing(case, &trail);
    is_stopped_while_it_is_silent(case, &trail);
    let told = format!("{:?}", trail.0.lock().unwrap());
    assert!(told.contains("SELECT") && !told.contains(case.secret), "the trail holds the secret or nothing");
}

fn answers_and_says_what_it_is(case: &Case<'_>, trail: &Trail) {
    let answered = plainly(trail, |ask| case.system.check(ask)).unwrap();
    assert!(answered.product.contains(|sign: char| sign.is_ascii_digit()), "{answered:?}");
    let found = plainly(trail, |ask| case.system.discover(ask)).unwrap();
    let orders = found.iter().find(|stream| stream.name == case.table);
    let orders = orders.unwrap_or_else(|| panic!("{found:?}"));
    let kinds: Vec<_> = FIELDS
        .map(|name| orders.fields.iter().find(|field| field.name == name).map(|field| field.kind))
        .to_vec();
    use FieldType::{Boolean, Date, Decimal, Integer, Text, Timestamp};
    let expected = [Text, Integer, Timestamp, Decimal, Date, Boolean, Text];
    assert_eq!(kinds, expected.map(Some), "{orders:?}");
    let keys: Vec<_> =
        orders.fields.iter().filter(|field| field.is_key).map(|field| field.name.as_str()).collect();
    assert_eq!(keys, ["id"]);
}

fn gives_every_row_exactly(case: &Case<'_>, trail: &Trail) {
    let blocks = case.read(&case.request(), &Cursor::start(), trail);
    let expected: Vec<_> = in_order().into_iter().map(cells).collect();
    assert_eq!(rows(&blocks), expected);
    assert!(blocks.iter().all(|block| block.columns == FIELDS && block.rows <= 4 && block.rows > 0));
    assert_eq!(blocks.iter().map(|block| block.rows).sum::<u64>(), u64::from(ROWS));
    // Only the fields that were asked for, in the order in which they were.
    let few = Request { fields: vec!["supplier".into(), "id".into()], ..case.request() };
    let few = rows(&case.read(&few, &Cursor::start(), trail));
    let expected: Vec<_> = in_order().iter().map(|id| vec![format!("S{id:03}"), id.to_string()]).collect();
    assert_eq!(few, expected);
    // Without a cursor field: all of it, and no position.
    let whole = Request { cursor: None, ..case.request() };
    let whole = case.read(&whole, &Cursor::start(), trail);
    let mut all = rows(&whole);
    all.sort_by_key(|row| row[1].parse::<u32>().unwrap());
    assert_eq!(all, (1..=ROWS).map(cells).collect::<Vec<_>>());
    assert!(whole.iter().all(|block| block.cursor == Cursor::start()));
    // A query, with a remark at its end.
    let name = &case.table;
    let query = What::Query(format!("SELECT id, supplier FROM {name} WHERE id <= 2 -- the first;\n;"));
    let by_id = CursorField { field: "id".into(), key: None, overlap_seconds: 60 };
    let query = Request { cursor: Some(by_id), ..Request::all(query) };
    let blocks = case.read(&query, &Cursor::start(), trail);
    assert_eq!(
        (rows(&blocks), &blocks[0].columns),
        (
            vec![vec!["1".to_owned(), "S001".into()], vec!["2".into(), "S002".into()]],
            &vec!["id".to_owned(), "supplier".into()]
        )
    );
    assert!(case.read(&query, &blocks[0].cursor, trail)[0].csv.is_empty(), "a number has no overlap");
}

fn goes_on_behind_every_block(case: &Case<'_>, trail: &Trail) {
    let order = in_order();
    for page_rows in [1, 4] {
        let request = Request { page_rows, ..case.request() };
        let blocks = case.read(&request, &Cursor::start(), trail);
        let mut given = 0;
        for (at, block) in blocks.iter().enumerate() {
            given += block.rows as usize;
            let rest = numbers(&case.read(&request, &block.cursor, trail));
            if at + 1 < blocks.len() {
                assert_eq!(rest, order[given..], "behind block {at} of {page_rows} rows");
            } else {
                // The next read gives only what nothing can be told of.
                assert_eq!(rest, order[..WITHOUT_TIME as usize]);
            }
        }
    }
}

fn goes_on_without_a_key(case: &Case<'_>, trail: &Trail) {
    let mut request = case.request();
    request.page_rows = 1;
    request.cursor = Some(CursorField { field: "changed at".into(), key: None, overlap_seconds: 0 });
    let blocks = case.read(&request, &Cursor::start(), trail);
    let mut sorted = numbers(&blocks);
    sorted.sort_unstable();
    assert_eq!(sorted, (1..=ROWS).collect::<Vec<_>>());
    let mut given = Vec::new();
    for block in &blocks {
        given.extend(numbers(std::slice::from_ref(block)));
        let mut all = given.clone();
        all.extend(numbers_or_none(&case.read(&request, &block.cursor, trail)));
        all.sort_unstable();
        all.dedup();
        assert_eq!(all, (1..=ROWS).collect::<Vec<_>>(), "no row is lost behind {}", block.cursor);
    }
}

fn numbers_or_none(blocks: &[Block]) -> Vec<u32> {
    if blocks.iter().all(|block| block.rows == 0) { Vec::new() } else { numbers(blocks) }
}

fn stops_when_it_is_told_to(case: &Case<'_>, trail: &Trail) {
    let mut taken = 0;
    let end = plainly(trail, |ask| {
        case.system.read(&case.request(), &Cursor::start(), ask, &mut |_| {
            taken += 1;
            if taken == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
    });
    assert_eq!((end.unwrap(), taken), (ReadEnd::Stopped, 2));
}

fn previews_what_it_reads(case: &Case<'_>, trail: &Trail) {
    for count in [1, 6, 100] {
        let preview = plainly(trail, |ask| case.system.preview(&case.request(), count, ask)).unwrap();
        let expected: Vec<_> = in_order().into_iter().take(count).map(cells).collect();
        let found: Vec<_> = preview.rows.iter().map(|(_, row)| row.clone()).collect();
        assert_eq!((preview.columns, found), (FIELDS.map(str::to_owned).to_vec(), expected));
    }
}

fn reads_what_changed(case: &Case<'_>, trail: &Trail) {
    let mut request = case.request();
    let end = case.read(&request, &Cursor::start(), trail).pop().unwrap().cursor;
    let last = *in_order().last().unwrap();
    // Written late, with a time before the end.
    let late = |id: u32, time: &str| {
        let mut row = cells(id);
        row[1] = (1_000 + id).to_string();
        row[2] = time.to_owned();
        row
    };
    let end_time = cells(last)[2].clone();
    let before = end_time.replace(":30:00", ":29:30");
    (case.change)(&insert(&late(1, &before), case.quote));
    (case.change)(&insert(&late(2, &end_time), case.quote));
    let found = |request: &Request| -> Vec<u32> {
        let mut found = numbers(&case.read(request, &end, trail));
        found.retain(|id| *id <= ROWS - WITHOUT_TIME || *id > ROWS);
        found
    };
    // Without an overlap only what stands behind the end; with one, what was written late as well.
    assert_eq!(found(&request), [1_002]);
    request.cursor.as_mut().unwrap().overlap_seconds = 60;
    let mut expected = vec![1_001];
    expected.extend(in_order().into_iter().filter(|id| cells(*id)[2] == end_time));
    expected.push(1_002);
    assert_eq!(found(&request), expected);
    (case.change)("DELETE FROM orders WHERE id > 1000");
}

fn reads_a_range(case: &Case<'_>, trail: &Trail) {
    let moment = |hour: u32| {
        let text = format!("2026-01-01T{hour:02}:30:00Z");
        chrono::DateTime::parse_from_rfc3339(&text).unwrap().to_utc()
    };
    let range = Some(Range { from: moment(2), to: moment(4) });
    let backfill = Request { range, ..case.request() };
    let blocks = case.read(&backfill, &Cursor::start(), trail);
    assert_eq!(numbers(&blocks), [6, 7, 8, 9, 10, 11]);
    assert_eq!(numbers(&case.read(&backfill, &blocks[0].cursor, trail)), [10, 11]);
    // By a day, the whole day.
    let mut by_day = backfill;
    by_day.cursor = Some(CursorField { field: "due".into(), key: Some("id".into()), overlap_seconds: 0 });
    let day =
        |day: u32| chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap().and_time(chrono::NaiveTime::MIN);
    by_day.range = Some(Range { from: day(5).and_utc(), to: day(7).and_utc() });
    assert_eq!(numbers(&case.read(&by_day, &Cursor::start(), trail)), [4, 5]);
}

fn says_what_is_missing(case: &Case<'_>, trail: &Trail) {
    let start = Cursor::start();
    let missing_field = Request { fields: vec!["id".into(), "colour".into()], ..case.request() };
    assert_eq!(case.fault(&missing_field, &start, trail).code(), "no_field");
    let mut missing_cursor = case.request();
    missing_cursor.cursor = Some(CursorField { field: "colour".into(), key: None, overlap_seconds: 0 });
    assert_eq!(case.fault(&missing_cursor, &start, trail).code(), "no_field");
    let missing_table = Request { what: What::Named("nothing; DROP TABLE orders".into()), ..case.request() };
    assert_eq!(case.fault(&missing_table, &start, trail).code(), "no_stream");
    for foreign in ["row 12", "{}", r#"{"field":"due","at":"start"}"#] {
        let foreign: Cursor = foreign.parse().unwrap();
        assert_eq!(case.fault(&case.request(), &foreign, trail).code(), "bad_cursor");
    }
    let wrong = Request { cursor: None, ..Request::all(What::Query("SELEKT 1".into())) };
    assert_eq!(case.fault(&wrong, &start, trail).code(), "refused");
    let writes =
        Request { cursor: None, ..Request::all(What::Query("DELETE FROM orders RETURNING id".into())) };
    let refused = case.fault(&writes, &start, trail);
    assert!(["refused", "forbidden"].contains(&refused.code()), "{refused}");
    assert_eq!(numbers(&case.read(&case.request(), &start, trail)).len(), ROWS as usize);
}

fn is_stopped_while_it_is_silent(case: &Case<'_>, trail: &Trail) {
    let endless = Request::all(What::Query(case.endless.to_owned()));
    let cancel = AtomicBool::new(false);
    let asked = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(700));
            cancel.store(true, Ordering::Relaxed);
        });
        let began = Instant::now();
        let error = asking(trail, PATIENCE, &cancel, |ask| {
            case.system.read(&endless, &Cursor::start(), ask, &mut |_| ControlFlow::Continue(()))
        });
        (error.unwrap_err(), began.elapsed())
    });
    assert_eq!(asked.0.code(), "cancelled");
    assert!(asked.1 > Duration::from_millis(600) && asked.1 < Duration::from_millis(1_700), "{:?}", asked.1);
    ends_at_the_server(case);
    let began = Instant::now();
    let error = asking(trail, Duration::from_secs(1), &AtomicBool::new(false), |ask| {
        case.system.read(&endless, &Cursor::start(), ask, &mut |_| ControlFlow::Continue(()))
    });
    assert_eq!(error.unwrap_err().code(), "timed_out");
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    ends_at_the_server(case);
}

fn ends_at_the_server(case: &Case<'_>) {
    let began = Instant::now();
    while (case.running)() > 0 {
        assert!(began.elapsed() < Duration::from_secs(1), "the server still works on what nobody waits for");
        std::thread::sleep(Duration::from_millis(50));
    }
}
