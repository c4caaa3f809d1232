//! The wire to a SQL Server. The protocol (MS-TDS, 2.2.6.5 and 3.2.5.2) hides the beginning of TLS in packets of its
//! own; the driver knows how to do that only with libraries that Plaza does not want. So it is done here, and the driver
//! is shown a wire that is protected already.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, DuplexStream, ReadBuf};
use tokio::net::TcpStream;

use super::super::super::connection::Tls;
use super::super::super::{SystemError, SystemFault};
use super::super::tls::{Guard, Versions};
use super::super::{Server, wire};

/// Bytes that wait between the driver and the wire.
const BUFFER_BYTES: usize = 64 * 1024;

const HEADER_BYTES: usize = 8;
const PRELOGIN: u8 = 0x12;
const IS_LAST: u8 = 0x01;

/// The options of a pre-login by their numbers, and what ends them.
const ENCRYPTION: u8 = 0x01;
const END: u8 = 0xFF;
/// Everything is encrypted, said by a client or a server.
const ENCRYPT_ON: u8 = 0x01;
/// A server that allows nothing else.
const ENCRYPT_REQUIRED: u8 = 0x03;

/// The largest packet before the two sides agreed on one.
const PACKET_BYTES: usize = 4096;

/// A wire to the server as the driver needs it.
///
/// # Errors
/// `UnknownHost`, `Unreachable`, `Tls`.
pub(super) async fn wire(server: &Server) -> Result<DuplexStream, SystemError> {
    let mut tcp = wire::connect(server).await?;
    let (ours, drivers) = tokio::io::duplex(BUFFER_BYTES);
    match server.database.tls {
        Tls::Off => {
            tokio::spawn(join(ours, tcp, None));
        }
        Tls::Verify => {
            let guard = Guard::new(server, Versions::OnlyTls12)?;
            let broken = |error: io::Error| wire::fault(server, &error, false);
            tcp.write_all(&packet(&pre_login())).await.map_err(broken)?;
            let answer = read_packet(&mut tcp).await.map_err(broken)?;
            if !matches!(encryption(&answer), Some(ENCRYPT_ON | ENCRYPT_REQUIRED)) {
                return Err(
                    server.error(SystemFault::Tls { at: server.at() }, "the server does not offer it")
                );
            }
            let mut protected = guard.wrap(Hidden::new(tcp)).await.map_err(broken)?;
            protected.get_mut().0.is_open = true;
            tokio::spawn(join(ours, protected, Some(answer)));
        }
    }
    Ok(drivers)
}

/// Carries bytes between the driver and the server. Where the pre-login is over already, the driver's own is answered
/// with what the server said.
async fn join<S: AsyncRead + AsyncWrite + Unpin>(
    mut driver: DuplexStream,
    mut server: S,
    said: Option<Vec<u8>>,
) {
    if let Some(said) = said {
        let asked = read_packet(&mut driver).await;
        if asked.is_err() || driver.write_all(&said).await.is_err() {
            return;
        }
    }
    // Whoever waits at the other end hears of it.
    let _ = tokio::io::copy_bidirectional(&mut driver, &mut server).await;
}

/// A packet of its header and its content.
fn packet(content: &[u8]) -> Vec<u8> {
    let length = (HEADER_BYTES + content.len()) as u16;
    let mut packet = vec![PRELOGIN, IS_LAST];
    packet.extend_from_slice(&length.to_be_bytes());
    packet.extend_from_slice(&[0; 4]);
    packet.extend_from_slice(content);
    packet
}

/// What a client says first: version, that it wants encryption, no instance, no thread, no second conversation.
fn pre_login() -> Vec<u8> {
    let options: [(u8, &[u8]); 5] =
        [(0, &[0; 6]), (ENCRYPTION, &[ENCRYPT_ON]), (2, &[0]), (3, &[0; 4]), (4, &[0])];
    let mut place = (options.len() * 5 + 1) as u16;
    let mut content = Vec::new();
    for (number, value) in options {
        content.push(number);
        content.extend_from_slice(&place.to_be_bytes());
        content.extend_from_slice(&(value.len() as u16).to_be_bytes());
        place += value.len() as u16;
    }
    content.push(END);
    content.extend(options.iter().flat_map(|(_, value)| value.iter()));
    content
}

/// What a pre-login's answer says about encryption.
fn encryption(packet: &[u8]) -> Option<u8> {
    let content = packet.get(HEADER_BYTES..)?;
    for option in content.chunks(5) {
        let [number, high, low, ..] = option else { return None };
        match *number {
            END => return None,
            ENCRYPTION => return content.get(usize::from(u16::from_be_bytes([*high, *low]))).copied(),
            _ => {}
        }
    }
    None
}

/// One packet with its header.
async fn read_packet<S: AsyncRead + Unpin>(from: &mut S) -> io::Result<Vec<u8>> {
    let mut packet = vec![0; HEADER_BYTES];
    from.read_exact(&mut packet).await?;
    let length = length_of(&packet)?;
    packet.resize(HEADER_BYTES + length, 0);
    from.read_exact(packet.get_mut(HEADER_BYTES..).unwrap_or_default()).await?;
    Ok(packet)
}

/// Bytes of content behind a header.
fn length_of(header: &[u8]) -> io::Result<usize> {
    let length = match header {
        [_, _, high, low, ..] => usize::from(u16::from_be_bytes([*high, *low])),
        _ => 0,
    };
    let content = length.checked_sub(HEADER_BYTES);
    content.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a packet shorter than its header"))
}

/// A wire whose bytes travel in packets until it is open.
struct Hidden {
    tcp: TcpStream,
    is_open: bool,
    /// Said, and not put into a packet yet.
    said: Vec<u8>,
    /// Packets on their way, and how much of them is gone.
    leaving: Vec<u8>,
    left: usize,
    /// The header of the packet that comes in, and how much of its content is still to come.
    header: Vec<u8>,
    coming: usize,
}

impl Hidden {
    fn new(tcp: TcpStream) -> Self {
        let (said, leaving, header) = (Vec::new(), Vec::new(), Vec::new());
        Self { tcp, is_open: false, said, leaving, left: 0, header, coming: 0 }
    }
}

impl AsyncRead for Hidden {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.is_open {
            return Pin::new(&mut this.tcp).poll_read(context, buffer);
        }
        ready!(Pin::new(&mut *this).poll_flush(context))?;
        while this.coming == 0 {
            let mut bytes = [0; HEADER_BYTES];
            let mut missing = ReadBuf::new(bytes.get_mut(this.header.len()..).unwrap_or_default());
            ready!(Pin::new(&mut this.tcp).poll_read(context, &mut missing))?;
            if missing.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
            this.header.extend_from_slice(missing.filled());
            if this.header.len() == HEADER_BYTES {
                this.coming = length_of(&this.header)?;
                this.header.clear();
            }
        }
        let mut bytes = [0; PACKET_BYTES];
        let most = this.coming.min(buffer.remaining()).min(PACKET_BYTES);
        let mut part = ReadBuf::new(bytes.get_mut(..most).unwrap_or_default());
        ready!(Pin::new(&mut this.tcp).poll_read(context, &mut part))?;
        buffer.put_slice(part.filled());
        this.coming -= part.filled().len();
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Hidden {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.is_open {
            return Pin::new(&mut this.tcp).poll_write(context, bytes);
        }
        this.said.extend_from_slice(bytes);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        for content in this.said.chunks(PACKET_BYTES - HEADER_BYTES) {
            this.leaving.extend_from_slice(&packet(content));
        }
        this.said.clear();
        while let Some(rest) = this.leaving.get(this.left..).filter(|rest| !rest.is_empty()) {
            let written = ready!(Pin::new(&mut this.tcp).poll_write(context, rest))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            this.left += written;
        }
        this.leaving.clear();
        this.left = 0;
        Pin::new(&mut this.tcp).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(Pin::new(&mut *this).poll_flush(context))?;
        Pin::new(&mut this.tcp).poll_shutdown(context)
    }
}
