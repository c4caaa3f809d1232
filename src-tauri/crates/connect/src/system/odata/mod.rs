//! stub
use super::connection::ODataService;
use super::{Secrets, System, SystemError, SystemFault};
pub fn open(_: &ODataService, _: Secrets) -> Result<Box<dyn System>, SystemError> {
    Err(SystemFault::Local.into())
}
