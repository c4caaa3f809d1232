//! An `OData` service as SAP builds them (`tests/servers/cap`), in both versions.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;

use serde_json::{Value, json};

use super::kept::{Kept, Refused};
use super::{folder, free_port};

/// A server that runs.
pub(crate) struct Cap {
    _server: Kept,
    /// Where it listens, on this computer.
    pub(crate) port: u16,
}

impl Cap {
    /// The user, and its password as `package.json` has it.
    pub(crate) const USER: &str = "kpi";
    pub(crate) const PASSWORD: &str = "gr3en/häT 7!";

    /// Both of them, as basic authentication says them.
    const LOGIN: &str = "a3BpOmdyM2VuL2jDpFQgNyE=";

    /// Starts one.
    pub(crate) fn start() -> Self {
        let place = folder().join("cap").canonicalize().unwrap();
        let own = place.join("node_modules/.bin/node");
        assert!(own.exists(), "its packages are missing: `cargo xtask test` installs them");
        let log = tempfile::Builder::new().prefix("plaza-cap-").tempdir().unwrap().keep();
        let port = free_port();
        let mut keeper = Command::new("sh");
        keeper.current_dir(&place).env("PORT", port.to_string());
        let program = own.display().to_string();
        let words = [program, "node_modules/@sap/cds/bin/serve.js".to_owned()];
        let mut server = Kept::start(keeper, &log, &words, "kill -KILL");
        // It listens before its rows are there.
        server.wait(|| match count(port) {
            Some(answer) if answer.ends_with("6000") => Ok(()),
            answer => Err(Refused(format!("the rows are not there: {answer:?}"))),
        });
        Self { _server: server, port }
    }

    /// How an integration names it: version 4 or 2.
    pub(crate) fn connection(&self, version: u8) -> Value {
        let path = if version == 4 { "sap/opu/odata4" } else { "odata/v2/sap/opu/odata4" };
        let url = format!("http://127.0.0.1:{}/{path}/API_SALES_ORDER/", self.port);
        json!({"kind": "odata", "url": url, "auth": {"kind": "basic", "user": Self::USER}})
    }
}

/// What it answers when it is asked for the number of its last rows.
fn count(port: u16) -> Option<String> {
    let mut wire = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let question = format!(
        "GET /sap/opu/odata4/API_SALES_ORDER/A_Delivery/$count HTTP/1.0\r\nAuthorization: Basic {}\r\n\r\n",
        Cap::LOGIN
    );
    wire.write_all(question.as_bytes()).ok()?;
    let mut answer = String::new();
    wire.read_to_string(&mut answer).ok()?;
    Some(answer)
}
