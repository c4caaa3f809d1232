//! How long the window waits for a long-lived company's conversations. The peer is `SQLite` itself: the bare rows of the
//! same answer, out of the same file, in the same process.

use std::collections::BTreeSet;
use std::error::Error;
use std::time::Instant;

use plaza_domain::event::ThreadId;
use plaza_domain::language::Language;
use plaza_domain::person::Role;
use plaza_engine::page::thread::{Found, InboxKind, ThreadList, ThreadQuery, ThreadView};
use plaza_engine::workspace::Workspace;
use plaza_testkit::chance::Chance;
use plaza_testkit::talk::{SEED, conversation, word};
use rusqlite::{Connection, OpenFlags};

use super::processor_seconds;

/// People who talk, beside whoever keeps the workspace.
const PEOPLE: u32 = 24;

/// Threads that one act of writing holds.
const AT_ONCE: u64 = 250;

/// Rows of a page of the inbox, as the window asks for them.
const PAGE: u32 = 60;

/// Writes so many threads with so many messages each; prints what each took: `name seconds processor-seconds`.
pub(super) fn talk(workspace: &Workspace, threads: u64, each: u64, times: u32) -> Result<(), Box<dyn Error>> {
    write(workspace, threads, each)?;
    let bare = Bare::open(workspace)?;
    let (first, end) = (ThreadId("talk-0".to_owned()), u32::try_from(threads)?.saturating_sub(PAGE));
    for _ in 0..times {
        for (name, inbox, offset) in
            [("mine", InboxKind::Mine, 0), ("open", InboxKind::Open, 0), ("end", InboxKind::Open, end)]
        {
            let query = ThreadQuery { inbox, offset, limit: PAGE };
            timed(name, || Ok(ThreadList::read(workspace, &query, Language::En)?.rows.len()))?;
        }
        timed("bare-open", || bare.threads(0))?;
        timed("bare-end", || bare.threads(end))?;
        // A word of every other text, one of few, a beginning while it is typed, and one that is nowhere.
        for (name, question) in [
            ("common", word(1)),
            ("rare", word(3_999)),
            ("beginning", "kalo".to_owned()),
            ("none", "xyzzy".to_owned()),
        ] {
            timed(name, || Ok(Found::search(workspace, &question, Language::En)?.texts.len()))?;
        }
        timed("bare-common", || bare.found(&word(1)))?;
        timed("thread", || Ok(ThreadView::read(workspace, &first, Language::En)?.entries.len()))?;
        timed("say", || Ok(workspace.write_message(&first, "kalo mi", Vec::new()).map(|_| 1)?))?;
    }
    Ok(())
}

fn write(workspace: &Workspace, threads: u64, each: u64) -> Result<(), Box<dyn Error>> {
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let name = format!("Person {number}");
        people.push(workspace.save_person(None, &name, "", None, BTreeSet::from([Role::Member]))?);
    }
    people.extend(workspace.me()?);
    let mut chance = Chance(SEED);
    for first in (0..threads).step_by(AT_ONCE as usize) {
        let numbers = first..threads.min(first + AT_ONCE);
        let acts: Vec<_> =
            numbers.flat_map(|number| conversation(&mut chance, &people, number, each)).collect();
        workspace.act(acts)?;
    }
    Ok(())
}

fn timed(name: &str, work: impl FnOnce() -> Result<usize, Box<dyn Error>>) -> Result<(), Box<dyn Error>> {
    let (start, worked) = (Instant::now(), processor_seconds());
    let rows = work()?;
    println!("{name} {:.6} {:.2} {rows}", start.elapsed().as_secs_f64(), processor_seconds() - worked);
    Ok(())
}

/// The file of the ledger, read by `SQLite` alone.
struct Bare(Connection);

impl Bare {
    fn open(workspace: &Workspace) -> Result<Self, Box<dyn Error>> {
        let file = workspace.folder().join("ledger.db");
        Ok(Self(Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?))
    }

    fn rows(&self, sql: &str, of: impl rusqlite::Params) -> Result<usize, Box<dyn Error>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let texts = statement.query_map(of, |row| row.get::<_, String>(0))?;
        Ok(texts.collect::<rusqlite::Result<Vec<_>>>()?.len())
    }

    fn threads(&self, offset: u32) -> Result<usize, Box<dyn Error>> {
        let sql =
            "SELECT question FROM view_thread WHERE outcome IS NULL ORDER BY last_at DESC LIMIT ?1 OFFSET ?2";
        self.rows(sql, [PAGE, offset])
    }

    fn found(&self, word: &str) -> Result<usize, Box<dyn Error>> {
        let sql = "SELECT text FROM text_index WHERE text_index MATCH ?1 ORDER BY rowid DESC LIMIT 60";
        self.rows(sql, [word])
    }
}
