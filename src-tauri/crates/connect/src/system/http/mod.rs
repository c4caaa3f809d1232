//! stub
use super::connection::HttpService;
use super::{Secrets, System, SystemError, SystemFault};
pub fn open(_: &HttpService, _: Secrets) -> Result<Box<dyn System>, SystemError> {
    Err(SystemFault::Local.into())
}
