//! The joint KPIs: tables of cases for each rule, and what must hold for any journeys.

mod cases;
mod properties;
