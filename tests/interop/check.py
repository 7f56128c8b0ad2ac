#!/usr/bin/env python3
"""Minisign and age, as Debian has them, verify and open what we made, and we what they made.

usage: check.py PROGRAM   (the shabnameh to try)
"""
import os, pathlib, pty, subprocess, sys, tempfile

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = pathlib.Path(__file__).parent.parent.parent
LETTER = (ROOT / "samples/letter.fa.md").read_bytes()
PASSPHRASE = "یک راز بلند و بلند 12"


def run(*command, code=0, data=None):
    done = subprocess.run([str(part) for part in command], input=data, capture_output=True)
    if done.returncode != code:
        sys.exit(f"{command}: exit code {done.returncode}, not {code}\n{done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout


def typed(*command, answers):
    """Runs a command on a terminal of its own, and types an answer to each of its questions."""
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(command[0], [str(part) for part in command])
    said, answers = b"", list(answers)
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        said += part
        # A question ends without a line end.
        if answers and said.rstrip(b" ").endswith(b":"):
            os.write(terminal, answers.pop(0).encode() + b"\n")
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if code != 0 or answers:
        sys.exit(f"{command}: exit code {code}, {len(answers)} answers left\n{said.decode(errors='replace')}")


def shabnameh(*arguments, **options):
    return run(PROGRAM, *arguments, **options)


def signatures():
    pathlib.Path("letter.fa.md").write_bytes(LETTER)
    pathlib.Path("secret").write_text(PASSPHRASE + "\n")
    key = ("--key-passphrase-file", "secret")

    # Ours, verified by minisign; and our key file, used by minisign.
    shabnameh("keygen", "--out", "ours.key", *key)
    shabnameh("encode", "letter.fa.md", "--title", "عنوان 100%", "--out", "kit", "--sign", "ours.key", *key)
    shabnameh("decode", "kit/frames", "--out", "back/", "--minisig", "--trust", "ours.pub")
    told = run("minisign", "-V", "-p", "ours.pub", "-m", "back/letter.fa.md").decode()
    if "Trusted comment: shabnameh type=2 language=fa name=letter.fa.md title=%D8%B9" not in told:
        sys.exit(f"the trusted comment is another one: {told}")
    pathlib.Path("back/letter.fa.md").write_bytes(LETTER + b"x")
    run("minisign", "-V", "-p", "ours.pub", "-m", "back/letter.fa.md", code=1)
    pathlib.Path("note").write_text("note")
    typed("minisign", "-S", "-s", "ours.key", "-m", "note", answers=[PASSPHRASE])
    shabnameh("verify", "note", "--trust", "ours.pub")

    # Theirs: a key with a passphrase, one without; signatures of the bytes and of their hash, old and new.
    typed("minisign", "-G", "-p", "theirs.pub", "-s", "theirs.key", answers=[PASSPHRASE, PASSPHRASE])
    run("minisign", "-G", "-W", "-p", "bare.pub", "-s", "bare.key")
    for name in ("theirs", "bare"):
        shabnameh("armor", "letter.fa.md", "--sign", f"{name}.key", *key, "--out", f"{name}.txt")
        shabnameh("verify", f"{name}.txt", "--trust", f"{name}.pub")
        shabnameh("verify", f"{name}.txt", "--trust", "ours.pub", code=4)
    for options in (["-l"], [], ["-t", "a trusted comment"]):
        run("minisign", "-S", *options, "-s", "bare.key", "-m", "note")
        shabnameh("verify", "note", "--trust", "bare.pub")
        pathlib.Path("other").write_text("other")
        shabnameh("verify", "other", "--signature", "note.minisig", "--trust", "bare.pub", code=6)

    # A signature that minisign made elsewhere goes into an envelope, if it covers all that an envelope says.
    attach = ("armor", "letter.fa.md", "--signature", "letter.fa.md.minisig", "--public-key", "bare.pub")
    run("minisign", "-S", "-s", "bare.key", "-m", "letter.fa.md")
    shabnameh(*attach, code=1)
    run("minisign", "-S", "-s", "bare.key", "-m", "letter.fa.md", "-t", "shabnameh type=2 language=fa name=letter.fa.md title=")
    pathlib.Path("attached.txt").write_bytes(shabnameh(*attach))
    shabnameh("verify", "attached.txt", "--trust", "bare.pub")


def encryption():
    run("age-keygen", "-o", "theirs.id")
    recipient = run("age-keygen", "-y", "theirs.id").decode().strip()
    plain = run(PROGRAM, "unarmor", "-", "--out", "-", data=shabnameh("armor", "letter.fa.md"))

    def closed(*options):
        return shabnameh("unarmor", "-", "--out", "-", data=shabnameh("armor", "letter.fa.md", *options))

    # Ours, opened by age: an envelope of its own stands inside.
    inside = run("age", "-d", "-i", "theirs.id", data=closed("--recipient", recipient)[2:])
    if inside != plain:
        sys.exit("age opened something else")
    pathlib.Path("closed.age").write_bytes(closed("--passphrase-file", "secret")[2:])
    typed("age", "-d", "-o", "opened", "closed.age", answers=[PASSPHRASE])
    if pathlib.Path("opened").read_bytes() != plain:
        sys.exit("age opened something else by the passphrase")
    # Our identity, used by age, which asks for its passphrase.
    shabnameh("keygen", "--recipient", "--out", "ours.id", "--key-passphrase-file", "secret")
    pathlib.Path("for-us.age").write_bytes(run("age", "-r", pathlib.Path("ours.id.pub").read_text().strip(), data=plain))
    typed("age", "-d", "-i", "ours.id", "-o", "by-us", "for-us.age", answers=[PASSPHRASE])
    if pathlib.Path("by-us").read_bytes() != plain:
        sys.exit("age opened something else by our identity")

    # Theirs, opened by us: by identities, ours and theirs, plain, armored and with a passphrase; and by a passphrase.
    pathlib.Path("plain").write_bytes(plain)
    typed("age", "-p", "-a", "-o", "theirs.id.age", "theirs.id", answers=[PASSPHRASE, PASSPHRASE])
    typed("age", "-p", "-o", "by-passphrase.age", "plain", answers=[PASSPHRASE, PASSPHRASE])
    files = {
        "for-them": (run("age", "-r", recipient, data=plain), ["--identity", "theirs.id"]),
        "for-them-again": (run("age", "-r", recipient, data=plain), ["--identity", "theirs.id.age", "--key-passphrase-file", "secret"]),
        "for-us": (pathlib.Path("for-us.age").read_bytes(), ["--identity", "ours.id", "--key-passphrase-file", "secret"]),
        "by-passphrase": (pathlib.Path("by-passphrase.age").read_bytes(), ["--passphrase-file", "secret"]),
    }
    for name, (file, options) in files.items():
        pathlib.Path(name).write_bytes(b"\x01\x01" + file)
        shabnameh("decode", name, "--out", f"out-{name}/", *options)
        if pathlib.Path(f"out-{name}/letter.fa.md").read_bytes() != LETTER:
            sys.exit(f"{name}: another letter")
        shabnameh("decode", name, "--out", f"shut-{name}/", code=1)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        signatures()
        encryption()
    print("minisign and age verify and open what we made, and we what they made")
