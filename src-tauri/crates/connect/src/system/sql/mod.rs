//! stub
use super::{Connection, Secrets, System, SystemError, SystemFault};
pub fn open(_: &Connection, _: Secrets) -> Result<Box<dyn System>, SystemError> {
    Err(SystemFault::Local.into())
}
