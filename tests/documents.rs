//! What word processors and browsers write, turned into text: by LibreOffice 7.4 from two documents of our own
//! (`*.fodt`), and by python-docx.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common/program.rs"]
mod program;

use std::fs;
use std::io::{Cursor, Write};
use std::time::Instant;

use program::run_in;
use shabnameh::documents::markup::LeftOut;
use shabnameh::documents::open::{Source, Taken, taken};
use shabnameh::error::Error;
use tempfile::tempdir;

/// Everything in the documents that must not travel begins so.
const SECRET: &str = "Secret";

fn document(name: &str) -> Vec<u8> {
    fs::read(format!("tests/documents/{name}")).unwrap()
}

fn text(name: &str) -> Taken {
    taken(&document(name), name).unwrap().unwrap()
}

fn markdown(name: &str) -> String {
    String::from_utf8(document(name)).unwrap()
}

#[test]
fn one_letter_is_the_same_text_whatever_wrote_it() {
    for name in ["persian.fodt", "persian.odt", "persian.docx", "persian.rtf"] {
        let taken = text(name);
        // LibreOffice puts a blank before the mark of a footnote in RTF.
        assert_eq!(taken.text.replace(") [^1]", ")[^1]"), markdown("persian.md"), "{name}");
        assert_eq!(taken.left_out, LeftOut { pictures: 1, comments: 1, deletions: 1, hidden: 1 }, "{name}");
        assert_eq!(taken.name(name), "persian.md");
    }
    for name in ["english.fodt", "english.odt", "english.docx", "english.rtf"] {
        let taken = text(name);
        // A further paragraph of an item is a paragraph of its own in these, and cells that were joined are fewer.
        let wanted = markdown("english.md");
        let flat = wanted.replace("\n   and more", "\nand more");
        let joined = flat.replace("| Both \\| one |  | C |", "| Both \\| one | C |  |");
        let wanted = match taken.source {
            Source::OpenDocument => wanted,
            Source::RichText => joined,
            _ => flat,
        };
        assert_eq!(taken.text, wanted, "{name}");
        assert_eq!(taken.left_out, LeftOut::default(), "{name}");
    }
}

#[test]
fn a_page_is_text() {
    let taken = text("persian.html");
    let wanted = markdown("persian.md").replace("[^1]: ", "1").replace("[^1]", "¹").replace("   a) ", "   a. ");
    assert_eq!(taken.text, wanted);
    assert_eq!(taken.left_out, LeftOut { pictures: 1, hidden: 1, ..LeftOut::default() });
    assert!(
        text("english.html")
            .text
            .contains("It has 12 m², 5 * 3 = 15, snake_case, [brackets], \\<tags> \\&amp; C:\\Users.")
    );
    let soup = "<html><head><title>Secret</title><body>یک<p style='display:none'>Secret<p>دو<ul><li>سه<li>چهار</ul><table><tr><td>a<td>b<tr><td \
                colspan=2>c</table><script>Secret</script><pre>\nx  y\n`z`</pre><blockquote><p>q<p>r</blockquote><ol start=7 type=i><li>vii</ol><a \
                href='javascript:Secret'>w</a> <a href=https://example.org/(a)>e</a><hr><del>Secret</del><h2>پایان</h2>";
    let wanted = "یک\n\nدو\n\n- سه\n- چهار\n\n| a | b |\n| --- | --- |\n| c |  |\n\n```\nx  y\n`z`\n```\n\n> q\n>\n> r\n\nvii. vii\n\nw \
                  [e](<https://example.org/(a)>)\n\n***\n\n## پایان\n";
    assert_eq!(taken_of(soup.as_bytes()).unwrap().unwrap().text, wanted);
}

fn taken_of(bytes: &[u8]) -> Result<Option<Taken>, Error> {
    taken(bytes, "")
}

#[test]
fn a_document_of_a_library_is_read() {
    let taken = text("python-docx.docx");
    assert_eq!(taken.source, Source::Word);
    assert_eq!(
        taken.text,
        "# نامه به کارگران\n\nکارگران عزیز، این نامه را **بخوانید** و به **دیگران برسانید.**\n\nخط یک  \nخط دو\n\n## خواسته‌ها\n\n1. یک\n2. دو\n\n- نان\n- \
         آزادی\n\n> نقل از دیگری.\n\n| نام | شمار |\n| --- | --- |\n| تهران | ۱۲ |\n\nپایان. افزوده.\n"
    );
    assert_eq!(taken.left_out.deletions + taken.left_out.hidden + taken.left_out.pictures, 3);
}

#[test]
fn what_a_document_tells_of_its_writer_stays_behind() {
    for entry in fs::read_dir("tests/documents").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".md") {
            continue;
        }
        assert!(!text(&name).text.contains(SECRET) && !text(&name).text.contains("نام‌پنهان"), "{name}");
    }
}

#[test]
fn text_and_other_files_travel_as_they_are() {
    for bytes in [
        "\u{FEFF}نامه".as_bytes(),
        b"plain",
        b"<div dir=rtl>\n\n# Markdown\n",
        b"%PDF-1.7\n\xE2\xE3\xCF\xD3\n",
        b"PK\x03\x04 no archive",
        b"\xFF\xD8\xFF\xE0\0\x10JFIF",
        b"",
    ] {
        assert!(taken_of(bytes).unwrap().is_none());
    }
    // An archive that is no document.
    assert!(taken_of(&archive(&[("a.txt", b"text")])).unwrap().is_none());
}

#[test]
fn the_program_says_what_it_took_and_sends_the_file_where_asked() {
    let folder = tempdir().unwrap();
    let path = folder.path();
    fs::copy("tests/documents/persian.docx", path.join("persian.docx")).unwrap();
    fs::copy("tests/documents/persian.rtf", path.join("persian.rtf")).unwrap();
    fs::write(path.join("old.txt"), b"\xC7\xED\xE4 \xE4\xC7\xE3\xE5 \xD1\xC7 \xC8\xCE\xE6\xC7\xE4\xED\xCF.\r\n")
        .unwrap();
    let said = run_in(path, "C", &["encode", "persian.docx", "--out", "kit"]);
    let told = "taken from a Word document as text: 1 picture, 1 comment, 1 deleted passage and 1 hidden passage left out; --as-file sends the \
                file itself\n";
    assert!(said.code == 0 && said.out.ends_with(told), "{} {}", said.out, said.err);
    assert_eq!(run_in(path, "C", &["decode", "kit/frames", "--out", "read/"]).code, 0);
    assert_eq!(fs::read_to_string(path.join("read/persian.md")).unwrap(), markdown("persian.md"));
    let said = run_in(path, "fa", &["print", "persian.rtf", "--out", "a.pdf"]);
    assert!(said.out.contains("متن از سند RTF برداشته شد: ۱ عکس و ۱ یادداشت و"), "{}", said.out);
    let said = run_in(path, "C", &["print", "old.txt", "--out", "b.pdf"]);
    assert!(said.out.contains("taken from a text in windows-1256: it travels in UTF-8"), "{} {}", said.out, said.err);
    for name in ["persian.docx", "persian.rtf", "old.txt"] {
        let said = run_in(path, "C", &["encode", name, "--out", "kit", "--force", "--as-file"]);
        assert!(said.code == 0 && said.err.contains("no text of it is printed"), "{name}: {}", said.err);
        let said = run_in(path, "C", &["decode", "kit/armor.txt", "--out", "again", "--force"]);
        assert_eq!(said.code, 0, "{}", said.err);
        assert_eq!(fs::read(path.join("again")).unwrap(), fs::read(path.join(name)).unwrap(), "{name}");
    }
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document with this text in its body, and these styles.
fn word(body: &[u8], styles: &[u8]) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let start =
        format!("<Relationships><Relationship Id='a' Type='{office}/officeDocument' Target='d.xml'/></Relationships>");
    let parts = format!("<Relationships><Relationship Id='a' Type='{office}/styles' Target='s.xml'/></Relationships>");
    archive(&[
        ("_rels/.rels", start.as_bytes()),
        ("/_rels/d.xml.rels", parts.as_bytes()),
        ("d.xml", body),
        ("/s.xml", styles),
    ])
}

fn open_document(content: &[u8]) -> Vec<u8> {
    archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content)])
}

#[test]
fn bombs_are_refused() {
    let many = |text: &str, count: usize| text.repeat(count).into_bytes();
    let body = |inside: &[u8]| [b"<w:document><w:body>", inside, b"</w:body></w:document>"].concat();
    let text = |inside: &[u8]| [b"<office:document-content><office:body><office:text>", inside].concat();
    let entities =
        b"<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><d><p><r><t>&b;</t></r></p></d>";
    let bombs: Vec<(&str, Vec<u8>)> = vec![
        ("much text", word(&many(" ", 200_000_000), b"")),
        ("many styles", word(b"<p/>", &many("<w:style w:styleId='a'/>", 4_000_000))),
        ("entities", word(entities, b"")),
        ("nested", word(&body(&many("<w:tbl><w:tr><w:tc>", 400_000)), b"")),
        ("many paragraphs", word(&body(&many("<w:p/>", 3_000_000)), b"")),
        ("paragraphs of a letter", word(&body(&many("<w:p><w:r><w:t>a</w:t></w:r></w:p>", 700_000)), b"")),
        ("many attributes", word(&body(&[&b"<w:p "[..], &many("a='' ", 4_000_000), b"/>"].concat()), b"")),
        ("much text, OpenDocument", open_document(&many(" ", 200_000_000))),
        ("nested lists", open_document(&text(&many("<text:list><text:list-item><text:p>a", 400_000)))),
        (
            "repeated cells",
            open_document(&text(&many("<table:table-cell table:number-columns-repeated='999999999'/>", 400_000))),
        ),
        ("blanks", open_document(&text(&many("<text:s text:c='999999999'/>", 400_000)))),
        ("groups", [b"{\\rtf1 ".to_vec(), many("{", 8_000_000)].concat()),
        ("bytes", [b"{\\rtf1 ".to_vec(), many("\\'e4", 4_000_000)].concat()),
        ("bold and not", [b"{\\rtf1 ".to_vec(), many("\\b a\\b0 b", 1_600_000)].concat()),
        ("cells", [b"{\\rtf1 ".to_vec(), many("\\intbl a\\cell ", 1_200_000)].concat()),
        ("much in binary", b"{\\rtf1 a\\bin2147483647 b}".to_vec()),
        ("nested tables", [b"<html>".to_vec(), many("<table><tr><td>a", 1_000_000)].concat()),
        ("nested quotations", [b"<html>".to_vec(), many("<blockquote>a", 1_000_000)].concat()),
        ("attributes of a page", [b"<html ".to_vec(), many("abcd ", 3_000_000)].concat()),
        ("links of a page", [b"<html>".to_vec(), many("<a href=https://a.example>", 600_000)].concat()),
        ("brackets of a page", [b"<html>".to_vec(), many("[", 4_000_000), b"](a)".to_vec()].concat()),
        ("ampersands of a page", [b"<html>".to_vec(), many("&amp;a", 2_000_000)].concat()),
        ("items of a page", [b"<html>".to_vec(), many("<ul><li>a", 1_600_000)].concat()),
    ];
    for (name, bytes) in bombs {
        let before = Instant::now();
        let outcome = taken(&bytes, "");
        let took = before.elapsed();
        // Many times what the program takes: slow machines run this beside others.
        assert!(took.as_secs() < 20, "{name} took {took:?}");
        match outcome {
            Ok(Some(taken)) => assert!(taken.text.len() <= 16 * 1024 * 1024, "{name}"),
            Ok(None) => panic!("{name} is a document"),
            Err(error) => {
                assert!(matches!(error, Error::DocumentTooLarge { .. } | Error::DocumentEmpty), "{name}: {error}")
            }
        }
    }
}
