//! Documents -> PDF. The one file that names the PDF crates.
//!
//! Contents are drawn by `printpdf`; fonts, tags and the frame of the document are written through `lopdf`, as printpdf
//! knows nothing of glyphs that stand for part of a ligature. In a font of ours a code is a pair of ink and text, so
//! that copied text is the text that was set, ZWNJ and all; a `CIDToGIDMap` finds the glyph. The same document gives
//! the same bytes.

mod structure_tree;

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document as Lopdf, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};
use printpdf::{
    Codepoint, CurTransMat, DictItem, FontId, Mm, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt,
    TextItem, TextMatrix,
};

use crate::codec::envelope::ObjectId as ContentId;
use crate::error::{Error, Result};
use crate::press::deflate;
use crate::press::pages::impose::{PlacedPage, SheetSide};
use crate::press::pages::page::{Document, Item, Part};
use crate::press::text::face::Face;
use crate::press::text::font::Font;
use crate::press::text::line::{Glyph, Line, MM_PER_POINT};
use crate::press::text::reading_order;
use structure_tree::{Tree, tag};

/// The PDF of a document. `sheet_done` is called after each side of a sheet.
///
/// # Errors
/// [`Error::Page`].
pub fn write(document: &Document, sheet_done: &dyn Fn()) -> Result<Vec<u8>> {
    let mut fonts: BTreeMap<Face, Font> = Face::ALL.into_iter().map(|face| (face, Font::new(face))).collect();
    let mut pdf = Lopdf::with_version("1.7");
    let pages_id = pdf.new_object_id();
    let resources_id = pdf.new_object_id();
    let mut contents = Vec::new();
    let mut page_ids: Vec<ObjectId> = Vec::new();
    let mut marks: Vec<Vec<usize>> = Vec::new();
    let mut seen = BTreeSet::new();
    for (number, sheet) in document.sheets.iter().enumerate() {
        let page_id = pdf.new_object_id();
        let mut drawing = Drawing {
            ops: Vec::new(),
            fonts: &mut fonts,
            marks: Vec::new(),
            open: Marked::Nothing,
            seen: &mut seen,
            again: false,
        };
        drawing.sheet(document, sheet)?;
        let Drawing { ops, marks: own, .. } = drawing;
        marks.push(own);
        page_ids.push(page_id);
        let content = contents_of(sheet, ops)?;
        contents.extend_from_slice(&ContentId::of(&content).0);
        let contents_id = pdf.add_object(compressed(Dictionary::new(), &content)?);
        let media_box: Vec<Object> = [0.0, 0.0, sheet.size.width_mm, sheet.size.height_mm]
            .into_iter()
            .map(|mm| Object::Real(hundredths(mm / MM_PER_POINT)))
            .collect();
        pdf.set_object(
            page_id,
            dictionary! {
                "Type" => "Page",
                "Parent" => pages_id,
                "MediaBox" => media_box,
                "Resources" => resources_id,
                "Contents" => contents_id,
                "StructParents" => number as i64,
                "Tabs" => "S",
            },
        );
        sheet_done();
    }
    let count = i64::try_from(page_ids.len()).unwrap_or_default();
    let pages: Vec<Object> = page_ids.iter().copied().map(Object::Reference).collect();
    pdf.set_object(pages_id, dictionary! { "Type" => "Pages", "Count" => count, "Kids" => pages });
    let mut font_resources = Dictionary::new();
    for (face, font) in fonts.iter().filter(|(_, font)| font.is_used()) {
        font_resources.set(name(*face), embed(*face, font, &mut pdf)?);
    }
    pdf.set_object(resources_id, dictionary! { "Font" => font_resources });
    let tree_id = write_tree(&Tree::new(&document.parts, &marks), &page_ids, &mut pdf);
    finish(pdf, pages_id, tree_id, document, ContentId::of(&contents))
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Page { why: error.to_string() }
}

/// A compressed stream.
fn compressed(mut dictionary: Dictionary, bytes: &[u8]) -> Result<Stream> {
    dictionary.set("Filter", "FlateDecode");
    Ok(Stream::new(dictionary, deflate::compress(bytes).map_err(failed)?))
}

/// Catalog, information and file identifier: nothing about who made it, when, or with what.
fn finish(
    mut pdf: Lopdf,
    pages_id: ObjectId,
    tree_id: ObjectId,
    document: &Document,
    content: ContentId,
) -> Result<Vec<u8>> {
    // No reading direction is stated: with one, PDFium reverses every line, and copies English in it word by word
    // backwards.
    let preferences = dictionary! { "DisplayDocTitle" => !document.title.is_empty(), "PrintScaling" => "None" };
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Pages" => pages_id,
        "MarkInfo" => dictionary! { "Marked" => true },
        "StructTreeRoot" => tree_id,
        "ViewerPreferences" => preferences,
    };
    if !document.language.is_empty() {
        catalog.set("Lang", Object::string_literal(document.language.as_str()));
    }
    let catalog_id = pdf.add_object(catalog);
    pdf.trailer.set("Root", catalog_id);
    if !document.title.is_empty() {
        let info_id = pdf.add_object(dictionary! { "Title" => unicode(&document.title) });
        pdf.trailer.set("Info", info_id);
    }
    let id = Object::String([content.0, content.0].concat(), StringFormat::Hexadecimal);
    pdf.trailer.set("ID", vec![id.clone(), id]);
    let mut out = Vec::new();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    pdf.save_with_options(&mut out, options).map_err(failed)?;
    Ok(out)
}

/// A text string (PDF 32000-1, 7.9.2.2).
fn unicode(text: &str) -> Object {
    let bytes: Vec<u8> = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn name(face: Face) -> &'static str {
    match face {
        Face::Regular => "R",
        Face::Bold => "B",
        Face::Text => "T",
        Face::Symbols => "S",
        Face::Emoji => "E",
    }
}

/// Owner of the open marked content (PDF 32000-1, 14.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marked {
    Nothing,
    /// An artifact: page numbers, rules, cutting marks.
    Artifact,
    Part(usize),
}

/// A side of a sheet, being drawn.
struct Drawing<'a> {
    ops: Vec<Op>,
    fonts: &'a mut BTreeMap<Face, Font>,
    /// The part that each marked content is of, by its identifier (MCID).
    marks: Vec<usize>,
    open: Marked,
    /// Pages that were drawn, here or on an earlier sheet.
    seen: &'a mut BTreeSet<usize>,
    /// Whether the current page was drawn before: only its first drawing is read aloud.
    again: bool,
}

impl Drawing<'_> {
    fn sheet(&mut self, document: &Document, sheet: &SheetSide) -> Result<()> {
        let height_mm = sheet.size.height_mm;
        for place in &sheet.places {
            let page = document.pages.get(place.page).ok_or_else(|| failed("a page is missing"))?;
            self.again = !self.seen.insert(place.page);
            let matrix = placed(place, page.width_mm, page.height_mm, height_mm);
            if let Some(matrix) = matrix {
                self.ops.push(Op::SaveGraphicsState);
                self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
            }
            for item in &page.items {
                self.item(item, page.height_mm / MM_PER_POINT, document)?;
            }
            self.mark(Marked::Nothing, &document.parts);
            if matrix.is_some() {
                self.ops.push(Op::RestoreGraphicsState);
            }
        }
        for [x_mm, y_mm, width_mm, height] in sheet.marks.iter().copied() {
            self.mark(Marked::Artifact, &document.parts);
            self.rule([x_mm, y_mm, width_mm, height], height_mm / MM_PER_POINT);
        }
        self.mark(Marked::Nothing, &document.parts);
        Ok(())
    }

    fn item(&mut self, item: &Item, height_pt: f32, document: &Document) -> Result<()> {
        match item {
            Item::Text { x_mm, baseline_mm, line, part } => {
                self.mark(part.map_or(Marked::Artifact, Marked::Part), &document.parts);
                self.text(*x_mm / MM_PER_POINT, height_pt - baseline_mm / MM_PER_POINT, line);
            }
            Item::Code { x_mm, y_mm, module_mm, code, part } => {
                self.mark(Marked::Part(*part), &document.parts);
                let code = document.codes.get(*code).ok_or_else(|| failed("a code is missing"))?;
                let module = module_mm / MM_PER_POINT;
                let matrix = [module, 0.0, 0.0, -module, x_mm / MM_PER_POINT, height_pt - y_mm / MM_PER_POINT];
                self.ops.push(Op::SaveGraphicsState);
                // The matrix scales a whole code of up to 177 modules: it needs more decimals than positions do.
                let [a, b, c, d, e, f] = matrix;
                let raw = [millionths(a), b, c, millionths(d), thousandths(e), thousandths(f)];
                self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(raw) });
                fill(&mut self.ops, code.rectangles().into_iter().map(|edges| edges.map(|edge| edge as f32)));
                self.ops.push(Op::RestoreGraphicsState);
            }
            Item::Rule { x_mm, y_mm, width_mm, height_mm } => {
                self.mark(Marked::Artifact, &document.parts);
                self.rule([*x_mm, *y_mm, *width_mm, *height_mm], height_pt);
            }
        }
        Ok(())
    }

    /// Ends the marked content that is open, and begins another, unless it is the same.
    fn mark(&mut self, marked: Marked, parts: &[Part]) {
        let marked = if self.again && marked != Marked::Nothing { Marked::Artifact } else { marked };
        if self.open == marked {
            return;
        }
        if self.open != Marked::Nothing {
            self.ops.push(Op::EndMarkedContent);
        }
        self.open = marked;
        match marked {
            Marked::Nothing => {}
            Marked::Artifact => self.ops.push(Op::BeginMarkedContent { tag: "Artifact".into() }),
            Marked::Part(part) => {
                let tag = parts.get(part).map(|part| tag(&part.role)).unwrap_or("P");
                let id = DictItem::Int(self.marks.len() as i64);
                self.marks.push(part);
                let map = BTreeMap::from([("MCID".to_owned(), id)]);
                let value = vec![DictItem::Name(tag.into()), DictItem::Dict { map }];
                self.ops.push(Op::Unknown { key: "BDC".into(), value });
            }
        }
    }

    /// A filled rectangle: left, upper edge, width, height in mm.
    fn rule(&mut self, [x, y, width, height]: [f32; 4], page_height_pt: f32) {
        let bottom = page_height_pt - (y + height) / MM_PER_POINT;
        let edges = [x / MM_PER_POINT, bottom, width / MM_PER_POINT, height / MM_PER_POINT];
        fill(&mut self.ops, [edges.map(hundredths)]);
    }

    /// A line of text, its left end and baseline in points. Its runs are shown in the order in which they are read.
    fn text(&mut self, x: f32, baseline: f32, line: &Line) {
        self.ops.push(Op::StartTextSection);
        for run in reading_order::runs(line) {
            let Some(first) = run.first() else { continue };
            let Some(font) = self.fonts.get_mut(&first.face) else { continue };
            let handle = PdfFontHandle::External(FontId(name(first.face).to_owned()));
            self.ops.push(Op::SetFont { font: handle, size: Pt(thousandths(line.size_pt)) });
            let left = thousandths(x + first.x_mm / MM_PER_POINT);
            let place = TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, left, thousandths(baseline)]);
            self.ops.push(Op::SetTextMatrix { matrix: place });
            self.ops.push(Op::ShowText { items: shown(&run, line.size_pt, font) });
        }
        self.ops.push(Op::EndTextSection);
    }
}

/// Glyphs of one face: their codes, and what is between them.
fn shown(glyphs: &[Glyph], size_pt: f32, font: &mut Font) -> Vec<TextItem> {
    // In thousandths of the size of type, from the place of the first glyph.
    let left = glyphs.first().map(|glyph| glyph.x_mm).unwrap_or_default();
    let mut pen = 0.0;
    let mut items = Vec::new();
    let mut codes: Vec<Codepoint> = Vec::new();
    for glyph in glyphs {
        let wanted = (glyph.x_mm - left) / MM_PER_POINT / size_pt * 1000.0;
        let shift = (pen - wanted).round();
        if shift != 0.0 {
            if !codes.is_empty() {
                items.push(TextItem::GlyphIds(std::mem::take(&mut codes)));
            }
            items.push(TextItem::Offset(shift));
            pen -= shift;
        }
        let (code, width) = font.code(&glyph.ink, &glyph.text);
        codes.push(Codepoint::new(code, 0.0));
        pen += width;
    }
    items.push(TextItem::GlyphIds(codes));
    items
}

/// The matrix that places a page on a sheet; `None` where the page is the whole sheet.
fn placed(place: &PlacedPage, width_mm: f32, height_mm: f32, sheet_height_mm: f32) -> Option<[f32; 6]> {
    let left = place.x_mm / MM_PER_POINT;
    let bottom = (sheet_height_mm - place.y_mm - height_mm) / MM_PER_POINT;
    let (width, height) = (width_mm / MM_PER_POINT, height_mm / MM_PER_POINT);
    match place.turned {
        true => Some([-1.0, 0.0, 0.0, -1.0, thousandths(left + width), thousandths(bottom + height)]),
        false if left == 0.0 && bottom.abs() < 0.001 => None,
        false => Some([1.0, 0.0, 0.0, 1.0, thousandths(left), thousandths(bottom)]),
    }
}

/// The content stream of a sheet, by printpdf.
fn contents_of(sheet: &SheetSide, ops: Vec<Op>) -> Result<Vec<u8>> {
    let mut drawing = PdfDocument::new("");
    drawing.pages.push(PdfPage::new(Mm(sheet.size.width_mm), Mm(sheet.size.height_mm), ops));
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let drawn = printpdf::serialize::to_lopdf_doc(&drawing, &options, &mut Vec::new());
    let page_id = drawn.page_iter().next().ok_or_else(|| failed("a page is missing"))?;
    Ok(drawn.get_page_content(page_id))
}

/// Fills rectangles (left, upper edge, width, height) in one operation, so that no seam shows between modules. printpdf
/// would fill each on its own; operations that it does not know it writes as they are.
fn fill(ops: &mut Vec<Op>, rectangles: impl IntoIterator<Item = [f32; 4]>) {
    let mut key = String::new();
    for [left, upper, width, height] in rectangles {
        key.push_str(&format!("{left} {upper} {width} {height} re\n"));
    }
    key.push('f');
    ops.push(Op::Unknown { key, value: Vec::new() });
}

fn hundredths(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn thousandths(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

fn millionths(value: f32) -> f32 {
    (value * 1_000_000.0).round() / 1_000_000.0
}

/// Writes a structure tree (PDF 32000-1, 14.7), with the pages that its marked contents stand on.
fn write_tree(tree: &Tree, pages: &[ObjectId], pdf: &mut Lopdf) -> ObjectId {
    let root_id = pdf.new_object_id();
    let ids: Vec<ObjectId> = tree.elements.iter().map(|_| pdf.new_object_id()).collect();
    let reference = |at: &usize| ids.get(*at).copied().unwrap_or(root_id);
    for (element, id) in tree.elements.iter().zip(&ids) {
        let marked = element.content.iter().filter_map(|content| {
            let page = pages.get(content.sheet)?;
            Some(dictionary! { "Type" => "MCR", "Pg" => *page, "MCID" => content.id as i64 }.into())
        });
        let kids: Vec<Object> = element.kids.iter().map(|kid| reference(kid).into()).chain(marked).collect();
        let parent = element.parent.as_ref().map_or(root_id, reference);
        let mut written = dictionary! { "Type" => "StructElem", "S" => element.tag, "P" => parent, "K" => kids };
        if let Some(language) = element.language {
            written.set("Lang", Object::string_literal(language));
        }
        if let Some(alt) = &element.alt {
            written.set("Alt", unicode(alt));
        }
        pdf.set_object(*id, written);
    }
    let mut parents: Vec<Object> = Vec::new();
    for (number, owners) in tree.owners.iter().enumerate() {
        parents.push(Object::Integer(number as i64));
        parents.push(Object::Array(owners.iter().map(|owner| reference(owner).into()).collect()));
    }
    let parents_id = pdf.add_object(dictionary! { "Nums" => parents });
    let root = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => ids.first().copied().unwrap_or(root_id),
        "ParentTree" => parents_id,
        "ParentTreeNextKey" => tree.owners.len() as i64,
    };
    pdf.set_object(root_id, root);
    root_id
}

/// Writes the subset of a face that is used.
fn embed(face: Face, font: &Font, pdf: &mut Lopdf) -> Result<ObjectId> {
    let subset = font.subset()?;
    let mut glyph_ids: Vec<u8> = vec![0, 0];
    let mut widths: Vec<Object> = vec![0.into()];
    let mut unicode = String::new();
    for (code, (glyph, width, text)) in (1usize..).zip(&subset.codes) {
        glyph_ids.extend_from_slice(&glyph.to_be_bytes());
        widths.push(Object::Real(*width));
        let utf16: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        unicode.push_str(&format!("1 beginbfchar\n<{code:04X}> <{utf16}>\nendbfchar\n"));
    }
    let length = i64::try_from(subset.program.len()).unwrap_or_default();
    let program_id = pdf.add_object(compressed(dictionary! { "Length1" => length }, &subset.program)?);
    let glyph_ids_id = pdf.add_object(compressed(Dictionary::new(), &glyph_ids)?);
    let unicode_id = pdf.add_object(compressed(Dictionary::new(), to_unicode(&unicode).as_bytes())?);
    let bounds: Vec<Object> = subset.bounds.iter().map(|edge| Object::Real(edge.round())).collect();
    let base_font = match face {
        Face::Regular => "SHABNA+Vazirmatn-Regular",
        Face::Bold => "SHABNA+Vazirmatn-Bold",
        Face::Text => "SHABNA+CompanionText-Regular",
        Face::Symbols => "SHABNA+CompanionSymbols-Regular",
        Face::Emoji => "SHABNA+CompanionEmoji-Regular",
    };
    let descriptor_id = pdf.add_object(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => base_font,
        "Flags" => 4,
        "FontBBox" => bounds,
        "ItalicAngle" => 0,
        "Ascent" => Object::Real(subset.ascent.round()),
        "Descent" => Object::Real(subset.descent.round()),
        "CapHeight" => Object::Real(subset.cap_height.round()),
        "StemV" => if face == Face::Bold { 140 } else { 80 },
        "FontFile2" => program_id,
    });
    let descendant_id = pdf.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType2",
        "BaseFont" => base_font,
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        },
        "FontDescriptor" => descriptor_id,
        "W" => vec![0.into(), Object::Array(widths)],
        "CIDToGIDMap" => glyph_ids_id,
    });
    Ok(pdf.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => base_font,
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![descendant_id.into()],
        "ToUnicode" => unicode_id,
    }))
}

/// A ToUnicode CMap (PDF 32000-1, 9.10.3) of these mappings.
fn to_unicode(mappings: &str) -> String {
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n\
         {mappings}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )
}
