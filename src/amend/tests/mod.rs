//! Amendments of invented agreements.

mod forms;
mod round;
