//! Secrets are in the keyring and nowhere else: known ones are given to systems that take them, and to systems that say
//! them back in every form when something goes wrong; then everything that Plaza wrote and shows is searched for them.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use plaza_engine::backup::restore;
use plaza_engine::connection::{check, discover, keep_secret};
use plaza_engine::integration::Integration;
use plaza_engine::page::connection::Trail;
use plaza_engine::page::integration::{IntegrationList, IntegrationPage, RunView};
use plaza_engine::page::schedule::SchedulePage;
use plaza_engine::pull::{Unwatched, pull_saved};
use plaza_engine::trail::{TrailForm, TrailQuery, write};
use plaza_engine::words::Language;

use crate::bench::Bench;
use crate::fault::of_system;
use crate::systems::everything_below;
use crate::wire::{Heard, Reply, Server, answer, json};

const ROW: &str = r#"{"id":1,"order":"A1","line":1,"ordered":"2026-03-02","promised":"2026-03-16","produced":"2026-03-06","delivered":"2026-03-16","quantity":5,"changed":"2026-03-16T10:00:00Z"}"#;

/// As everybody writes it, and as wires and messages do.
fn forms(secret: &str) -> Vec<String> {
    let bytes = |as_byte: &dyn Fn(u8) -> String| secret.bytes().map(as_byte).collect::<String>();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let upper =
        bytes(&|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    let lower =
        bytes(&|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02x}") });
    let quoted = serde_json::Value::from(secret).to_string().trim_matches('"').to_owned();
    let form = upper.replace("%20", "+");
    // Without what stands at its end, so that one with and one without padding are both found.
    let packed = STANDARD.encode(secret).trim_end_matches('=').to_owned();
    vec![secret.to_owned(), upper, lower, form, quoted, packed, URL_SAFE_NO_PAD.encode(secret)]
}

/// Everything that a careless server says about who asked.
fn echo(heard: &Heard, secret: &str) -> String {
    let headers: Vec<_> =
        ["authorization", "x-key"].iter().filter_map(|name| heard.headers.get(*name)).collect();
    format!("denied: {} {headers:?} {}", forms(secret).join(" | "), heard.body)
}

/// A service that answers well twice, then says the secret back in answers of every kind.
fn careless(secret: &'static str) -> Server {
    let asked = AtomicUsize::new(0);
    Server::new(move |heard| -> Reply {
        if heard.target.contains("/token") {
            return json(r#"{"access_token": "tok-9b1e-gIven", "expires_in": 3600}"#);
        }
        let said = echo(heard, secret);
        let message = serde_json::json!({"error": {"message": said}}).to_string();
        match asked.fetch_add(1, Ordering::Relaxed) {
            0 => json(format!("[{ROW}]")),
            1 => answer(400, &[], message),
            2 => answer(403, &[], said),
            3 => json(message),
            4 => json(format!("<html><title>{said}</title>")),
            5 => answer(200, &[("Content-Encoding", "gzip")], said),
            6 => answer(409, &[("Content-Encoding", "gzip")], said),
            _ => answer(401, &[], message),
        }
    })
}

/// A Tryton server: it knows its user for a while, and then complains in words that hold what it was told.
fn tryton(secret: &'static str) -> Server {
    let asked = AtomicUsize::new(0);
    Server::new(move |heard| {
        if asked.fetch_add(1, Ordering::Relaxed) == 0 {
            return json(r#"{"id": 1, "result": [7, "5e55ion-0f-kpi", null]}"#);
        }
        let said = echo(heard, secret);
        json(serde_json::json!({"id": 1, "error": ["UserError", [said.clone(), said]]}).to_string())
    })
}

/// The body of a packet whose head ends with its length.
fn packet(wire: &mut std::net::TcpStream, head: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; head];
    wire.read_exact(&mut bytes).ok()?;
    let length = bytes[head - 4..].iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    let mut body = vec![0; length.checked_sub(4)?];
    wire.read_exact(&mut body).ok()?;
    Some(body)
}

/// A database server that takes the password in plain and says what it heard.
fn postgres() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for wire in listener.incoming() {
            let mut wire = wire.unwrap();
            // Who asks for which database; then its password, in plain (protocol 3.0).
            if packet(&mut wire, 4).is_none() {
                continue;
            }
            wire.write_all(&[b'R', 0, 0, 0, 8, 0, 0, 0, 3]).unwrap();
            let Some(password) = packet(&mut wire, 5) else { continue };
            let password = String::from_utf8_lossy(&password).trim_end_matches('\0').to_owned();
            let words = format!("“{}” is not the password of kpi", forms(&password).join("” “"));
            let fields = format!("SFATAL\0C28P01\0M{words}\0Dtried {password}\0\0");
            let mut answer = vec![b'E'];
            answer.extend_from_slice(&(fields.len() as u32 + 4).to_be_bytes());
            answer.extend_from_slice(fields.as_bytes());
            let _ = wire.write_all(&answer);
        }
    });
    at
}

/// A tap that writes its settings wherever it can.
#[cfg(unix)]
const TAP: &str = r#"
import base64, json, os, sys, urllib.parse
path = sys.argv[sys.argv.index("--config") + 1]
config = json.load(open(path))
word = config["api_word"]
told = " ".join([word, json.dumps(word), urllib.parse.quote(word), base64.b64encode(word.encode()).decode(), open(path).read()])
sys.stderr.write("started with " + told + "\n")
if "--discover" in sys.argv:
    print(json.dumps({"streams": [{"tap_stream_id": "lines", "stream": "lines", "key_properties": ["id"], "metadata": [],
        "schema": {"type": "object", "properties": {name: {"type": ["null", "string"]} for name in
            ["id", "order", "line", "ordered", "promised", "produced", "delivered", "quantity", "changed"]}}}]}))
    sys.exit(0)
print(json.dumps({"type": "SCHEMA", "stream": "lines", "key_properties": ["id"], "schema": {"properties": {}}}))
raise SystemExit("cannot log in with " + told)
"#;

/// An integration with a secret that nothing else looks like.
struct Seed {
    id: &'static str,
    connection: String,
    slot: &'static str,
    secret: &'static str,
}

/// A web service has answers of every kind in store; each other system says the same each time.
const PULLS: usize = 9;

fn seeds(folder: &std::path::Path) -> (Vec<Seed>, Vec<Server>) {
    let web = [
        ("basic", "password", "bas1c, wörd/%41", "{ kind = \"basic\", user = \"kpi\" }"),
        ("bearer", "token", "bear3r/tok+en?41 x", "{ kind = \"bearer\" }"),
        ("key", "key", "ap1-k3y=&41 \\\"x", "{ kind = \"api-key\", header = \"X-Key\" }"),
    ];
    let (mut seeds, mut servers) = (Vec::new(), Vec::new());
    let mut http = |id, slot, secret: &'static str, auth: &str| {
        let server = careless(secret);
        let (url, auth) = (server.url(), auth.replace("ADDRESS", &server.url()));
        let connection = format!(
            "kind = \"http\"\nurl = \"{url}\"\nstreams = [\"lines\"]\nerror = \"$.error\"\nauth = {auth}"
        );
        servers.push(server);
        seeds.push(Seed { id, connection, slot, secret });
    };
    for (id, slot, secret, auth) in web {
        http(id, slot, secret, auth);
    }
    let oauth = "{ kind = \"oauth-client\", token_url = \"ADDRESS/token\", client_id = \"plaza\" }";
    http("oauth", "client-secret", "cl1ent s3cret/é41", oauth);
    let secret = "odata wörd#41/7";
    let server = careless(secret);
    let connection = format!(
        "kind = \"odata\"\nurl = \"{}\"\nauth = {{ kind = \"basic\", user = \"kpi\" }}",
        server.url()
    );
    servers.push(server);
    seeds.push(Seed { id: "odata", connection, slot: "password", secret });
    let secret = "tryt0n \"wörd\" 41";
    let server = tryton(secret);
    let connection =
        format!("kind = \"tryton\"\nurl = \"{}\"\ndatabase = \"erp\"\nuser = \"kpi\"", server.url());
    servers.push(server);
    seeds.push(Seed { id: "tryton", connection, slot: "password", secret });
    let at = postgres();
    let connection = format!(
        "kind = \"postgres\"\nhost = \"127.0.0.1\"\nport = {}\ndatabase = \"erp\"\nuser = \"kpi\"\ntls = \"off\"",
        at.port()
    );
    seeds.push(Seed { id: "postgres", connection, slot: "password", secret: "d4tabase wörd %41'" });
    #[cfg(unix)]
    {
        let script = folder.join("tap.py");
        std::fs::write(&script, TAP).unwrap();
        let connection = format!(
            "kind = \"singer\"\ncommand = [\"python3\", \"{}\"]\nconfig = '{{\"api_word\": \"{{secret:word}}\"}}'",
            script.display()
        );
        seeds.push(Seed { id: "tap", connection, slot: "word", secret: "t4p \"w\\rd/41 ñ" });
    }
    (seeds, servers)
}

/// Everything that was said or shown, with what it is.
struct Shown(Vec<(String, Vec<u8>)>);

impl Shown {
    fn note(&mut self, what: &str, text: impl Into<Vec<u8>>) {
        self.0.push((what.to_owned(), text.into()));
    }

    fn page(&mut self, what: &str, page: &impl serde::Serialize) {
        self.note(what, serde_json::to_string(page).unwrap());
    }

    fn folder(&mut self, folder: &std::path::Path) {
        everything_below(folder, &mut self.0);
    }

    /// Everything that the window reads of an integration.
    fn pages(&mut self, bench: &Bench, id: &str) -> usize {
        let workspace = &bench.workspace;
        let runs = RunView::list(workspace, id, Language::En).unwrap();
        let mut told = 0;
        for run in &runs {
            let trail = Trail::read(workspace, id, &run.id, 0).unwrap();
            told += trail.exchanges.len();
            self.page(&format!("{id}: trail"), &trail);
        }
        self.page(&format!("{id}: runs"), &runs);
        for language in [Language::En, Language::De, Language::Es] {
            self.page(&format!("{id}: page"), &IntegrationPage::read(workspace, id, language).unwrap());
            self.page(&format!("{id}: schedule"), &SchedulePage::read(workspace, id, language).unwrap());
        }
        let all = TrailQuery { search: String::new(), since: None, until: None, faults: false };
        for form in [TrailForm::Csv, TrailForm::JsonLines] {
            let mut exported = Vec::new();
            let entries = write(workspace, id, &all, form, Language::En, &mut exported).unwrap();
            assert!(entries as usize >= told, "{id}: the export has what the pages have");
            self.note(&format!("{id}: trail as {form:?}"), exported);
        }
        let saved = workspace.view(|view| view.integration(&id.into())).unwrap().unwrap().current.toml;
        self.note(&format!("{id}: exported"), Integration::from_toml(&saved).unwrap().to_toml().unwrap());
        told
    }
}

#[test]
fn no_secret_is_anywhere_but_in_the_keyring() {
    let bench = Bench::new();
    let (seeds, servers) = seeds(bench.files.path());
    let mut shown = Shown(Vec::new());
    let mut failed = 0;
    for seed in &seeds {
        let connection = format!("[connection]\n{}\n\n[route]", seed.connection);
        let toml = of_system(seed.id, &connection, "name = \"lines\", cursor = \"changed\", key = \"id\"");
        keep_secret(&bench.workspace, seed.id, seed.slot, Some(seed.secret.into())).unwrap();
        bench.save(seed.id, toml.clone());
        let integration = Integration::from_toml(&toml).unwrap();
        for _ in 0..PULLS {
            if let Err(error) = pull_saved(&bench.workspace, seed.id, &Unwatched::default()) {
                failed += 1;
                shown.note(&format!("{}: error", seed.id), format!("{error} {error:?}"));
            }
        }
        let asked = check(&bench.workspace, &integration, bench.files.path(), &Unwatched::default());
        shown.note(&format!("{}: check", seed.id), format!("{asked:?}"));
        let asked = discover(&bench.workspace, &integration, bench.files.path(), &Unwatched::default());
        shown.note(&format!("{}: discovery", seed.id), format!("{asked:?}"));
        assert!(shown.pages(&bench, seed.id) > 0, "{}: nothing was asked", seed.id);
    }
    assert!(failed > seeds.len() * 4, "they were meant to fail: {failed}");
    shown.page("list", &IntegrationList::read(&bench.workspace).unwrap());
    // The search finds what is there: the servers did say the secrets, and so do the trails, blanked.
    let blanked = shown.0.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("•••")).count();
    assert!(blanked > seeds.len(), "what was said is shown without its secrets: {blanked}");

    let archive = bench.home.path().join("all.plaza-backup");
    bench.workspace.back_up(&archive, &Unwatched::default()).unwrap();
    let again = bench.home.path().join("again");
    restore(&archive, &again, bench.clock.clone(), &Unwatched::default()).unwrap();
    shown.folder(bench.home.path());
    for entry in std::fs::read_dir(std::env::temp_dir()).unwrap().flatten() {
        if entry.file_name().to_string_lossy().starts_with("plaza-tap-") {
            // Runs of other tests come and go meanwhile.
            for file in std::fs::read_dir(entry.path()).into_iter().flatten().flatten() {
                shown.note("a tap's folder", std::fs::read(file.path()).unwrap_or_default());
            }
        }
    }
    let found: Vec<&str> = ["ledger.db", "intake.db", "all.plaza-backup"]
        .into_iter()
        .filter(|name| shown.0.iter().any(|(what, _)| what.ends_with(name)))
        .collect();
    assert_eq!(found.len(), 3, "{found:?}");
    let given = ["tok-9b1e-gIven", "5e55ion-0f-kpi"];
    let secrets = seeds.iter().map(|seed| seed.secret).chain(given);
    for secret in secrets {
        let pair = STANDARD.encode(format!("kpi:{secret}"));
        for form in forms(secret).into_iter().chain([pair]) {
            for (what, bytes) in &shown.0 {
                let is_there = bytes.windows(form.len()).any(|window| window == form.as_bytes());
                assert!(
                    !is_there,
                    "{what} holds “{secret}” as {form}: {}",
                    String::from_utf8_lossy(&bytes[..bytes.len().min(3_000)])
                );
            }
        }
    }
    drop(servers);
}
