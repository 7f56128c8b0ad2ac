// What the phone keeps: letters and codes in IndexedDB, settings and keys in localStorage. Where it keeps nothing, all works until the page is closed.

import { LateError, within } from './limits';

const DATABASE = 'shabnameh';
const PREFIX = 'shabnameh.';
/** A database that does not answer in this time never does, in milliseconds. */
const PATIENCE = 4_000;

/** A setting. */
export type Setting = 'language' | 'theme' | 'size' | 'camera' | 'trust' | 'secret' | 'public' | 'identity' | 'recipient' | 'draft';

/** What could not be kept. */
const meanwhile = new Map<string, string>();

/** A setting's value, empty where there is none. */
export function get(setting: Setting): string {
    try {
        return meanwhile.get(setting) ?? localStorage.getItem(PREFIX + setting) ?? '';
    } catch {
        return '';
    }
}

let settled: (what: Setting) => void = () => {};

/** Calls `told` when this page changed a setting. */
export function onSet(told: typeof settled): void {
    settled = told;
}

/** Keeps a setting; tells whether the phone does, or only this page until it is closed. */
export function set(setting: Setting, value: string): boolean {
    try {
        if (value) {
            localStorage.setItem(PREFIX + setting, value);
        } else {
            localStorage.removeItem(PREFIX + setting);
        }
        meanwhile.delete(setting);
        return true;
    } catch {
        meanwhile.set(setting, value);
        return false;
    } finally {
        settled(setting);
    }
}

/** What pages of ours tell each other. */
type News = 'wiped' | 'forgotten' | 'forgottenComing';

/** Tells other pages of ours something, of which nothing is kept. */
export function announce(news: News, about: string): void {
    try {
        localStorage.setItem(PREFIX + news, about);
        localStorage.removeItem(PREFIX + news);
    } catch {
        // There is no room, or no page that shares anything.
    }
}

/** Calls `told` when another page of ours changes a setting, or tells something. */
export function onElsewhere(told: (what: Setting | News, value: string) => void): void {
    addEventListener('storage', ({ key, newValue }) => {
        if (key?.startsWith(PREFIX)) {
            told(key.slice(PREFIX.length) as Setting | News, newValue ?? '');
        }
    });
}

let here = '';

/** The letter that is open, which a reload finds again and the browser's history does not. */
export function current(): string {
    try {
        return here || (sessionStorage.getItem(PREFIX + 'current') ?? '');
    } catch {
        return here;
    }
}

/** Remembers the letter that is open. */
export function setCurrent(id: string): void {
    here = id;
    keepCurrent(id);
}

/** Keeps for a reload which letter is open; none, while it may be the letter that hangs the page. */
export function keepCurrent(id: string): void {
    try {
        sessionStorage.setItem(PREFIX + 'current', id);
    } catch {
        // A reload goes to the beginning, then.
    }
}

/** A code of a letter that is not complete. */
interface Kept {
    letter: string;
    text: string;
}

/** A letter, and where it comes in the list. */
interface KeptLetter {
    order: number;
    envelope: Uint8Array;
}

let opening: Promise<IDBDatabase | undefined> | undefined;
let wiped: () => void = () => {};
/** Whether the database once did not answer: nothing more is kept then, but erasing is tried all the same. */
let silent = false;
/** Where the next letter comes in the list. */
let order = 0;

function done(request: IDBRequest | IDBTransaction): Promise<void> {
    return new Promise((gives, fails) => {
        const failed = (): void => fails(request.error ?? new Error('storage'));
        if (request instanceof IDBTransaction) {
            request.oncomplete = () => gives();
            request.onabort = failed;
        } else {
            request.onsuccess = () => gives();
        }
        request.onerror = failed;
    });
}

async function open(): Promise<IDBDatabase> {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
        request.result.createObjectStore('letters');
        request.result.createObjectStore('codes', { autoIncrement: true }).createIndex('letter', 'letter');
    };
    await done(request);
    request.result.onversionchange = (event) => {
        request.result.close();
        // Another page of ours wipes what both keep. (A later one may want it in another form.)
        if (event.newVersion === null) {
            wiped();
        }
    };
    return request.result;
}

/** Calls `told` when another page of ours wipes what both keep. */
export function onWiped(told: () => void): void {
    wiped = told;
    onElsewhere((what, value) => what === 'wiped' && value && told());
}

/** What was kept, the letters in the order in which they came; nothing where the phone keeps nothing. */
export async function load(): Promise<{ kept: boolean; letters: { id: string; envelope: Uint8Array }[]; codes: Kept[] }> {
    opening = within(PATIENCE, (async () => open())()).catch(() => undefined);
    const database = await opening;
    try {
        const reading = database!.transaction(['letters', 'codes']);
        const [keys, letters] = [reading.objectStore('letters').getAllKeys(), reading.objectStore('letters').getAll()];
        const codes = reading.objectStore('codes').getAll();
        await within(PATIENCE, done(reading));
        // Any page that is opened from a file may have written here.
        const all = (letters.result as (Partial<KeptLetter> | null)[]).flatMap((letter, at) =>
            letter?.envelope instanceof Uint8Array ? [{ id: String(keys.result[at]), order: Number(letter.order) || 0, envelope: letter.envelope }] : [],
        );
        all.sort((a, b) => a.order - b.order);
        order = (all[all.length - 1]?.order ?? 0) + 1;
        const whole = (code: Partial<Kept> | null): boolean => typeof code?.letter === 'string' && typeof code.text === 'string';
        return { kept: true, letters: all, codes: codes.result.filter(whole) };
    } catch {
        return { kept: false, letters: [], codes: [] };
    }
}

async function change(stores: string[], how: (transaction: IDBTransaction) => void, erases = false): Promise<boolean> {
    if (silent && !erases) {
        return false;
    }
    try {
        const transaction = (await opening)!.transaction(stores, 'readwrite');
        how(transaction);
        await within(PATIENCE, done(transaction));
        return true;
    } catch (failed) {
        silent ||= failed instanceof LateError;
        return false;
    }
}

/** Keeps codes. */
export function keepCodes(kept: Kept[]): Promise<boolean> {
    return change(['codes'], (transaction) => kept.forEach((code) => transaction.objectStore('codes').add(code)));
}

/** Keeps a letter instead of its codes. */
export function keepLetter(id: string, envelope: Uint8Array): Promise<boolean> {
    return change(['letters', 'codes'], (transaction) => {
        transaction.objectStore('letters').put({ order: order++, envelope }, id);
        forgetCodes(transaction, id);
    });
}

/** Lets go of a letter. */
export function dropLetter(id: string): Promise<boolean> {
    return change(['letters', 'codes'], (transaction) => {
        transaction.objectStore('letters').delete(id);
        forgetCodes(transaction, id);
    }, true);
}

/** Lets go of the codes of letters. */
export function dropCodes(letters: Iterable<string>): Promise<boolean> {
    return change(['codes'], (transaction) => [...letters].forEach((letter) => forgetCodes(transaction, letter)), true);
}

/** Lets go of all codes. */
export function dropAllCodes(): Promise<boolean> {
    return change(['codes'], (transaction) => transaction.objectStore('codes').clear(), true);
}

function forgetCodes(transaction: IDBTransaction, letter: string): void {
    const store = transaction.objectStore('codes');
    store.index('letter').getAllKeys(letter).onsuccess = (event) => {
        (event.target as IDBRequest<IDBValidKey[]>).result.forEach((key) => store.delete(key));
    };
}

/** Forgets all of it. */
export async function wipe(): Promise<void> {
    meanwhile.clear();
    here = '';
    for (const storage of ['localStorage', 'sessionStorage'] as const) {
        try {
            Object.keys(window[storage])
                .filter((key) => key.startsWith(PREFIX))
                .forEach((key) => window[storage].removeItem(key));
        } catch {
            // There is none.
        }
    }
    announce('wiped', 'yes');
    await change(['letters', 'codes'], (transaction) => {
        transaction.objectStore('letters').clear();
        transaction.objectStore('codes').clear();
    }, true);
    (await opening)?.close();
    opening = undefined;
    try {
        await within(PATIENCE, done(indexedDB.deleteDatabase(DATABASE)));
    } catch {
        // There is none.
    }
}
