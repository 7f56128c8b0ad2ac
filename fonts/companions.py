"""Makes the companion faces of Noto's: companions.py NOTO_FOLDER EMOJI.woff2, with fontTools 4 and brotli, in the folder of this file.

NOTO_FOLDER is /usr/share/fonts/truetype/noto of Debian's fonts-noto-core 20201225-1; EMOJI.woff2 is files/noto-emoji-emoji-400-normal.woff2 of the npm
package @fontsource/noto-emoji 5.3.2. Only characters that Vazirmatn lacks are kept, without hints; emoji without their sequences.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger, Options
from fontTools.subset import Options as SubsetOptions, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
NOTO, EMOJI = Path(sys.argv[1]), Path(sys.argv[2])
own = set(TTFont(HERE / "Vazirmatn-Regular.ttf").getBestCmap())


def characters(*ranges):
    return {c for first, last in ranges for c in range(first, last + 1)}


def subset(source, target, wanted):
    """Keeps what is wanted of a font; gives what that is."""
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    options = SubsetOptions()
    options.hinting = options.glyph_names = options.legacy_kern = False
    options.notdef_outline = True
    options.layout_features = ["mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = ["*"]
    options.drop_tables += ["DSIG", "STAT", "meta"]
    subsetter = Subsetter(options)
    kept = wanted & set(font.getBestCmap())
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    font.save(target)
    return kept


def merge(name, files):
    font = Merger(options=Options(drop_tables=["DSIG", "STAT", "meta"])).merge([str(file) for file in files])
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = 0
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 13, 14)]
    for number, text in [(1, name), (2, "Regular"), (4, name), (5, "Version 1"), (6, name.replace(" ", "") + "-Regular")]:
        names.setName(text, number, 3, 1, 0x409)
    font["post"].formatType = 3
    font.save(HERE / f"{name.replace(' ', '')}-Regular.ttf")


with tempfile.TemporaryDirectory() as folder:
    part = lambda name: Path(folder, name)
    letters = characters(
        (0xA0, 0x2AF), (0x300, 0x36F), (0x370, 0x52F), (0x1E00, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x218F)
    )
    done = own | subset(NOTO / "NotoSans-Regular.ttf", part("text"), letters - own)
    subset(NOTO / "NotoSansHebrew-Regular.ttf", part("hebrew"), characters((0x590, 0x5FF)))
    subset(NOTO / "NotoSansArmenian-Regular.ttf", part("armenian"), characters((0x530, 0x58F)))
    subset(NOTO / "NotoSansGeorgian-Regular.ttf", part("georgian"), characters((0x10A0, 0x10FF)))
    merge("Companion Text", [part(name) for name in ("text", "hebrew", "armenian", "georgian")])
    signs = characters((0x2190, 0x21FF), (0x2300, 0x23FF), (0x2440, 0x2BFF))
    done |= subset(NOTO / "NotoSansSymbols2-Regular.ttf", part("symbols2"), signs - done)
    done |= subset(NOTO / "NotoSansSymbols-Regular.ttf", part("symbols"), signs - done)
    done |= subset(NOTO / "NotoSansMath-Regular.ttf", part("math"), characters((0x2190, 0x22FF), (0x27C0, 0x27FF)) - done)
    merge("Companion Symbols", [part(name) for name in ("symbols2", "symbols", "math")])
    emoji = TTFont(EMOJI)
    emoji.flavor = None
    emoji.save(part("all"))
    subset(part("all"), part("emoji"), {c for c in emoji.getBestCmap() if c > 0x2000} - own)
    merge("Companion Emoji", [part("emoji")])
