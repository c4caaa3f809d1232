//! Long work without a window.

use std::sync::mpsc::{Receiver, channel};

use plaza_engine::error::{Asks, EngineError, Question};
use plaza_engine::pull::Watch;
use plaza_engine::words::Language;

use super::*;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

fn jobs() -> (Jobs, Receiver<News>) {
    let (jobs, (out, news)) = (Jobs::default(), channel());
    let out = Mutex::new(out);
    jobs.announce(move |one| drop(out.lock().unwrap().send(one)));
    (jobs, news)
}

/// Everything heard until a job ended, that included.
fn until_end(news: &Receiver<News>, id: u32) -> Vec<News> {
    let mut heard = Vec::new();
    loop {
        let one = news.recv_timeout(PATIENCE).expect("the job ends");
        let is_end = matches!(&one, News::Job(view) if view.id == id && view.state != RUNNING);
        heard.push(one);
        if is_end {
            return heard;
        }
    }
}

fn last(heard: &[News]) -> &JobView {
    match heard.last() {
        Some(News::Job(view)) => view,
        other => panic!("{other:?}"),
    }
}

/// Works until it is cancelled.
fn endless(watch: &JobWatch) -> Result<(), ApiError> {
    while !watch.cancel().load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(2));
    }
    Err(EngineError::Cancelled.into())
}

#[test]
fn a_failure_ends_with_its_words_and_keeps_the_systems_number() {
    let (jobs, news) = jobs();
    let missing = || EngineError::file("orders.csv")(std::io::Error::from_raw_os_error(2));
    let job = jobs.start(Work::new(Kind::Pull), move |_| Err::<(), _>(missing().into())).unwrap();
    let heard = until_end(&news, job.id);
    assert_eq!(last(&heard).state, "failed");
    assert!(last(&heard).error.as_ref().is_some_and(|words| words.contains("(os error 2)")), "{heard:?}");
    assert_eq!(jobs.read(job.id).unwrap().state, "failed");
    assert!(jobs.result::<()>(job.id).is_none());
}

#[test]
fn a_question_ends_the_job_with_what_leads_to_the_answer() {
    let (jobs, news) = jobs();
    let asked = Question {
        stream: "orders".into(),
        column: "ordered".into(),
        asks: Asks::DayOrMonth,
        examples: vec!["01/02/2026".into()],
        answers: vec!["formats = [\"dd/MM/yyyy\"]".into()],
    };
    let job = jobs
        .start(Work::new(Kind::Pull), move |_| {
            Err::<(), _>(ApiError::told(EngineError::Question(Box::new(asked)), Language::De))
        })
        .unwrap();
    let heard = until_end(&news, job.id);
    let question = last(&heard).question.as_ref().expect("a question");
    assert_eq!((question.stream.as_deref(), question.column.as_deref()), (Some("orders"), Some("ordered")));
    assert_eq!(question.examples, ["01/02/2026"]);
    assert!(last(&heard).error.as_ref().is_some_and(|words| words.contains("Welche Zahl ist der Tag")));
}

#[test]
fn a_panic_ends_the_job_and_no_other() {
    let (jobs, news) = jobs();
    let folder = Path::new("workspace");
    let job =
        jobs.start(Work::new(Kind::Count).in_turn(folder), |_| -> Result<(), _> { panic!("lost {}", 3) });
    let id = job.unwrap().id;
    let next = jobs.start(Work::new(Kind::Pull).in_turn(folder), |_| Ok(7_u8)).unwrap();
    until_end(&news, next.id);
    assert_eq!(*jobs.result::<u8>(next.id).expect("the next one ran"), 7);
    let failed = jobs.read(id).unwrap();
    assert_eq!(failed.state, "failed");
    assert!(failed.error.is_some_and(|words| words.contains("lost 3")));
}

#[test]
fn a_cancel_ends_running_work_and_work_that_waits() {
    let (jobs, news) = jobs();
    let folder = Path::new("workspace");
    let runs = jobs.start(Work::new(Kind::Pull).about("a").in_turn(folder), endless).unwrap();
    let waits = jobs.start(Work::new(Kind::Pull).about("b").in_turn(folder), endless).unwrap();
    jobs.cancel(waits.id).unwrap();
    assert_eq!(last(&until_end(&news, waits.id)).state, "cancelled");
    assert_eq!(jobs.read(runs.id).unwrap().state, RUNNING);
    jobs.cancel(runs.id).unwrap();
    assert_eq!(last(&until_end(&news, runs.id)).state, "cancelled");
    jobs.cancel(runs.id).expect("an ended job may be cancelled again");
    assert!(matches!(jobs.cancel(99), Err(ApiError::NotFound { .. })));
}

#[test]
fn a_second_pull_of_a_workspace_waits_for_the_first() {
    let (jobs, news) = jobs();
    let (go, gate) = channel::<()>();
    let order = Arc::new(Mutex::new(Vec::new()));
    let note = |name: &'static str| {
        let order = Arc::clone(&order);
        move || order.lock().unwrap().push(name)
    };
    let (first, second, elsewhere) = (note("first"), note("second"), note("elsewhere"));
    let work = |subject: &str, folder: &str| Work::new(Kind::Pull).about(subject).in_turn(Path::new(folder));
    jobs.start(work("a", "one"), move |_| {
        gate.recv_timeout(PATIENCE).expect("the gate opens");
        first();
        Ok(())
    })
    .unwrap();
    let waiting = jobs
        .start(work("b", "one"), move |_| {
            second();
            Ok(())
        })
        .unwrap();
    let same = jobs.start(work("b", "one"), |_| -> Result<(), _> { panic!("queued twice") }).unwrap();
    assert_eq!(same.id, waiting.id);
    let beside = jobs
        .start(work("a", "other"), move |_| {
            elsewhere();
            Ok(())
        })
        .unwrap();
    until_end(&news, beside.id);
    assert_eq!(jobs.read(waiting.id).unwrap().step, WAITING);
    go.send(()).unwrap();
    until_end(&news, waiting.id);
    assert_eq!(*order.lock().unwrap(), ["elsewhere", "first", "second"]);
}

#[test]
fn progress_is_thinned_out_and_the_last_of_it_is_told() {
    let (jobs, news) = jobs();
    let work = Work::new(Kind::Count).changes([Tag::Run]);
    let job = jobs
        .start(work, |watch| {
            for done in 0..=50_000 {
                watch.progress("read", done, 50_000);
            }
            watch.progress("count", 1, 2);
            Ok("counted")
        })
        .unwrap();
    let heard = until_end(&news, job.id);
    assert!(heard.len() < 200, "{} messages", heard.len());
    let steps: Vec<&str> = heard
        .iter()
        .filter_map(|one| match one {
            News::Job(view) => Some(view.step.as_str()),
            News::Changed(_) => None,
        })
        .collect();
    assert!(steps.contains(&"reading") && steps.contains(&"counting"), "{steps:?}");
    let end = last(&heard);
    assert_eq!((end.state.as_str(), end.done, end.total), ("done", 1.0, Some(2.0)));
    assert!(matches!(&heard[heard.len() - 2], News::Changed(tags) if tags == &[Tag::Run]), "{heard:?}");
    assert_eq!(*jobs.latest::<&str>(Kind::Count).expect("the result"), "counted");
}

#[test]
fn only_the_newest_ended_jobs_are_kept() {
    let (jobs, news) = jobs();
    let mut last = 0;
    for _ in 0..ENDED_KEPT + 5 {
        last = jobs.start(Work::new(Kind::Verify), |_| Ok(())).unwrap().id;
        until_end(&news, last);
    }
    let known = jobs.list();
    assert_eq!(known.len(), ENDED_KEPT);
    assert_eq!(known.last().map(|job| job.id), Some(last));
    assert!(matches!(jobs.read(1), Err(ApiError::NotFound { .. })));
}

#[test]
fn leaving_stops_everything() {
    let (jobs, _news) = jobs();
    jobs.start(Work::new(Kind::Pull), endless).unwrap();
    assert!(jobs.stop(PATIENCE));
    assert!(jobs.list().iter().all(|job| job.state == "cancelled"));
}
