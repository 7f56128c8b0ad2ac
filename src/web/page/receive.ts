// Receiving: photos, films, the camera, texts; what came, and what is still to come.

import { Camera, isOffered, NoCamera } from './camera';
import * as collection from './collection';
import type { Tally } from './collection';
import { $, button, el, fill } from './dom';
import { letters } from './engine';
import { film, Film, NoFilm, NoPicture, photo } from './pictures';
import type { Seen } from './pictures';
import { error, translated, words } from './say';
import { allowSound, signal } from './signal';
import * as store from './store';
import type { Coming, Key, Letter } from './worker';
import type { Two } from './words';
import { offerKey } from './keys';

/** The most that a text or an envelope may have, in bytes. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Most lines told of files. */
const MOST_LINES = 12;
/** Most characters shown of a code that is none of ours. */
const MOST_FOREIGN = 80;

/** Goes to a letter. */
let open: (id: string) => void;

/** Something that was told, and in what tone. */
interface Line {
    text: () => string | Two;
    tone: 'good' | 'plain' | 'bad';
    /** The letter that it leads to. */
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

function tell(tone: Line['tone'], text: Line['text'], letter?: string): void {
    lines = [{ text, tone, letter }, ...lines].slice(0, MOST_LINES);
    renderLines();
}

function renderLines(): void {
    fill(
        $('lines'),
        ...lines.map(({ text, tone, letter }) => {
            const told = text();
            const [what, todo] = typeof told === 'string' ? [told] : told;
            return el('li', { className: tone }, el('span', { textContent: what }), todo && el('small', { textContent: todo }), letter && button(words().read, () => open(letter)));
        }),
    );
}

function fails(failed: unknown): void {
    tell('bad', () => error(failed));
}

/** Tells what codes brought that is not plainly good. */
async function remarks(name: string, tally: Tally): Promise<void> {
    const refused = tally.refused[0]?.error;
    if (tally.refused.length > 0) {
        tell('bad', () => words().refused(refused ? refused[words().tag][0] : words().somethingForged));
    }
    for (const text of tally.foreign.slice(0, 3)) {
        const key = await letters.call('publicKey', [text]).catch(() => undefined);
        if (key) {
            offerKey(key as Key);
        } else {
            const shown = text.length > MOST_FOREIGN ? `${text.slice(0, MOST_FOREIGN)}…` : text;
            tell('plain', () => words().foreign(name, `\u2068${shown}\u2069`));
        }
    }
}

// Files.

let work = Promise.resolve();

/** Takes files one after the other, whatever they are. */
export function take(files: File[]): void {
    allowSound();
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
    const { name } = file;
    if (/^video\//.test(file.type) || /\.(mp4|m4v|mov|webm|3gp|mkv)$/i.test(name)) {
        return takeFilm(file);
    }
    const head = new Uint8Array(await read(file.slice(0, 8)));
    if (String.fromCharCode(...head.slice(0, 5)) === '%PDF-') {
        return tell('bad', () => words().isPdf(name));
    }
    if (/^image\//.test(file.type) || /\.(jpe?g|png|webp|gif|bmp|heic|heif|avif)$/i.test(name)) {
        say(() => words().looking(at, of));
        return takePhoto(file);
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

function brought(name: string, { fresh, known, refused }: { fresh: number; known: number; refused: unknown[] }): void {
    tell(fresh > 0 ? 'good' : 'plain', () => words().fileBrought(name, fresh + known + refused.length, fresh));
}

async function takePhoto(file: File): Promise<void> {
    const { name } = file;
    const texts = new Set<string>();
    const all: Tally = { fresh: 0, known: 0, foreign: [], refused: [], complete: [] };
    try {
        await photo(file, async (codes) => {
            const now = codes.map((code) => code.text).filter((text) => !texts.has(text));
            now.forEach((text) => texts.add(text));
            const tally = await collection.take(now);
            all.fresh += tally.fresh;
            all.known += tally.known;
            all.foreign.push(...tally.foreign);
            all.refused.push(...tally.refused);
            return tally.complete.length === 0;
        });
    } catch (failed) {
        if (failed instanceof NoPicture) {
            return tell('bad', () => words().notAPicture(name));
        }
        throw failed;
    }
    if (texts.size === 0) {
        return tell('bad', () => words().noCodes(name));
    }
    if (texts.size > all.foreign.length) {
        brought(name, all);
    }
    await remarks(name, all);
}

async function takeFilm(file: File): Promise<void> {
    const { name } = file;
    const texts = new Set<string>();
    const all: Tally = { fresh: 0, known: 0, foreign: [], refused: [], complete: [] };
    let done = false;
    let pending = Promise.resolve();
    const video = $<HTMLVideoElement>('film');
    say(() => words().filming(0));
    try {
        await film(
            file,
            video,
            ({ codes }) => {
                const now = codes.map((code) => code.text).filter((text) => !texts.has(text));
                now.forEach((text) => texts.add(text));
                pending = pending.then(async () => {
                    const tally = await collection.take(now);
                    all.fresh += tally.fresh;
                    all.known += tally.known;
                    all.foreign.push(...tally.foreign);
                    all.refused.push(...tally.refused);
                    done ||= tally.complete.length > 0 && collection.coming().coming.length === 0;
                });
                return !done;
            },
            (part) => say(() => words().filming(Math.round(part * 100))),
        );
    } catch (failed) {
        if (failed instanceof NoFilm) {
            return tell('bad', () => words().badFilm(name));
        }
        throw failed;
    }
    await pending;
    if (texts.size === 0) {
        return tell('bad', () => words().noCodes(name));
    }
    brought(name, all);
    await remarks(name, all);
}

// The camera.

let camera: Camera | undefined;
let looking: Film | undefined;
let refusal: NoCamera | undefined;

async function startCamera(lens?: string): Promise<void> {
    allowSound();
    stopCamera();
    refusal = undefined;
    renderRefusal();
    const video = $<HTMLVideoElement>('view');
    try {
        camera = await Camera.start(lens);
        $('finder').hidden = false;
        await camera.show(video, stopCamera);
    } catch (failed) {
        stopCamera();
        refusal = failed instanceof NoCamera ? failed : new NoCamera('cameraBusy');
        renderRefusal();
        // The way that works is the next thing to be touched.
        $('choose').focus();
        return;
    }
    renderCamera();
    looking = new Film(video, (seen) => void sawLive(seen), false);
    looking.start();
    say(() => words().aim);
    void keepAwake();
}

/** Ends the camera. */
export function stopCamera(): void {
    looking?.stop();
    camera?.stop();
    camera = looking = undefined;
    $('finder').hidden = true;
    $<HTMLVideoElement>('view').srcObject = null;
    say(() => '');
}

let wake: { release(): Promise<void> } | undefined;

async function keepAwake(): Promise<void> {
    await wake?.release().catch(() => {});
    wake = await (navigator as { wakeLock?: WakeLock }).wakeLock?.request('screen').catch(() => undefined);
}

/** So long after the last new code the person is told that there is nothing new, in milliseconds. */
const NOTHING_NEW_AFTER = 2_000;
let lastFresh = -Infinity;

async function sawLive({ codes, width, height }: Seen): Promise<void> {
    const tally = await collection.take(codes.map((code) => code.text)).catch((failed) => (fails(failed), undefined));
    if (!tally || !camera) {
        return;
    }
    outline(codes.map((code) => code.corners), width, height, tally.fresh > 0);
    const now = performance.now();
    if (tally.fresh > 0) {
        lastFresh = now;
    }
    if (codes.length > 0) {
        const isFresh = now - lastFresh < NOTHING_NEW_AFTER;
        say(() => (isFresh ? words().fresh : words().nothingNew));
    }
    await remarks(words().camera, tally);
}

/** Draws where the codes are. */
function outline(codes: number[][], width: number, height: number, fresh: boolean): void {
    const canvas = $<HTMLCanvasElement>('outline');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d')!;
    context.lineWidth = Math.max(3, width / 160);
    context.strokeStyle = fresh ? '#30d158' : '#ffd60a';
    for (const [x, y, ...rest] of codes) {
        context.beginPath();
        context.moveTo(x!, y!);
        for (let at = 0; at < rest.length; at += 2) {
            context.lineTo(rest[at]!, rest[at + 1]!);
        }
        context.closePath();
        context.stroke();
    }
}

function renderCamera(): void {
    if (!camera) {
        return;
    }
    const [now, { lenses, able }] = [camera, camera];
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
        void now.light(on).then(() => torch.setAttribute('aria-pressed', String(on)), () => {});
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
    const { coming, more } = collection.coming();
    $('coming').hidden = coming.length === 0;
    fill(
        $('comingList'),
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
    );
}

let shown = '';

function renderLetters(): void {
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
    const title = el('strong', { textContent: '…' });
    const signed = el('small');
    void glance(id).then(([name, by]) => {
        title.textContent = name;
        signed.textContent = by;
    });
    const link = el('button', { type: 'button', onclick: () => open(id), className: 'letter', data: { 'data-letter': id } }, title, signed);
    link.dir = 'auto';
    return el('li', {}, link);
}

async function glance(id: string): Promise<[string, string]> {
    const envelope = collection.envelope(id);
    try {
        const { letter } = await letters.call('open', [envelope!, store.get('trust'), '', '', false]);
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
    switch (letter.answer) {
        case 'trusted':
            return words().trusted(`\u2068${letter.by}\u2069`);
        case 'unknown':
            return words().unknown(`\u2066${letter.fingerprint ?? ''}\u2069`);
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
    $('paste').onclick = () => {
        const area = $('pasted');
        area.hidden = !area.hidden;
        $('paste').setAttribute('aria-expanded', String(!area.hidden));
        $('pasteText').focus();
    };
    $('pasteRead').onclick = () => {
        const area = $<HTMLTextAreaElement>('pasteText');
        allowSound();
        const text = area.value;
        void pasted(text).then((taken) => taken && (area.value = ''));
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
        if (files.length > 0) {
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
        // Where nothing else is on its way, there is nothing to wait for.
        if (collection.coming().coming.length === 0 && location.hash !== '#write') {
            stopCamera();
            open(id);
        }
    });
    translated(() => {
        renderLines();
        renderComing();
        renderLetters();
        renderRefusal();
        say(status);
    });
}

/** Takes a text that was pasted; tells whether there was something in it. */
async function pasted(text: string): Promise<boolean> {
    try {
        const key = await letters.call('publicKey', [text.trim()]).catch(() => undefined);
        if (key) {
            offerKey(key as Key);
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

