// What the phone keeps: nothing, until somebody chose; letters and codes in IndexedDB, settings and keys in localStorage; or all of that locked. Where
// nothing is kept, all works until the page is closed.

import { LateError, within } from './limits';
import * as vault from './vault';

const DATABASE = 'shabnameh';
const PREFIX = 'shabnameh.';
/** How long the database may take to answer, in milliseconds. Some browsers never do. */
const PATIENCE = 4_000;

/** Settings that tell nothing about a person. */
type Plain = 'language' | 'theme' | 'size' | 'camera';
/** Settings with names, keys or text. */
const PRIVATE = ['trust', 'secret', 'public', 'identity', 'recipient', 'draft'] as const;
type Private = (typeof PRIVATE)[number];

/** A setting. */
export type Setting = Plain | Private;

/** How much is kept. */
export type Keeping = 'nothing' | 'locked' | 'open';

/** Settings that could not be stored, or must not be in the open. */
const meanwhile = new Map<string, string>();

function stored(key: string): string {
    try {
        return localStorage.getItem(PREFIX + key) ?? '';
    } catch {
        return '';
    }
}

function store(key: string, value: string): boolean {
    try {
        value ? localStorage.setItem(PREFIX + key, value) : localStorage.removeItem(PREFIX + key);
        return true;
    } catch {
        return false;
    }
}

/** Whether the browser keeps nothing for this page, whatever is chosen. */
function refuses(): boolean {
    return !store('probe', '1') || !store('probe', '');
}

/** How much is kept, as it was chosen; undefined as long as it was not, and where the lock is gone: then nothing is. */
let choice = ((): Keeping | undefined => {
    const chosen = stored('keeping');
    if (chosen === 'open' || chosen === 'nothing' || (chosen === 'locked' && lock())) {
        return chosen as Keeping;
    }
    // Versions before this choice stored everything in the open.
    return !chosen && PRIVATE.some(stored) ? 'open' : undefined;
})();
let keeping: Keeping = choice ?? 'nothing';
/** Whether another page of ours chose otherwise since. */
let apart = false;

/** Whether another page of ours chose since: this one keeps nothing more. */
export function isApart(): boolean {
    return apart;
}

/** How much is kept, as it was chosen; undefined as long as it was not. */
export function chosen(): Keeping | undefined {
    return choice;
}

/** How much is kept. */
export function now(): Keeping {
    return keeping;
}

/** Calls `told` when another page of ours chooses how much is kept: what that one keeps is its own from then on, and this one keeps nothing more. */
export function onApart(told: () => void): void {
    onElsewhere((what) => {
        if (what === 'keeping' && !apart) {
            apart = true;
            timers.forEach(({ timer }) => clearTimeout(timer));
            timers.clear();
            vault.close();
            keeping = 'nothing';
            told();
        }
    });
}

/** The lock, where all is kept locked. */
export function lock(): vault.Lock | undefined {
    try {
        const parsed: Partial<vault.Lock> | null = JSON.parse(stored('locked'));
        return typeof parsed?.file === 'string' && typeof parsed.recipient === 'string' ? { file: parsed.file, recipient: parsed.recipient } : undefined;
    } catch {
        return undefined;
    }
}

function isPrivate(setting: Setting): setting is Private {
    return (PRIVATE as readonly string[]).includes(setting);
}

/** A setting's value, empty where there is none. */
export function get(setting: Setting): string {
    return meanwhile.get(setting) ?? (isPrivate(setting) && keeping !== 'open' ? '' : stored(setting));
}

const setters: ((what: Setting) => void)[] = [];

/** Calls `told` when this page changed a setting. */
export function onSet(told: (what: Setting) => void): void {
    setters.push(told);
}

/** Keeps a setting; tells whether it is kept as was chosen, or only in this page until it is closed. */
export function set(setting: Setting, value: string): boolean {
    const open = !isPrivate(setting) || keeping === 'open';
    const kept = open && store(setting, value);
    if (kept) {
        meanwhile.delete(setting);
    } else {
        meanwhile.set(setting, value);
    }
    if (!open && keeping === 'locked') {
        // Encrypted once the typing stops.
        lockSoon(setting as Private, () => get(setting), setting === 'draft' ? 500 : 0);
    }
    setters.forEach((told) => told(setting));
    return kept || (!open && !refuses());
}

/** Beside letters each setting and all codes are locked, each parcel in the place of the one before. */
type Parcel = Private | 'codes';
const timers = new Map<Parcel, { timer: ReturnType<typeof setTimeout>; put: () => Promise<unknown> }>();

/** Locks something up after so many milliseconds in which it did not change again. */
function lockSoon(parcel: Parcel, value: () => unknown, after: number): void {
    clearTimeout(timers.get(parcel)?.timer);
    const put = async (): Promise<void> => {
        timers.delete(parcel);
        if ((await vault.put(new TextEncoder().encode(JSON.stringify(value())), parcel)) === undefined && keeping === 'locked') {
            lost();
        }
    };
    timers.set(parcel, { timer: setTimeout(() => void put(), after), put });
}

let lost: () => void = () => {};

/** Calls `told` when something could not be locked up. */
export function onLost(told: () => void): void {
    lost = told;
}

/** Locks up what still waits for it. */
export async function settle(): Promise<void> {
    await Promise.all(
        [...timers.values()].map(({ timer, put }) => {
            clearTimeout(timer);
            return put();
        }),
    );
}

function decoded(bytes: Uint8Array | undefined): unknown {
    try {
        return bytes && JSON.parse(new TextDecoder().decode(bytes));
    } catch {
        return undefined;
    }
}

/** Keeps nothing of what was kept any more, and from now on as much as this; what there is, is kept anew by whoever calls. */
export async function keepAs(instead: Keeping, passphrase = ''): Promise<void> {
    const settings = PRIVATE.map((setting) => [setting, get(setting)] as const);
    const lock = instead === 'locked' ? await vault.make(passphrase) : vault.close();
    // Other pages are told first, so that they write nothing after the erasing.
    store('keeping', '');
    // What comes during the erasing is stored by the caller, with the rest.
    const before = keeping;
    keeping = 'nothing';
    await forget(before === 'locked');
    store('locked', lock ? JSON.stringify(lock) : '');
    store('keeping', instead);
    choice = keeping = instead;
    lockedCodes = [];
    labels.clear();
    settings.forEach(([setting, value]) => value && set(setting, value));
}

/** What pages of ours tell each other. */
type News = 'wiped' | 'forgotten' | 'forgottenComing';

/** Tells other pages of ours something, of which nothing is kept. Browsers write it down all the same: where nothing is kept in the open, only that all
 * is wiped. */
export function announce(news: News, about: string): void {
    if (keeping !== 'open' && news !== 'wiped') {
        return;
    }
    try {
        localStorage.setItem(PREFIX + news, about);
        localStorage.removeItem(PREFIX + news);
    } catch {
        // No room, or no other page.
    }
}

/** Calls `told` when another page of ours changes a setting, or tells something. */
export function onElsewhere(told: (what: Setting | News | 'keeping', value: string) => void): void {
    addEventListener('storage', ({ key, newValue }) => {
        if (key?.startsWith(PREFIX)) {
            told(key.slice(PREFIX.length) as Setting | News | 'keeping', newValue ?? '');
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
    // Session storage may reach the disk as well.
    if (keeping !== 'open') {
        return;
    }
    try {
        sessionStorage.setItem(PREFIX + 'current', id);
    } catch {
        // Without it a reload shows the first view.
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

/** What is locked: the codes, and the label of each letter's parcel. */
let lockedCodes: Kept[] = [];
const labels = new Map<string, string | number>();

/** What was kept locked, once the lock is open. */
async function loadLocked(): ReturnType<typeof load> {
    try {
        const parcels = await vault.all();
        for (const setting of PRIVATE) {
            const value = decoded(parcels.get(setting));
            if (typeof value === 'string' && !meanwhile.has(setting)) {
                meanwhile.set(setting, value);
            }
        }
        const codes = decoded(parcels.get('codes'));
        lockedCodes = Array.isArray(codes) ? codes.filter(isWhole) : [];
        // Numbers come before names, the first one first.
        const letters = [...parcels].filter(([label]) => typeof label === 'number');
        const all = letters.map(([label, bytes]) => {
            // The id, and behind it the envelope.
            const id = new TextDecoder().decode(bytes.slice(0, ID));
            labels.set(id, label);
            return { id, envelope: bytes.slice(ID) };
        });
        return { kept: true, letters: all, codes: lockedCodes };
    } catch {
        return { kept: false, letters: [], codes: [] };
    }
}

function isWhole(code: Partial<Kept> | null): code is Kept {
    return typeof code?.letter === 'string' && typeof code.text === 'string';
}

/** Characters of an object id. */
const ID = 16;
/** Most characters of codes that are locked: parcels are not opened that are many times as large. */
const MOST_LOCKED = 32 * 1024 * 1024;

/** Locks the codes up once no more come for a moment. */
function lockCodes(codes: Kept[]): boolean {
    // Of more than a parcel holds those that came last.
    let [from, room] = [codes.length, MOST_LOCKED];
    while (from > 0 && (room -= codes[from - 1]!.text.length) >= 0) {
        from--;
    }
    lockedCodes = codes.slice(from);
    lockSoon('codes', () => lockedCodes, 500);
    return true;
}

/** What was kept, the letters in the order in which they came; nothing where the phone keeps nothing. */
export async function load(): Promise<{ kept: boolean; letters: { id: string; envelope: Uint8Array }[]; codes: Kept[] }> {
    if (keeping !== 'open') {
        return keeping === 'locked' ? loadLocked() : { kept: !refuses(), letters: [], codes: [] };
    }
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
        return { kept: true, letters: all, codes: codes.result.filter(isWhole) };
    } catch {
        return { kept: false, letters: [], codes: [] };
    }
}

async function change(stores: string[], how: (transaction: IDBTransaction) => void, erases = false): Promise<boolean> {
    return keeping === 'nothing' || changeOpen(stores, how, erases);
}

/** Changes what is kept in the open. */
async function changeOpen(stores: string[], how: (transaction: IDBTransaction) => void, erases: boolean): Promise<boolean> {
    opening ??= within(PATIENCE, (async () => open())()).catch(() => undefined);
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
export async function keepCodes(kept: Kept[]): Promise<boolean> {
    if (keeping === 'locked') {
        return lockCodes([...lockedCodes, ...kept]);
    }
    return change(['codes'], (transaction) => kept.forEach((code) => transaction.objectStore('codes').add(code)));
}

/** Keeps a letter instead of its codes. */
export async function keepLetter(id: string, envelope: Uint8Array): Promise<boolean> {
    if (keeping === 'locked') {
        await dropCodes([id]);
        const parcel = new Uint8Array(ID + envelope.length);
        parcel.set(new TextEncoder().encode(id).slice(0, ID));
        parcel.set(envelope, ID);
        const label = await vault.put(parcel, labels.get(id));
        if (label !== undefined) {
            labels.set(id, label);
        }
        return label !== undefined;
    }
    return change(['letters', 'codes'], (transaction) => {
        transaction.objectStore('letters').put({ order: order++, envelope }, id);
        forgetCodes(transaction, id);
    });
}

/** Forgets a letter. */
export async function dropLetter(id: string): Promise<boolean> {
    if (keeping === 'locked') {
        const label = labels.get(id);
        await dropCodes([id]);
        return label === undefined || vault.drop(label);
    }
    return change(['letters', 'codes'], (transaction) => {
        transaction.objectStore('letters').delete(id);
        forgetCodes(transaction, id);
    }, true);
}

/** Forgets the codes of letters. */
export async function dropCodes(letters: Iterable<string>): Promise<boolean> {
    if (keeping === 'locked') {
        const gone = new Set(letters);
        return !lockedCodes.some(({ letter }) => gone.has(letter)) || lockCodes(lockedCodes.filter(({ letter }) => !gone.has(letter)));
    }
    return change(['codes'], (transaction) => [...letters].forEach((letter) => forgetCodes(transaction, letter)), true);
}

/** Forgets all codes. */
export async function dropAllCodes(): Promise<boolean> {
    if (keeping === 'locked') {
        return lockCodes([]);
    }
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
    vault.close();
    for (const storage of ['localStorage', 'sessionStorage'] as const) {
        try {
            Object.keys(window[storage])
                .filter((key) => key.startsWith(PREFIX))
                .forEach((key) => window[storage].removeItem(key));
        } catch {
            // This browser has no such storage.
        }
    }
    announce('wiped', 'yes');
    // Where another page holds the database, it is at least empty.
    await forget(keeping === 'locked');
    (await opening)?.close();
    opening = undefined;
    try {
        await within(PATIENCE, done(indexedDB.deleteDatabase(DATABASE)));
    } catch {
        // There was no database, or another page holds it open.
    }
}

/** Erases private settings and what is locked; letters and codes that are kept in the open, too, unless all was locked. */
async function forget(wasLocked: boolean): Promise<void> {
    timers.forEach(({ timer }) => clearTimeout(timer));
    timers.clear();
    PRIVATE.forEach((setting) => store(setting, ''));
    store('locked', '');
    await vault.wipe();
    try {
        sessionStorage.removeItem(PREFIX + 'current');
    } catch {
        // This browser has no session storage.
    }
    if (!wasLocked) {
        await changeOpen(['letters', 'codes'], (transaction) => {
            transaction.objectStore('letters').clear();
            transaction.objectStore('codes').clear();
        }, true);
    }
}
