//! stub
use super::connection::TrytonServer;
use super::{Secrets, System, SystemError, SystemFault};
pub fn open(_: &TrytonServer, _: Secrets) -> Result<Box<dyn System>, SystemError> {
    Err(SystemFault::Local.into())
}
