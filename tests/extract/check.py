"""The text of every form that prints it, copied out again by the engines people have, and what programs that read aloud are told.

usage: check.py SHABNAMEH NODE_MODULES_FOLDER
"""

import ctypes
import difflib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
import pypdfium2

HERE = Path(__file__).parent
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
DIRECTIONS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
PROGRAM, MODULES = (Path(argument).resolve() for argument in sys.argv[1:3])


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True).stdout.decode()


# The engines. Each gives the text of every page.

def pdfium(path):
    texts = []
    for page in pypdfium2.PdfDocument(path):
        text, raw = page.get_textpage(), pypdfium2.raw
        left, bottom, right, top = page.get_mediabox()
        x, y = ctypes.c_double(), ctypes.c_double()
        shown = []
        for index in range(text.count_chars()):
            raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
            # White space that PDFium adds stands nowhere.
            inside = left <= x.value <= right and bottom <= y.value <= top
            if inside or raw.FPDFText_IsGenerated(text.raw, index) == 1:
                shown.append(chr(raw.FPDFText_GetUnicode(text.raw, index)))
        texts.append("".join(shown))
    # It takes a mark between a letter and a stop for part of the stop.
    return [re.sub(f"([.,:;!،؛؟»])([{MARKS}]+)", "\\2\\1", text) for text in texts]


def pdfjs(path):
    pages = json.loads(run("node", HERE / "pdfjs.mjs", MODULES, path))
    # pdf.js gives marks no room, and so puts the space that follows a word before the mark that ends it, or on the line before.
    return [re.sub(f"[{MARKS}]", "", page) for page in pages]


def poppler(path):
    text = run("pdftotext", "-layout", path, "-")
    # What has a direction of its own stands between marks that say so.
    text = re.sub("[\u202a-\u202c]", " ", text)
    return text.split("\f")


ENGINES = [("PDFium", pdfium), ("pdf.js", pdfjs), ("pdftotext -layout", poppler)]


# What is read as a whole, in the order of its characters: each is found so in the text of every engine, whatever stands around it.
TOKENS = [
    "https://example.org/news/2026-01-18",
    "news+iran-work.union@protonmail.com",
    "+98 912 345 6789",
    "6037-0000-1111-2222",
    "CVE-2024-1234",
    "ISO 8859-6",
    "@handle_one",
    "C++",
    "https://ex.org/a",
]
# English in a letter from right to left, and what it says above the codes.
ENGLISH = "This part is in Latin type, with an offer, a file, and no more to flow over."


def without_blanks(text):
    return re.sub(f"[\\s{DIRECTIONS}\ufeff\u200b]", "", text)


def words(text, engine):
    text = re.sub(f"[{DIRECTIONS}\ufeff]", "", text)
    # Numbers of list items are printed in the digits of the letter's language.
    text = text.translate({0x6F0 + digit: 0x30 + digit for digit in range(10)})
    if engine == "pdf.js":
        # It loses ZWNJ in lines that hold Latin.
        text = re.sub(f"[{MARKS}]", "", text).replace("\u200c", "")
    return re.findall(f"(?:[^\\W_]|[\u200c{MARKS}])+", text)


# Engines turn around lines in which they take the wrong direction for the main one: so many words a word may be out of place.
LINE = 16


def compare(wanted, found):
    """The words that are not in order, and those of them that are not there at all; what stands between is no fault: page numbers."""
    there, spare = {}, dict(enumerate(found))
    for block in difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            there[block.a + offset] = block.b + offset
            spare.pop(block.b + offset)
    moved, lost, near = [], [], 0
    for at, word in enumerate(wanted):
        if at in there:
            near = there[at]
            continue
        moved.append(word)
        place = next((p for p in range(near - LINE, near + LINE + 1) if spare.get(p) == word), None)
        if place is None:
            lost.append(word)
        else:
            spare.pop(place)
    return moved, lost


def missing_anywhere(wanted, found):
    left, lost = list(found), []
    for word in wanted:
        left.remove(word) if word in left else lost.append(word)
    return lost


# Imposed pages, cut out again. This knows how paper is folded, and nothing of the program.

def cells(form, sheets):
    """For each page in reading order: sheet, left, bottom, width and height as parts of the sheet, whether it stands on its head."""
    if form == "booklet":
        pages = {}
        total = len(sheets) * 2
        for side in range(len(sheets)):
            low, high = side, total - 1 - side
            # The spine of a booklet that is read from right to left is on the right of its first page, which lies on the left.
            left, right = (low, high) if side % 2 == 0 else (high, low)
            pages[left], pages[right] = (side, 0, 0, 0.5, 1, False), (side, 0.5, 0, 0.5, 1, False)
        return [pages[number] for number in sorted(pages)]
    if form == "zine":
        upper, lower = [3, 4, 5, 6], [2, 1, 0, 7]
        pages = {}
        for sheet in range(len(sheets)):
            for column in range(4):
                pages[sheet * 8 + upper[column]] = (sheet, column / 4, 0.5, 0.25, 0.5, True)
                pages[sheet * 8 + lower[column]] = (sheet, column / 4, 0, 0.25, 0.5, False)
        return [pages[number] for number in sorted(pages)]
    return [(sheet, 0, 0, 1, 1, False) for sheet in range(len(sheets))]


def cut_out(form, path, target):
    out, sources = pikepdf.new(), []
    for sheet, x, y, width, height, turned in cells(form, pikepdf.open(path).pages):
        # Opened anew, so that each is a page of its own.
        sources.append(pikepdf.open(path))
        out.pages.append(sources[-1].pages[sheet])
        page = out.pages[-1]
        _, _, w, h = (float(edge) for edge in page.MediaBox)
        box = pikepdf.Array([x * w, y * h, (x + width) * w, (y + height) * h])
        page.MediaBox = box
        page.CropBox = box
        page.Rotate = 180 if turned else 0
    out.save(target)


# What programs that read aloud are told (after PDF/UA-1, as far as it can be told by looking).

def tagged(path, title):
    pdf = pikepdf.open(path)
    root = pdf.Root
    assert root.MarkInfo.Marked, "not marked as tagged"
    assert str(root.Lang) == "fa", "no language"
    assert root.ViewerPreferences.DisplayDocTitle and str(pdf.docinfo.Title) == title, "no title"
    parents = list(root.StructTreeRoot.ParentTree.Nums)
    assert [int(key) for key in parents[::2]] == list(range(len(pdf.pages))), "the parent tree has gaps"
    for number, page in enumerate(pdf.pages):
        assert page.StructParents == number and page.Tabs == "/S"
        depth, ids, artifacts = 0, [], 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "BDC":
                depth += 1
                ids.append(int(operands[1].MCID))
            elif name == "BMC":
                assert str(operands[0]) == "/Artifact"
                depth += 1
                artifacts += 1
            elif name == "EMC":
                depth -= 1
            elif name in ("TJ", "Tj", "f"):
                assert depth == 1, f"{name} on page {number + 1} belongs to nothing"
            elif name in ("rg", "RG", "g", "G", "k", "K", "sc", "scn"):
                assert all(float(value) == 0 for value in operands), "ink that is not black"
        assert ids == list(range(len(ids))) and depth == 0
        owners = list(parents[2 * number + 1])
        assert len(owners) == len(ids), "marked content without an owner"
    seen = {}

    def walk(element, parent):
        kind = str(element.S)
        seen[kind] = seen.get(kind, 0) + 1
        assert element.P.objgen == parent.objgen, f"{kind} has another parent"
        if kind == "/Figure":
            assert str(element.Alt), "a figure without words"
        kids = [kid for kid in element.get("/K", []) if "/S" in kid]
        if kind == "/L":
            assert all(str(kid.S) == "/LI" for kid in kids)
        if kind == "/LI":
            assert [str(kid.S) for kid in kids] == ["/LBody"]
        for kid in kids:
            walk(kid, element)

    walk(root.StructTreeRoot.K, root.StructTreeRoot)
    fonts = [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]
    assert fonts and all("/ToUnicode" in font for font in fonts)
    assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)
    return seen


def main():
    letter = (HERE / "letter.fa.md").read_text()
    # What is printed of it: the head without its keys, list marks and links as they are set.
    body = letter.split("---", 2)[2]
    printed = "نامه‌ای برای آزمودن شورای خوانندگان ۳ آذر ۱۴۰۵ " + body
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for form, paper in [("leaflet", "a4"), ("leaflet", "a6"), ("leaflet", "letter"), ("booklet", "a4"), ("zine", "a4")]:
            path, pages = Path(folder, f"{form}-{paper}.pdf"), Path(folder, "pages.pdf")
            run(PROGRAM, "print", HERE / "letter.fa.md", "--form", form, "--paper", paper, "--out", path)
            cut_out(form, path, pages)
            for name, engine in ENGINES:
                # pdf.js gives the marks of the whole sheet on each part of it, so it gets the sheet, whose pages are drawn in their order.
                text = "\n".join(engine(path if (form, name) == ("zine", "pdf.js") else pages))
                wanted, found = words(printed, name), words(text, name)
                if name.endswith("-layout") and (form, paper) != ("leaflet", "a6"):
                    # Columns stand side by side in a layout, and pages with more Latin than Persian are laid out from the left.
                    moved, lost = [], missing_anywhere(wanted, found)
                else:
                    moved, lost = compare(wanted, found)
                print(f"{form:<8} {paper:<7} {name:<18} {len(wanted)} words, out of order {len(moved)}, lost {len(lost)}", *lost[:8])
                torn = [token for token in TOKENS + [ENGLISH] if without_blanks(token) not in without_blanks(text)]
                # A page of a zine is narrower than an address.
                torn = [token for token in torn if form != "zine" or len(token) < 30]
                # A layout has the lines of columns side by side.
                torn = [] if name.endswith("-layout") and moved == [] and (form, paper) != ("leaflet", "a6") else torn
                assert not torn, f"{name} tears {torn}"
                # Up to the instructions, which have some of their own.
                kept, all_of_them = text.split("همین نامه")[0].count("\u200c"), printed.count("\u200c")
                least = {"PDFium": all_of_them, "pdf.js": all_of_them // 2}.get(name, 0)
                assert kept >= least, f"ZWNJ is lost by {name}: {kept} of {all_of_them}"
                failed = failed or bool(lost) or bool(moved)
            seen = tagged(path, "نامه‌ای برای آزمودن")
            assert seen["/H1"] == 1 and seen["/H2"] >= 3 and seen["/LI"] == 7 and seen["/Figure"] >= 2, seen
        for form in ["cards", "poster", "archive"]:
            path = Path(folder, f"{form}.pdf")
            plain = [] if form == "archive" else ["--plain"]
            run(PROGRAM, "print", HERE / "letter.fa.md", "--form", form, *plain, "--out", path)
            tagged(path, "نامه‌ای برای آزمودن")
            run("qpdf", "--check", path)
    sys.exit(failed)


main()
