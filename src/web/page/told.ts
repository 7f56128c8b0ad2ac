// What the program tells, as JSON: src/web/json.rs and bindings.rs write it. tests/page/told.samples.ts holds the two together.

/** Something in each language, by its tag. */
export type InEach<T> = Record<string, T>;

/** An error, as the program throws it: what happened, and what to do. */
export interface Told {
    code: string;
    words: InEach<[string, string]>;
}

/** What a code was. */
export interface Came {
    what: 'new' | 'known' | 'forged' | 'foreign' | 'refused';
    id?: string;
    error?: Told;
    /** The text of a code that came in a file. */
    text?: string;
}

/** The progress of a letter: symbols, codes still needed, and its map, 0 to 255 a stretch. */
export interface Coming {
    id: string;
    received: number;
    needed: number;
    codes: number;
    forged: boolean;
    map: number[];
}

/** Where the collecting stands. */
export interface Settled {
    done: { id: string; forged: number }[];
    coming: Coming[];
    more: number;
    /** Whether a letter is complete that there is no room for. */
    full: boolean;
    /** Whether a search for forged codes may find something. */
    unsearched: boolean;
    /** Begun letters that were given up to make room for others. */
    givenUp: number;
}

/** A code in a picture: its text and corners, in pixels. */
export interface Code {
    text: string;
    corners: number[];
}

/** A code that is to be seen in a photo and could not be read: its corners, in pixels, and why, with what to do. */
export interface Unread {
    corners: number[];
    why: InEach<string>;
}

/** What was seen in a photo. */
export interface Seen {
    codes: Code[];
    unread: Unread[];
}

/** A part of a text. */
export interface Block extends Stretch {
    kind: 'heading' | 'paragraph' | 'item' | 'couplet' | 'table' | 'code' | 'break';
    level: number;
    depth: number;
    mark: string;
    close: boolean;
    /** Of a couplet. */
    second?: Stretch;
    /** Of a table; the first is its head. */
    rows?: Stretch[][];
}

/** A stretch of text, with what is bold in it, and its tokens: what is read as a whole, in a direction of its own. */
export interface Stretch {
    text: string;
    right: boolean;
    bold: [number, number][];
    tokens: [number, number, boolean][];
}

/** What is said of a letter. */
export interface Letter {
    answer: 'trusted' | 'unknown' | 'unsigned' | 'false';
    by: string;
    key: string | null;
    fingerprint: string | null;
    id: string;
    title?: string;
    heading?: Stretch;
    byline?: Stretch[];
    file?: string;
    language?: string;
    right?: boolean;
    bytes?: number;
    text?: string | null;
    blocks?: Block[];
}

/** A public key. */
export interface Key {
    key: string;
    fingerprint: string;
}

/** A public key that is trusted, by the name that it was given. */
export type NamedKey = Key & { name: string };

/** A new key to sign with, kept by a passphrase. */
export type NewKey = Key & { secret: string };

/** A new identity to be written to, kept by a passphrase. */
export interface NewIdentity {
    recipient: string;
    identity: number[];
}

/** A show: frames of a round, so many of which restore the letter, and the modules on a side of each code. */
export interface Show {
    frames: number;
    sufficient: number;
    modules: number;
}
