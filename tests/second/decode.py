#!/usr/bin/env python3
"""Reader for the shabnameh format, version 1, written from format.md alone (section numbers are that file's).

usage: decode.py [--passphrase-file FILE] [--identity FILE] TEXTFILE OUTDIR
Exit code: 0 all letters complete, 3 some not (or locked, or their signature false), 1 nothing found (2: wrong usage).
"""
import argparse, base64, hashlib, hmac, io, itertools, os, re, sys, unicodedata, zlib
from collections import namedtuple
from urllib.parse import quote
import zstandard
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

MAX_CONTENT, MIN_ENVELOPE, MAX_ENVELOPE, MAX_TEXT = 16_777_216, 46, 16_842_752, 4296
MAX_WINDOW = 16_777_216      # section 1.1
MAX_HEADER, MAX_WORK_FACTOR = 16_384, 18     # section 1.4
MAX_CLOSED = 20              # encrypted letters of one text that passphrases are tried on: each costs a second and more
MAX_TRIES, MAX_WORK = 200, 20_000    # limits on guessing which frames lie (section 3): sets of them, symbols solved


class NewerReader(ValueError):
    """Reserved value: not damaged, but needs a newer reader."""


class Foreign(ValueError):
    """A QR code's text that does not even begin with SHAB (section 4)."""


class FalseSignature(ValueError):
    """All is right but the signature (section 1.3)."""


class Locked(ValueError):
    """Encrypted, and nothing that was given opens it (section 1.4)."""


def need(ok, why):
    if not ok:
        raise ValueError(why)


def object_id(envelope):     # section 2
    return hashlib.sha256(envelope).digest()[:8]


# ---------------------------------------------------------------- envelope (section 1)
Envelope = namedtuple("Envelope", "media_type name language title content signed_by comment")     # the last two: or None


def known(value, most, what):
    if value > most:
        raise NewerReader(f"{what} {value}: a newer reader is needed")


def open_envelope(data, passphrases=(), identities=()):
    stream = io.BytesIO(decrypt(data, passphrases, identities)[2:])

    def take(size):
        part = stream.read(size)
        need(len(part) == size, "envelope is cut")
        return part

    signature = take(1)[0]
    known(signature, 1, "signature")
    signer = take(168) if signature else None
    coding = take(1)[0]
    known(coding, 2, "coding")
    known(take(1)[0], 0, "dictionary")
    media, length = take(1)[0], int.from_bytes(take(4), "big")
    need(1 <= length <= MAX_CONTENT, "length out of range")
    digest = take(32)
    raw = name, language, title = [take(take(1)[0]) for _ in range(3)]
    name, language, title = (part.decode("utf-8") for part in raw)      # UnicodeDecodeError is a ValueError
    need(re.fullmatch(r"[A-Za-z0-9-]{0,35}", language), "bad language tag")
    rest = stream.read()
    need(rest, "no content")
    if coding == 0:
        content = rest
    elif coding == 1:
        content = unzstd(rest, length)
    else:
        content = restore_text(unzstd(rest, 2 * length), length)
    need(len(content) == length, "content has not the length stated")
    need(hashlib.sha256(content).digest() == digest, "content has not the hash stated")
    signed_by = comment = None
    if signer:               # last, when all else is right
        comment = f"shabnameh type={media} language={language} name={quote(raw[0], safe='')} title={quote(raw[2], safe='')}"
        key, first, second = signer[8:40], signer[40:104], signer[104:]
        if not (true_signature(key, first, hashlib.blake2b(content).digest())
                and true_signature(key, second, first + comment.encode())):
            raise FalseSignature("signature false")
        signed_by = fingerprint(key)
    try:                     # unknown media types, and text that is not UTF-8, count as 0
        if media in (1, 2):
            content.decode("utf-8")
        else:
            media = 0
    except UnicodeDecodeError:
        media = 0
    return Envelope(media, name, language, title, bytes(content), signed_by, comment)


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


# ---------------------------------------------------------------- signature (section 1.3)
PRIME, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493     # of Ed25519 (RFC 8032, 5.1)
EIGHTH = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7     # y of a point of order 8
SMALL_ORDER = (0, 1, PRIME - 1, EIGHTH, PRIME - EIGHTH)          # y of all eight points, as -P has the y of P


def true_signature(key, signature, message):
    """RFC 8032, 5.1.7 without cofactors; cryptography hashes and compares R and the key as they are encoded."""
    for point in key, signature[:32]:
        y = int.from_bytes(point, "little") % 2**255             # without the sign of x
        if y >= PRIME or y in SMALL_ORDER:
            return False
    if int.from_bytes(signature[32:], "little") >= ORDER:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):                       # ValueError: the key is no point
        return False
    return True


def fingerprint(key):
    digest = hashlib.sha512(b"shabnameh fingerprint 1" + key).digest()
    return " ".join(f"{int.from_bytes(digest[i:i + 5], 'big') % 100_000:05}" for i in range(0, 30, 5))


# ---------------------------------------------------------------- encryption (section 1.4; C2SP age.md)
STANZA = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)\n((?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)")
CHUNK = 65_536 + 16
MEANT = {0x64A: 0x6CC, 0x649: 0x6CC, 0x643: 0x6A9, 0x200C: None} | {zero + i: 48 + i for zero in (0x660, 0x6F0) for i in range(10)}


def decrypt(data, passphrases, identities):
    """The envelope itself where it is not encrypted, else the one inside; identities are secret keys of 32 bytes."""
    for depth in range(2):
        need(MIN_ENVELOPE <= len(data) <= MAX_ENVELOPE, "envelope length out of range")
        if data[0] != 1:
            raise NewerReader(f"version {data[0]}: a newer reader is needed")
        known(data[1], 1, "encryption")
        if data[1] == 0:
            return data
        need(depth == 0, "encrypted twice")
        data = open_age(data[2:], passphrases, identities)


def open_age(data, passphrases, identities):
    """What an age file holds. Its header is checked whether there is a key or not."""
    end = data.find(b"\n--- ", 0, MAX_HEADER)                    # nothing in a header's lines looks like this
    need(data.startswith(b"age-encryption.org/v1\n") and end >= 0, "no age file, or its header is too long")
    pos, stanzas = 22, []
    while pos <= end:
        match = STANZA.match(data, pos, end + 1)
        need(match, "bad stanza")
        stanzas.append((match[1].decode().split(" "), unbase64(match[2].replace(b"\n", b""))))
        pos = match.end()
    need(stanzas and data[end + 48:end + 49] == b"\n", "age header is cut")
    mac, payload = unbase64(data[end + 5:end + 48]), data[end + 49:]
    key = file_key(stanzas, passphrases, identities)
    if key is None:
        raise Locked("encrypted, and nothing that was given opens it")
    need(hmac.compare_digest(hmac.digest(hkdf(key, b"", b"header"), data[:end + 4], "sha256"), mac), "age header was changed")
    need(len(payload) > 16, "age file is cut")
    stream, out = ChaCha20Poly1305(hkdf(key, payload[:16], b"payload")), []
    for number, start in enumerate(range(16, len(payload), CHUNK)):
        part, last = payload[start:start + CHUNK], start + CHUNK >= len(payload)
        need(number == 0 or len(part) > 16, "empty chunk")
        try:
            out.append(stream.decrypt(number.to_bytes(11, "big") + bytes([last]), part, None))
        except InvalidTag:
            raise ValueError("age file was cut or changed") from None
    return b"".join(out)


def file_key(stanzas, passphrases, identities):
    """The file key, or None; stanzas that age does not allow are refused first, those of other types passed over."""
    closed, shares = [], []
    for (kind, *args), body in stanzas:
        if kind == "scrypt":
            need(len(stanzas) == 1, "a passphrase beside other stanzas")
            need(len(args) == 2 and len(body) == 32 and re.fullmatch("[1-9][0-9]?", args[1]), "bad stanza")
            closed.append((unbase64(args[0].encode()), int(args[1]), body))
            need(len(closed[0][0]) == 16 and closed[0][1] <= MAX_WORK_FACTOR, "bad salt, or work factor too high")
        elif kind == "X25519":
            need(len(args) == 1 and len(share := unbase64(args[0].encode())) == 32 and len(body) == 32, "bad stanza")
            shares.append((share, body))

    def wraps():             # each way to open a stanza
        for salt, factor, body in closed:
            for phrase in dict.fromkeys(way for given in passphrases for way in (given, plain_form(given), plain_form(given).lower())):
                yield hashlib.scrypt(phrase.encode(), salt=b"age-encryption.org/v1/scrypt" + salt, n=1 << factor, r=8, p=1,
                                     maxmem=2**29, dklen=32), body
        for secret, (share, body) in itertools.product(map(X25519PrivateKey.from_private_bytes, identities), shares):
            shared = secret.exchange(X25519PublicKey.from_public_bytes(share))  # ValueError where it is all zero
            yield hkdf(shared, share + secret.public_key().public_bytes_raw(), b"age-encryption.org/v1/X25519"), body

    for wrap, body in wraps():
        try:
            return ChaCha20Poly1305(wrap).decrypt(bytes(12), body, None)
        except InvalidTag:
            pass
    return None


def plain_form(passphrase):
    return " ".join(passphrase.split()).translate(MEANT)


def hkdf(secret, salt, info):                                    # 32 bytes: one step of RFC 5869
    return hmac.digest(hmac.digest(salt, secret, "sha256"), info + b"\1", "sha256")


def unbase64(text):
    """age's base64: canonical, without padding."""
    data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    need(base64.b64encode(data).rstrip(b"=") == text, "base64 is not canonical")
    return data


BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def identity_key(text):
    """The secret key of an age identity, AGE-SECRET-KEY-1... (Bech32, BIP 173)."""
    need(re.fullmatch(f"AGE-SECRET-KEY-1[{BECH32.upper()}]{{58}}", text), "not an age identity")
    values = [BECH32.index(char) for char in text[16:].lower()]
    prefix, check, number = b"age-secret-key-", 1, 0
    for value in [c >> 5 for c in prefix] + [0] + [c & 31 for c in prefix] + values:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator * (top >> i & 1)
    for value in values[:-6]:
        number = number << 5 | value
    need(check == 1 and number & 15 == 0, "an age identity with a slip in it")   # 52 x 5 bits for 32 bytes
    return (number >> 4).to_bytes(32, "big")


# ---------------------------------------------------------------- file name (section 1.5)
CONTROLS = "\0-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb"
UNSEEN = ("\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
          "\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff")
GONE = re.compile(f"(?!\u200c)[{CONTROLS}{UNSEEN}]")             # all but U+200C, which may stay
JOINED = re.compile("[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff]") # U+200C stays between two of these
DEVICE = re.compile(r"CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]", re.I | re.A)  # re.A: else ı is an i
ENDINGS = set(b"txt text md pdf png jpg jpeg gif webp bmp tif tiff heic avif "
              b"mp3 m4a aac ogg oga opus wav flac mp4 m4v mov webm 3gp".split())


def file_name(name: bytes, is_text: bool, trusted: bool) -> str:
    """A safe base name for the content (section 1.5); trusted: a key that the reader trusts signed the letter."""
    text = re.split(r"[/\\:]", name.decode("utf-8"))[-1]         # 1
    text, kept = GONE.sub("", text), ""                          # 2
    for i, char in enumerate(text):      # before: what was kept; behind: what stands there, be it another U+200C
        if char != "\u200c" or JOINED.match(kept[-1:]) and JOINED.match(text[i + 1:i + 2]):
            kept += char
    text = " ".join(re.sub(r'[<>"|?*]', "", kept).split())       # 3; what split() takes beyond White_Space went with the controls
    text = text.encode()[:200].decode("utf-8", "ignore").strip(". ")     # 4; only a character that is cut is ignored
    if DEVICE.fullmatch(text.partition(".")[0].rstrip()):        # 5
        text = "letter-" + text
    if not any(char.isalpha() or unicodedata.category(char)[0] == "N" for char in text):     # 6; marks that are Alphabetic are left out here
        text = "letter"
    before, dot, ending = text.rpartition(".")
    if dot and not trusted and ending.encode().lower() not in ENDINGS:   # bytes: lower() of ASCII letters only
        text += ".txt" if is_text else ".bin"
    return text


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


# ---------------------------------------------------------------- forged symbols (section 2.4)
def dot(a, b):
    total = 0
    for x, y in zip(a, b):
        total ^= EXP[(LOG[x] + LOG[y]) % 255] if x and y else 0
    return total


def wrong_points(points, k):
    """Those of {ESI: byte} off the polynomial of degree below k that all but floor((n - k) / 2) are on; None if there is none.
    By Berlekamp and Massey; ESIs are moved by 255, which is none of them, so that no locator is 0."""
    logs, redundancy = {x: LOG[x ^ 255] for x in points}, len(points) - k
    syndromes = [0] * redundancy
    for x, y in points.items():
        log = LOG[y] - sum(LOG[x ^ m] for m in points if m != x)
        for j in range(redundancy if y else 0):
            syndromes[j] ^= EXP[(log + j * logs[x]) % 255]
    locator, before, errors, last = [1], [1], 0, 1               # before, last: as of the last change of length
    for j in range(redundancy):
        before = [0] + before
        if gap := dot(locator, syndromes[j::-1]):
            factor, old = EXP[(LOG[gap] - LOG[last]) % 255], locator
            locator = [a ^ dot([factor], [b]) for a, b in itertools.zip_longest(old, before, fillvalue=0)]
            if 2 * errors <= j:
                errors, before, last = j + 1 - errors, old, gap
    wrong = [x for x in points if not dot(locator, (EXP[-i * logs[x] % 255] for i in range(len(locator))))]     # its roots
    return wrong if len(wrong) == errors <= redundancy // 2 else None


def claims(frames, counts):
    """Of each block: {ESI: {symbol: numbers of the frames that have it there}}."""
    blocks = [{} for _ in counts]
    for i, frame in enumerate(frames):
        for position, symbol in enumerate(frame.symbols, frame.position):
            esi, block = divmod(position, len(counts))
            blocks[block].setdefault(esi, {}).setdefault(symbol, []).append(i)
    return blocks


def liars(block, word):
    """The frames that have another symbol somewhere than `word` does."""
    return {i for esi, said in block.items() for symbol, who in said.items() if symbol != word[esi] for i in who}


def sift(frames, counts):
    """The frames without those that the code shows to be forged. A frame with one forged symbol is forged."""
    blocks = claims(frames, counts)

    def judge(block, k, bad):    # the frames to leave out, `bad` and more; None where the block does not tell
        while True:
            said = ((esi, [symbol for symbol, who in by.items() if not bad.issuperset(who)]) for esi, by in block.items())
            clean = {esi: symbols[0] for esi, symbols in said if len(symbols) == 1}      # disputed positions are left out
            if len(clean) <= k:
                return None
            word = solve(dict(itertools.islice(clean.items(), k)), block)
            t = next((t for esi, symbol in clean.items() if symbol != word[esi]
                      for t, byte in enumerate(symbol) if byte != word[esi][t]), None)
            if t is None:        # more than k symbols agree; who has others than they give is out
                return bad | liars(block, word)
            wrong = wrong_points({esi: symbol[t] for esi, symbol in clean.items()}, k)
            if not wrong:
                return None
            bad = bad.union(*(block[esi][clean[esi]] for esi in wrong))

    out, told, turn = set(), set(), set(range(len(counts)))
    while turn:                  # a frame found in one block is out in all: those that did not tell are asked again
        again = set()
        for b in sorted(turn, key=lambda b: counts[b] - len(blocks[b])):
            if (bad := judge(blocks[b], counts[b], out)) is not None:
                told.add(b)
                again |= {(frames[i].position + n) % len(counts) for i in bad - out for n in range(len(frames[i].symbols))}
                out = bad
        turn = again - told
    return [frame for i, frame in enumerate(frames) if i not in out]


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
    """The object, or None; and how many useful symbols there are. What the code cannot sift is left out in turn."""
    (ident, length), frames = key, list(dict.fromkeys(frames))
    size, counts = layout(length)

    def join(chosen):        # from K symbols of each block, disputed ones last
        blocks, data = claims(chosen, counts), bytearray()
        if any(len(block) < k for block, k in zip(blocks, counts)):
            return None
        for block, k in zip(blocks, counts):
            basis = sorted(block, key=lambda esi: (len(block[esi]), esi))[:k]
            data += b"".join(solve({esi: next(iter(block[esi])) for esi in basis}, range(k)).values())
        return bytes(data[:length]) if object_id(data[:length]) == ident else None

    blocks = claims(frames, counts)
    received = sum(min(len(block), k) for block, k in zip(blocks, counts))
    if received < sum(counts):
        return None, received
    disputed = {i for block in blocks for said in block.values() if len(said) > 1 for who in said.values() for i in who}
    order = sorted(range(len(frames)), key=lambda i: i not in disputed)          # those in a dispute are left out first
    for out in itertools.islice(itertools.chain.from_iterable(
            itertools.combinations(order, n) for n in range(len(order))), max(4, min(MAX_TRIES, MAX_WORK // sum(counts)))):
        left = [frame for i, frame in enumerate(frames) if i not in out]
        data = join(left)
        if not data and len(sifted := sift(left, counts)) < len(left):
            data = join(sifted)
        if data:
            return data, received
    return None, received


def forged(envelope, frames):
    """How many different frames, of those that claim the object which came whole, are not of it (section 3)."""
    size, counts = layout(len(envelope))
    true = [frame for frame in set(frames) if frame.length == len(envelope)]
    padded, bad = envelope.ljust(sum(counts) * size, b"\0"), set()
    for block, k in zip(claims(true, counts), counts):
        bad |= liars(block, solve({i: bytes(padded[i * size:(i + 1) * size]) for i in range(k)}, block))
        padded = memoryview(padded)[k * size:]
    return len(set(frames)) - len(true) + len(bad)


def main(argv):
    parser = argparse.ArgumentParser(prog=argv[0], usage=__doc__)
    parser.add_argument("--passphrase-file")
    parser.add_argument("--identity")
    parser.add_argument("textfile")
    parser.add_argument("outdir")
    args = parser.parse_args(argv[1:])
    passphrases, identities = [], []         # one a line
    if args.passphrase_file:
        with open(args.passphrase_file, encoding="utf-8") as file:
            passphrases = [line.rstrip("\n") for line in file if line.strip()]
    if args.identity:
        with open(args.identity, encoding="utf-8") as file:
            identities = [identity_key(line.strip()) for line in file if line.strip() and not line.startswith("#")]
    with open(args.textfile, "rb") as file:
        text = file.read().decode("utf-8", "replace")            # section 4: bytes that are not UTF-8 are in no frame
    groups = {}              # by object id and length (section 3)
    for frame in find_frames(text):
        groups.setdefault((frame.object_id, frame.length), []).append(frame)
    objects = {object_id(envelope): envelope for envelope in find_armors(text)}
    if not groups and not objects:
        return 1
    lines = []
    for key, frames in groups.items():
        if key[0] not in objects:
            envelope, received = assemble(key, frames)
            if envelope:
                objects[key[0]] = envelope
            else:
                lines.append((key[0], f"incomplete {received} of {sum(layout(key[1])[1])}", 3))
    lines, closed = [line for line in lines if line[0] not in objects], 0        # a false length beside the true one
    os.makedirs(args.outdir, exist_ok=True)
    for ident, envelope in objects.items():
        bad = forged(envelope, [frame for key, frames in groups.items() if key[0] == ident for frame in frames])
        closed += envelope[1] == 1
        try:
            letter = open_envelope(envelope, passphrases if closed <= MAX_CLOSED else (), identities)
        except ValueError as error:
            what = "locked" if isinstance(error, Locked) else f"refused: {error}"
            lines.append((ident, f"{what} forged {bad}", 3))
            continue
        with open(os.path.join(args.outdir, ident.hex() + ".bin"), "wb") as file:
            file.write(letter.content)
        signer = f"signed by a key that is not known {letter.signed_by}" if letter.signed_by else "not signed"
        digest = hashlib.sha256(letter.content).hexdigest()
        lines.append((ident, f"complete {len(letter.content)} {digest} {signer} forged {bad}", 0))
    for ident, what, _ in sorted(lines):
        print(ident.hex(), what)
    return max(code for _, _, code in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
