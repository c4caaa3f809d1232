//! ERP systems and taps as they are: a real Tryton server over both its interfaces, real taps.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)] // a test may stop at once
#![allow(clippy::pedantic)] // a case stands as it reads
#![cfg(unix)]

mod taps;
mod tryton;

#[allow(dead_code, unused_imports)] // each program of tests starts some of them
#[path = "../../../../../tests/servers/start/mod.rs"]
mod servers;

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use plaza_connect::system::{Ask, Block, Exchange, Request, System, SystemError};
use plaza_connect::{Cursor, ReadEnd};

/// Asks with everything told written down.
fn asking<T>(told: &Mutex<Vec<Exchange>>, with: impl FnOnce(&Ask<'_>) -> T) -> T {
    let cancel = AtomicBool::new(false);
    let tell = |exchange| told.lock().unwrap().push(exchange);
    with(&Ask { cancel: &cancel, timeout: Duration::from_mins(1), tell: &tell })
}

/// Everything that a read gives.
fn read(system: &dyn System, request: &Request, from: &Cursor) -> Result<Vec<Block>, SystemError> {
    let mut blocks = Vec::new();
    asking(&Mutex::default(), |ask| {
        let end = system.read(request, from, ask, &mut |block| {
            blocks.push(block);
            ControlFlow::Continue(())
        })?;
        assert_eq!(end, ReadEnd::Complete);
        Ok(blocks)
    })
}

fn cells(blocks: &[Block]) -> Vec<Vec<String>> {
    blocks.iter().flat_map(|block| block.cells().unwrap()).collect()
}
