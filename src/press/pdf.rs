//! Pages -> PDF. The one file that names the PDF crates.
//!
//! Contents are drawn by `printpdf`; fonts and the frame of the document are written through `lopdf`, as printpdf knows nothing of glyphs
//! that stand for part of a ligature. In a font of ours a code is a pair of glyph and character, so that copied text is the text that
//! was set, ZWNJ and all; a `CIDToGIDMap` finds the glyph. The same leaflet gives the same bytes.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, StringFormat, dictionary};
use printpdf::{
    Codepoint, CurTransMat, DictItem, FontId, Mm, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt,
    TextItem, TextMatrix,
};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use subsetter::GlyphRemapper;

use super::layout::{Face, Glyph, Line, MM_PER_POINT};
use super::leaflet::Leaflet;
use super::page::{Item, Page};
use crate::codec::envelope::ObjectId as ContentId;
use crate::error::{Error, Result};
use crate::optics::qr::QrCode;

/// Thickness of rules, in points.
const RULE_PT: f32 = 0.4;

/// The PDF of a leaflet. `page_done` is called after each page.
///
/// # Errors
/// [`Error::Page`].
pub fn write(leaflet: &Leaflet, codes: &[QrCode], page_done: &dyn Fn()) -> Result<Vec<u8>> {
    let mut fonts: BTreeMap<Face, Font> = Face::ALL.into_iter().map(|face| (face, Font::new(face))).collect();
    let mut document = Document::with_version("1.7");
    let pages_id = document.new_object_id();
    let resources_id = document.new_object_id();
    let mut pages: Vec<Object> = Vec::new();
    let mut contents = Vec::new();
    for page in &leaflet.pages {
        let content = draw(page, codes, &mut fonts)?;
        contents.extend_from_slice(&ContentId::of(&content).0);
        let mut stream = Stream::new(Dictionary::new(), content);
        stream.compress().map_err(failed)?;
        let contents_id = document.add_object(stream);
        let media_box: Vec<Object> = [0.0, 0.0, page.width_mm, page.height_mm]
            .into_iter()
            .map(|mm| Object::Real(hundredths(mm / MM_PER_POINT)))
            .collect();
        pages.push(Object::Reference(document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => pages_id,
            "MediaBox" => media_box,
            "Resources" => resources_id,
            "Contents" => contents_id,
        })));
        page_done();
    }
    let count = i64::try_from(pages.len()).unwrap_or_default();
    document.set_object(pages_id, dictionary! { "Type" => "Pages", "Count" => count, "Kids" => pages });
    let mut font_resources = Dictionary::new();
    for (face, font) in &fonts {
        if !font.codes.is_empty() {
            font_resources.set(name(*face), font.embed(&mut document)?);
        }
    }
    document.set_object(resources_id, dictionary! { "Font" => font_resources });
    finish(document, pages_id, leaflet, ContentId::of(&contents))
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Page { why: error.to_string() }
}

/// Catalog, information and file identifier: nothing about who made it, when, or with what.
fn finish(mut document: Document, pages_id: ObjectId, leaflet: &Leaflet, content: ContentId) -> Result<Vec<u8>> {
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => pages_id };
    if !leaflet.language.is_empty() {
        catalog.set("Lang", Object::string_literal(leaflet.language.as_str()));
    }
    let catalog_id = document.add_object(catalog);
    document.trailer.set("Root", catalog_id);
    if !leaflet.title.is_empty() {
        let title: Vec<u8> =
            [0xFE, 0xFF].into_iter().chain(leaflet.title.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let info_id = document.add_object(dictionary! { "Title" => Object::String(title, StringFormat::Hexadecimal) });
        document.trailer.set("Info", info_id);
    }
    let id = Object::String([content.0, content.0].concat(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut out = Vec::new();
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    document.save_with_options(&mut out, options).map_err(failed)?;
    Ok(out)
}

fn name(face: Face) -> &'static str {
    match face {
        Face::Regular => "R",
        Face::Bold => "B",
    }
}

/// The content stream of a page.
fn draw(page: &Page, codes: &[QrCode], fonts: &mut BTreeMap<Face, Font>) -> Result<Vec<u8>> {
    let mut ops = Vec::new();
    let height_pt = page.height_mm / MM_PER_POINT;
    for item in &page.items {
        match item {
            Item::Text { x_mm, baseline_mm, line } => {
                if let Some(font) = fonts.get_mut(&line.face) {
                    text(&mut ops, *x_mm / MM_PER_POINT, height_pt - baseline_mm / MM_PER_POINT, line, font);
                }
            }
            Item::Code { x_mm, y_mm, module_mm, code } => {
                let code = codes.get(*code).ok_or_else(|| failed("a code is missing"))?;
                let module = module_mm / MM_PER_POINT;
                let matrix = [module, 0.0, 0.0, -module, x_mm / MM_PER_POINT, height_pt - y_mm / MM_PER_POINT];
                ops.push(Op::SaveGraphicsState);
                ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix.map(thousandths)) });
                fill(&mut ops, rectangles(code));
                ops.push(Op::RestoreGraphicsState);
            }
            Item::Rule { x_mm, y_mm, length_mm } => {
                let y = height_pt - y_mm / MM_PER_POINT - RULE_PT / 2.0;
                let edges = [x_mm / MM_PER_POINT, y, length_mm / MM_PER_POINT, RULE_PT];
                fill(&mut ops, [edges.map(|edge| DictItem::Real(hundredths(edge)))]);
            }
        }
    }
    let mut drawing = PdfDocument::new("");
    drawing.pages.push(PdfPage::new(Mm(page.width_mm), Mm(page.height_mm), ops));
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
    let drawn = printpdf::serialize::to_lopdf_doc(&drawing, &options, &mut Vec::new());
    let page_id = drawn.page_iter().next().ok_or_else(|| failed("a page is missing"))?;
    Ok(drawn.get_page_content(page_id))
}

/// The dark modules of a code as few rectangles (left, upper, width, height): runs of a row, taller where the next rows have the same.
fn rectangles(code: &QrCode) -> Vec<[DictItem; 4]> {
    let mut done: Vec<[usize; 4]> = Vec::new();
    let mut open: Vec<[usize; 4]> = Vec::new();
    for (y, row) in code.rows().enumerate() {
        let mut next = Vec::new();
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&true) {
                let right = x + run.len();
                let top = match open.iter().position(|rectangle| rectangle[0] == x && rectangle[2] == right) {
                    Some(at) => open.swap_remove(at)[1],
                    None => y,
                };
                next.push([x, top, right, y + 1]);
            }
            x += run.len();
        }
        done.append(&mut open);
        open = next;
    }
    done.append(&mut open);
    done.sort_unstable_by_key(|[x, y, ..]| (*y, *x));
    let int = |edge: usize| DictItem::Int(edge as i64);
    done.into_iter().map(|[left, top, right, bottom]| [left, top, right - left, bottom - top].map(int)).collect()
}

/// Fills rectangles (left, upper, width, height) at once, so that no seam shows between them. printpdf has an operation for rectangles, but
/// it fills each on its own.
fn fill(ops: &mut Vec<Op>, rectangles: impl IntoIterator<Item = [DictItem; 4]>) {
    ops.extend(rectangles.into_iter().map(|edges| Op::Unknown { key: "re".into(), value: edges.into() }));
    ops.push(Op::Unknown { key: "f".into(), value: Vec::new() });
}

/// A line of text, its left end and baseline in points.
fn text(ops: &mut Vec<Op>, x: f32, baseline: f32, line: &Line, font: &mut Font) {
    ops.push(Op::StartTextSection);
    ops.push(Op::SetFont { font: PdfFontHandle::External(FontId(name(line.face).to_owned())), size: Pt(line.size_pt) });
    let left = line.glyphs.first().map(|glyph| glyph.x_mm).unwrap_or_default();
    let place = TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, thousandths(x + left / MM_PER_POINT), thousandths(baseline)]);
    ops.push(Op::SetTextMatrix { matrix: place });
    // In thousandths of the size of type, from the place of the first glyph.
    let mut pen = 0.0;
    for level in line.glyphs.chunk_by(|a, b| a.rise_mm == b.rise_mm) {
        let rise = level.first().map(|glyph| glyph.rise_mm).unwrap_or_default();
        let mut items = Vec::new();
        for glyph in level {
            let wanted = (glyph.x_mm - left) / MM_PER_POINT / line.size_pt * 1000.0;
            let shift = (pen - wanted).round();
            if shift != 0.0 {
                items.push(TextItem::Offset(shift));
                pen -= shift;
            }
            let (code, width) = font.code(glyph);
            items.push(TextItem::GlyphIds(vec![Codepoint::new(code, 0.0)]));
            pen += width;
        }
        // Marks stand above or below the line, and yet on it, so that programs that copy text take them for what they are.
        let raised = rise != 0.0;
        if raised {
            ops.push(Op::SetLineOffset { multiplier: hundredths(rise / MM_PER_POINT) });
        }
        ops.push(Op::ShowText { items });
        if raised {
            ops.push(Op::SetLineOffset { multiplier: 0.0 });
        }
    }
    ops.push(Op::EndTextSection);
}

fn hundredths(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn thousandths(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

/// A face, and the codes used of it.
struct Font {
    face: Face,
    /// Widths of its glyphs, in thousandths of the size of type.
    widths: Vec<f32>,
    /// Code of each pair of glyph and character; whether it is blank.
    codes: BTreeMap<(u16, char, bool), u16>,
}

impl Font {
    fn new(face: Face) -> Self {
        let widths = skrifa::FontRef::new(face.file())
            .map(|font| {
                let metrics = font.glyph_metrics(Size::new(1000.0), LocationRef::default());
                (0..metrics.glyph_count())
                    .map(|id| metrics.advance_width(skrifa::GlyphId::new(id)).unwrap_or_default())
                    .collect()
            })
            .unwrap_or_default();
        Font { face, widths, codes: BTreeMap::new() }
    }

    fn width(&self, id: u16, blank: bool) -> f32 {
        if blank { 0.0 } else { hundredths(self.widths.get(usize::from(id)).copied().unwrap_or_default()) }
    }

    /// The code of a glyph, and its width in thousandths of the size of type.
    fn code(&mut self, glyph: &Glyph) -> (u16, f32) {
        let next = u16::try_from(self.codes.len() + 1).unwrap_or(u16::MAX);
        let code = *self.codes.entry((glyph.id, glyph.character, glyph.blank)).or_insert(next);
        (code, self.width(glyph.id, glyph.blank))
    }

    /// Writes the subset of the face that is used.
    fn embed(&self, document: &mut Document) -> Result<ObjectId> {
        let blank = skrifa::FontRef::new(self.face.file())
            .ok()
            .and_then(|font| font.charmap().map(' '))
            .and_then(|id| u16::try_from(id.to_u32()).ok())
            .unwrap_or_default();
        let mut used: Vec<(u16, (u16, char, bool))> = self.codes.iter().map(|(key, code)| (*code, *key)).collect();
        used.sort_unstable();
        let mut remapper = GlyphRemapper::new();
        let mut glyph_ids: Vec<u8> = vec![0, 0];
        let mut widths: Vec<Object> = vec![0.into()];
        let mut unicode = String::new();
        for (code, (id, character, is_blank)) in &used {
            glyph_ids.extend_from_slice(&remapper.remap(if *is_blank { blank } else { *id }).to_be_bytes());
            widths.push(Object::Real(self.width(*id, *is_blank)));
            let utf16: String = character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04X}")).collect();
            unicode.push_str(&format!("1 beginbfchar\n<{code:04X}> <{utf16}>\nendbfchar\n"));
        }
        let mut compressed = |dictionary: Dictionary, bytes: Vec<u8>| -> Result<ObjectId> {
            let mut stream = Stream::new(dictionary, bytes);
            stream.compress().map_err(failed)?;
            Ok(document.add_object(stream))
        };
        let program = subsetter::subset(self.face.file(), 0, &remapper).map_err(failed)?;
        let length = i64::try_from(program.len()).unwrap_or_default();
        let program_id = compressed(dictionary! { "Length1" => length }, program)?;
        let glyph_ids_id = compressed(Dictionary::new(), glyph_ids)?;
        let unicode_id = compressed(Dictionary::new(), to_unicode(&unicode).into_bytes())?;
        let font = skrifa::FontRef::new(self.face.file()).map_err(failed)?;
        let metrics = font.metrics(Size::new(1000.0), LocationRef::default());
        let bounds = metrics.bounds.unwrap_or_default();
        let bounds: Vec<Object> = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]
            .into_iter()
            .map(|edge| Object::Real(edge.round()))
            .collect();
        let base_font = match self.face {
            Face::Regular => "SHABNA+Vazirmatn-Regular",
            Face::Bold => "SHABNA+Vazirmatn-Bold",
        };
        let descriptor_id = document.add_object(dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => base_font,
            "Flags" => 4,
            "FontBBox" => bounds,
            "ItalicAngle" => 0,
            "Ascent" => Object::Real(metrics.ascent.round()),
            "Descent" => Object::Real(metrics.descent.round()),
            "CapHeight" => Object::Real(metrics.cap_height.unwrap_or(metrics.ascent).round()),
            "StemV" => if self.face == Face::Bold { 140 } else { 80 },
            "FontFile2" => program_id,
        });
        let descendant_id = document.add_object(dictionary! {
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
        Ok(document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => base_font,
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant_id.into()],
            "ToUnicode" => unicode_id,
        }))
    }
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
