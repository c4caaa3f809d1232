//! What the sample company's people say about their integration: its charter, its activation, its audits.

use plaza_domain::audit::Answer;
use plaza_domain::language::Language;

use super::create::{INTEGRATION_OWNER, People};
use super::{ACTIVE_SINCE, EXPORTS, words};
use crate::error::Result;
use crate::page::audit::AnswerDraft;
use crate::page::charter::{CharterDraft, MeasureDraft};
use crate::workspace::Workspace;

/// The integration of `northlight.toml`.
const INTEGRATION: &str = "northlight-exports";

/// The first, incomplete charter, weeks ago: in the second week of the new order system.
const FIRST_DRAFT: i32 = EXPORTS - 2;

/// Weeks that the success measure was given.
const MEASURED_WEEKS: i32 = 26;

/// The audits, weeks ago: more than a quarter apart.
const AUDITS: [i32; 3] = [32, 18, 4];

/// What is said in the week that was so many weeks ago, by whoever acts for the integration.
pub(super) fn say(workspace: &Workspace, people: &People, weeks_ago: i32, language: Language) -> Result<()> {
    match weeks_ago {
        FIRST_DRAFT => {
            let draft = CharterDraft {
                fallback: String::new(),
                measure: MeasureDraft::default(),
                ..charter(workspace, people, language)?
            };
            workspace.save_charter(INTEGRATION, &draft)?;
        }
        ACTIVE_SINCE => {
            workspace.save_charter(INTEGRATION, &charter(workspace, people, language)?)?;
            workspace.activate_integration(INTEGRATION, "")?;
        }
        _ => {
            if let Some(nth) = AUDITS.iter().position(|audit| *audit == weeks_ago) {
                workspace.save_audit(INTEGRATION, &answers(nth, language))?;
            }
        }
    }
    Ok(())
}

fn charter(workspace: &Workspace, people: &People, language: Language) -> Result<CharterDraft> {
    let id = |name: &str| people.get(name).map(ToString::to_string);
    let texts = words::charter(language);
    Ok(CharterDraft {
        level: Some(2),
        problem: texts.problem.to_owned(),
        beneficiaries: ["Ines Moreno", "Jonas Bergmann", "Clara Winter"].into_iter().filter_map(id).collect(),
        usage: texts.usage.to_owned(),
        fallback: texts.fallback.to_owned(),
        owner: id(INTEGRATION_OWNER),
        measure: MeasureDraft {
            what: Some("kpi".to_owned()),
            kpi: Some("promise-kept".to_owned()),
            part: Some("logistics".to_owned()),
            baseline: Some(4.2),
            target: Some(2.0),
            by: Some(workspace.today()?.plus(7 * MEASURED_WEEKS).to_string()),
            ..MeasureDraft::default()
        },
    })
}

/// What only people know, from audit to audit: what was lacking is put right one after the other.
fn answers(nth: usize, language: Language) -> Vec<AnswerDraft> {
    use Answer::{No, Partial, Yes};
    let said: [(&str, [Answer; 3]); 4] = [
        ("truth", [Partial, Yes, Yes]),
        ("exceptions", [Partial, Partial, Yes]),
        ("fallback", [No, Partial, Partial]),
        ("usage", [Yes, Yes, Yes]),
    ];
    let each = said.into_iter().map(|(question, answers)| {
        let answer = answers.get(nth).copied().unwrap_or(Yes);
        let comment = words::lacking(question, answer, language);
        AnswerDraft { question: question.to_owned(), answer: Some(answer), comment: comment.to_owned() }
    });
    each.collect()
}
