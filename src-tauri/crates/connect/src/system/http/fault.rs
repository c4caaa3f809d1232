//! What a failure of the network means.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::system::{Blank, SystemError, SystemFault};

/// Looks names up as the computer does; a name that leads nowhere is told from other failures.
pub(super) struct NameResolver;

#[derive(Debug)]
struct NameLeadsNowhere(String);

impl fmt::Display for NameLeadsNowhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for NameLeadsNowhere {}

impl Resolve for NameResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            let found: Vec<_> = found.map_err(|error| NameLeadsNowhere(error.to_string()))?.collect();
            if found.is_empty() {
                return Err(NameLeadsNowhere("no address".into()).into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// What a failure of the network means.
pub(super) fn fault_of(error: &reqwest::Error, url: &Url, timeout: Duration, blank: &Blank) -> SystemError {
    let at = || {
        let port = url.port_or_known_default().unwrap_or_default();
        format!("{}:{port}", url.host_str().unwrap_or_default())
    };
    let causes: Vec<&(dyn Error + 'static)> = causes(error).collect();
    let detail = causes.last().map(ToString::to_string).unwrap_or_default();
    let fault = if causes.iter().any(|cause| cause.is::<NameLeadsNowhere>()) {
        SystemFault::UnknownHost { host: url.host_str().unwrap_or_default().to_owned() }
    } else if causes.iter().any(|cause| cause.is::<rustls::Error>()) {
        SystemFault::Tls { at: at() }
    } else if error.is_timeout() && !error.is_connect() {
        SystemFault::TimedOut { seconds: timeout.as_secs() }
    } else if error.is_connect() {
        SystemFault::Unreachable { at: at() }
    } else if error.is_builder() {
        SystemFault::Local
    } else {
        SystemFault::BrokenOff
    };
    SystemError::new(fault, &detail, blank)
}

/// The causes of an error, also those that an IO error wraps and does not name as its source.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |cause| {
        let cause: &(dyn Error + 'static) = *cause;
        let wrapped = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        match wrapped {
            Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
            None => cause.source(),
        }
    })
}
