//! TLS as the driver takes it.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_postgres::tls::{ChannelBinding, TlsConnect};
use tokio_rustls::client::TlsStream;

use super::super::tls::Guard;

/// Protects the wire where the definition says so.
#[derive(Clone)]
pub(super) struct Protect(pub(super) Option<Arc<Guard>>);

impl TlsConnect<TcpStream> for Protect {
    type Stream = Protected;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Protected>> + Send>>;

    fn connect(self, stream: TcpStream) -> Self::Future {
        Box::pin(async move {
            let guard = self.0.ok_or_else(|| io::Error::from(io::ErrorKind::Unsupported))?;
            Ok(Protected(Box::new(guard.wrap(stream).await?)))
        })
    }
}

/// A protected wire.
pub(super) struct Protected(Box<TlsStream<TcpStream>>);

impl tokio_postgres::tls::TlsStream for Protected {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl AsyncRead for Protected {
    fn poll_read(
        self: Pin<&mut Self>,
        to: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_read(to, buffer)
    }
}

impl AsyncWrite for Protected {
    fn poll_write(self: Pin<&mut Self>, to: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().0).poll_write(to, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, to: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_flush(to)
    }

    fn poll_shutdown(self: Pin<&mut Self>, to: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().0).poll_shutdown(to)
    }
}
