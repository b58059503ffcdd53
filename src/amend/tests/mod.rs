//! Amendments of invented agreements.

mod fixture;
mod forms;
mod round;
