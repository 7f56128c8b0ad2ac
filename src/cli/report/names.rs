//! Names of which only the first are told: there may be as many as there are files.

use crate::cli::terminal::{self, MOST_TOLD};

/// Names, of which only the first are told.
#[derive(Default)]
pub struct Names {
    first: Vec<String>,
    more: usize,
}

impl Names {
    pub fn add(&mut self, name: String) {
        if self.first.len() < MOST_TOLD { self.first.push(name) } else { self.more += 1 }
    }

    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// The names, as many as are told, and how many more there are.
    pub fn told(&self) -> String {
        let more = (self.more > 0).then(|| terminal::language().and_more(self.more));
        self.first.iter().cloned().chain(more).collect::<Vec<_>>().join(", ")
    }
}

impl FromIterator<String> for Names {
    fn from_iter<T: IntoIterator<Item = String>>(names: T) -> Self {
        let mut told = Names::default();
        names.into_iter().for_each(|name| told.add(name));
        told
    }
}
