//! Three languages in every size: what is said, that nothing of it is cut, numbers and dates as the language has them.

use serde_json::json;

use crate::display::Colours;
use crate::sample;
use crate::window::{Setup, Window};

/// Longer than the web view takes to write down what a page keeps, also on a busy machine.
const STORAGE_WRITTEN: std::time::Duration = std::time::Duration::from_secs(6);

/// A page and a text that it shows, in English, German and Spanish.
type Page = (&'static str, [&'static str; 3]);

const PAGES: [Page; 33] = [
    ("/", ["On-time delivery", "Termintreue", "Entrega a tiempo"]),
    ("/kpi/promise-kept", ["On-time delivery", "Termintreue", "Entrega a tiempo"]),
    ("/kpi/promise-kept?tab=signals", ["Signals", "Signale", "Señales"]),
    ("/kpi/promise-kept?tab=definition", ["All versions", "Alle Versionen", "Todas las versiones"]),
    (
        "/conversations?inbox=open",
        ["Production’s part moved", "Production’s part moved", "Production’s part moved"],
    ),
    ("/meeting", ["Who facilitates in turn", "Wer reihum moderiert", "Quién modera por turno"]),
    (
        "/meeting/promises",
        ["What people committed to", "Was zugesagt, erbeten", "Lo que se prometió, se pidió"],
    ),
    ("/meeting/digest", ["What changed", "Was sich geändert hat", "Qué ha cambiado"]),
    ("/meeting/insights", ["Nobody is ranked", "Niemand wird verglichen", "No se compara a nadie"]),
    (
        "/rotations",
        ["Who has walked in whose shoes", "Wer schon wo zu Gast war", "Quién ha estado en el lugar de quién"],
    ),
    ("/rotations/learned", ["What people learned", "Was gelernt wurde", "Lo que se aprendió"]),
    ("/wins", ["Record a win", "Erfolg festhalten", "Anotar un logro"]),
    ("/definitions", ["On the board", "Auf der Tafel", "En el tablero"]),
    ("/definitions/promise-kept", ["How it is counted", "Wie gezählt wird", "Cómo se cuenta"]),
    ("/integrations", ["Integrations", "Integrationen", "Integraciones"]),
    (
        "/integrations/northlight-exports?tab=charter",
        ["Before and after", "Vorher und nachher", "Antes y después"],
    ),
    ("/integrations/northlight-exports?tab=audit", ["of 13 answers", "von 13 Antworten", "de 13 respuestas"]),
    (
        "/integrations/northlight-exports?tab=checkpoint",
        [
            "Everything is published as it comes",
            "Alles wird veröffentlicht, wie es kommt",
            "Todo se publica según llega",
        ],
    ),
    (
        "/integrations/northlight-exports?tab=truth",
        ["Whose word counts", "Wessen Wort gilt", "A quién se cree"],
    ),
    (
        "/integrations/northlight-exports?tab=hand",
        ["What was entered", "Was eingetragen wurde", "Lo que se introdujo"],
    ),
    (
        "/integrations/northlight-exports?tab=drills",
        ["No drill yet", "Noch keine Übung", "Aún no hay simulacros"],
    ),
    ("/integrations/northlight-exports?tab=fields", ["How it is read", "Wie gelesen wird", "Cómo se lee"]),
    (
        "/integrations/northlight-exports?tab=schedule",
        ["Age of the numbers", "Alter der Zahlen", "Antigüedad de las cifras"],
    ),
    ("/integrations/northlight-exports?tab=runs", ["Weeks changed", "Wochen geändert", "Semanas cambiadas"]),
    ("/integrations/northlight-exports?tab=trail", ["What came of it", "Was daraus wurde", "Qué resultó"]),
    ("/integrations/northlight-exports?tab=quarantine", ["rows wait", "Zeilen warten", "filas esperan"]),
    ("/integrations/northlight-exports?tab=toml", ["as one text", "als ein Text", "en un solo texto"]),
    (
        "/integrations/new",
        ["Where do the rows come from?", "Woher kommen die Zeilen?", "¿De dónde vienen las filas?"],
    ),
    ("/workspace/people", ["People and departments", "Personen und Abteilungen", "Personas y departamentos"]),
    ("/workspace/calendar", ["Company and calendar", "Firma und Kalender", "Empresa y calendario"]),
    ("/workspace/backup", ["Backup", "Sicherung", "Copias de seguridad"]),
    ("/workspace/language", ["Language and appearance", "Sprache und Darstellung", "Idioma y aspecto"]),
    ("/workspace/about", ["About Plaza", "Über Plaza", "Acerca de Plaza"]),
];

/// An order of the list of those that missed.
const ORDER: [&str; 3] = ["The arithmetic", "Die Rechnung", "La cuenta"];

/// The wizard's steps as they change an integration in force, with what each says.
const STEPS: [[&str; 3]; 6] = [
    ["Which files?", "Welche Dateien?", "¿Qué archivos?"],
    ["What was found", "Was gefunden wurde", "Lo que se encontró"],
    ["What do the columns mean?", "Was bedeuten die Spalten?", "¿Qué significan las columnas?"],
    ["The way of an order", "Der Weg eines Auftrags", "El camino de un pedido"],
    ["How strict?", "Wie streng?", "¿Con qué rigor?"],
    ["Ten rows, then all of them", "Zehn Zeilen, dann alle", "Diez filas, y luego todas"],
];

const LANGUAGES: [(&str, &str); 3] = [("en", "English"), ("de", "Deutsch"), ("es", "Español")];

/// Shows every page in a language, one after another, and each time does something with the page's name.
fn visit(window: &Window, language: usize, look: impl Fn(&str)) {
    let shown = |page: &str, texts: [&str; 3]| {
        window.wait_for(texts[language]);
        window.wait_until_read();
        window.assert_well(page);
        look(&format!("{page}-{}", LANGUAGES[language].0));
    };
    for (address, texts) in PAGES {
        window.go(address);
        let page = address.trim_start_matches('/').replace(['/', '?', '='], "-");
        shown(if page.is_empty() { "board" } else { &page }, texts);
    }
    window.go("/kpi/promise-kept");
    window.click_css_until("[role=grid] [data-place='0']", "the order has its own address", || {
        window.address().contains("/order/")
    });
    shown("order", ORDER);
    window.click_css("button[aria-expanded=false]");
    shown("record", ORDER);
    window.go("/integrations/northlight-exports/edit");
    for (place, texts) in STEPS.into_iter().enumerate() {
        let step = format!("nav ol li:nth-child({})", place + 1);
        window.click_css_until(&format!("{step} button"), "the step is shown", || {
            window.script("return byCss(arguments[0]) !== null", &[json!(format!("{step}[data-current]"))])
                == json!(true)
        });
        shown(&format!("wizard-{}", place + 1), texts);
    }
}

fn speak(window: &Window, language: usize) {
    window.go("/workspace/language");
    let (code, name) = LANGUAGES[language];
    window.click_role("radio", name);
    window.until("the page says its language", || {
        window.script("return document.documentElement.lang", &[]) == json!(code)
    });
}

#[test]
fn every_page_speaks_three_languages_and_no_text_is_cut() {
    let window = sample::open(sample::home(), &Setup { size: Some((1024, 700)), ..Setup::default() });
    window.wait_for("On-time delivery");
    window.watch_policy();
    for language in [1, 2, 0] {
        speak(&window, language);
        visit(&window, language, |name| {
            window.screenshot(&format!("{name}-1024"));
            window.assert_nothing_cut(name);
        });
    }
    window.assert_policy_kept();
}

#[test]
fn numbers_and_dates_are_the_languages_own() {
    let window = sample::open(sample::home(), &Setup::default());
    window.wait_for("On-time delivery");
    // The first value on the board is a percentage with one decimal; “since” names a day.
    let value = || {
        let value = window.script("return byCss('article strong').innerText", &[]);
        value.as_str().unwrap_or_default().to_owned()
    };
    assert!(value().contains('.'), "{}", value());
    speak(&window, 1);
    window.go("/");
    window.wait_for("Termintreue");
    assert!(value().contains(',') && !value().contains('.'), "{}", value());
    window.assert_accessible("the board in German");
    // The language was kept: the next start speaks it from its first picture on.
    let window = Window::start_in(window.close(), &Setup::default());
    window.wait_for("Termintreue");
    assert_eq!(window.script("return document.documentElement.lang", &[]), json!("de"));
}

#[test]
fn text_at_twice_its_size_stays_whole() {
    let window = sample::open(sample::home(), &Setup { size: Some((1024, 700)), ..Setup::default() });
    window.wait_for("On-time delivery");
    for _ in 0..5 {
        window.press("Control+=");
    }
    assert_eq!(
        window.script("return getComputedStyle(document.documentElement).fontSize", &[]),
        json!("32px")
    );
    for language in [0, 1] {
        if language > 0 {
            speak(&window, language);
        }
        visit(&window, language, |name| {
            window.screenshot(&format!("{name}-200"));
            window.assert_nothing_cut(&format!("{name} at 200 %"));
        });
    }
    window.press("Control+0");
    assert_eq!(
        window.script("return getComputedStyle(document.documentElement).fontSize", &[]),
        json!("16px")
    );
}

#[test]
fn every_page_is_accessible_in_the_dark() {
    let window = sample::open(sample::home(), &Setup { colours: Colours::Dark, ..Setup::default() });
    window.wait_for("On-time delivery");
    visit(&window, 0, |name| {
        window.screenshot(&format!("{name}-dark"));
        window.assert_accessible(&format!("{name} in the dark"));
    });
}

#[test]
fn chosen_colours_hold_against_the_system_and_after_a_restart() {
    let window = sample::open(sample::home(), &Setup::default());
    window.wait_for("On-time delivery");
    window.go("/workspace/language");
    let paper =
        |window: &Window| window.script("return getComputedStyle(document.body).backgroundColor", &[]);
    let light = paper(&window);
    window.click_role("radio", "Dark");
    window.until("the page is dark", || paper(&window) != light);
    let dark = paper(&window);
    // The web view writes what it keeps down a moment later, and the test ends it without a word.
    std::thread::sleep(STORAGE_WRITTEN);
    let window = Window::start_in(window.close(), &Setup::default());
    window.wait_for("On-time delivery");
    assert_eq!(paper(&window), dark);
    window.go("/workspace/language");
    window.click_role("radio", "As the system");
    window.until("the page is light, as the system is", || paper(&window) == light);
}
