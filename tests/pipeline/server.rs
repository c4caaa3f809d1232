//! A web service on this computer that does what a test wants.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The code of an answer, further header lines, and its body.
pub(crate) type Answer = (u16, &'static str, String);

pub(crate) struct Server {
    pub at: SocketAddr,
    heard: Arc<AtomicUsize>,
    is_over: Arc<AtomicBool>,
}

impl Server {
    /// `reply` is told how many questions came before.
    pub(crate) fn new(reply: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let (heard, is_over) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (count, over, reply) = (heard.clone(), is_over.clone(), Arc::new(reply));
        std::thread::spawn(move || {
            for wire in listener.incoming() {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                let (count, reply) = (count.clone(), reply.clone());
                std::thread::spawn(move || {
                    serve(&wire.unwrap(), |_| reply(count.fetch_add(1, Ordering::Relaxed)));
                });
            }
        });
        Self { at, heard, is_over }
    }

    /// How many questions it heard.
    pub(crate) fn heard(&self) -> usize {
        self.heard.load(Ordering::Relaxed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        drop(TcpStream::connect(self.at));
    }
}

fn serve(wire: &TcpStream, reply: impl FnOnce(&str) -> Answer) {
    let mut reader = BufReader::new(wire);
    let mut first = String::new();
    if reader.read_line(&mut first).unwrap_or(0) == 0 {
        return;
    }
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap_or(0) > 2 {
        line.clear();
    }
    let (status, headers, body) = reply(&first);
    let head = format!(
        "HTTP/1.1 {status} x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{headers}\r\n",
        body.len()
    );
    let mut wire = wire;
    drop(wire.write_all(head.as_bytes()).and_then(|()| wire.write_all(body.as_bytes())));
}
