// Files that are given: photos, films, texts, envelopes.

import { awake } from './awake';
import * as collection from './collection';
import type { Tally } from './collection';
import { $, isolate } from './dom';
import { readFile } from './files';
import { clear, fails, say, tell } from './lines';
import { film, LargePicture, NoFilm, NoPicture, photo } from './pictures';
import { publicKey, remarks, tellKey } from './remarks';
import { words } from './say';
import type { Code } from './worker';

/** The most that a text or an envelope may have, in bytes. */
const MOST_BYTES = 32 * 1024 * 1024;
/** A public key's file is not larger, in bytes. */
const MOST_KEY = 1_000;

/** The files whose turn has not come. */
let waiting: File[] = [];
/** How many files were begun and given since there was last nothing to do. */
let [begun, given] = [0, 0];
let stopFilm: () => void = () => {};

/** Takes files one after the other, whatever they are. */
export function take(files: File[]): void {
    clear();
    waiting.push(...files);
    given += files.length;
    if (begun === 0) {
        void takeAll();
    } else {
        $('stopFiles').hidden = false;
    }
}

async function takeAll(): Promise<void> {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
        begun++;
        $('stopFiles').hidden = waiting.length === 0;
        try {
            await takeOne(file, begun, given);
        } catch (failed) {
            fails(failed);
        }
    }
    [begun, given] = [0, 0];
    say(() => '');
    $('stopFiles').hidden = true;
}

/** Takes none of the files whose turn has not come, and ends the film that is looked at. */
export function stop(): void {
    waiting = [];
    given = begun;
    stopFilm();
    say(() => '');
    $('stopFiles').hidden = true;
}

async function takeOne(file: File, at: number, of: number): Promise<void> {
    const name = isolate(file.name, 40);
    if (/^video\//.test(file.type) || /\.(mp4|m4v|mov|webm|3gp|mkv)$/i.test(file.name)) {
        return takeFilm(file, name);
    }
    const head = String.fromCharCode(...new Uint8Array(await readFile(file.slice(0, 1024), name)));
    if (head.startsWith('%PDF-')) {
        return tell('bad', () => words().isPdf(name));
    }
    if (file.type.includes('svg')) {
        // It is a program for pictures, and can be made to take all memory. No camera makes one.
        return tell('bad', () => words().notAPicture(name));
    }
    if (/^image\//.test(file.type) || /\.(jpe?g|png|webp|gif|bmp|heic|heif|avif)$/i.test(file.name)) {
        say(() => words().looking(at, of));
        await takePhoto(file, name);
        // Animations say so near their beginning.
        return head.startsWith('GIF8') && head.includes('NETSCAPE') ? tell('plain', () => words().moves(name)) : undefined;
    }
    if (file.size > MOST_BYTES) {
        return tell('bad', () => words().tooLarge(name));
    }
    const key = file.size <= MOST_KEY ? await publicKey(head) : undefined;
    return key ? tellKey(key) : takeBytes(name, await readFile(file, name));
}

/** Takes an envelope, or a text with codes or envelopes in it. */
export async function takeBytes(name: string, bytes: ArrayBuffer): Promise<void> {
    const tally = await collection.takeFile(bytes);
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
            const now = this.waiting.splice(0);
            try {
                collection.sum(this.all, await collection.take(now));
                this.failed = undefined;
            } catch (failed) {
                // A film shows them again.
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
        if (failed instanceof LargePicture) {
            return tell('bad', () => words().largePicture(name));
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
    const playing = $('playFilm');
    const stopped = new Promise<void>((gives) => (stopFilm = gives));
    say(() => words().filming(0));
    $('filming').hidden = $('stopFiles').hidden = false;
    void awake('film', true);
    try {
        await film(file, $<HTMLVideoElement>('film'), {
            seen({ codes }) {
                intake.add(codes);
                return intake.all.complete.length === 0 || collection.isReceiving();
            },
            progress: (part) => say(() => words().filming(Math.floor(part * 10) * 10)),
            touch(play) {
                playing.hidden = false;
                say(() => words().touchToPlay);
                playing.onclick = () => {
                    playing.hidden = true;
                    play();
                };
            },
            stopped,
        });
    } catch (failed) {
        if (failed instanceof NoFilm) {
            return tell('bad', () => words().badFilm(name));
        }
        throw failed;
    } finally {
        $('filming').hidden = playing.hidden = true;
        void awake('film', false);
    }
    await sumUp(name, intake);
}
