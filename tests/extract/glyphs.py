"""Where each character of a PDF stands: a JSON array of [page, x, y, character], x and y of its origin in points.

usage: glyphs.py PDF
"""

import ctypes
import json
import sys

import pypdfium2

raw = pypdfium2.raw
found = []
for number, page in enumerate(pypdfium2.PdfDocument(sys.argv[1])):
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
        found.append([number, round(x.value, 3), round(y.value, 2), chr(raw.FPDFText_GetUnicode(text.raw, index))])
print(json.dumps(found))
