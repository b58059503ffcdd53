//! Forms of 改め文, one by one.
