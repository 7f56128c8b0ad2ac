// Receiving: photos, films, the camera, texts; what came, and what is still to come.

import { awake } from './awake';
import { Camera, isOffered, NoCamera } from './camera';
import * as collection from './collection';
import type { Tally } from './collection';
import { $, button, el, fill, isolate, twice } from './dom';
import { letters } from './engine';
import { isOffering, offerKey } from './keys';
import { film, Film, NoFilm, NoPicture, photo } from './pictures';
import type { Seen } from './pictures';
import { digits, error, translated, words } from './say';
import { allowSound, signal } from './signal';
import * as store from './store';
import type { Code, Coming, Key, Letter } from './worker';
import type { Two } from './words';

/** The most that a text or an envelope may have, in bytes. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Most lines told of files. */
const MOST_LINES = 12;

/** Goes to a letter. */
let open: (id: string) => void;

// What is told.

/** Something that was told, in what tone, and the letter that it leads to. */
interface Line {
    text: () => string | Two;
    tone: 'good' | 'plain' | 'bad';
    letter?: string;
}

let lines: Line[] = [];
let status: () => string = () => '';

function say(text: () => string): void {
    status = text;
    const now = text();
    // Screen readers speak each change.
    if ($('status').textContent !== now) {
        $('status').textContent = now;
    }
}

/** Tells something; what is told already is told once. */
function tell(tone: Line['tone'], text: Line['text'], letter?: string): void {
    const line = { text, tone, letter };
    const same = String(text());
    if (lines.some((line) => String(line.text()) === same)) {
        return;
    }
    lines = [line, ...lines].slice(0, MOST_LINES);
    const list = $('lines');
    list.prepend(lineOf(line));
    while (list.children.length > MOST_LINES) {
        list.lastElementChild!.remove();
    }
}

function lineOf({ text, tone, letter }: Line): HTMLElement {
    const told = text();
    const [what, todo] = typeof told === 'string' ? [told] : told;
    return el(
        'li',
        { className: tone },
        el('span', { textContent: what }),
        todo && el('small', { textContent: todo }),
        letter && button(words().read, () => open(letter)),
    );
}

/** Makes room for what is told of the next files. */
function clearLines(): void {
    lines = [];
    fill($('lines'));
}

function fails(failed: unknown): void {
    tell('bad', () => error(failed));
}

/** Tells what codes brought that is not plainly good. */
async function remarks(name: string, tally: Tally): Promise<void> {
    const refused = tally.refused[0];
    if (refused) {
        const told = refused.error;
        tell('bad', () => (told ? words().refused(told[words().tag][0]) : words().forgedCode));
    }
    for (const text of new Set(tally.foreign.slice(0, 20))) {
        const key = await publicKey(text);
        if (key) {
            offer(key);
        } else {
            tell('plain', () => words().foreign(name, isolate(text)));
        }
    }
}

async function publicKey(text: string): Promise<Key | undefined> {
    return /^\s*(untrusted comment:|RW)/.test(text) ? letters.call('publicKey', [text]).catch(() => undefined) : undefined;
}

function offer(key: Key): void {
    stopCamera();
    offerKey(key, words().aKey);
}

// Files.

let work = Promise.resolve();
let stopFilm: () => void = () => {};

/** Takes files one after the other, whatever they are. */
export function take(files: File[]): void {
    allowSound();
    stopCamera();
    clearLines();
    files.forEach((file, at) => {
        work = work.then(async () => {
            try {
                await takeOne(file, at + 1, files.length);
            } catch (failed) {
                fails(failed);
            }
            if (at + 1 === files.length) {
                say(() => '');
            }
        });
    });
}

async function takeOne(file: File, at: number, of: number): Promise<void> {
    const name = isolate(file.name, 40);
    if (/^video\//.test(file.type) || /\.(mp4|m4v|mov|webm|3gp|mkv)$/i.test(file.name)) {
        return takeFilm(file, name);
    }
    const head = new Uint8Array(await read(file.slice(0, 8)));
    if (String.fromCharCode(...head.slice(0, 5)) === '%PDF-') {
        return tell('bad', () => words().isPdf(name));
    }
    if (/^image\//.test(file.type) || /\.(jpe?g|png|webp|gif|bmp|heic|heif|avif)$/i.test(file.name)) {
        say(() => words().looking(at, of));
        return takePhoto(file, name);
    }
    if (file.size > MOST_BYTES) {
        return tell('bad', () => words().tooLarge(name));
    }
    const tally = await collection.takeFile(await read(file));
    brought(name, tally);
    await remarks(name, tally);
}

function read(blob: Blob): Promise<ArrayBuffer> {
    return new Response(blob).arrayBuffer();
}

function brought(name: string, { fresh, known, refused }: Tally): void {
    tell(fresh > 0 ? 'good' : 'plain', () => words().fileBrought(name, fresh + known + refused.length, fresh));
}

/** Takes the codes of pictures as they are found, one handful at a time, each text once; and sums up what they brought. */
class Intake {
    private texts = new Set<string>();
    private waiting: string[] = [];
    private busy: Promise<void> | undefined;
    readonly all = collection.nothing();

    /** Whether there was any code at all. */
    get any(): boolean {
        return this.texts.size > 0;
    }

    add(codes: Code[]): void {
        for (const { text } of codes) {
            if (!this.texts.has(text)) {
                this.texts.add(text);
                this.waiting.push(text);
            }
        }
        this.busy ??= this.work().finally(() => (this.busy = undefined));
    }

    private async work(): Promise<void> {
        while (this.waiting.length > 0) {
            collection.sum(this.all, await collection.take(this.waiting.splice(0)));
        }
    }

    /** Waits until all of them were taken. */
    async settled(): Promise<Tally> {
        await this.busy;
        return this.all;
    }
}

async function takePhoto(file: File, name: string): Promise<void> {
    const intake = new Intake();
    try {
        await photo(file, async (codes) => {
            intake.add(codes);
            return (await intake.settled()).complete.length === 0;
        });
    } catch (failed) {
        if (failed instanceof NoPicture) {
            return tell('bad', () => words().notAPicture(name));
        }
        throw failed;
    }
    await sumUp(name, intake);
}

async function sumUp(name: string, intake: Intake): Promise<void> {
    const all = await intake.settled();
    if (!intake.any) {
        return tell('bad', () => words().noCodes(name));
    }
    if (all.fresh + all.known + all.refused.length > 0) {
        brought(name, all);
    }
    await remarks(name, all);
}

async function takeFilm(file: File, name: string): Promise<void> {
    const intake = new Intake();
    const stopped = new Promise<void>((gives) => (stopFilm = gives));
    say(() => words().filming(0));
    $('filming').hidden = false;
    void awake(true);
    try {
        await film(
            file,
            $<HTMLVideoElement>('film'),
            ({ codes }) => {
                intake.add(codes);
                return intake.all.complete.length === 0 || collection.isReceiving();
            },
            (part) => say(() => words().filming(Math.floor(part * 10) * 10)),
            stopped,
        );
    } catch (failed) {
        if (failed instanceof NoFilm) {
            return tell('bad', () => words().badFilm(name));
        }
        throw failed;
    } finally {
        $('filming').hidden = true;
        void awake(false);
    }
    await sumUp(name, intake);
}

// The camera.

let camera: Camera | undefined;
let looking: Film | undefined;
let refusal: NoCamera | undefined;
/** Counts what was asked of the camera: one that starts when it is not wanted any more is ended at once. */
let asked = 0;

async function startCamera(lens?: string): Promise<void> {
    allowSound();
    stopCamera();
    const mine = asked;
    refusal = undefined;
    renderRefusal();
    const video = $<HTMLVideoElement>('view');
    try {
        const started = await Camera.start(lens);
        if (mine !== asked) {
            return started.stop();
        }
        camera = started;
        $('finder').hidden = false;
        await camera.show(video, stopCamera);
    } catch (failed) {
        if (mine !== asked) {
            return;
        }
        stopCamera();
        refusal = failed instanceof NoCamera ? failed : new NoCamera('cameraBusy');
        renderRefusal();
        // The way that works is the next thing to be touched.
        $('choose').focus();
        return;
    }
    if (mine !== asked) {
        return;
    }
    renderCamera();
    looking = new Film(video, sawLive, false);
    looking.start();
    say(() => words().aim);
    void awake(true);
}

/** Ends the camera. */
export function stopCamera(): void {
    asked++;
    if (camera) {
        say(() => '');
        void awake(false);
    }
    looking?.stop();
    camera?.stop();
    camera = looking = undefined;
    $('finder').hidden = true;
    $<HTMLVideoElement>('view').srcObject = null;
}

/** So long after the last new code the person is told that there is nothing new, in milliseconds. */
const NOTHING_NEW_AFTER = 2_000;
let lastFresh = -Infinity;
/** The codes that were seen while the last ones are still being taken. */
let unseen: Set<string> | undefined;

function sawLive({ codes, width, height }: Seen): void {
    outline(codes, width, height);
    const texts = codes.map((code) => code.text);
    if (unseen) {
        texts.forEach((text) => unseen?.add(text));
    } else if (texts.length > 0) {
        unseen = new Set(texts);
        void takeLive().finally(() => (unseen = undefined));
    }
}

async function takeLive(): Promise<void> {
    while (unseen && unseen.size > 0) {
        const texts = [...unseen];
        unseen.clear();
        const tally = await collection.take(texts).catch((failed) => (fails(failed), undefined));
        if (!tally || !camera) {
            return;
        }
        const now = performance.now();
        if (tally.fresh > 0) {
            lastFresh = now;
        }
        if (tally.fresh + tally.known > 0) {
            const isFresh = now - lastFresh < NOTHING_NEW_AFTER;
            say(() => (isFresh ? words().fresh : words().nothingNew));
        }
        await remarks(words().camera, tally);
    }
}

/** Draws where the codes are: green while they bring something new. */
function outline(codes: Code[], width: number, height: number): void {
    const canvas = $<HTMLCanvasElement>('outline');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d')!;
    context.lineWidth = Math.max(3, width / 160);
    context.strokeStyle = performance.now() - lastFresh < NOTHING_NEW_AFTER ? '#30d158' : '#ffd60a';
    for (const { corners } of codes) {
        context.beginPath();
        for (let at = 0; at < corners.length; at += 2) {
            context.lineTo(corners[at]!, corners[at + 1]!);
        }
        context.closePath();
        context.stroke();
    }
}

function renderCamera(): void {
    if (!camera) {
        return;
    }
    const now = camera;
    const { lenses, able } = now;
    const lens = $<HTMLSelectElement>('lens');
    fill(lens, ...lenses.map(({ id, name }) => el('option', { value: id, textContent: name, selected: id === now.lens })));
    $('lenses').hidden = lenses.length < 2;
    lens.onchange = () => {
        Camera.choose(lens.value);
        void startCamera(lens.value);
    };
    const torch = $<HTMLButtonElement>('torch');
    torch.hidden = !able.torch;
    torch.setAttribute('aria-pressed', 'false');
    torch.onclick = () => {
        const on = torch.getAttribute('aria-pressed') !== 'true';
        now.light(on).then(
            () => torch.setAttribute('aria-pressed', String(on)),
            () => {},
        );
    };
    const zoom = $<HTMLInputElement>('zoom');
    $('zooms').hidden = !able.zoom;
    if (able.zoom) {
        zoom.min = String(able.zoom.min);
        zoom.max = String(able.zoom.max);
        zoom.step = String(able.zoom.step || 0.1);
        zoom.value = String(able.zoom.min);
        zoom.oninput = () => void now.zoom(Number(zoom.value)).catch(() => {});
    }
}

function renderRefusal(): void {
    const said = refusal?.words(words());
    $('refusal').hidden = !said;
    fill($('refusal'), said && el('strong', { textContent: said[0] }), said && el('p', { textContent: said[1] }));
}

// What is on its way, and what is there.

function renderComing(): void {
    const { coming, more, full } = collection.coming();
    $('coming').hidden = coming.length === 0 && !full;
    fill(
        $('comingList'),
        full && el('li', { className: 'bad', textContent: words().errors.TooManyObjects!.join(' ') }),
        ...coming.map(one),
        more > 0 && el('li', { className: 'bad', textContent: words().andMore(more) }),
    );
}

function one({ id, received, needed, codes, forged, map }: Coming): HTMLElement {
    const text = words().progress(received, needed, codes);
    const boxes = el('div', { className: 'map', data: { role: 'img', 'aria-label': words().map } });
    for (const part of map) {
        const box = el('i');
        box.style.opacity = String(0.12 + (0.88 * part) / 255);
        boxes.append(box);
    }
    const bar = el('progress', { max: needed, value: Math.min(received, needed), data: { 'aria-label': text } });
    return el(
        'li',
        { data: { 'data-letter': id } },
        el('div', { textContent: text }),
        bar,
        boxes,
        forged && el('small', { className: 'bad', textContent: words().somethingForged }),
        twice(words().forgetShort, words().forgetSure, () => collection.forget(id)),
    );
}

let shown = '';

/** Lists the letters, with what is known now of who signed them. */
export function renderLetters(): void {
    const ids = collection.all();
    const now = JSON.stringify([ids, words().tag, store.get('trust')]);
    if (now === shown) {
        return;
    }
    shown = now;
    $('none').hidden = ids.length > 0;
    fill($('letterList'), ...ids.map(entry));
}

/** A letter in the list. What is said of it comes a moment later. */
function entry(id: string): HTMLElement {
    const title = el('strong', { textContent: '…', dir: 'auto' });
    const signed = el('small');
    void glance(id).then(([name, by]) => {
        title.textContent = name;
        signed.textContent = by;
    });
    const link = el('button', { type: 'button', onclick: () => open(id), className: 'letter', data: { 'data-letter': id } }, title, signed);
    return el('li', { className: 'entry' }, link, twice(words().forgetShort, words().forgetSure, () => collection.forget(id)));
}

/** The title of a letter, and who signed it, in words. */
async function glance(id: string): Promise<Two> {
    const envelope = collection.envelope(id);
    if (!envelope) {
        return ['', ''];
    }
    try {
        const letter = await letters.call('glance', [envelope, store.get('trust')]);
        return [titleOf(letter), signedBy(letter)[0]];
    } catch (failed) {
        const [what] = error(failed);
        return (failed as Error).message === 'Locked' ? [words().encryptedLetter, ''] : [words().untitled, what];
    }
}

/** What a letter is called. */
export function titleOf(letter: Letter): string {
    return letter.title || letter.file || (letter.answer === 'false' ? words().false[0] : words().untitled);
}

/** Who signed a letter, in words. */
export function signedBy(letter: Letter): Two {
    const fingerprint = `\u2066${digits(letter.fingerprint ?? '')}\u2069`;
    switch (letter.answer) {
        case 'trusted':
            return words().trusted(letter.by.trim() ? isolate(letter.by) : fingerprint);
        case 'unknown':
            return words().unknown(fingerprint);
        case 'false':
            return words().false;
        case 'unsigned':
            return words().unsigned;
    }
}

/** Makes the view work. */
export function begin(goTo: (id: string) => void): void {
    open = goTo;
    const choose = $<HTMLInputElement>('chooseFile');
    for (const id of ['chooseFile', 'photoFile', 'filmFile']) {
        const input = $<HTMLInputElement>(id);
        input.onchange = () => {
            take([...(input.files ?? [])]);
            input.value = '';
        };
    }
    $('choose').onclick = () => choose.click();
    $('photo').onclick = () => $('photoFile').click();
    $('filmIt').onclick = () => $('filmFile').click();
    $('camera').onclick = () => void startCamera();
    $('stop').onclick = stopCamera;
    $('stopFilm').onclick = () => stopFilm();
    $('paste').onclick = () => {
        const area = $('pasted');
        area.hidden = !area.hidden;
        $('paste').setAttribute('aria-expanded', String(!area.hidden));
        $('pasteText').focus();
    };
    $('pasteRead').onclick = () => {
        const area = $<HTMLTextAreaElement>('pasteText');
        allowSound();
        void pasted(area.value).then((taken) => taken && (area.value = ''));
    };
    if (!isOffered()) {
        $('camera').hidden = true;
        refusal = new NoCamera('noCameraHere');
    }
    document.ondragover = (event) => event.preventDefault();
    document.ondrop = (event) => {
        event.preventDefault();
        const files = [...(event.dataTransfer?.files ?? [])];
        const text = event.dataTransfer?.getData('text');
        if (files.length > 0) {
            location.hash = '#receive';
            take(files);
        } else if (text) {
            void pasted(text);
        }
    };
    document.onpaste = (event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length > 0 && !$('receive').hidden) {
            event.preventDefault();
            take(files);
        }
    };
    collection.onChange(() => {
        renderComing();
        renderLetters();
        $('notKept').hidden = collection.isKept();
    });
    collection.onComplete((id) => {
        signal();
        tell('good', () => words().complete, id);
        // Nobody is taken away from what he does; and where another letter is being received, it goes on.
        if (!$('receive').hidden && !isOffering() && !collection.isReceiving()) {
            stopCamera();
            open(id);
        }
    });
    translated(() => {
        fill($('lines'), ...lines.map(lineOf));
        renderComing();
        renderLetters();
        renderRefusal();
        say(status);
    });
}

/** Takes a text that was pasted; tells whether there was something in it. */
async function pasted(text: string): Promise<boolean> {
    clearLines();
    try {
        const key = await publicKey(text);
        if (key) {
            offer(key);
            return true;
        }
        const tally = await collection.takeFile(new TextEncoder().encode(text).buffer as ArrayBuffer);
        brought(words().paste, tally);
        await remarks(words().paste, tally);
        return true;
    } catch (failed) {
        fails(failed);
        return false;
    }
}
