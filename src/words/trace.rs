//! What a file tells of whoever made it.

/// Something that a file tells of whoever made it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// Where it was taken.
    Place,
    /// When it was made.
    Time,
    /// By which device, perhaps with its serial number.
    Device,
    /// By whom: a name that stands in it, or nothing where it was not read.
    Person(String),
    /// By which program.
    Program,
    /// A small picture of it, which may show what was cut off, or data behind its end.
    More,
}
