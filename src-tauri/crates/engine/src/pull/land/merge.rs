//! What becomes of one record when a file speaks of it, or a complete one does not. It depends on the rows' change
//! times or the declared date alone, never on the order in which files arrive.

use plaza_domain::journey::history::History;
use plaza_domain::record::{Evidence, Facts, Known};
use plaza_store::intake::{JourneyWriter, Record, RecordKey, RecordStub, RecordVersion, RecordWriter};

use super::{Landing, Version};
use crate::error::Result;
use crate::journey::key::OrderKey;
use crate::pull::report::Counts;

/// Writes what becomes of records.
pub(super) struct Merge<'m> {
    landing: &'m Landing<'m>,
    writer: RecordWriter<'m>,
    journeys: JourneyWriter<'m>,
    last_order: Option<OrderKey>,
}

impl<'m> Merge<'m> {
    pub(super) fn open(landing: &'m Landing<'m>) -> Result<Self> {
        let (writer, journeys) = (landing.load.records()?, landing.load.journeys()?);
        Ok(Self { landing, writer, journeys, last_order: None })
    }

    fn touch(&mut self, journey: i64) -> Result<()> {
        let order = OrderKey::of_journey(journey);
        if self.landing.touches_all || self.last_order == Some(order) {
            return Ok(());
        }
        self.last_order = Some(order);
        Ok(self.journeys.touch(self.landing.integration, order.whole())?)
    }

    /// The next complete snapshot after a moment, where there is any.
    fn next_snapshot(&self, at: i64) -> Option<i64> {
        self.landing.snapshots?.iter().copied().filter(|other| *other > at).min()
    }

    /// The last complete snapshot that is known to hold a row of the record, be it one that waits in quarantine.
    fn held_at(&self, stub: &RecordStub) -> Option<i64> {
        let latest = || self.landing.snapshots.and_then(|all| all.iter().copied().max());
        if stub.gone_at.is_some() { stub.seen_at } else { latest() }
    }

    /// Whether the last snapshot that holds a row of the record holds it as one that waits.
    fn is_waiting(&self, stub: &RecordStub, waited_at: Option<i64>) -> bool {
        waited_at.is_some_and(|waited| self.held_at(stub).is_none_or(|held| held <= waited))
    }

    /// A row of the record is about to wait in quarantine. While snapshots say the same again nothing is written, so
    /// this is the moment to note which was the last to say it: one that comes late may say something newer.
    pub(super) fn waits(&mut self, stub: RecordStub, waited_at: Option<i64>) -> Result<RecordStub> {
        let until = self.known_until(&stub, waited_at);
        if self.landing.known.at <= until.at || until == stub.known {
            return Ok(stub);
        }
        self.known_still(&stub, until)?;
        Ok(RecordStub { known: until, ..stub })
    }

    /// Notes a later moment at which the source said what the store knows.
    fn known_still(&mut self, stub: &RecordStub, known: Known) -> Result<()> {
        let record = self.landing.load.view().record(self.landing.stream, stub.key)?;
        // The later moment must not hide when it was said first.
        let history = record.as_ref().map(|record| history_of(record).to_bytes());
        Ok(self.writer.refresh(self.landing.stream, stub.key, known, history.as_deref())?)
    }

    /// Rows of one key that no rule keeps out. `stub` is what the store knows of it, `waited_at` the last complete
    /// snapshot in which it waited in quarantine.
    pub(super) fn accept(
        &mut self,
        key: RecordKey,
        versions: &[Version<'_>],
        stub: Option<RecordStub>,
        waited_at: Option<i64>,
        counts: &mut Counts,
    ) -> Result<()> {
        let Some(stub) = stub else { return self.insert(key, versions, waited_at, counts) };
        for version in versions {
            self.update(key, version, waited_at, counts)?;
        }
        self.seen(stub)
    }

    fn insert(
        &mut self,
        key: RecordKey,
        versions: &[Version<'_>],
        waited_at: Option<i64>,
        counts: &mut Counts,
    ) -> Result<()> {
        let Some(current) = versions.iter().max_by_key(|version| (version.known, version.content)) else {
            return Ok(());
        };
        let history = (versions.len() > 1).then(|| {
            let mut history = History::default();
            for version in versions {
                history.note(Facts(version.facts), version.known);
            }
            history.to_bytes()
        });
        // Later snapshots know no record of it. They lack it, unless it was there and waited in quarantine.
        let at = self.landing.known.at;
        let seen_at = waited_at.unwrap_or(at).max(at);
        let gone_at = self.next_snapshot(seen_at);
        let record = Record {
            stream: self.landing.stream,
            key,
            content: current.content,
            known: current.known,
            original: current.original,
            row: i64::from(current.row),
            version: versions.len() as i64,
            gone_at,
            seen_at: gone_at.map(|_| seen_at),
            history,
            facts: Vec::new(),
        };
        self.writer.put_parts(&record, current.facts)?;
        for version in versions.iter().filter(|version| version.content != current.content) {
            self.keep_version(key, version)?;
        }
        counts.new += 1;
        counts.changed += versions.len() as i64 - 1;
        self.touch(key.journey)
    }

    fn keep_version(&mut self, key: RecordKey, version: &Version<'_>) -> Result<()> {
        Ok(self.writer.put_version(&RecordVersion {
            stream: self.landing.stream,
            key,
            content: version.content,
            known: version.known,
            original: version.original,
            row: i64::from(version.row),
            facts: version.facts.to_vec(),
        })?)
    }

    fn update(
        &mut self,
        key: RecordKey,
        version: &Version<'_>,
        waited_at: Option<i64>,
        counts: &mut Counts,
    ) -> Result<()> {
        let stream = self.landing.stream;
        let Some(stub) = self.landing.load.view().record_stub(stream, key)? else { return Ok(()) };
        if version.content == stub.content {
            counts.same += 1;
            return self.said_again(&stub, version, waited_at);
        }
        let Some(mut record) = self.landing.load.view().record(stream, key)? else { return Ok(()) };
        let mut history = history_of(&record);
        history.note(Facts(version.facts), version.known);
        counts.changed += 1;
        let until = self.known_until(&stub, waited_at);
        let is_newer = (version.known.at, version.known.arrival, version.content)
            > (until.at, until.arrival, stub.content);
        if is_newer {
            let old = RecordVersion {
                stream,
                key,
                content: record.content,
                known: record.known,
                original: record.original,
                row: record.row,
                facts: std::mem::take(&mut record.facts),
            };
            self.writer.put_version(&old)?;
            record.content = version.content;
            record.known = version.known;
            record.original = version.original;
            record.row = i64::from(version.row);
            record.version += 1;
            record.history = Some(history.to_bytes());
            self.writer.put_parts(&record, version.facts)?;
        } else {
            self.keep_version(key, version)?;
            self.writer.refresh(stream, key, stub.known, Some(&history.to_bytes()))?;
        }
        self.touch(key.journey)
    }

    /// Until when the store's version is known to have held. What the latest snapshot still holds was said again by
    /// it, though nothing was written then; unless what it holds waits in quarantine.
    fn known_until(&self, stub: &RecordStub, waited_at: Option<i64>) -> Known {
        let mut until = stub.known;
        if !matches!(until.evidence, Evidence::ChangeTime) && !self.is_waiting(stub, waited_at) {
            until.at = until.at.max(self.held_at(stub).unwrap_or(until.at));
        }
        until
    }

    /// The file says what the store knows, perhaps earlier or later.
    fn said_again(&mut self, stub: &RecordStub, version: &Version<'_>, waited_at: Option<i64>) -> Result<()> {
        let (stream, key) = (self.landing.stream, stub.key);
        if version.known < stub.known {
            // Said earlier than we knew: the first promise may be older.
            let Some(record) = self.landing.load.view().record(stream, key)? else { return Ok(()) };
            let mut history = history_of(&record);
            history.note(Facts(version.facts), version.known);
            self.writer.refresh(stream, key, stub.known, Some(&history.to_bytes()))?;
            return self.touch(key.journey);
        }
        let is_written = self.landing.snapshots.is_none() || self.is_waiting(stub, waited_at);
        if is_written && version.known.at > self.known_until(stub, waited_at).at {
            self.known_still(stub, version.known)?;
        }
        Ok(())
    }

    /// The record is in this file: what was thought gone may be back.
    pub(super) fn seen(&mut self, stub: RecordStub) -> Result<()> {
        let (Some(gone), Some(_)) = (stub.gone_at, self.landing.snapshots) else { return Ok(()) };
        let at = self.landing.known.at;
        if at < gone {
            let seen = stub.seen_at.unwrap_or(at).max(at);
            return Ok(self.writer.mark_gone(self.landing.stream, stub.key, Some(gone), Some(seen))?);
        }
        let gone_at = self.next_snapshot(at);
        self.writer.mark_gone(self.landing.stream, stub.key, gone_at, gone_at.map(|_| at))?;
        self.touch(stub.key.journey)
    }

    /// The record is not in this file.
    pub(super) fn missing(&mut self, stub: RecordStub, counts: &mut Counts) -> Result<()> {
        let Some(snapshots) = self.landing.snapshots else { return Ok(()) };
        let at = self.landing.known.at;
        let (gone_at, seen_at) = match (stub.gone_at, stub.seen_at) {
            (Some(gone), seen) if at < gone && seen.is_none_or(|seen| seen < at) => (at, seen),
            (Some(_), _) => return Ok(()),
            (None, _) => {
                // It was in every snapshot up to the latest one before this.
                let latest = snapshots.iter().copied().max().unwrap_or(i64::MIN);
                if at < latest {
                    return Ok(());
                }
                (at, snapshots.iter().copied().filter(|other| *other < at).max())
            }
        };
        self.writer.mark_gone(self.landing.stream, stub.key, Some(gone_at), seen_at)?;
        counts.deleted += i64::from(stub.gone_at.is_none());
        self.touch(stub.key.journey)
    }
}

/// What is remembered of a record's versions.
pub(in crate::pull) fn history_of(record: &Record) -> History {
    let kept = record.history.as_deref().and_then(|bytes| History::from_bytes(bytes).ok());
    kept.unwrap_or_else(|| History::of(Facts(&record.facts), record.known))
}
