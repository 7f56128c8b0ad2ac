#!/usr/bin/env python3
"""Reader for the shabnameh format, version 1, written from format.md alone (section numbers are that file's).

usage: decode.py TEXTFILE OUTDIR
Exit code: 0 all letters complete, 3 some not, 1 nothing found (2: wrong usage).
"""
import base64, hashlib, io, itertools, os, re, sys, zlib
from collections import namedtuple
import zstandard

MAX_CONTENT, MIN_ENVELOPE, MAX_ENVELOPE, MAX_TEXT = 16_777_216, 46, 16_842_752, 4296
MAX_WINDOW = 16_777_216      # section 1.1
MAX_TRIES, MAX_WORK = 200, 20_000    # limits on guessing which frames lie (section 3): sets of them, symbols solved


class NewerReader(ValueError):
    """Reserved value: not damaged, but needs a newer reader."""


class Foreign(ValueError):
    """A QR code's text that does not even begin with SHAB (section 4)."""


def need(ok, why):
    if not ok:
        raise ValueError(why)


def object_id(envelope):     # section 2
    return hashlib.sha256(envelope).digest()[:8]


# ---------------------------------------------------------------- envelope (section 1)
Envelope = namedtuple("Envelope", "media_type name language title content")


def open_envelope(data):
    need(MIN_ENVELOPE <= len(data) <= MAX_ENVELOPE, "envelope length out of range")
    for value, expected, what in zip(data, (1, 0, 0), ("version", "encryption", "signature")):
        if value != expected:
            raise NewerReader(f"{what} {value}: a newer reader is needed")
    coding, dictionary, media = data[3:6]
    if coding > 2 or dictionary != 0:
        raise NewerReader(f"coding {coding}, dictionary {dictionary}: a newer reader is needed")
    length, digest, rest = int.from_bytes(data[6:10], "big"), data[10:42], data[42:]
    need(1 <= length <= MAX_CONTENT, "length out of range")
    strings = []
    for _ in range(3):       # name, language, title
        need(rest and len(rest) > rest[0], "string is cut")
        strings.append(rest[1:1 + rest[0]].decode("utf-8"))      # UnicodeDecodeError is a ValueError
        rest = rest[1 + rest[0]:]
    name, language, title = strings
    need(re.fullmatch(r"[A-Za-z0-9-]{0,35}", language), "bad language tag")
    need(rest, "no content")
    if coding == 0:
        content = rest
    elif coding == 1:
        content = unzstd(rest, length)
    else:
        content = restore_text(unzstd(rest, 2 * length), length)
    need(len(content) == length, "content has not the length stated")
    need(hashlib.sha256(content).digest() == digest, "content has not the hash stated")
    try:                     # unknown media types, and text that is not UTF-8, count as 0
        if media in (1, 2):
            content.decode("utf-8")
        else:
            media = 0
    except UnicodeDecodeError:
        media = 0
    return Envelope(media, name, language, title, bytes(content))


def unzstd(data, limit):
    """One magicless frame and nothing after it, at most `limit` bytes of output (section 1.1; RFC 8878, 3.1.1)."""
    need(len(data) >= 2, "Zstandard frame is cut")
    descriptor, single = data[0], data[0] >> 5 & 1
    need(not descriptor & 0x08, "reserved bit set")
    need(not descriptor & 0x04, "content checksum present")
    need(not descriptor & 0x03, "dictionary ID present")
    size_bytes = (single, 2, 4, 8)[descriptor >> 6]
    pos = 2 - single + size_bytes
    need(len(data) >= pos, "Zstandard frame is cut")
    if single:               # the window is the content size
        window = int.from_bytes(data[1:pos], "little") + (256 if size_bytes == 2 else 0)
    else:
        base = 1 << 10 + (data[1] >> 3)
        window = base + (base >> 3) * (data[1] & 7)
    need(window <= MAX_WINDOW, "window too large")
    last = 0
    while not last:          # walk the blocks to find the frame's end
        need(len(data) >= pos + 3, "Zstandard frame is cut")
        header = int.from_bytes(data[pos:pos + 3], "little")
        last, kind = header & 1, header >> 1 & 3
        pos += 3 + (1 if kind == 1 else header >> 3)
    need(len(data) >= pos, "Zstandard frame is cut")
    need(len(data) == pos, "bytes after the Zstandard frame")
    reader = zstandard.ZstdDecompressor(format=zstandard.FORMAT_ZSTD1_MAGICLESS, max_window_size=MAX_WINDOW)
    try:
        out = reader.stream_reader(io.BytesIO(data)).read(limit + 1)
    except zstandard.ZstdError as error:
        raise ValueError(f"bad Zstandard frame: {error}") from None
    need(len(out) <= limit, "decoded content too long")
    return out


TABLE = "".join(chr(int(c, 16)) for c in """
0621 0622 0623 0624 0625 0626 0627 0628 0629 062A 062B 062C 062D 062E 062F 0630
0631 0632 0633 0634 0635 0636 0637 0638 0639 063A 0641 0642 0643 0644 0645 0646
0647 0648 0649 064A 064B 064C 064D 064E 064F 0650 0651 0652 0653 0654 0670 0640
067E 0686 0698 06A9 06AF 06CC 06C0 0695 06B5 06C6 06CE 06D5 06BE 06A4 06F0 06F1
06F2 06F3 06F4 06F5 06F6 06F7 06F8 06F9 0660 0661 0662 0663 0664 0665 0666 0667
0668 0669 060C 061B 061F 066A 066B 066C 200C 200D 200E 200F 00AB 00BB 2013 2014
2018 2019 201C 201D 2026 2022 00A0 00B7 00B0 00D7 2039 203A 0259 018F 015F 015E
00E7 00C7 011F 011E 0131 0130 00F6 00D6 00FC 00DC 00EA 00CA 00EE 00CE 00FB 00DB""".split())
RECODE = {0x80 + i: char for i, char in enumerate(TABLE)}        # for str.translate on Latin-1


def restore_text(data, limit=MAX_CONTENT):
    """Recoded text to UTF-8 (section 1.2); `limit` bytes at most."""
    out, pos = bytearray(), 0
    while pos < len(data):
        if data[pos] == 0x10:
            need(pos + 1 < len(data), "0x10 at the end")
            lead = data[pos + 1]
            size = 1 if lead < 0xC0 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
            raw = data[pos + 1:pos + 1 + size]
            char = raw.decode("utf-8")                           # strict: no overlong forms, no surrogates
            need(char == "\x10" or char > "\x7f" and char not in TABLE, "needless 0x10")
            out += raw
            pos += 1 + size
        else:
            end = data.find(0x10, pos)
            end = min(len(data) if end < 0 else end, pos + 65536)
            out += data[pos:end].decode("latin-1").translate(RECODE).encode("utf-8")
            pos = end
        need(len(out) <= limit, "restored text too long")
    return bytes(out)


# ---------------------------------------------------------------- blocks and symbols (section 2)
SIZES = (16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30, 31, 33, 35, 37, 40, 43, 46, 50, 54, 60, 66, 75, 86,
         100, 120, 150)


def layout(length):
    """Symbol size T and the K of each block (section 2.1)."""
    size = next((t for t in SIZES if -(-length // t) <= 126), 100)
    total = -(-length // size)
    blocks = -(-total // 126)
    if blocks > 3:
        blocks = -(-blocks // 6) * 6
    small, larger = divmod(total, blocks)                        # KS, ZL; KL = KS + 1 where ZL > 0
    return size, [small + 1] * larger + [small] * (blocks - larger)


EXP, LOG = [0] * 255, [0] * 256                                  # powers of x modulo 0x11D (section 2.2)
value = 1
for i in range(255):
    EXP[i], LOG[value] = value, i
    value = value << 1 ^ (0x11D if value & 0x80 else 0)
MULTIPLY = [bytes([0] + [EXP[(i + LOG[b]) % 255] for b in range(1, 256)]) for i in range(255)]   # by x^i


def solve(symbols, wanted):
    """Symbols {ESI: bytes}, exactly K of them, to those at the ESIs `wanted`, by Lagrange (section 2.2)."""
    lower = {x: sum(LOG[x ^ m] for m in symbols if m != x) for x in symbols}
    result = {}
    for e in wanted:
        if e in symbols:
            result[e] = symbols[e]
            continue
        upper, total = sum(LOG[e ^ m] for m in symbols), 0
        for x, y in symbols.items():                             # a whole symbol at a time
            factor = (upper - LOG[e ^ x] - lower[x]) % 255
            total ^= int.from_bytes(y.translate(MULTIPLY[factor]), "big")
        result[e] = total.to_bytes(len(y), "big")
    return result


# ---------------------------------------------------------------- frame (sections 3 and 4)
Frame = namedtuple("Frame", "object_id length position symbols")


def parse_frame(data):
    need(data, "empty")
    if data[0] != 1:
        raise NewerReader(f"frame version {data[0]}")
    need(len(data) >= 36, "frame too short")
    need(zlib.crc32(data[:-4]) == int.from_bytes(data[-4:], "big"), "wrong checksum")
    length, block, esi = (int.from_bytes(data[a:b], "big") for a, b in ((9, 13), (13, 15), (15, 16)))
    need(MIN_ENVELOPE <= length <= MAX_ENVELOPE, "object length out of range")
    size, counts = layout(length)
    need(block < len(counts) and esi < 255, "block or ESI out of range")
    body = data[16:-4]
    need(body and len(body) % size == 0, "not whole symbols")
    symbols = tuple(bytes(body[i:i + size]) for i in range(0, len(body), size))
    position = esi * len(counts) + block                         # section 2.3
    need(position + len(symbols) <= 255 * len(counts), "more symbols than there are")
    return Frame(bytes(data[1:9]), length, position, symbols)


DIGITS = {char: i for i, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")}    # RFC 9285


def base45(text):
    """Bytes of the longest valid run of whole groups of three (so that a prefix is decoded but once), and that run."""
    out = bytearray()
    for i in range(0, len(text) - 2, 3):
        try:
            number = DIGITS[text[i]] + 45 * DIGITS[text[i + 1]] + 2025 * DIGITS[text[i + 2]]
        except KeyError:
            break
        if number > 0xFFFF:
            break
        out += number.to_bytes(2, "big")
    return bytes(out)


def base45_at(text, whole, end):
    """Decode text[:end], `whole` being base45(text or more of it)."""
    groups, left = divmod(end, 3)
    need(left != 1 and 2 * groups <= len(whole), "not base45")
    tail = b""
    if left == 2:
        need(text[end - 2] in DIGITS and text[end - 1] in DIGITS, "not base45")
        number = DIGITS[text[end - 2]] + 45 * DIGITS[text[end - 1]]
        need(number <= 0xFF, "not base45")
        tail = bytes([number])
    return whole[:2 * groups] + tail


def parse_frame_text(text):
    """The whole contents of a QR code (section 4)."""
    if not text.startswith("SHAB"):
        raise Foreign("not a frame")
    need(len(text) <= MAX_TEXT and text.endswith("."), "too long, or no full stop")
    return parse_frame(base45_at(text[4:], base45(text[4:]), len(text) - 5))


def find_frames(text):
    """Frames in other text (section 4): each SHAB, and for each the full stops after it, nearest first."""
    text, pos = re.sub(r"[\r\n]", "", text), 0
    while (start := text.find("SHAB", pos)) >= 0:
        pos = start + 1
        rest = text[start + 4:start + MAX_TEXT]
        whole = base45(rest)
        for stop in re.finditer(r"\.", rest[:len(whole) // 2 * 3 + 3]):
            try:
                yield parse_frame(base45_at(rest, whole, stop.start()))
            except ValueError:
                continue
            pos = start + 4 + stop.end()
            break


# ---------------------------------------------------------------- armor (section 5)
BEGIN, END = "-----BEGIN SHABNAMEH ENVELOPE-----", "-----END SHABNAMEH ENVELOPE-----"


def parse_armor(text):
    """The envelope's bytes; `text` holds one BEGIN and one END line, maybe with other text around them."""
    before, begin, rest = text.partition(BEGIN)
    inner, end, after = rest.partition(END)
    need(begin and end, "no armor")
    inner = re.sub(r"[ \t\r\n>]", "", inner)
    match = re.fullmatch(r"Object:([0-9a-f]{16})([A-Za-z0-9+/]*={0,2})", inner)
    need(match and len(match[2]) <= (MAX_ENVELOPE + 2) // 3 * 4, "not an armor")
    envelope = base64.b64decode(match[2], validate=True)         # binascii.Error is a ValueError
    need(base64.b64encode(envelope).decode() == match[2], "base64 is not canonical")
    need(MIN_ENVELOPE <= len(envelope) <= MAX_ENVELOPE, "envelope length out of range")
    need(object_id(envelope).hex() == match[1], "envelope does not give the object id")
    return envelope


def find_armors(text):
    """A BEGIN without its END before the next BEGIN is a cut armor: it is passed over."""
    for part in text.split(BEGIN)[1:]:
        try:
            yield parse_armor(BEGIN + part)
        except ValueError as error:
            print(f"armor refused: {error}", file=sys.stderr)


# ---------------------------------------------------------------- assembly (section 6)
def assemble(key, frames):
    """The object, or None; and how many useful symbols there are. Frames that contradict others are left out in turn."""
    (ident, length), frames = key, list(dict.fromkeys(frames))
    size, counts = layout(length)

    def collect(chosen):     # {ESI: symbol} of each block; where two claim one position, the first stays
        blocks, disputed = [{} for _ in counts], set()
        for frame in chosen:
            for offset, symbol in enumerate(frame.symbols):
                esi, block = divmod(frame.position + offset, len(counts))
                if blocks[block].setdefault(esi, symbol) != symbol:
                    disputed.add((block, esi))
        return blocks, disputed

    blocks, disputed = collect(frames)
    received = sum(min(len(block), k) for block, k in zip(blocks, counts))
    if received < sum(counts):
        return None, received

    def suspect(frame):      # frames in a dispute are left out first
        return not any(divmod(frame.position + i, len(counts))[::-1] in disputed for i in range(len(frame.symbols)))

    order = sorted(frames, key=suspect)
    for out in itertools.islice(itertools.chain.from_iterable(
            itertools.combinations(order, n) for n in range(len(order))), max(4, min(MAX_TRIES, MAX_WORK // sum(counts)))):
        blocks, _ = collect(f for f in frames if f not in out)
        if any(len(block) < k for block, k in zip(blocks, counts)):
            continue
        data = bytearray()
        for block, k in zip(blocks, counts):
            data += b"".join(solve(dict(sorted(block.items())[:k]), range(k)).values())
        if object_id(data[:length]) == ident:
            return bytes(data[:length]), received
    return None, received


def main(argv):
    if len(argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    with open(argv[1], "rb") as file:
        text = file.read().decode("utf-8", "replace")
    groups = {}              # by object id and length (section 3)
    for frame in find_frames(text):
        groups.setdefault((frame.object_id, frame.length), []).append(frame)
    objects = {(object_id(envelope), len(envelope)): envelope for envelope in find_armors(text)}
    if not groups and not objects:
        return 1
    lines, done = [], {ident for ident, _ in objects}
    for key, frames in groups.items():
        if key[0] not in done:
            envelope, received = assemble(key, frames)
            if envelope:
                objects[key] = envelope
            else:
                lines.append((key[0].hex(), f"incomplete {received} of {sum(layout(key[1])[1])}", 3))
    done = {ident.hex() for ident, _ in objects}
    lines = [line for line in lines if line[0] not in done]      # a false length beside the true one
    os.makedirs(argv[2], exist_ok=True)
    for (ident, _), envelope in objects.items():
        try:
            content = open_envelope(envelope).content
        except ValueError as error:
            lines.append((ident.hex(), f"refused: {error}", 3))
            continue
        with open(os.path.join(argv[2], ident.hex() + ".bin"), "wb") as file:
            file.write(content)
        lines.append((ident.hex(), f"complete {len(content)} {hashlib.sha256(content).hexdigest()}", 0))
    for ident, what, _ in sorted(lines):
        print(ident, what)
    return max(code for _, _, code in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
