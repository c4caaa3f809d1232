//! stub
use super::connection::OdooServer;
use super::{Secrets, System, SystemError, SystemFault};
pub fn open(_: &OdooServer, _: Secrets) -> Result<Box<dyn System>, SystemError> {
    Err(SystemFault::Local.into())
}
