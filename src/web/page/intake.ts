// Files that are given: photos, films, texts, envelopes. An error in one file never stops the next.

import { awake } from './awake';
import { isOffered } from './camera';
import * as collection from './collection';
import type { Tally } from './collection';
import { $, isolate } from './dom';
import { scanners } from './engine';
import { readFile } from './files';
import { film, NoFilm } from './film';
import { clear, rest, say, tell } from './lines';
import type { Tone } from './lines';
import * as outlines from './outlines';
import { Sight } from './outlines';
import { LargePicture, moving, NoPicture, Photo } from './pictures';
import type { Found } from './pictures';
import { keyOrKeys, remarks, tellKeys } from './remarks';
import { error, words } from './say';
import type { Two } from './words';

/** The most that a text or an envelope may have, in bytes. */
const MOST_BYTES = 32 * 1024 * 1024;
/** A file of public keys is not larger, in bytes. */
const MOST_KEYS = 100_000;
/** Bytes at the beginning of a file that its format is told by. */
const HEAD = 65_536;
/** If fewer pictures a second were looked at, codes of a film may have been missed. */
const DENSE = 3;

/** A photo, what its codes brought so far, and what was seen in it. */
interface Item {
    file: File;
    name: string;
    intake: Intake;
    sight: Sight;
}

/** What the files brought that were given since there was last nothing to do. */
interface Outcome {
    photos: number;
    films: number;
    /** Photos and films without a code. */
    empty: number;
    emptyFilms: number;
    complete: string[];
    bad?: () => string;
}

/** The files whose turn has not come. */
let waiting: File[] = [];
/** Photos to be looked at again after all others, if still needed. */
let closer: Item[] = [];
/** The files whose turn had not come when the person stopped. */
let left: File[] = [];
let [running, stopped] = [false, false];
/** How many files were begun and given since there was last nothing to do. */
let [begun, given] = [0, 0];
/** The next photo, which is decoded while this one is being looked at. */
let ahead: { file: File; photo: Promise<Photo> } | undefined;
let outcome: Outcome = { photos: 0, films: 0, empty: 0, emptyFilms: 0, complete: [] };
/** Letters that the person has opened since then. */
const openedSince = new Set<string>();
let stopFilm: () => void = () => {};

/** Takes files one after the other, whatever they are. */
export function take(files: File[]): void {
    clear();
    outlines.clear();
    if (!running) {
        [begun, given] = [0, 0];
        outcome = { photos: 0, films: 0, empty: 0, emptyFilms: 0, complete: [] };
        openedSince.clear();
    }
    waiting.push(...files);
    given += files.length;
    stopped = false;
    if (running) {
        renderButtons();
    } else {
        void run();
    }
}

async function run(): Promise<void> {
    running = true;
    while (!stopped) {
        const file = waiting.shift();
        const item = file ? undefined : closer.shift();
        if (!file && !item) {
            break;
        }
        try {
            if (file) {
                begun++;
                renderButtons();
                await takeOne(file);
            } else if (item) {
                await lookCloser(item);
            }
        } catch (failed) {
            failsIn(file?.name ?? item!.name, failed);
        }
    }
    // What was only looked at quickly is among what is left.
    left.unshift(...closer.splice(0).map(({ file }) => file));
    scanners.renew();
    running = false;
    renderButtons();
    rest();
}

/** Takes none of the files whose turn has not come, and ends the film that is looked at. They are kept: the person may go on. */
export function stop(): void {
    stopped = true;
    left = [...waiting, ...left];
    given -= waiting.length;
    waiting = [];
    forgetAhead();
    stopFilm();
    renderButtons();
    rest();
}

/** Goes on with the files that were left. */
export function goOn(): void {
    const files = left;
    left = [];
    take(files);
}

/** Forgets all files. */
export function forget(): void {
    stop();
    left = [];
}

function renderButtons(): void {
    $('stopFiles').hidden = !running || stopped || (waiting.length === 0 && begun === given && closer.length === 0 && $('filming').hidden);
    $('goOnFiles').hidden = left.length === 0 || (running && !stopped);
}

/** The letter that the last files completed, if it is still there. */
export function completed(): string | undefined {
    return outcome.complete.find((id) => collection.envelope(id) && !openedSince.has(id));
}

/** The person has opened a letter: it is not told any more that it came. */
export function opened(id: string): void {
    openedSince.add(id);
}

/** The present state, for the status line. */
export function standing(): [string, Tone] {
    const { photos, films, empty, emptyFilms, bad } = outcome;
    const needed = collection.needed();
    const inPhotos = photos === 1 ? words().nothingFound : words().nothingFoundIn(empty, photos);
    const nothing = empty > 0 ? inPhotos : emptyFilms > 0 ? words().nothingInFilm : '';
    if (completed()) {
        return [words().complete, 'good'];
    }
    if (left.length > 0) {
        return [words().leftOver(left.length), 'plain'];
    }
    if (needed) {
        const again = films > 0 && !nothing ? words().filmAgain : nothing;
        return [[needed, again].filter(Boolean).join(' '), 'plain'];
    }
    if (bad) {
        return [bad(), 'bad'];
    }
    return [nothing || (isOffered() ? words().receiveAboutCamera : words().receiveAbout), 'plain'];
}

/** Says what goes on, and how many codes are still needed. */
function sayWith(text: () => string): void {
    say(() => [text(), collection.needed()].filter(Boolean).join(' · '));
}

/** Tells what went wrong with a file. */
function failsIn(name: string, failed: unknown): void {
    const text = (): Two => {
        if (failed instanceof NoPicture) {
            return words().notAPicture(name);
        }
        if (failed instanceof LargePicture) {
            return words().largePicture(name);
        }
        return failed instanceof NoFilm ? words().badFilm(name) : error(failed);
    };
    tellBad(text);
}

function tellBad(text: () => Two): void {
    tell('bad', text);
    outcome.bad ??= () => text()[0];
}

const MOVING: [string, (head: string) => boolean][] = [
    ['image/gif', (head) => head.startsWith('GIF8')],
    ['image/webp', (head) => /^RIFF[^]{4}WEBPVP8X/.test(head) && (head.charCodeAt(20) & 2) > 0],
    ['image/png', (head) => head.startsWith('\u0089PNG') && head.includes('acTL')],
];

async function takeOne(file: File): Promise<void> {
    const name = isolate(file.name, 40);
    if (/^video\//.test(file.type) || /\.(mp4|m4v|mov|webm|3gp|mkv)$/i.test(file.name)) {
        return takeFilm(file, name);
    }
    let head = '';
    new Uint8Array(await readFile(file.slice(0, HEAD), name)).forEach((byte) => (head += String.fromCharCode(byte)));
    if (head.startsWith('%PDF-')) {
        return tellBad(() => words().isPdf(name));
    }
    if (file.type.includes('svg')) {
        // SVG is a program that can use up all memory, and no camera writes it.
        return tellBad(() => words().notAPicture(name));
    }
    const type = MOVING.find(([, is]) => is(head))?.[0];
    if (type) {
        return takeMoving(file, name, type);
    }
    if (/^image\//.test(file.type) || /\.(jpe?g|png|webp|gif|bmp|heic|heif|avif)$/i.test(file.name)) {
        return takePhoto(file, name);
    }
    if (file.size > MOST_BYTES) {
        return tellBad(() => words().tooLarge(name));
    }
    const bytes = await readFile(file, name);
    const keys = file.size <= MOST_KEYS ? await keyOrKeys(new TextDecoder().decode(bytes)) : [];
    return keys.length > 0 ? tellKeys(keys) : takeBytes(name, bytes);
}

/** Takes an envelope, or a text with codes or envelopes in it. */
export async function takeBytes(name: string, bytes: ArrayBuffer): Promise<void> {
    const tally = await collection.takeFile(bytes);
    outcome.complete.push(...tally.complete);
    brought(name, tally);
    await remarks(name, tally);
}

function brought(name: string, { fresh, known, refused }: Tally): void {
    tell(fresh > 0 ? 'good' : 'plain', () => words().fileBrought(name, fresh + known + refused.length, fresh));
}

/** Takes the codes of pictures as they are found, one handful at a time, each text once; and sums up what they brought. */
class Intake {
    private texts = new Set<string>();
    private waiting: string[] = [];
    private busy: Promise<void> | undefined;
    private failed: { with: unknown } | undefined;
    readonly all = collection.nothing();

    /** Whether there was any code at all. */
    get any(): boolean {
        return this.texts.size > 0;
    }

    /** Whether a letter is complete, and no other one is just being received. */
    get isEnough(): boolean {
        return this.all.complete.length > 0 && !collection.isReceiving();
    }

    add(codes: { text: string }[]): void {
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
            const now = this.waiting.splice(0);
            try {
                const tally = await collection.take(now);
                collection.sum(this.all, tally);
                outcome.complete.push(...tally.complete);
                this.failed = undefined;
            } catch (failed) {
                // They could not be taken: a film shows them again.
                now.forEach((text) => this.texts.delete(text));
                this.failed = { with: failed };
            }
        }
    }

    /** Waits until all of them were taken.
     *
     * @throws what the last of them failed with.
     */
    async settled(): Promise<Tally> {
        await this.busy;
        if (this.failed) {
            throw this.failed.with;
        }
        return this.all;
    }

    /** Takes the codes of a look; says whether a further one is of use. */
    readonly found: Found = async ({ codes }) => {
        this.add(codes);
        await this.settled();
        return !stopped && !this.isEnough;
    };
}

function newItem(file: File, name: string): Item {
    return { file, name, intake: new Intake(), sight: new Sight() };
}

/** Takes what a look at a photo saw. */
function foundIn({ intake, sight }: Item): Found {
    return (look) => {
        sight.add(look);
        return intake.found(look);
    };
}

async function takePhoto(file: File, name: string): Promise<void> {
    const item = newItem(file, name);
    const [at, of] = [begun, given];
    sayWith(() => words().looking(at, of));
    outcome.photos++;
    const photo = await open(file);
    lookAhead();
    try {
        await photo.look(foundIn(item));
    } finally {
        photo.close();
    }
    if (photo.isLarge && !item.intake.isEnough) {
        // What showed nothing yet has the first turn.
        item.intake.any ? closer.push(item) : closer.unshift(item);
    } else {
        await sumUp(item);
    }
}

/** Opens a photo, which may be open already. */
function open(file: File): Promise<Photo> {
    const opened = ahead?.file === file ? ahead.photo : undefined;
    ahead = opened ? undefined : ahead;
    return opened ?? Photo.open(file).then((photo) => photo.prepare());
}

/** Opens the next photo: browsers decode beside the workers that look. */
function lookAhead(): void {
    const [file] = waiting;
    if (file && /jpe?g$/i.test(file.type)) {
        const photo = open(file);
        photo.catch(() => {});
        ahead = { file, photo };
    }
}

/** Forgets the photo that was opened and is not looked at. */
function forgetAhead(): void {
    void ahead?.photo.then((photo) => photo.close(), () => {});
    ahead = undefined;
}

/** Whether a letter came of these files, and no other one is being received. */
function isEnough(): boolean {
    return outcome.complete.length > 0 && !collection.isReceiving();
}

/** Looks at a photo in full size, unless what it is part of is complete. */
async function lookCloser(item: Item): Promise<void> {
    const wasEnough = isEnough();
    if (!wasEnough) {
        const left = closer.length + 1;
        sayWith(() => words().lookingCloser(left));
        $('stopFiles').hidden = false;
        const photo = await Photo.open(item.file);
        try {
            await photo.lookCloser(foundIn(item));
        } catch (failed) {
            // What was found before is told all the same.
            if (item.intake.any) {
                await sumUp(item);
            }
            throw failed;
        } finally {
            photo.close();
        }
    }
    if (item.intake.any || !wasEnough) {
        await sumUp(item);
    }
}

async function takeMoving(file: File, name: string, type: string): Promise<void> {
    const item = newItem(file, name);
    sayWith(() => words().looking(1, 1));
    $('stopFiles').hidden = false;
    const progress = (done: number, all: number): void => sayWith(() => (all > 1 ? words().looking(done + 1, all) : words().looking(1, 1)));
    const isRead = await moving(file, name, type, item.intake.found, progress).catch((failed) => {
        // One that is cut ends where it is cut.
        if (item.intake.any) {
            return true;
        }
        throw failed;
    });
    if (isRead) {
        outcome.photos++;
        return sumUp(item);
    }
    tell('plain', () => words().moves(name));
    return takePhoto(file, name);
}

async function sumUp({ file, name, intake, sight }: Item, isFilm = false): Promise<void> {
    const all = await intake.settled();
    if (!isEnough()) {
        // The text says the same: a photo that cannot be drawn is not reported.
        void outlines.show(file, name, sight).catch(() => {});
    }
    if (!intake.any) {
        isFilm ? outcome.emptyFilms++ : outcome.empty++;
        return tell('bad', () => words().noCodes(name));
    }
    if (all.fresh + all.known + all.refused.length > 0) {
        brought(name, all);
    }
    await remarks(name, all);
}

async function takeFilm(file: File, name: string, patient = false): Promise<void> {
    const item = newItem(file, name);
    const { intake } = item;
    outcome.films++;
    const playing = $('playFilm');
    const end = new Promise<void>((gives) => (stopFilm = gives));
    sayWith(() => words().filming(0));
    $('filming').hidden = $('stopFiles').hidden = false;
    void awake('film', true);
    try {
        const density = await film(file, $<HTMLVideoElement>('film'), {
            seen({ codes }) {
                intake.add(codes);
                return !intake.isEnough;
            },
            progress: (part) => sayWith(() => words().filming(part === undefined ? undefined : Math.floor(part * 10) * 10)),
            touch(play) {
                playing.hidden = false;
                say(() => words().touchToPlay);
                playing.onclick = () => {
                    playing.hidden = true;
                    play();
                };
            },
            stopped: end,
            patient,
        });
        if (density < DENSE && !patient && !stopped && intake.all.complete.length === 0) {
            const go = (): void => takeSlowly(file, name);
            tell('plain', () => words().filmTooFast(name), { act: { label: 'lookSlowly', go, name: `slowly ${name}` } });
        }
    } catch (failed) {
        // What it showed before it broke counts.
        if (intake.any) {
            await sumUp(item, true);
        }
        throw failed;
    } finally {
        $('filming').hidden = playing.hidden = true;
        stopFilm = () => {};
        void awake('film', false);
    }
    if (!stopped || intake.any) {
        await sumUp(item, true);
    }
}

/** Looks at a film once more, as slowly as the phone needs. */
function takeSlowly(file: File, name: string): void {
    if (running) {
        return;
    }
    clear();
    [running, stopped, begun, given] = [true, false, 1, 1];
    void takeFilm(file, name, true)
        .catch((failed) => failsIn(name, failed))
        .finally(() => run());
}
