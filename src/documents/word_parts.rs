//! What a Word document says beside its text: what its parts are, and its styles.

use std::collections::HashMap;

use super::package::{MOST_PART, Package};
use super::xml::{Element, Node, Xml};
use crate::error::Result;

/// Most styles.
const MOST_STYLES: usize = 4_000;

/// A part or an address that a part refers to.
pub(super) struct Relation {
    pub(super) id: String,
    /// The end of its type's name.
    pub(super) kind: String,
    /// A path in the archive, or an address.
    pub(super) target: String,
}

/// What a part of the archive refers to.
///
/// # Errors
/// [`Error::DocumentTooLarge`](crate::error::Error::DocumentTooLarge).
pub(super) fn relations(package: &mut Package<'_>, path: &str, folder: &str) -> Result<Vec<Relation>> {
    let Some(text) = package.xml(path.trim_start_matches('/'), MOST_PART)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&text);
    let mut found = Vec::new();
    while let Some(node) = xml.next() {
        let Node::Start(element) = node else { continue };
        let (Some(id), Some(kind), Some(target)) = (element.get("Id"), element.get("Type"), element.get("Target"))
        else {
            continue;
        };
        let target = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None if element.get("TargetMode") == Some("External") || folder.is_empty() => target.to_owned(),
            None => format!("{folder}/{target}"),
        };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        found.push(Relation { id: id.to_owned(), kind, target });
    }
    Ok(found)
}

/// What a style says, and a run.
#[derive(Debug, Clone, Default)]
pub(super) struct CharacterFormat {
    pub(super) bold: Option<bool>,
    pub(super) bold_right_to_left: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) raised: Option<bool>,
    pub(super) right_to_left: bool,
}

#[derive(Debug, Clone, Default)]
pub(super) struct WordStyle {
    /// As Word has it in every language.
    pub(super) name: String,
    pub(super) based_on: String,
    pub(super) look: CharacterFormat,
    pub(super) outline: Option<u8>,
    pub(super) list: Option<String>,
    pub(super) level: usize,
}

pub(super) fn styles(text: &str) -> HashMap<String, WordStyle> {
    let mut styles = HashMap::new();
    let mut xml = Xml::new(text);
    let mut id = String::new();
    while let Some(node) = xml.next() {
        let Node::Start(element) = node else { continue };
        if element.name == "style" && styles.len() < MOST_STYLES {
            id = element.get("styleId").unwrap_or_default().to_owned();
            styles.insert(id.clone(), WordStyle::default());
        }
        let Some(style) = styles.get_mut(&id) else { continue };
        let value = || element.get("val").unwrap_or_default().to_owned();
        match element.name.as_str() {
            "name" => style.name = value().to_lowercase(),
            "basedOn" => style.based_on = value(),
            "outlineLvl" => style.outline = value().parse().ok(),
            "numId" => style.list = Some(value()),
            "ilvl" => style.level = value().parse().unwrap_or_default(),
            _ => look(&mut style.look, &element),
        }
    }
    styles
}

/// What an element of a run's properties says of its look.
pub(super) fn look(look: &mut CharacterFormat, element: &Element) {
    let is_on = !matches!(element.get("val"), Some("0" | "false" | "off" | "none"));
    match element.name.as_str() {
        "b" => look.bold = Some(is_on),
        "bCs" => look.bold_right_to_left = Some(is_on),
        "vanish" => look.hidden = Some(is_on),
        "vertAlign" => look.raised = Some(element.get("val") == Some("superscript")),
        "rtl" | "cs" => look.right_to_left = is_on,
        _ => {}
    }
}
