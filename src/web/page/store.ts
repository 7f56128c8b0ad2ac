// What the phone keeps: letters and codes in IndexedDB, settings and keys in localStorage. Where it keeps nothing, all works until the page is closed.

const DATABASE = 'shabnameh';
const PREFIX = 'shabnameh.';
/** Most codes kept: those of the largest letter, and then some. */
const MOST_CODES = 50_000;

/** A setting. */
export type Setting = 'language' | 'theme' | 'size' | 'camera' | 'trust' | 'secret' | 'public' | 'identity' | 'recipient' | 'draft';

/** A setting's value, empty where there is none. */
export function get(setting: Setting): string {
    try {
        return localStorage.getItem(PREFIX + setting) ?? '';
    } catch {
        return '';
    }
}

/** Keeps a setting; tells whether the phone does. */
export function set(setting: Setting, value: string): boolean {
    try {
        if (value) {
            localStorage.setItem(PREFIX + setting, value);
        } else {
            localStorage.removeItem(PREFIX + setting);
        }
        return true;
    } catch {
        return false;
    }
}

/** A code of a letter that is not complete. */
interface Kept {
    letter: string;
    text: string;
}

let database: IDBDatabase | undefined;
let codes = 0;

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
    return request.result;
}

/** What was kept; nothing where the phone keeps nothing. */
export async function load(): Promise<{ kept: boolean; letters: Uint8Array[]; codes: string[] }> {
    try {
        database = await open();
        const reading = database.transaction(['letters', 'codes']);
        const letters = reading.objectStore('letters').getAll();
        const kept = reading.objectStore('codes').getAll(undefined, MOST_CODES);
        await done(reading);
        codes = kept.result.length;
        return { kept: true, letters: letters.result, codes: (kept.result as Kept[]).map((code) => code.text) };
    } catch {
        database = undefined;
        return { kept: false, letters: [], codes: [] };
    }
}

async function change(stores: string[], how: (transaction: IDBTransaction) => void): Promise<boolean> {
    if (!database) {
        return false;
    }
    try {
        const transaction = database.transaction(stores, 'readwrite');
        how(transaction);
        await done(transaction);
        return true;
    } catch {
        return false;
    }
}

/** Keeps codes. */
export function keepCodes(kept: Kept[]): Promise<boolean> {
    const room = kept.slice(0, Math.max(0, MOST_CODES - codes));
    codes += room.length;
    return change(['codes'], (transaction) => room.forEach((code) => transaction.objectStore('codes').add(code)));
}

/** Keeps a letter instead of its codes. */
export function keepLetter(id: string, envelope: Uint8Array): Promise<boolean> {
    return change(['letters', 'codes'], (transaction) => {
        transaction.objectStore('letters').put(envelope, id);
        forgetCodes(transaction, id);
    });
}

/** Lets go of a letter. */
export function dropLetter(id: string): Promise<boolean> {
    return change(['letters', 'codes'], (transaction) => {
        transaction.objectStore('letters').delete(id);
        forgetCodes(transaction, id);
    });
}

function forgetCodes(transaction: IDBTransaction, letter: string): void {
    const store = transaction.objectStore('codes');
    store.index('letter').getAllKeys(letter).onsuccess = (event) => {
        const keys = (event.target as IDBRequest<IDBValidKey[]>).result;
        codes -= keys.length;
        keys.forEach((key) => store.delete(key));
    };
}

/** Forgets all of it. */
export async function wipe(): Promise<void> {
    try {
        Object.keys(localStorage)
            .filter((key) => key.startsWith(PREFIX))
            .forEach((key) => localStorage.removeItem(key));
    } catch {
        // There is none.
    }
    await change(['letters', 'codes'], (transaction) => {
        transaction.objectStore('letters').clear();
        transaction.objectStore('codes').clear();
    });
    database?.close();
    database = undefined;
    try {
        await done(indexedDB.deleteDatabase(DATABASE));
    } catch {
        // There is none.
    }
}
