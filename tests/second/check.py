#!/usr/bin/env python3
"""Holds the second decoder, which was written from format.md alone, against the vectors and against what the program makes.

usage: check.py PROGRAM   (the shabnameh to take frames from)
"""
import hashlib, json, pathlib, random, subprocess, sys, tempfile, zlib
import decode

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent


def outcome(kind, data, passphrase=None, identity=None, is_text=None, trusted=None):
    """What the second decoder makes of a vector: (name of the outcome, what comes out)."""
    try:
        if kind == "file name":
            return "ok", {"name": decode.file_name(data, is_text, trusted)}
        if kind in ("frame", "frame text"):
            frame = decode.parse_frame(data) if kind == "frame" else decode.parse_frame_text(data.decode())
            _, counts = decode.layout(frame.length)
            esi, block = divmod(frame.position, len(counts))
            return "ok", {"object_id": frame.object_id.hex(), "object_length": frame.length, "block": block, "esi": esi,
                          "symbols": len(frame.symbols)}
        if kind == "armor":
            return "ok", {"sha256": hashlib.sha256(decode.parse_armor(data.decode())).hexdigest()}
        keys = ([passphrase], [decode.identity_key(identity)]) if kind == "encrypted" else ()
        letter = decode.open_envelope(data, *keys)
        return "ok", {"sha256": hashlib.sha256(letter.content).hexdigest(), "signed_by": letter.signed_by, "minisig": letter.comment}
    except decode.Foreign:
        return "foreign", None
    except decode.NewerReader:
        return "NewerReader", None
    except decode.Locked:
        return "Locked", None
    except decode.FalseSignature:
        return "SignatureFalse", None
    except ValueError:
        return "refused", None


def check_vectors():
    vectors = json.loads((HERE.parent / "vectors.json").read_text())
    for vector in vectors:
        more = (vector.get(key) for key in ("passphrase", "identity", "text", "trusted"))
        name, gives = outcome(vector["kind"], bytes.fromhex(vector["hex"]), *more)
        wanted = vector["outcome"] if vector["outcome"] in ("ok", "NewerReader", "foreign", "Locked", "SignatureFalse") else "refused"
        if (name, gives) != (wanted, vector["gives"]):
            sys.exit(f"vector {vector['name']!r}: {name} {gives}, not {wanted} {vector['gives']}")
    return len(vectors)


def forge(text):
    """A frame's text with every other symbol byte changed and the checksum right again."""
    digits, body = list(decode.DIGITS), text[4:-1]
    data = bytearray(decode.base45_at(body, decode.base45(body), len(body)))
    for i in range(16, len(data) - 4, 2):
        data[i] ^= 0x5A
    data[-4:] = zlib.crc32(data[:-4]).to_bytes(4, "big")
    groups = (data[i:i + 2] for i in range(0, len(data), 2))
    numbers = ((int.from_bytes(group, "big"), len(group) + 1) for group in groups)
    return "SHAB" + "".join(digits[number // 45 ** i % 45] for number, size in numbers for i in range(size)) + "."


def check_letters(program):
    """Letters, large and small, from a text file of half of their frames, shuffled, with damaged and forged ones among them."""
    chance = random.Random(1404)
    letters = {"letter.fa.md": (ROOT / "samples/letter.fa.md").read_bytes(), "letter.en.md": (ROOT / "samples/letter.en.md").read_bytes(),
               "noise.bin": chance.randbytes(50_000), "one block.bin": chance.randbytes(18_000), "note.txt": "سلام 🕯\n".encode()}
    with tempfile.TemporaryDirectory() as folder:
        texts = []
        for name, content in letters.items():
            kit = pathlib.Path(folder, "kit " + name)
            pathlib.Path(folder, name).write_bytes(content)
            subprocess.run([program, "encode", pathlib.Path(folder, name), "--out", kit], check=True, capture_output=True)
            told = subprocess.run([program, "inspect", "--json", kit / "frames"], check=True, capture_output=True, text=True)
            frames = [bytes.fromhex(code["bytes"]).decode() for line in told.stdout.splitlines() for code in json.loads(line)["codes"]]
            chosen = chance.sample(frames, (len(frames) + 1) // 2)
            texts += chosen + [forge(chance.choice(chosen))]     # of one position: the true frame and the forged one
        texts += [text[:-40] for text in texts[::3]] + [text.replace("0", "1", 1) for text in texts[::4]]
        chance.shuffle(texts)
        pathlib.Path(folder, "frames.txt").write_text("این‌ها را بخوان:\n" + "\n".join(texts))
        out = pathlib.Path(folder, "out")
        told = subprocess.run([sys.executable, HERE / "decode.py", pathlib.Path(folder, "frames.txt"), out], capture_output=True, text=True)
        if told.returncode != 0:
            sys.exit(f"exit code {told.returncode}: {told.stdout}{told.stderr}")
        if sorted(path.read_bytes() for path in out.iterdir()) != sorted(letters.values()):
            sys.exit("the letters that came out are not those that went in")
    return len(letters)


if __name__ == "__main__":
    print(f"second decoder: {check_vectors()} vectors agree")
    print(f"second decoder: {check_letters(sys.argv[1])} letters come back")
