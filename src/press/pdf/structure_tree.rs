//! Parts -> the structure tree of a PDF: what is read aloud, in which order. Data only.

use crate::press::pages::page::{Part, Role};

/// A structure tree (PDF 32000-1, 14.7). The first element is the root of all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tree {
    pub(crate) elements: Vec<StructureElement>,
    /// The element that owns each marked content, by its identifier, of each side of a sheet.
    pub(crate) owners: Vec<Vec<usize>>,
}

/// A structure element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StructureElement {
    /// Its structure type (PDF 32000-1, 14.8.4).
    pub(crate) tag: &'static str,
    pub(crate) parent: Option<usize>,
    pub(crate) kids: Vec<usize>,
    pub(crate) content: Vec<MarkedContent>,
    pub(crate) language: Option<&'static str>,
    /// What is said in the place of a picture.
    pub(crate) alt: Option<String>,
}

/// Marked content: on which side of a sheet, and its identifier there (MCID).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MarkedContent {
    pub(crate) sheet: usize,
    pub(crate) id: usize,
}

/// The structure type of a part.
pub(crate) fn tag(role: &Role) -> &'static str {
    match role {
        Role::Heading(1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(3) => "H3",
        Role::Heading(4) => "H4",
        Role::Heading(5) => "H5",
        Role::Heading(_) => "H6",
        Role::Paragraph => "P",
        Role::Item => "LBody",
        Role::Figure(_) => "Figure",
        Role::Caption => "Caption",
    }
}

impl Tree {
    /// The tree of parts in reading order, with list items in lists; `marks` are the part of each marked content of
    /// each side of a sheet.
    pub(crate) fn new(parts: &[Part], marks: &[Vec<usize>]) -> Self {
        let mut tree = Tree { elements: Vec::new(), owners: Vec::new() };
        let document = tree.add("Document", None);
        // Where each part stands in the tree, and the open list.
        let mut places = Vec::with_capacity(parts.len());
        let mut list = None;
        for part in parts {
            let parent = if part.role == Role::Item {
                let list = *list.get_or_insert_with(|| tree.add("L", Some(document)));
                tree.add("LI", Some(list))
            } else {
                list = None;
                document
            };
            let place = tree.add(tag(&part.role), Some(parent));
            if let Some(element) = tree.elements.get_mut(place) {
                element.language = part.language;
                if let Role::Figure(alt) = &part.role {
                    element.alt = Some(alt.clone());
                }
            }
            places.push(place);
        }
        for (sheet, marks) in marks.iter().enumerate() {
            let owners: Vec<usize> = marks.iter().map(|part| places.get(*part).copied().unwrap_or(document)).collect();
            for (id, owner) in owners.iter().enumerate() {
                if let Some(element) = tree.elements.get_mut(*owner) {
                    element.content.push(MarkedContent { sheet, id });
                }
            }
            tree.owners.push(owners);
        }
        tree
    }

    fn add(&mut self, tag: &'static str, parent: Option<usize>) -> usize {
        let place = self.elements.len();
        let element =
            StructureElement { tag, parent, kids: Vec::new(), content: Vec::new(), language: None, alt: None };
        self.elements.push(element);
        if let Some(parent) = parent.and_then(|parent| self.elements.get_mut(parent)) {
            parent.kids.push(place);
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_in_lists() {
        let roles = [Role::Heading(1), Role::Item, Role::Item, Role::Paragraph, Role::Item];
        let parts: Vec<Part> = roles.into_iter().map(|role| Part { role, language: None }).collect();
        let tree = Tree::new(&parts, &[vec![0, 1, 2, 1], vec![4]]);
        fn shown(tree: &Tree, at: usize) -> String {
            let element = &tree.elements[at];
            let kids: String = element.kids.iter().map(|kid| shown(tree, *kid)).collect();
            format!("({}{}{kids})", element.tag, element.content.len())
        }
        assert_eq!(shown(&tree, 0), "(Document0(H11)(L0(LI0(LBody2))(LI0(LBody1)))(P0)(L0(LI0(LBody1))))");
        assert_eq!(tree.owners[0].len(), 4);
    }
}
