//! The lists of a Word document: which mark the next item has (ECMA-376 part 1, section 17.9).

use std::collections::HashMap;

use super::numerals::Numerals;
use super::xml::{Node, Xml};

/// Levels that a list has.
const LEVELS: usize = 9;

/// Most lists.
const MOST_LISTS: usize = 4_000;

/// How the items of a level are marked.
#[derive(Debug, Clone, Default)]
struct WordLevel {
    /// The numerals; none for bullets.
    numerals: Option<Numerals>,
    start: usize,
    /// The mark, with `%1` to `%9` for the numbers of the levels.
    pattern: String,
}

/// A list, as paragraphs refer to it.
#[derive(Debug, Clone, Default)]
struct Instance {
    definition: String,
    /// Levels that begin anew in this list.
    restarts: HashMap<usize, usize>,
    begun: bool,
}

/// All lists, and how far they are counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    definitions: HashMap<String, Vec<WordLevel>>,
    instances: HashMap<String, Instance>,
    counted: HashMap<String, [Option<usize>; LEVELS]>,
}

impl Lists {
    /// Reads the part that defines lists.
    pub(super) fn read(text: &str) -> Self {
        let mut lists = Lists::default();
        let mut xml = Xml::new(text);
        let (mut definition, mut instance, mut level) = (String::new(), String::new(), 0);
        let mut in_instance = false;
        while let Some(node) = xml.next() {
            let Node::Start(element) = node else { continue };
            let value = element.get("val").unwrap_or_default();
            match element.name.as_str() {
                "abstractNum" if lists.definitions.len() < MOST_LISTS => {
                    in_instance = false;
                    definition = element.get("abstractNumId").unwrap_or_default().to_owned();
                    lists.definitions.insert(definition.clone(), vec![WordLevel::default(); LEVELS]);
                }
                "num" if lists.instances.len() < MOST_LISTS => {
                    in_instance = true;
                    instance = element.get("numId").unwrap_or_default().to_owned();
                    lists.instances.insert(instance.clone(), Instance::default());
                }
                "abstractNumId" => {
                    if let Some(instance) = lists.instances.get_mut(&instance) {
                        instance.definition = value.to_owned();
                    }
                }
                "lvl" | "lvlOverride" => level = element.number("ilvl").unwrap_or_default().min(LEVELS - 1),
                "startOverride" => {
                    if let Some(instance) = lists.instances.get_mut(&instance) {
                        instance.restarts.insert(level, element.number("val").unwrap_or_default());
                    }
                }
                _ if in_instance => {}
                name => {
                    let levels = lists.definitions.get_mut(&definition);
                    let Some(level) = levels.and_then(|levels| levels.get_mut(level)) else { continue };
                    match name {
                        "start" => level.start = element.number("val").unwrap_or_default(),
                        "numFmt" => level.numerals = numerals(value),
                        "lvlText" => level.pattern = value.to_owned(),
                        _ => {}
                    }
                }
            }
        }
        lists
    }

    /// The mark of the next item of a list at a level from 0: `-` for bullets; nothing where items have none.
    pub(super) fn mark(&mut self, list: &str, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let instance = self.instances.get_mut(list)?;
        let levels = self.definitions.get(&instance.definition)?;
        let own = levels.get(level)?;
        let counted = self.counted.entry(instance.definition.clone()).or_default();
        if !std::mem::replace(&mut instance.begun, true) {
            for (level, start) in &instance.restarts {
                if let Some(counted) = counted.get_mut(*level) {
                    *counted = start.checked_sub(1);
                }
            }
        }
        let numbers = counted.iter_mut().zip(levels).enumerate();
        for (at, (counted, of)) in numbers {
            match at {
                _ if at == level => *counted = Some(counted.map_or(of.start, |counted| counted.saturating_add(1))),
                _ if at > level => *counted = None,
                _ => {}
            }
        }
        let Some(_) = own.numerals else { return (!own.pattern.is_empty()).then(|| "-".to_owned()) };
        let mut mark = own.pattern.clone();
        for (at, (counted, of)) in counted.iter().zip(levels).enumerate() {
            let written = of.numerals.unwrap_or_default().write(counted.unwrap_or(of.start));
            mark = mark.replace(&format!("%{}", at + 1), &written);
        }
        (!mark.is_empty()).then_some(mark)
    }
}

/// The numerals of a name of section 17.18.59; none for bullets.
fn numerals(name: &str) -> Option<Numerals> {
    Some(match name {
        "bullet" | "none" => return None,
        "lowerLetter" => Numerals::Letters { upper: false },
        "upperLetter" => Numerals::Letters { upper: true },
        "lowerRoman" => Numerals::Roman { upper: false },
        "upperRoman" => Numerals::Roman { upper: true },
        "arabicAlpha" => Numerals::Alphabet,
        "arabicAbjad" => Numerals::Abjad,
        _ => Numerals::Digits,
    })
}
