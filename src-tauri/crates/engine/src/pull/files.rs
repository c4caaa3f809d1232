//! Which files a pull reads, in which groups, and the moment that each group stands for.

use std::io::Read;
use std::path::{Path, PathBuf};

use plaza_connect::file::folder::{expand, list};
use plaza_connect::file::{FileFormat, SnapshotName};
use plaza_domain::day::Day;
use plaza_store::intake::AnswerRow;

use crate::answer;
use crate::error::{EngineError, Result};
use crate::integration::{Delivery, Stream};
use crate::journey::context::moment_of_day;
use crate::workspace::Workspace;

/// A file with the hash of its content.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    pub path: PathBuf,
    pub name: String,
    pub size: u64,
    pub hash: [u8; 32],
}

/// Files of one stream that stand for one moment: together one snapshot, or one increment.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The stream's place in the integration.
    pub stream: usize,
    /// The declared day; none where the moment of arrival must do.
    pub declared: Option<Day>,
    /// When it arrived (seconds in the workspace's zone), where it is undated and read again.
    pub arrived: Option<i64>,
    pub files: Vec<SourceFile>,
    /// What a system answered, where that is what the file holds.
    pub answer: Option<AnswerRow>,
}

impl Group {
    /// The moment that the group stands for, as far as that is known before it lands.
    pub(crate) fn moment(&self) -> Option<i64> {
        self.declared.map(moment_of_day).or(self.arrived)
    }
}

/// What the stream's system has answered and is not landed yet.
pub(super) fn answered(
    workspace: &Workspace,
    integration: &str,
    place: usize,
    stream: &Stream,
) -> Result<Option<Group>> {
    if stream.from.is_none() {
        return Ok(None);
    }
    let whole = answer::whole(workspace, integration, &stream.name)?;
    Ok(whole.map(|(answer, file)| Group {
        stream: place,
        declared: None,
        arrived: None,
        files: vec![file],
        answer: Some(answer),
    }))
}

/// The groups of a stream, earliest first; `base` is the folder that its paths start from.
pub(crate) fn groups(place: usize, stream: &Stream, base: &Path) -> Result<Vec<Group>> {
    let mut paths = Vec::new();
    for file in &stream.files {
        paths.extend(expand(&base.join(file))?);
    }
    let is_listed = !paths.is_empty();
    if let Some(folder) = &stream.folder {
        paths.extend(list(&base.join(folder), stream.pattern.as_deref().unwrap_or("*.csv"))?);
    }
    let dates = SnapshotDates::of(stream)?;
    let mut groups: Vec<Group> = Vec::new();
    for found in paths {
        let declared = dates.day(&found.name);
        let file = SourceFile {
            hash: hash_file(&found.path)?,
            path: found.path,
            name: found.name,
            size: found.size_bytes,
        };
        // Files of one declared day are one snapshot. Undated files that are listed one by one are one snapshot
        // too; undated files that appear in a folder are each a snapshot of their own.
        let joins = |group: &&mut Group| {
            group.declared == declared
                && (declared.is_some() || (is_listed && stream.delivery == Delivery::Snapshot))
        };
        match groups.iter_mut().find(joins) {
            Some(group) => group.files.push(file),
            None => {
                groups.push(Group {
                    stream: place,
                    declared,
                    arrived: None,
                    files: vec![file],
                    answer: None,
                });
            }
        }
    }
    groups.sort_by_key(|group| group.declared);
    Ok(groups)
}

/// What a stream says of the day its files stand for.
enum SnapshotDates {
    Unknown,
    Fixed(Day),
    InName(SnapshotName),
}

impl SnapshotDates {
    fn of(stream: &Stream) -> Result<Self> {
        let Some(text) = &stream.snapshot_date else { return Ok(Self::Unknown) };
        match text.parse() {
            Ok(day) => Ok(Self::Fixed(day)),
            Err(_) => Ok(Self::InName(SnapshotName::new(text)?)),
        }
    }

    fn day(&self, name: &str) -> Option<Day> {
        match self {
            Self::Unknown => None,
            Self::Fixed(day) => Some(*day),
            Self::InName(pattern) => pattern.day(name),
        }
    }
}

/// Bytes that are read at once.
const BLOCK_BYTES: usize = 1 << 18;

pub(crate) fn hash_file(path: &Path) -> Result<[u8; 32]> {
    let mut file = std::fs::File::open(path).map_err(EngineError::file(path))?;
    let mut hasher = blake3::Hasher::new();
    let mut block = vec![0; BLOCK_BYTES];
    loop {
        let count = file.read(&mut block).map_err(EngineError::file(path))?;
        if count == 0 {
            return Ok(*hasher.finalize().as_bytes());
        }
        hasher.update(&block[..count]);
    }
}

/// The format of a stream's files as the reader of files takes it.
pub(crate) fn file_format(stream: &Stream) -> FileFormat {
    if stream.from.is_some() {
        return answer_format();
    }
    let table = &stream.format;
    FileFormat {
        kind: table.kind.clone(),
        encoding: table.encoding.clone(),
        delimiter: table.delimiter.clone(),
        quote: table.quote.clone(),
        line_end: None,
        sheet: table.sheet.clone(),
        header_row: table.header_row,
        columns: table.columns.clone(),
    }
}

/// How the answers of systems are written down; stated, so that nothing is found out by looking.
fn answer_format() -> FileFormat {
    FileFormat {
        kind: Some("csv".into()),
        encoding: Some("utf-8".into()),
        delimiter: Some(",".into()),
        quote: Some("\"".into()),
        header_row: Some(1),
        ..FileFormat::default()
    }
}
