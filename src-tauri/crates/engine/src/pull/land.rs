//! Landing: the rows of a group against what the store knows. What is new becomes a record, what changed a new
//! version, what a complete snapshot lacks is marked as gone; rows that break a rule wait in quarantine.
//!
//! Both sides come in the order of their keys, so that a million rows are merged in one pass. What becomes of a row
//! depends on its change time or the declared date alone, never on the order in which files arrive.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use plaza_domain::journey::history::History;
use plaza_domain::record::{Facts, Known};
use plaza_store::intake::{
    JourneyWriter, Load, QuarantineState, Quarantined, Reader, Record, RecordKey, RecordStub, RecordVersion,
    RecordWriter,
};

use super::stage::Staged;
use crate::error::Result;
use crate::integration::Severity;
use crate::journey::key::{OrderKey, row_key};
use crate::staging::{Finding, RowRules, Rule, StagedRow};

/// Fewer rows than this share of the store's are looked up one by one; more are merged with a scan.
const LOOK_UP_SHARE: i64 = 16;

/// How many findings of a kind a run keeps as examples.
const SAMPLES: usize = 5;

/// Rows by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Rows read.
    pub read: i64,
    /// Records that were not known.
    pub new: i64,
    /// Records that said something else before.
    pub changed: i64,
    /// Rows that say what is known.
    pub same: i64,
    /// Rows that wait in quarantine.
    pub quarantined: i64,
    /// Records that a complete snapshot lacks.
    pub deleted: i64,
}

/// What a run found that keeps no row out: how often, and examples.
pub(super) type Warnings = BTreeMap<&'static str, (i64, Vec<Finding>)>;

/// What landing a group needs to know.
pub(super) struct Landing<'a> {
    pub load: &'a Load<'a>,
    /// As of the last commit, for scanning what is being written.
    pub before: &'a Reader,
    pub integration: i64,
    pub stream: i64,
    pub run: i64,
    /// The moment that the group stands for, where rows have no change time.
    pub known: Known,
    /// Other complete snapshots of the stream, as moments; none for an increment.
    pub snapshots: Option<&'a [i64]>,
    pub rules: &'a RowRules,
    /// Every journey of the integration is made anyway: touched orders need not be noted.
    pub touches_all: bool,
}

/// What landing keeps count of.
#[derive(Debug, Default)]
pub(super) struct Landed {
    pub counts: Counts,
    pub reasons: BTreeMap<String, i64>,
    pub warnings: Warnings,
}

/// A row that may become the current version of its record.
struct Version<'a> {
    content: i64,
    known: Known,
    original: i64,
    row: u32,
    facts: &'a [u8],
}

pub(super) fn warn(warnings: &mut Warnings, finding: Finding) {
    let (count, samples) = warnings.entry(finding.rule().word()).or_default();
    *count += 1;
    if samples.len() < SAMPLES {
        samples.push(finding);
    }
}

impl<'a> Landing<'a> {
    /// Lands the rows.
    pub fn run(&self, staged: &mut Staged, landed: &mut Landed) -> Result<()> {
        let mut rows = std::mem::take(&mut staged.rows);
        let mut origin = Vec::new();
        if staged.files.len() > 1 {
            // Sorting mixes the files, so each row notes its own while there are several.
            let mut start = 0;
            for (place, (end, _)) in staged.files.iter().enumerate() {
                origin.extend(std::iter::repeat_n(place as u16, end - start));
                start = *end;
            }
        }
        let mut order: Vec<(StagedRow, u16)> = Vec::new();
        if origin.is_empty() {
            rows.sort_unstable_by_key(|row| (row.journey, row.row_key, row.changed_at, row.content, row.row));
        } else {
            order = rows.drain(..).zip(origin).collect();
            order.sort_unstable_by_key(|(row, _)| {
                (row.journey, row.row_key, row.changed_at, row.content, row.row)
            });
            rows = order.iter().map(|(row, _)| *row).collect();
        }
        let original_of = |index: usize| {
            let place = order.get(index).map_or(0, |(_, place)| usize::from(*place));
            staged.files.get(place).map_or(0, |(_, original)| *original)
        };
        landed.counts.read += staged.read();
        self.file_warnings(staged, landed);
        let mut quarantine = QuarantineBook::open(self)?;
        self.land_damaged(staged, &mut quarantine, landed)?;
        let mut writer = self.load.records()?;
        let mut journeys = self.load.journeys()?;
        let mut merge =
            Merge { landing: self, writer: &mut writer, journeys: &mut journeys, last_order: None };
        let total = if self.load.view().has_records(self.stream)? {
            self.load.view().record_count(self.stream)?
        } else {
            0
        };
        let scans = total > 0 && (self.snapshots.is_some() || rows.len() as i64 > total / LOOK_UP_SHARE);
        let mut next = 0;
        let take_group = |next: &mut usize| -> Option<std::ops::Range<usize>> {
            let start = *next;
            let first = rows.get(start)?;
            let same = |row: &StagedRow| (row.journey, row.row_key) == (first.journey, first.row_key);
            *next = start + rows[start..].iter().take_while(|row| same(row)).count();
            Some(start..*next)
        };
        if scans {
            let mut group = take_group(&mut next);
            self.before.view().each_stub(self.stream, |stub| -> Result<()> {
                while let Some(range) = group.clone() {
                    let key =
                        RecordKey { journey: rows[range.start].journey, row_key: rows[range.start].row_key };
                    if key > stub.key {
                        break;
                    }
                    let known = (key == stub.key).then_some(stub);
                    self.land_group(
                        &rows[range.clone()],
                        range.start,
                        &original_of,
                        staged,
                        known,
                        &mut merge,
                        &mut quarantine,
                        landed,
                    )?;
                    group = take_group(&mut next);
                    if known.is_some() {
                        return Ok(());
                    }
                }
                merge.missing(stub, landed)
            })?;
            while let Some(range) = group {
                self.land_group(
                    &rows[range.clone()],
                    range.start,
                    &original_of,
                    staged,
                    None,
                    &mut merge,
                    &mut quarantine,
                    landed,
                )?;
                group = take_group(&mut next);
            }
        } else {
            while let Some(range) = take_group(&mut next) {
                let key =
                    RecordKey { journey: rows[range.start].journey, row_key: rows[range.start].row_key };
                let known = if total > 0 { self.load.view().record_stub(self.stream, key)? } else { None };
                self.land_group(
                    &rows[range.clone()],
                    range.start,
                    &original_of,
                    staged,
                    known,
                    &mut merge,
                    &mut quarantine,
                    landed,
                )?;
            }
        }
        quarantine.close(self, landed)
    }

    fn file_warnings(&self, staged: &Staged, landed: &mut Landed) {
        let _ = (staged, landed);
    }

    fn land_damaged(
        &self,
        staged: &Staged,
        quarantine: &mut QuarantineBook,
        landed: &mut Landed,
    ) -> Result<()> {
        for (original, damaged) in &staged.damaged {
            let finding = Finding::Damaged {
                damage: damaged.damage.code().to_owned(),
                message: damaged.damage.to_string(),
            };
            let key = RecordKey { journey: row_key(&damaged.raw) | i64::MIN, row_key: 0 };
            let mut facts = Vec::new();
            plaza_domain::record::push_text(&mut facts, plaza_domain::record::Field::Order, "");
            let row = damaged.row.min(u64::from(u32::MAX)) as u32;
            let version =
                Version { content: key.journey, known: self.known, original: *original, row, facts: &facts };
            quarantine.put(self, key, &version, &[finding], landed)?;
        }
        Ok(())
    }

    /// Lands all rows of one key. `start` is the index of the first.
    #[allow(clippy::too_many_arguments)] // the loop's state, passed on as it is
    fn land_group(
        &self,
        group: &[StagedRow],
        start: usize,
        original_of: &impl Fn(usize) -> i64,
        staged: &Staged,
        known: Option<RecordStub>,
        merge: &mut Merge<'_, '_, '_>,
        quarantine: &mut QuarantineBook,
        landed: &mut Landed,
    ) -> Result<()> {
        let key = RecordKey { journey: group[0].journey, row_key: group[0].row_key };
        let version = |place: usize| {
            let row = &group[place];
            let known = if row.changed_at == i64::MIN { self.known } else { Known::changed(row.changed_at) };
            Version {
                content: row.content,
                known,
                original: original_of(start + place),
                row: row.row,
                facts: staged.facts(row),
            }
        };
        // The usual case, without any list.
        if let [row] = group
            && !row.is_quarantined
            && (staged.findings.is_empty() || !staged.findings.contains_key(&(original_of(start), row.row)))
        {
            return merge.accept(key, &[version(0)], known, quarantine, landed);
        }
        let mut accepted: Vec<Version<'_>> = Vec::new();
        for (place, row) in group.iter().enumerate() {
            let version = version(place);
            let findings = staged.findings.get(&(version.original, row.row)).map_or(&[][..], Vec::as_slice);
            if row.is_quarantined && !quarantine.is_released(key, row.content) {
                quarantine.put(self, key, &version, findings, landed)?;
                continue;
            }
            for finding in findings {
                warn(&mut landed.warnings, finding.clone());
            }
            if let Some(same) = accepted.iter().find(|other| other.content == version.content) {
                landed.counts.same += 1;
                if self.rules.severity(Rule::Duplicate) != Severity::Off {
                    warn(&mut landed.warnings, Finding::Duplicate { other_row: i64::from(same.row) });
                }
                continue;
            }
            accepted.push(version);
        }
        let clash = accepted.windows(2).any(|pair| pair[0].known == pair[1].known);
        if clash && self.rules.severity(Rule::UniqueKey) == Severity::Quarantine {
            // Nothing tells which of them is right, so none of them counts.
            let rows: Vec<i64> = accepted.iter().map(|version| i64::from(version.row)).collect();
            let mut kept = Vec::new();
            for (place, version) in accepted.into_iter().enumerate() {
                if quarantine.is_released(key, version.content) {
                    kept.push(version);
                    continue;
                }
                let other_row = rows[usize::from(place == 0)];
                quarantine.put(self, key, &version, &[Finding::UniqueKey { other_row }], landed)?;
            }
            accepted = kept;
        }
        if accepted.is_empty() {
            // A row that waits is still there at its source.
            if let Some(stub) = known {
                merge.seen(stub)?;
            }
            return Ok(());
        }
        merge.accept(key, &accepted, known, quarantine, landed)
    }
}

/// Writes what becomes of records.
struct Merge<'m, 'l, 'a> {
    landing: &'m Landing<'a>,
    writer: &'m mut RecordWriter<'l>,
    journeys: &'m mut JourneyWriter<'l>,
    last_order: Option<OrderKey>,
}

impl Merge<'_, '_, '_> {
    fn touch(&mut self, journey: i64) -> Result<()> {
        let order = OrderKey::of_journey(journey);
        if self.landing.touches_all || self.last_order == Some(order) {
            return Ok(());
        }
        self.last_order = Some(order);
        Ok(self.journeys.touch(self.landing.integration, order.whole())?)
    }

    /// The next complete snapshot after this one, where there is any.
    fn next_snapshot(&self) -> Option<i64> {
        let at = self.landing.known.at;
        self.landing.snapshots?.iter().copied().filter(|other| *other > at).min()
    }

    fn accept(
        &mut self,
        key: RecordKey,
        versions: &[Version<'_>],
        stub: Option<RecordStub>,
        quarantine: &mut QuarantineBook,
        landed: &mut Landed,
    ) -> Result<()> {
        quarantine.passed(key);
        match stub {
            None => self.insert(key, versions, landed),
            Some(stub) => {
                for version in versions {
                    self.update(key, version, landed)?;
                }
                self.seen(stub)
            }
        }
    }

    fn insert(&mut self, key: RecordKey, versions: &[Version<'_>], landed: &mut Landed) -> Result<()> {
        let Some(current) = versions.iter().max_by_key(|version| (version.known, version.content)) else {
            return Ok(());
        };
        let history = (versions.len() > 1).then(|| {
            let mut history = History::default();
            versions.iter().for_each(|version| history.note(Facts(version.facts), version.known));
            history.to_bytes()
        });
        let gone_at = self.next_snapshot();
        let record = Record {
            stream: self.landing.stream,
            key,
            content: current.content,
            known: current.known,
            original: current.original,
            row: i64::from(current.row),
            version: versions.len() as i64,
            gone_at,
            seen_at: gone_at.map(|_| self.landing.known.at),
            history,
            facts: Vec::new(),
        };
        self.writer.put_parts(&record, current.facts)?;
        for version in versions.iter().filter(|version| version.content != current.content) {
            self.keep_version(key, version)?;
        }
        landed.counts.new += 1;
        landed.counts.changed += versions.len() as i64 - 1;
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

    fn update(&mut self, key: RecordKey, version: &Version<'_>, landed: &mut Landed) -> Result<()> {
        let stream = self.landing.stream;
        let Some(stub) = self.landing.load.view().record_stub(stream, key)? else { return Ok(()) };
        // What the latest snapshot still holds was said again by it, though nothing was written then.
        let mut until = stub.known;
        if !matches!(until.evidence, plaza_domain::record::Evidence::ChangeTime) {
            let latest = self.landing.snapshots.and_then(|all| all.iter().copied().max());
            let seen = if stub.gone_at.is_some() { stub.seen_at } else { latest };
            until.at = until.at.max(seen.unwrap_or(until.at));
        }
        if version.content == stub.content {
            landed.counts.same += 1;
            let is_snapshot = self.landing.snapshots.is_some();
            if version.known < stub.known {
                // Said earlier than we knew: the first promise may be older.
                let Some(record) = self.landing.load.view().record(stream, key)? else { return Ok(()) };
                let mut history = history_of(&record);
                history.note(Facts(version.facts), version.known);
                self.writer.refresh(stream, key, stub.known, Some(&history.to_bytes()))?;
                self.touch(key.journey)?;
            } else if version.known.at > until.at && !is_snapshot {
                let record = self.landing.load.view().record(stream, key)?;
                let history = record.as_ref().map(|record| {
                    // The later moment must not hide when it was said first.
                    history_of(record).to_bytes()
                });
                self.writer.refresh(stream, key, version.known, history.as_deref())?;
            }
            return Ok(());
        }
        let Some(mut record) = self.landing.load.view().record(stream, key)? else { return Ok(()) };
        let mut history = history_of(&record);
        history.note(Facts(version.facts), version.known);
        landed.counts.changed += 1;
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

    /// The row is in this file: what was thought gone may be back.
    fn seen(&mut self, stub: RecordStub) -> Result<()> {
        let (Some(gone), Some(_)) = (stub.gone_at, self.landing.snapshots) else { return Ok(()) };
        let at = self.landing.known.at;
        if at < gone {
            let seen = stub.seen_at.unwrap_or(at).max(at);
            return Ok(self.writer.mark_gone(self.landing.stream, stub.key, Some(gone), Some(seen))?);
        }
        let gone_at = self.next_snapshot();
        self.writer.mark_gone(self.landing.stream, stub.key, gone_at, gone_at.map(|_| at))?;
        self.touch(stub.key.journey)
    }

    /// The row is not in this file.
    fn missing(&mut self, stub: RecordStub, landed: &mut Landed) -> Result<()> {
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
        landed.counts.deleted += i64::from(stub.gone_at.is_none());
        self.touch(stub.key.journey)
    }
}

/// What is remembered of a record's versions.
pub(super) fn history_of(record: &Record) -> History {
    let kept = record.history.as_deref().and_then(|bytes| History::from_bytes(bytes).ok());
    kept.unwrap_or_else(|| History::of(Facts(&record.facts), record.known))
}

/// What is known of the stream's quarantine, and what this file adds to it.
struct QuarantineBook {
    released: HashSet<(RecordKey, i64)>,
    waiting: HashMap<RecordKey, Vec<(i64, i64)>>,
    passed: BTreeSet<RecordKey>,
    again: HashSet<(RecordKey, i64)>,
}

impl QuarantineBook {
    fn open(landing: &Landing<'_>) -> Result<Self> {
        let mut book = Self {
            released: HashSet::new(),
            waiting: HashMap::new(),
            passed: BTreeSet::new(),
            again: HashSet::new(),
        };
        for (key, content, number, state) in landing.load.view().quarantine_keys(landing.stream)? {
            match state {
                QuarantineState::Released => drop(book.released.insert((key, content))),
                QuarantineState::Waiting => book.waiting.entry(key).or_default().push((content, number)),
                QuarantineState::Mended | QuarantineState::Gone => {}
            }
        }
        Ok(book)
    }

    fn is_released(&self, key: RecordKey, content: i64) -> bool {
        self.released.contains(&(key, content))
    }

    fn passed(&mut self, key: RecordKey) {
        if !self.waiting.is_empty() && self.waiting.contains_key(&key) {
            self.passed.insert(key);
        }
    }

    fn put(
        &mut self,
        landing: &Landing<'_>,
        key: RecordKey,
        version: &Version<'_>,
        findings: &[Finding],
        landed: &mut Landed,
    ) -> Result<()> {
        landed.counts.quarantined += 1;
        let keeps_out = |finding: &&Finding| landing.rules.severity(finding.rule()) == Severity::Quarantine;
        if let Some(first) = findings.iter().find(keeps_out) {
            *landed.reasons.entry(first.reason().to_owned()).or_default() += 1;
        }
        self.again.insert((key, version.content));
        landing.load.put_quarantined(&Quarantined {
            number: 0,
            stream: landing.stream,
            key,
            content: version.content,
            known: version.known,
            original: version.original,
            row: i64::from(version.row),
            run: landing.run,
            findings: serde_json::to_string(findings).unwrap_or_default(),
            facts: version.facts.to_vec(),
            state: QuarantineState::Waiting,
            note: None,
        })?;
        Ok(())
    }

    /// Rows that waited and are mended or gone.
    fn close(self, landing: &Landing<'_>, _landed: &mut Landed) -> Result<()> {
        let is_latest =
            landing.snapshots.is_some_and(|all| all.iter().all(|other| *other <= landing.known.at));
        for (key, rows) in &self.waiting {
            for (content, number) in
                rows.iter().filter(|(content, _)| !self.again.contains(&(*key, *content)))
            {
                let _ = content;
                if self.passed.contains(key) {
                    landing.load.settle_quarantined(
                        *number,
                        QuarantineState::Mended,
                        &format!("run {}", landing.run),
                    )?;
                } else if is_latest {
                    landing.load.settle_quarantined(
                        *number,
                        QuarantineState::Gone,
                        &format!("run {}", landing.run),
                    )?;
                }
            }
        }
        Ok(())
    }
}
