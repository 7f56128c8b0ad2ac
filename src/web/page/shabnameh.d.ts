/* tslint:disable */
/* eslint-disable */

/**
 * A GIF whose pictures are looked at one after the other, where a browser shows only the first.
 */
export class Gif {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The GIF in these bytes.
     *
     * # Errors
     * For what is none, and one that is too large.
     */
    constructor(bytes: Uint8Array | number[]);
    /**
     * The codes of the next picture, as [`json::codes`] tells them; nothing after the last picture.
     */
    next(): string | undefined;
}

/**
 * A letter out of its envelope.
 */
export class OpenLetter {
    private constructor();
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The letter's bytes; empty for a false one, unless it was opened with `even_if_false`.
     */
    content(): Uint8Array;
    /**
     * The same, without its text.
     */
    glance(): string;
    /**
     * What is told of it: see [`json::letter`]; of a false one only the claimed signer, unless it was opened with
     * `even_if_false`.
     */
    told(): string;
}

/**
 * Shows an envelope on a screen.
 */
export class Player {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * A show in codes of this QR version, or of a lower one that serves as well.
     *
     * # Errors
     * For what is no envelope, and a version that has no room for a symbol.
     */
    constructor(envelope: Uint8Array | number[], version: number);
    /**
     * The modules of the next code, row by row, 1 dark, without quiet zone.
     *
     * # Errors
     * None that can be met.
     */
    next(): Uint8Array;
    /**
     * `{"frames": of one round, "sufficient": how many restore the letter, "modules": on a side of each code}`.
     */
    told(): string;
}

/**
 * Collects letters.
 */
export class Reader {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * Takes the text of a code: `{"what": "new" | "known" | "forged" | "foreign" | "refused", "id"?, "error"?}`.
     */
    code(text: string): string;
    /**
     * The envelope of a complete letter; empty where there is none.
     */
    envelope(id: string): Uint8Array;
    /**
     * Takes a text with codes or envelopes in it, or an envelope: an array of what [`Reader::code`] gives.
     *
     * # Errors
     * Where there is nothing of ours in it.
     */
    file(bytes: Uint8Array | number[]): string;
    /**
     * Forgets a letter.
     *
     * # Errors
     * For what is no object id.
     */
    forget(id: string): void;
    /**
     * A reader of nothing yet.
     */
    constructor();
    /**
     * Searches for forged codes, which takes a while, and tells how far the collecting is.
     */
    search(most: number, stretches: number): string;
    /**
     * Tells how far the collecting is: see [`json::collecting`].
     */
    settle(most: number, stretches: number): string;
    /**
     * The letters with enough symbols that do not decode, for forged ones among them, as an array of ids.
     */
    spent(): string;
}

/**
 * Reads the codes of pictures.
 */
export class Scanner {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * The codes of a film's next picture: see [`json::codes`] and [`FilmReader::look`].
     */
    film(pixels: Uint8Array | number[], width: number, height: number, afresh: boolean, patient: number): string;
    /**
     * A scanner that has seen nothing yet.
     */
    constructor();
    /**
     * The codes of a grey photo, and of photos before it that it completes: see [`json::look`].
     */
    photo(pixels: Uint8Array | number[], width: number, height: number): string;
}

/**
 * The text armor of an envelope, for chats.
 *
 * # Errors
 * For what is no envelope.
 */
export function armored(envelope: Uint8Array | number[]): string;

/**
 * Whether a secret key file asks for a passphrase.
 *
 * # Errors
 * For what is no such file.
 */
export function asks_passphrase(file: string): boolean;

/**
 * Bytes sealed for a recipient of age.
 *
 * # Errors
 * For what is no recipient.
 */
export function close(bytes: Uint8Array | number[], recipient: string): Uint8Array;

/**
 * The SHA-256 of a text, in hexadecimal digits.
 */
export function digest(text: string): string;

/**
 * The trust file without a key.
 *
 * # Errors
 * Where it is not in it.
 */
export function distrust(file: string, key: string): string;

/**
 * Decrypts an identity file.
 *
 * # Errors
 * For another passphrase.
 */
export function identity(file: Uint8Array | number[], passphrase: string): string;

/**
 * A new identity of age, encrypted with a passphrase: `{"recipient", "identity": [bytes]}`.
 *
 * # Errors
 * For a passphrase that is too short.
 */
export function new_identity(passphrase: string): string;

/**
 * A new signing key from 72 random bytes, encrypted with a passphrase: `{"secret", "key", "fingerprint"}`.
 *
 * # Errors
 * For a passphrase that is too short, and too few bytes.
 */
export function new_key(chance: Uint8Array | number[], passphrase: string): string;

/**
 * Opens an envelope. A damaged trust file trusts nobody; `passphrase` and `identity` may be empty.
 *
 * # Errors
 * `Locked` where it is encrypted and nothing opens it; what is wrong with it.
 */
export function open(bytes: Uint8Array | number[], trust: string, passphrase: string, identity: string, even_if_false: boolean): OpenLetter;

/**
 * A passphrase of words, from two random bytes each.
 */
export function passphrase(language: string, chance: Uint8Array | number[]): string;

/**
 * A text as a QR code, for any reader: its modules row by row, 1 dark, without quiet zone.
 *
 * # Errors
 * Where it is too long.
 */
export function plain_code(text: string): Uint8Array;

/**
 * What is known of a public key, by its text: `{"key", "fingerprint"}`.
 *
 * # Errors
 * For what is none.
 */
export function public_key(text: string): string;

/**
 * Seals a letter for `everyone`, for who knows a `passphrase`, or for `recipients`: `secret` is the passphrase, or one
 * recipient a line. It is signed if there is a `secret_key`.
 *
 * # Errors
 * What is wrong with the letter, a key or a passphrase.
 */
export function seal(content: Uint8Array | number[], name: string, title: string, secret_key: string, key_passphrase: string, who: string, secret: string): Uint8Array;

/**
 * The public key of a secret key file, which its passphrase opens: `{"key", "fingerprint"}`.
 *
 * # Errors
 * For what is no such file, and another passphrase.
 */
export function secret_key(file: string, passphrase: string): string;

/**
 * The show of an envelope for viewers that run no script, as an `svg` element; empty where it is too long.
 *
 * # Errors
 * For what is no envelope.
 */
export function still_show(envelope: Uint8Array | number[]): string;

/**
 * The trust file with one key more.
 *
 * # Errors
 * For what is no key, or a name that another key has.
 */
export function trust(file: string, key: string, name: string): string;

/**
 * The keys of a trust file: `[{"key", "fingerprint", "name"}]`.
 *
 * # Errors
 * For what is none.
 */
export function trusted(file: string): string;

/**
 * What was sealed by [`close`], opened with the identity.
 *
 * # Errors
 * For another identity, and what was changed.
 */
export function unclose(bytes: Uint8Array | number[], identity: string): Uint8Array;

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_gif_free: (a: number, b: number) => void;
    readonly __wbg_openletter_free: (a: number, b: number) => void;
    readonly __wbg_player_free: (a: number, b: number) => void;
    readonly __wbg_reader_free: (a: number, b: number) => void;
    readonly __wbg_scanner_free: (a: number, b: number) => void;
    readonly armored: (a: number, b: number, c: number) => void;
    readonly asks_passphrase: (a: number, b: number, c: number) => void;
    readonly close: (a: number, b: number, c: number, d: number, e: number) => void;
    readonly digest: (a: number, b: number, c: number) => void;
    readonly distrust: (a: number, b: number, c: number, d: number, e: number) => void;
    readonly gif_new: (a: number, b: number, c: number) => void;
    readonly gif_next: (a: number, b: number) => void;
    readonly identity: (a: number, b: number, c: number, d: number, e: number) => void;
    readonly new_identity: (a: number, b: number, c: number) => void;
    readonly new_key: (a: number, b: number, c: number, d: number, e: number) => void;
    readonly open: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number, j: number) => void;
    readonly openletter_content: (a: number, b: number) => void;
    readonly openletter_glance: (a: number, b: number) => void;
    readonly openletter_told: (a: number, b: number) => void;
    readonly passphrase: (a: number, b: number, c: number, d: number, e: number) => void;
    readonly plain_code: (a: number, b: number, c: number) => void;
    readonly player_new: (a: number, b: number, c: number, d: number) => void;
    readonly player_next: (a: number, b: number) => void;
    readonly player_told: (a: number, b: number) => void;
    readonly public_key: (a: number, b: number, c: number) => void;
    readonly reader_code: (a: number, b: number, c: number, d: number) => void;
    readonly reader_envelope: (a: number, b: number, c: number, d: number) => void;
    readonly reader_file: (a: number, b: number, c: number, d: number) => void;
    readonly reader_forget: (a: number, b: number, c: number, d: number) => void;
    readonly reader_new: () => number;
    readonly reader_search: (a: number, b: number, c: number, d: number) => void;
    readonly reader_settle: (a: number, b: number, c: number, d: number) => void;
    readonly reader_spent: (a: number, b: number) => void;
    readonly scanner_film: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number) => void;
    readonly scanner_new: () => number;
    readonly scanner_photo: (a: number, b: number, c: number, d: number, e: number, f: number) => void;
    readonly seal: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number, j: number, k: number, l: number, m: number, n: number, o: number) => void;
    readonly secret_key: (a: number, b: number, c: number, d: number, e: number) => void;
    readonly still_show: (a: number, b: number, c: number) => void;
    readonly trust: (a: number, b: number, c: number, d: number, e: number, f: number, g: number) => void;
    readonly trusted: (a: number, b: number, c: number) => void;
    readonly unclose: (a: number, b: number, c: number, d: number, e: number) => void;
    readonly rust_zstd_wasm_shim_calloc: (a: number, b: number) => number;
    readonly rust_zstd_wasm_shim_free: (a: number) => void;
    readonly rust_zstd_wasm_shim_malloc: (a: number) => number;
    readonly rust_zstd_wasm_shim_memcmp: (a: number, b: number, c: number) => number;
    readonly rust_zstd_wasm_shim_memcpy: (a: number, b: number, c: number) => number;
    readonly rust_zstd_wasm_shim_memmove: (a: number, b: number, c: number) => number;
    readonly rust_zstd_wasm_shim_memset: (a: number, b: number, c: number) => number;
    readonly rust_zstd_wasm_shim_qsort: (a: number, b: number, c: number, d: number) => void;
    readonly __wbindgen_exn_store: (a: number) => void;
    readonly __wbindgen_add_to_stack_pointer: (a: number) => number;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
