//! The beginning of a conversation with SQL Server, against a server that knows no more than that: the real one cannot
//! be had for tests.

use std::io::Read as _;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use plaza_connect::system::{Connection, Secret, Secrets, SystemError, sql};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection};

use crate::contract::{Trail, plainly};

const PASSWORD: &str = "correct-horse-4711";

fn read_packet(from: &mut impl std::io::Read) -> (u8, Vec<u8>) {
    let mut header = [0; 8];
    from.read_exact(&mut header).unwrap();
    let mut content = vec![0; usize::from(u16::from_be_bytes([header[2], header[3]])) - 8];
    from.read_exact(&mut content).unwrap();
    (header[0], content)
}

fn write_packet(to: &mut impl std::io::Write, kind: u8, content: &[u8]) {
    let mut packet = vec![kind, 1];
    packet.extend_from_slice(&((content.len() + 8) as u16).to_be_bytes());
    packet.extend_from_slice(&[0; 4]);
    packet.extend_from_slice(content);
    to.write_all(&packet).unwrap();
    to.flush().unwrap();
}

/// Version and encryption, as a server says them before the log-in.
fn pre_login(encryption: u8) -> Vec<u8> {
    let mut content = vec![0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF];
    content.extend_from_slice(&[16, 0, 0, 0, 0, 0, encryption]);
    content
}

/// The answer of a server that does not take the password: an error and the end (MS-TDS 2.2.7.10).
fn refusal() -> Vec<u8> {
    let words: Vec<u8> = "Login failed for user 'kpi'.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut error = 18_456_u32.to_le_bytes().to_vec();
    error.extend_from_slice(&[1, 14]);
    error.extend_from_slice(&((words.len() / 2) as u16).to_le_bytes());
    error.extend_from_slice(&words);
    error.extend_from_slice(&[0, 0, 1, 0, 0, 0]);
    let mut answer = vec![0xAA];
    answer.extend_from_slice(&(error.len() as u16).to_le_bytes());
    answer.extend_from_slice(&error);
    answer.extend_from_slice(&[0xFD, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    answer
}

/// A server for one conversation. Gives back what the client's log-in packet held, unprotected.
fn serve(listener: TcpListener, encryption: u8, config: Option<ServerConfig>) -> Vec<u8> {
    let (mut tcp, _) = listener.accept().unwrap();
    let (kind, asked) = read_packet(&mut tcp);
    assert_eq!((kind, asked.last().is_some()), (0x12, true));
    write_packet(&mut tcp, 4, &pre_login(encryption));
    let Some(config) = config else {
        if encryption == 2 {
            return Vec::new();
        }
        let (_, login) = read_packet(&mut tcp);
        write_packet(&mut tcp, 4, &refusal());
        return login;
    };
    let mut tls = ServerConnection::new(Arc::new(config)).unwrap();
    while tls.is_handshaking() {
        let mut said = Vec::new();
        while tls.wants_write() {
            tls.write_tls(&mut said).unwrap();
        }
        if !said.is_empty() {
            write_packet(&mut tcp, 0x12, &said);
        }
        if tls.is_handshaking() {
            let mut header = [0; 8];
            if tcp.read_exact(&mut header).is_err() {
                return Vec::new();
            }
            let mut content = vec![0; usize::from(u16::from_be_bytes([header[2], header[3]])) - 8];
            tcp.read_exact(&mut content).unwrap();
            let mut rest = content.as_slice();
            while !rest.is_empty() {
                tls.read_tls(&mut rest).unwrap();
                if tls.process_new_packets().is_err() {
                    return Vec::new();
                }
            }
        }
    }
    let mut said = Vec::new();
    while tls.wants_write() {
        tls.write_tls(&mut said).unwrap();
    }
    if !said.is_empty() {
        write_packet(&mut tcp, 0x12, &said);
    }
    let mut stream = rustls::StreamOwned::<_, TcpStream>::new(tls, tcp);
    let (kind, login) = read_packet(&mut stream);
    assert_eq!(kind, 0x10);
    write_packet(&mut stream, 4, &refusal());
    login
}

fn check(port: u16, tls: &str, ca_file: Option<&str>, trail: &Trail) -> SystemError {
    let mut definition = serde_json::json!({
        "kind": "sql-server", "host": "localhost", "port": port, "database": "erp", "user": "kpi", "tls": tls,
    });
    if let Some(file) = ca_file {
        definition["ca_file"] = file.into();
    }
    let connection: Connection = serde_json::from_value(definition).unwrap();
    assert!(!connection.is_tested());
    let mut secrets = Secrets::default();
    secrets.put("password", Secret::new(PASSWORD.into()));
    let system = sql::open(&connection, secrets).unwrap();
    plainly(trail, |ask| system.check(ask)).unwrap_err()
}

fn listen() -> (TcpListener, u16) {
    // By every address of the name, in the order in which the client tries them.
    let listener = TcpListener::bind("localhost:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

/// A certificate for `localhost` with its key, and the file of its authority.
fn certificate(folder: &std::path::Path) -> (ServerConfig, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let file = folder.join("ca.pem");
    std::fs::write(&file, made.cert.pem()).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS12])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    (config, file.display().to_string())
}

#[test]
fn a_log_in_travels_within_tls_and_its_refusal_is_understood() {
    let folder = tempfile::tempdir().unwrap();
    let (config, ca_file) = certificate(folder.path());
    let (listener, port) = listen();
    let server = std::thread::spawn(move || serve(listener, 1, Some(config)));
    let trail = Trail::default();
    let error = check(port, "verify", Some(&ca_file), &trail);
    assert_eq!(error.code(), "unauthorised", "{error}");
    let login = server.join().unwrap();
    let database: Vec<u8> = "erp".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(login.windows(database.len()).any(|part| part == database));
    // ApplicationIntent=ReadOnly: bit 5 of the type flags (MS-TDS 2.2.6.4).
    assert_eq!(login[26] & 0x20, 0x20);
    assert!(!format!("{error} {:?}", trail.0.lock().unwrap()).contains(PASSWORD));
}

#[test]
fn a_server_that_cannot_be_trusted_never_sees_the_log_in() {
    let folder = tempfile::tempdir().unwrap();
    let (config, _) = certificate(folder.path());
    let (listener, port) = listen();
    let server = std::thread::spawn(move || serve(listener, 1, Some(config)));
    let error = check(port, "verify", None, &Trail::default());
    assert_eq!(error.code(), "tls", "{error}");
    assert!(server.join().unwrap().is_empty());
    // One without TLS is refused as well.
    let (listener, port) = listen();
    let server = std::thread::spawn(move || serve(listener, 2, None));
    let error = check(port, "verify", None, &Trail::default());
    assert_eq!(error.code(), "tls", "{error}");
    assert!(server.join().unwrap().is_empty());
}

#[test]
fn without_tls_only_where_the_definition_says_so() {
    let (listener, port) = listen();
    let server = std::thread::spawn(move || serve(listener, 0, None));
    assert_eq!(check(port, "off", None, &Trail::default()).code(), "unauthorised");
    assert!(!server.join().unwrap().is_empty());
    let (listener, port) = listen();
    drop(listener);
    assert_eq!(check(port, "off", None, &Trail::default()).code(), "unreachable");
}
