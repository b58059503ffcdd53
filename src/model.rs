//! What the agreement means.

use crate::schema::Kind;

/// Placeholder until the model lands.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Kind of document.
    pub kind: Kind,
}
