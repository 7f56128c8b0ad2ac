// What is kept locked: sealed by age for a key that a passphrase opens. Only the size of each parcel can be seen.

import { within } from './limits';
import { letters } from './engine';

const DATABASE = 'shabnameh.locked';
const STORE = 'parcels';
/** How long the database may take to answer, in milliseconds. Some browsers never do. */
const PATIENCE = 4_000;

/** What is stored in the open: the encrypted key as an age file in base64, and the recipient of the parcels. Neither tells whose it is. */
export interface Lock {
    file: string;
    recipient: string;
}

let lock: Lock | undefined;
let identity = '';

/** Parcels are written one after the other. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((gives, fails) => {
        request.onsuccess = () => gives(request.result);
        request.onerror = () => fails(request.error ?? new Error('storage'));
    });
}

async function parcels(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    const request = indexedDB.open(DATABASE, 1);
    // Two pages may keep letters at the same time: the database gives each a number of its own.
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE, { autoIncrement: true });
    const database = await within(PATIENCE, answered(request));
    const transaction = database.transaction(STORE, mode);
    transaction.oncomplete = transaction.onabort = () => database.close();
    return transaction.objectStore(STORE);
}

/** A new lock, which this passphrase opens; it is open. */
export async function make(passphrase: string): Promise<Lock> {
    const made = await letters.call('newIdentity', [passphrase]);
    const file = btoa(String.fromCharCode(...made.identity));
    identity = await letters.call('identity', [Uint8Array.from(made.identity), passphrase]);
    return (lock = { file, recipient: made.recipient });
}

/** Opens a lock; fails for another passphrase. */
export async function open(closed: Lock, passphrase: string): Promise<void> {
    const file = Uint8Array.from(atob(closed.file), (character) => character.charCodeAt(0));
    identity = await letters.call('identity', [file, passphrase]);
    lock = closed;
}

/** What a parcel is kept by: a name, or the number that it got. */
type Label = string | number;

/** Keeps a parcel: in the place of the one of this label, or as a new one. Gives its label; nothing where it could not be kept. */
export function put(bytes: Uint8Array, label?: Label): Promise<Label | undefined> {
    return inTurn(async () => {
        const sealed = await letters.call('close', [bytes, lock!.recipient]);
        return (await within(PATIENCE, answered((await parcels('readwrite')).put(sealed, label)))) as Label;
    }).catch(() => undefined);
}

/** Forgets a parcel. */
export function drop(label: Label): Promise<boolean> {
    return inTurn(async () => {
        await within(PATIENCE, answered((await parcels('readwrite')).delete(label)));
        return true;
    }).catch(() => false);
}

/** All parcels by their labels; those that are damaged are passed over. */
export async function all(): Promise<Map<Label, Uint8Array>> {
    const there = await parcels('readonly');
    const [keys, values] = await within(PATIENCE, Promise.all([answered(there.getAllKeys()), answered(there.getAll())]));
    const opened = new Map<Label, Uint8Array>();
    for (const [at, sealed] of (values as unknown[]).entries()) {
        const plain = sealed instanceof Uint8Array && (await letters.call('unclose', [sealed, identity]).catch(() => undefined));
        if (plain) {
            opened.set(keys[at] as Label, plain);
        }
    }
    return opened;
}

/** Forgets the key: parcels stay encrypted. */
export function close(): void {
    lock = undefined;
    identity = '';
}

/** Erases all parcels. */
export async function wipe(): Promise<void> {
    try {
        await inTurn(async () => within(PATIENCE, answered((await parcels('readwrite')).clear())));
        await within(PATIENCE, answered(indexedDB.deleteDatabase(DATABASE)));
    } catch {
        // There was no database, or another page holds it open.
    }
}
