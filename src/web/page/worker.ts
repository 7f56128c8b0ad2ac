// What runs beside the page: one worker puts letters together and opens them, the others look for codes in pictures.

import { grey } from './grey';
import { Gif, initSync, Player, Reader, Scanner } from 'shabnameh';
import * as wasm from 'shabnameh';
import type { Came, Code, Key, Letter, NamedKey, NewIdentity, NewKey, Seen, Settled, Show, Told } from './told';

const MOST_COMING = 5;
const STRETCHES = 60;

let reader: Reader;
let scanner: Scanner;
let player: Player | undefined;
let animation: Gif | undefined;

function settle(): Settled {
    return JSON.parse(reader.settle(MOST_COMING, STRETCHES));
}

const calls = {
    /** What is to be seen in a photo, a byte of grey a pixel. */
    photo(grey: ArrayBuffer, width: number, height: number): Seen {
        return JSON.parse(scanner.photo(new Uint8Array(grey), width, height));
    },
    /** The codes of a film's picture: those of the last pictures are looked for where they were, and everywhere if `afresh`; at times a picture of at most
     * `patient` pixels is looked at as a photo is. */
    film(rgba: ArrayBuffer, width: number, height: number, afresh: boolean, patient: number): Code[] {
        const pixels = new Uint8Array(width * height);
        grey(new Uint8Array(rgba), pixels, 0);
        return JSON.parse(scanner.film(pixels, width, height, afresh, patient));
    },
    /** Opens a GIF, whose pictures are looked at one after the other. */
    gif(bytes: ArrayBuffer): void {
        animation?.free();
        animation = undefined;
        animation = new Gif(new Uint8Array(bytes));
    },
    /** The codes of its next picture; nothing after the last. */
    gifNext(): Code[] | undefined {
        const codes = animation?.next();
        return codes === undefined ? undefined : JSON.parse(codes);
    },
    /** Takes texts of codes. */
    codes(texts: string[]): { came: Came[]; settled: Settled } {
        const came = texts.map((text) => JSON.parse(reader.code(text)) as Came);
        return { came, settled: settle() };
    },
    /** Takes texts of codes that were kept; where the collecting stands is told after all of them. */
    load(texts: string[]): void {
        texts.forEach((text) => reader.code(text));
    },
    /** Searches for forged codes: for moments in which nothing else comes. */
    search(): Settled {
        return JSON.parse(reader.search(MOST_COMING, STRETCHES));
    },
    /** The letters of which enough came, and that are not what they say. */
    spent(): string[] {
        return JSON.parse(reader.spent());
    },
    /** Takes a text, or an envelope. */
    file(bytes: ArrayBuffer): { came: Came[]; settled: Settled } {
        const came: Came[] = JSON.parse(reader.file(new Uint8Array(bytes)));
        return { came, settled: settle() };
    },
    /** Forgets all letters. */
    anew(): void {
        reader.free();
        reader = new Reader();
    },
    envelope(id: string): Uint8Array {
        return reader.envelope(id);
    },
    forget(id: string): Settled {
        reader.forget(id);
        return settle();
    },
    /** What a list says of a letter. */
    glance(envelope: Uint8Array, trust: string): Letter {
        const open = wasm.open(envelope, trust, '', '', false);
        const letter: Letter = JSON.parse(open.glance());
        open.free();
        return letter;
    },
    open(envelope: Uint8Array, trust: string, passphrase: string, identity: string, evenIfFalse: boolean) {
        const open = wasm.open(envelope, trust, passphrase, identity, evenIfFalse);
        const letter: Letter = JSON.parse(open.told());
        const content = open.content();
        open.free();
        return { letter, content };
    },
    seal(
        content: Uint8Array,
        name: string,
        title: string,
        secretKey: string,
        keyPassphrase: string,
        who: 'everyone' | 'passphrase' | 'recipients',
        secret: string,
    ): Uint8Array {
        return wasm.seal(content, name, title, secretKey, keyPassphrase, who, secret);
    },
    /** The envelope's show for viewers that run no script, empty where it is too long. */
    still: (envelope: Uint8Array): string => wasm.still_show(envelope),
    /** Codes to be printed, twice as many as restore the letter; none where there would be more than `most`. */
    sheet(envelope: Uint8Array, version: number, most: number): { codes: Uint8Array[]; sufficient: number } {
        const one = new Player(envelope, version);
        const { frames, sufficient }: Show = JSON.parse(one.told());
        const count = Math.min(frames, 2 * sufficient);
        const codes = count > most ? [] : Array.from({ length: count }, () => one.next());
        one.free();
        return { codes, sufficient };
    },
    armored: (envelope: Uint8Array): string => wasm.armored(envelope),
    publicKey: (text: string): Key => JSON.parse(wasm.public_key(text)),
    trust: (file: string, key: string, name: string): string => wasm.trust(file, key, name),
    distrust: (file: string, key: string): string => wasm.distrust(file, key),
    trusted: (file: string): NamedKey[] => JSON.parse(wasm.trusted(file)),
    newKey: (chance: Uint8Array, passphrase: string): NewKey =>
        JSON.parse(wasm.new_key(chance, passphrase)),
    asksPassphrase: (file: string): boolean => wasm.asks_passphrase(file),
    secretKey: (file: string, passphrase: string): Key => JSON.parse(wasm.secret_key(file, passphrase)),
    newIdentity: (passphrase: string): NewIdentity =>
        JSON.parse(wasm.new_identity(passphrase)),
    identity: (file: Uint8Array, passphrase: string): string => wasm.identity(file, passphrase),
    /** Seals bytes for a recipient, and opens them again. */
    close: (bytes: Uint8Array, recipient: string): Uint8Array => wasm.close(bytes, recipient),
    unclose: (bytes: Uint8Array, identity: string): Uint8Array => wasm.unclose(bytes, identity),
    /** The SHA-256 of a text. */
    digest: (text: string): string => wasm.digest(text),
    passphrase: (language: string, chance: Uint8Array): string => wasm.passphrase(language, chance),
    plainCode: (text: string): Uint8Array => wasm.plain_code(text),
    /** Begins a show: frames of a round, so many of which restore the letter, and the modules on a side of each code. */
    show(envelope: Uint8Array, version: number): Show {
        player?.free();
        player = undefined;
        player = new Player(envelope, version);
        return JSON.parse(player.told());
    },
    /** The next codes of the show. */
    next(count: number): Uint8Array[] {
        const codes = [];
        for (let i = 0; player && i < count; i++) {
            codes.push(player.next());
        }
        return codes;
    },
};

/** What can be asked of a worker. */
export type Calls = typeof calls;

/** What comes back: what was asked for, an error that was told, or that the worker broke and has to be replaced. */
export type Answer = { begun: true } | { id: number; gives: unknown } | { id: number; told: Told } | { id: number; broke: string };

/** What of the surroundings is used here: a worker's, or what stands for them in the page. */
export interface Scope {
    onmessage: (event: MessageEvent) => void;
    postMessage(answer: Answer): void;
}

const scope = self as unknown as Scope;

scope.onmessage = ({ data }) => {
    if (data.module) {
        initSync({ module: data.module });
        reader = new Reader();
        scanner = new Scanner();
        scope.postMessage({ begun: true });
        return;
    }
    const { id, call, args } = data as { id: number; call: keyof Calls; args: unknown[] };
    try {
        const gives = (calls[call] as (...args: unknown[]) => unknown)(...args);
        scope.postMessage({ id, gives });
    } catch (error) {
        if (typeof error === 'string') {
            scope.postMessage({ id, told: JSON.parse(error) });
        } else {
            scope.postMessage({ id, broke: String(error) });
        }
    }
};
