#!/usr/bin/env python3
"""Holds what the program prints as JSON against the schemas in docs/schemas, and the schemas against what it prints: each
key and each state that a schema names is seen at least once, but for those that stand in NOT_HERE.

usage: check.py PROGRAM
"""
import json, pathlib, subprocess, sys, tempfile, zlib

import jsonschema

ROOT = pathlib.Path(__file__).parent.parent.parent
PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
SCHEMAS = {path.name.split(".")[0]: json.loads(path.read_text()) for path in (ROOT / "docs/schemas").glob("*.schema.json")}
# Values of enumerations, and keys of definitions, that were seen.
SEEN = {name: set() for name in SCHEMAS}
# More letters, or more codes, than are kept bring these about, and pictures that other tests are about.
NOT_HERE = {
    ("decode", "no room"), ("decode", "left_out"), ("inspect", "small"), ("inspect", "faint"), ("inspect", "unclear"),
    ("trial", "M"), ("trial", "Q"), ("trial", "H"),
}


def hold(name, value):
    """Holds a value against a schema, and notes what of the schema it shows."""
    jsonschema.Draft202012Validator(SCHEMAS[name]).validate(value)
    note(name, value)


def note(name, value):
    if isinstance(value, dict):
        SEEN[name].update(value)
        for inner in value.values():
            note(name, inner)
    elif isinstance(value, list):
        for inner in value:
            note(name, inner)
    elif isinstance(value, str):
        SEEN[name].add(value)


def named(schema):
    """Every key and every value of an enumeration that a schema names."""
    if isinstance(schema, dict):
        if "properties" in schema and "if" not in schema:
            yield from schema["properties"]
        yield from (value for value in schema.get("enum", []) if value)
        for key, inner in schema.items():
            if key not in ("if", "then", "else"):
                yield from named(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from named(inner)


def run(*arguments, codes=(0,)):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True)
    assert done.returncode in codes, f"{arguments} ended with {done.returncode}: {done.stderr.decode()}"
    return done.stdout.decode()


DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def from_base45(text):
    groups = [[DIGITS.index(digit) for digit in text[at:at + 3]] for at in range(0, len(text), 3)]
    return b"".join((a + 45 * b + 2025 * rest[0]).to_bytes(2, "big") if rest else bytes([a + 45 * b]) for a, b, *rest in groups)


def to_base45(data):
    text = ""
    for at in range(0, len(data), 2):
        number, count = int.from_bytes(data[at:at + 2], "big"), 3 if at + 1 < len(data) else 2
        for _ in range(count):
            number, digit = divmod(number, 45)
            text += DIGITS[digit]
    return text


def forged(frame):
    """A frame with other symbols, and a checksum that fits."""
    data = bytearray(from_base45(frame[4:-1]))
    data[-5] ^= 1
    return "SHAB" + to_base45(bytes(data[:-4]) + zlib.crc32(data[:-4]).to_bytes(4, "big")) + "."


def unreadable(leaflet, folder):
    """Two pictures of a code: cut off below, and with a glare on it."""
    subprocess.run(["pdftoppm", "-gray", "-r", "150", leaflet, folder / "page"], check=True)
    pages = [json.loads(line) for line in run("inspect", "--json", *sorted(folder.glob("page*.pgm"))).splitlines()]
    page = next(page for page in pages if page["codes"])
    code, page = page["codes"][0]["corners"], pathlib.Path(page["picture"])
    _, size, _, pixels = page.read_bytes().split(b"\n", 3)
    width = int(size.split()[0])
    (left, top), _, (right, bottom), _ = [[round(place) for place in corner] for corner in code]
    rows = [bytearray(pixels[y * width + left - 30:y * width + right + 30]) for y in range(top - 30, bottom + 30)]
    cut, glare = rows[:len(rows) * 7 // 10], [bytearray(row) for row in rows]
    middle, reach = len(rows) * 6 // 10, len(rows) * 3 // 10
    for row in glare[middle - reach:middle + reach]:
        row[middle - reach:middle + reach] = bytes([255]) * (2 * reach)
    for name, rows in [("cut", cut), ("glare", glare)]:
        path = folder / f"{name}.pgm"
        path.write_bytes(b"P5\n%d %d\n255\n" % (len(rows[0]), len(rows)) + b"".join(rows))
        yield path


def main(folder):
    letter = folder / "letter.md"
    letter.write_bytes((ROOT / "samples/letter.en.md").read_bytes() * 3)
    key, words = folder / "union.key", folder / "passphrase"
    words.write_text("a long enough passphrase\n")
    run("keygen", "--out", key, "--key-passphrase-file", words)
    sign = ("--sign", key, "--key-passphrase-file", words)
    kit = folder / "kit"
    run("encode", letter, "--out", kit, "--qr-version", 8, "--title", "A letter", *sign)
    pictures = sorted((kit / "frames").glob("*.png"))
    vectors = json.loads((ROOT / "tests/vectors.json").read_text())

    def vector(outcome):
        found = next(vector for vector in vectors if vector["kind"] == "envelope" and vector["outcome"] == outcome)
        path = folder / f"{outcome}.envelope"
        path.write_bytes(bytes.fromhex(found["hex"]))
        return path

    def inspected(*inputs, codes=(0,)):
        lines = [json.loads(line) for line in run("inspect", "--json", *inputs, codes=codes).splitlines()]
        for line in lines:
            hold("inspect", line)
        return lines

    def decoded(*inputs, codes=(0,)):
        number = len(list(folder.glob("out*")))
        told = json.loads(run("decode", "--json", "--out", folder / f"out{number}/", *inputs, codes=codes))
        hold("decode", told)
        return told["letters"]

    frames = [bytes.fromhex(line["codes"][0]["bytes"]).decode() for line in inspected(*pictures)]
    # A file that is no picture; a page of a PDF; a frame that is damaged; a code of strangers; a code that is cut.
    broken, pasted, envelope = folder / "broken.png", folder / "pasted.txt", folder / "letter.envelope"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n")
    pasted.write_text(f"{frames[0]}\n{(kit / 'armor.txt').read_text()}")
    run("unarmor", kit / "armor.txt", "--out", envelope)
    inspected(broken, codes=(1,))
    inspected(pasted, envelope, kit / "leaflet.pdf")
    plain, firm = folder / "plain.pdf", folder / "firm.pdf"
    run("print", letter, "--plain=summary", "--error-correction", "h", "--out", plain)
    run("print", letter, "--error-correction", "q", "--out", firm)
    inspected(plain, firm)
    decoded(plain)
    # Of a letter without a signature, which makes other codes each time.
    unsigned = folder / "unsigned.pdf"
    run("print", letter, "--qr-version", 8, "--out", unsigned)
    inspected(*unreadable(unsigned, folder))

    for state, letters in [
        ("complete", decoded(pasted, kit / "leaflet.pdf", broken)),
        ("incomplete", decoded(pictures[0], codes=(3,))),
        ("false", decoded(vector("SignatureFalse"), codes=(6,))),
        ("unreadable", decoded(vector("ContentHash"), codes=(1,))),
        ("locked", decoded(ROOT / "tests/encrypted/passphrase.envelope", codes=(1,))),
    ]:
        assert letters[0]["state"] == state, letters

    # Forged frames of a letter that comes out, and so many of another that it does not.
    lies = folder / "lies.txt"
    lies.write_text("\n".join(map(forged, frames[:1])))
    assert decoded(lies, *pictures)[0]["forged"]
    inspected(lies, *pictures)
    lies.write_text("\n".join(map(forged, frames)))
    assert decoded(lies, codes=(3,))[0]["state"] == "forged"
    damaged = folder / "damaged.txt"
    damaged.write_text((kit / "armor.txt").read_text().replace("A", "B", 20))
    decoded(damaged, codes=(1, 3))

    for options in [(), ("--trust", f"{folder / 'union.pub'}")]:
        hold("verify", json.loads(run("verify", "--json", *options, envelope, codes=(0, 4))))
    trust = folder / "trusted"
    run("trust", "--trust-file", trust, "--name", "the union", folder / "union.pub")
    hold("verify", json.loads(run("verify", "--json", "--trust-file", trust, envelope)))
    assert decoded("--trust-file", trust, envelope)[0]["signature"]["state"] == "trusted"
    run("decode", "--minisig", "--out", f"{folder / 'signed'}/", envelope)
    signed = next(path for path in (folder / "signed").iterdir() if path.suffix != ".minisig")
    hold("verify", json.loads(run("verify", "--json", "--trust-file", trust, signed)))
    run("armor", letter, "--out", folder / "unsigned.txt")
    hold("verify", json.loads(run("verify", "--json", folder / "unsigned.txt", codes=(5,))))
    hold("verify", json.loads(run("verify", "--json", vector("SignatureFalse"), codes=(6,))))

    trial = folder / "trial"
    run("trial", letter, "--channel", "home-printer", "--sweep", "loss=0,50", "--runs", 1, "--out", trial)
    hold("trial", json.loads((trial / "trial.json").read_text()))

    for name, schema in SCHEMAS.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        missing = sorted({value for value in named(schema) if value not in SEEN[name] and (name, value) not in NOT_HERE})
        assert not missing, f"docs/schemas/{name}.schema.json names what was never seen: {missing}"
    print(f"{len(SCHEMAS)} schemas hold")


with tempfile.TemporaryDirectory() as folder:
    main(pathlib.Path(folder))
