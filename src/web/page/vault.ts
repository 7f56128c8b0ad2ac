// What is kept locked: sealed by age for a key that a passphrase opens. Each parcel says nothing but its size.

import { within } from './limits';
import { letters } from './engine';

const DATABASE = 'shabnameh.locked';
const STORE = 'parcels';
/** A database that does not answer in this time never does, in milliseconds. */
const PATIENCE = 4_000;

/** What stands in the open: the key in its age file, in base64, and whom parcels are sealed for. Neither says whose it is. */
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
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE);
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

/** Keeps a parcel in the place of the one of this number. */
export function put(number: number, bytes: Uint8Array): Promise<boolean> {
    return inTurn(async () => {
        const sealed = await letters.call('close', [bytes, lock!.recipient]);
        await within(PATIENCE, answered((await parcels('readwrite')).put(sealed, number)));
        return true;
    }).catch(() => false);
}

/** Lets go of a parcel. */
export function drop(number: number): Promise<boolean> {
    return inTurn(async () => {
        await within(PATIENCE, answered((await parcels('readwrite')).delete(number)));
        return true;
    }).catch(() => false);
}

/** All parcels by their numbers; those that are damaged are passed over. */
export async function all(): Promise<Map<number, Uint8Array>> {
    const there = await parcels('readonly');
    const [keys, values] = await within(PATIENCE, Promise.all([answered(there.getAllKeys()), answered(there.getAll())]));
    const opened = new Map<number, Uint8Array>();
    for (const [at, sealed] of (values as unknown[]).entries()) {
        const plain = sealed instanceof Uint8Array && (await letters.call('unclose', [sealed, identity]).catch(() => undefined));
        if (plain) {
            opened.set(Number(keys[at]), plain);
        }
    }
    return opened;
}

/** Forgets all of it. */
export async function wipe(): Promise<void> {
    lock = undefined;
    identity = '';
    try {
        await inTurn(async () => within(PATIENCE, answered((await parcels('readwrite')).clear())));
        await within(PATIENCE, answered(indexedDB.deleteDatabase(DATABASE)));
    } catch {
        // There is none.
    }
}
