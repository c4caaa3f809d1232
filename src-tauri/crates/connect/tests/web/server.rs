//! A small server that does what a test wants, on this computer only.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// A question as it was heard.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub method: String,
    /// Path and query.
    pub target: String,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Heard {
    /// A parameter of the address, decoded.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let query = self.target.split_once('?')?.1;
        let pair = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
        let mut bytes = Vec::new();
        let mut rest = pair.as_bytes();
        while let Some((&first, behind)) = rest.split_first() {
            rest = behind;
            if first == b'%' {
                bytes.push(u8::from_str_radix(std::str::from_utf8(&rest[..2]).unwrap(), 16).unwrap());
                rest = &rest[2..];
            } else {
                bytes.push(first);
            }
        }
        Some(String::from_utf8(bytes).unwrap())
    }

    pub(crate) fn number(&self, name: &str) -> usize {
        self.parameter(name).map_or(0, |value| value.parse().unwrap())
    }
}

/// What it does to the wire.
pub(crate) type Reply = Box<dyn FnOnce(&mut dyn Write)>;

/// A whole answer.
pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Reply {
    let body = body.into();
    let mut head = format!("HTTP/1.1 {status} x\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    Box::new(move |wire| {
        let _ = wire
            .write_all(head.as_bytes())
            .and_then(|()| wire.write_all(b"\r\n"))
            .and_then(|()| wire.write_all(&body));
    })
}

/// JSON with code 200.
pub(crate) fn json(body: impl Into<String>) -> Reply {
    answer(200, &[("Content-Type", "application/json")], body.into())
}

/// These bytes, and the wire is closed.
pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Reply {
    let bytes = bytes.into();
    Box::new(move |wire| drop(wire.write_all(&bytes)))
}

pub(crate) struct Server {
    pub at: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
    is_over: Arc<AtomicBool>,
}

impl Server {
    pub(crate) fn new(reply: impl Fn(&Heard) -> Reply + Send + Sync + 'static) -> Self {
        Self::with(reply, |wire, serve| serve(&mut &wire))
    }

    /// `wrap` protects the wire.
    pub(crate) fn with(
        reply: impl Fn(&Heard) -> Reply + Send + Sync + 'static,
        wrap: impl Fn(TcpStream, &mut dyn FnMut(&mut dyn ReadWrite)) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let is_over = Arc::new(AtomicBool::new(false));
        let (log, over) = (heard.clone(), is_over.clone());
        let (reply, wrap) = (Arc::new(reply), Arc::new(wrap));
        std::thread::spawn(move || {
            for wire in listener.incoming() {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                let (log, reply, wrap) = (log.clone(), reply.clone(), wrap.clone());
                std::thread::spawn(move || {
                    wrap(wire.unwrap(), &mut |wire| {
                        if let Some(heard) = hear(wire) {
                            log.lock().unwrap().push(heard.clone());
                            reply(&heard)(wire);
                            let _ = wire.flush();
                        }
                    });
                });
            }
        });
        Self { at, heard, is_over }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.at)
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.at);
    }
}

pub(crate) trait ReadWrite: Read + Write {}
impl<T: Read + Write> ReadWrite for T {}

fn hear(wire: &mut dyn ReadWrite) -> Option<Heard> {
    let mut reader = BufReader::new(wire);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Heard { method, target, headers, body: String::from_utf8(body).unwrap() })
}
