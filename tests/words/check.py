#!/usr/bin/env python3
"""Sees what the program says, on terminals and on paper, that was never given to a translator.

It runs with a language of tests, English with accents between angles: ‹páge 1 óf 4›. What is said outside of angles is a text that is not
translated, unless it is data: names of files and options, ids, units.

usage: check.py PROGRAM   (example test_language)
"""
import concurrent.futures, os, pathlib, re, subprocess, sys, tempfile

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
ROOT = pathlib.Path(__file__).parent.parent.parent
LETTER = "# نامه\n\n" + "سلام ۱۲۳\n\n" * 12
# Data that stands in no language: what is printed so that other programs take it, or is a name.
DATA = set("""shabnameh QR ESI K age dpi shab mm B KB MB SHA jpg png pdf txt md key pub envelope letter union pasted broken
    RW BEGIN END L M Q H U PNG leaflet cards booklet zine poster archive all out kit http localhost""".split())
PLAIN, ACCENTS = "aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ"


def outside(text):
    """Words of two letters or more that stand outside of angles: ids, keys, and names in lists are none."""
    left = re.sub(r"‹[^‹›]*›", " ", re.sub(r"‹[^‹›]*‹[^‹›]*›[^‹›]*›", " ", text))
    return set(re.findall(r"[A-Za-z]{2,}", re.sub(r"\b[0-9a-f]{6,}\b|\S{30,}", " ", left))) - DATA


def inside(text):
    """Words that stand between angles, without accents, and all letters around them."""
    text = text.translate(str.maketrans(ACCENTS, PLAIN))
    return set(re.findall(r"[A-Za-z]{2,}", text))


class Terminal:
    def __init__(self, folder):
        self.folder, self.untranslated, self.commands = folder, {}, []

    def run(self, *arguments, is_said=lambda text: text):
        """Runs the program, and notes what it says outside of angles. Paths given are data; `is_said` leaves out what is data besides."""
        self.commands.append(arguments[0])
        environment = {"LC_ALL": "xx", "PATH": os.environ["PATH"], "HOME": str(self.folder)}
        done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, cwd=self.folder, env=environment)
        said = is_said((done.stdout + done.stderr).decode(errors="replace"))
        given = set(re.findall(r"[A-Za-z]{2,}", " ".join(map(str, arguments))))
        for word in outside(said) - given:
            self.untranslated.setdefault(word, f"{arguments[0]}: {next(line for line in said.splitlines() if word in line)}")
        return said


def on_terminals(terminal):
    folder, run = terminal.folder, terminal.run
    (folder / "words").write_text("a long enough passphrase\n")
    secret = ("--key-passphrase-file", "words")
    run("encode", "letter.md", "--out", "kit", "--qr-version", 5)
    run("encode", "letter.md", "--out", "kit")
    run("kit", "letter.md", "--out", "whole")
    run("keygen", "--out", "union.key", *secret)
    run("keygen", "--recipient", "--out", "mine.key", *secret)
    run("trust", "union.pub", "--name", "٭")
    run("trust")
    run("armor", "letter.md", "--sign", "union.key", *secret, "--out", "signed.txt")
    run("unarmor", "signed.txt", "--out", "signed.envelope")
    run("verify", "signed.envelope")
    run("verify", "letter.md")
    run("decode", "signed.envelope", "kit/leaflet.pdf", "--out", "out/")
    run("decode", "kit/frames/001.png", "--out", "again/")
    run("decode", ROOT / "tests/encrypted/passphrase.envelope", "--out", "again/")
    run("decode", "letter.md")
    run("inspect", "kit/frames", "signed.txt", "letter.md")
    run("inspect", "none.png")
    # The words are a list of their own, and that of tests is the English one.
    run("passphrase", "--words", 5, is_said=lambda text: text.partition("\n")[2])
    run("reader", "--out", "reader.html")
    run("reader", "--check", "letter.md")
    run("print", "letter.md", "--form", "all", "--out", "forms")
    # A name, as it is typed, stands before what it means.
    run("trial", "--list", is_said=lambda text: re.sub(r"(?m)^  [^‹]*", "", text))
    run("trial", "letter.md", "--channel", "home-printer", "--runs", 1, "--out", "trial")
    run("trial", "letter.md", "--channel", "no-such", "--runs", 1, "--out", "trial2")
    run("demo", "--out", "demo")


def forms():
    """The forms of paper: each has a line of its own in the help of `--form`, and `all` is the last of them."""
    told = subprocess.run([PROGRAM, "print", "--help"], capture_output=True, check=True).stdout.decode()
    return re.findall(r"^ +- ([a-z]+): ", told.split("--form <FORM>")[1].split("- all:")[0], re.M)


def on_paper(terminal):
    """What stands on paper in one language and not in the other: paper of a letter in the language of tests says all of it in English too."""
    missing = {}
    for form in forms():
        out = f"{form}.pdf"
        terminal.run("print", "letter.md", "--lang", "xx", "--form", form, "--out", out, *([] if form == "archive" else ["--plain"]))
        text = subprocess.run(["pdftotext", "-raw", terminal.folder / out, "-"], capture_output=True, check=True).stdout.decode()
        accented = {word for word in re.findall(rf"[A-Za-z{ACCENTS}]{{2,}}", text) if any(letter in ACCENTS for letter in word)}
        assert accented, f"{form}: nothing on it is in the language of tests"
        translated = inside(" ".join(accented))
        plain = {word for word in re.findall(r"[A-Za-z]{2,}", re.sub(r"\b[0-9a-f]{6,}\b", " ", text))} - DATA
        # Words without any letter that takes an accent look the same in both.
        plain = {word for word in plain if set(word) & set(PLAIN)}
        for word in plain - translated:
            missing.setdefault(word, form)
    return missing


with tempfile.TemporaryDirectory() as folder:
    terminal = Terminal(pathlib.Path(folder))
    (terminal.folder / "letter.md").write_text(LETTER)
    # One beside the other, for two cores.
    with concurrent.futures.ThreadPoolExecutor() as threads:
        paper = threads.submit(on_paper, terminal)
        on_terminals(terminal)
        missing = paper.result()
    for word, where in [*terminal.untranslated.items(), *missing.items()]:
        print(f"not translated: {word} ({where})")
    print(f"{len(terminal.commands)} commands, {len(terminal.untranslated) + len(missing)} words that are not translated")
    sys.exit(1 if terminal.untranslated or missing else 0)
