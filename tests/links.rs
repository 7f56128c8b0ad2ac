//! What the documents point to is there.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The documents, by where they are looked for.
fn documents() -> Vec<PathBuf> {
    let mut all =
        vec![PathBuf::from("src/codec/format.md"), "samples/trial/README.md".into(), "fonts/README.md".into()];
    for folder in [".", "docs"] {
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        all.extend(files.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    }
    all
}

/// The targets of links and pictures in a text, outside of code.
fn targets(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0))).collect()
}

/// The anchors of a document, as hosts of repositories make them of its headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings =
        text.lines().filter_map(|line| line.strip_prefix('#')).map(|line| line.trim_start_matches('#').trim());
    let kept = |heading: &str| -> String {
        let kept =
            heading.to_lowercase().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).collect::<String>();
        kept.replace(' ', "-")
    };
    headings.map(kept).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut links = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for target in targets(&text).into_iter().filter(|target| !target.contains("://")) {
            links += 1;
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let there = if path.is_empty() { document.clone() } else { document.parent().unwrap().join(path) };
            assert!(there.exists(), "{}: {target} is not there", document.display());
            let is_found = anchor.is_empty() || anchors(&fs::read_to_string(&there).unwrap()).contains(anchor);
            assert!(is_found, "{}: there is no heading for {target}", document.display());
        }
    }
    assert!(links > 25, "only {links} links");
}

#[test]
fn the_map_names_files_that_are_there() {
    // Of a table or a list, what is between back quotes and looks like a path below src.
    let mut looked_at = 0;
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(document).unwrap();
        let prose: String = text.split("```").step_by(2).collect();
        for name in prose
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| name.contains('/') && !name.contains([' ', '<']) && !name.contains("xx"))
        {
            looked_at += 1;
            let bases = ["", "src/", "src/web/"];
            let is_there = bases.iter().any(|base| {
                // Any language stands for all.
                let path = format!("{base}{}", name.trim_end_matches('/').replace('*', "en"));
                Path::new(&path).exists() || Path::new(&format!("{path}.rs")).exists()
            });
            assert!(is_there, "{document}: {name} is not there");
        }
    }
    assert!(looked_at > 40, "only {looked_at} names");
}
