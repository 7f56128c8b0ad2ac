// Complete and incomplete letters. They survive the crash of a worker, and the end of the page where the phone stores them.

import { letters as engine, ToldError } from './engine';
import { tell } from './lines';
import { words } from './say';
import * as store from './store';
import type { Came, Settled } from './told';

/** The result of some codes. */
export interface Tally {
    fresh: number;
    known: number;
    foreign: string[];
    refused: Came[];
    complete: string[];
}

/** Nothing yet. */
export function nothing(): Tally {
    return { fresh: 0, known: 0, foreign: [], refused: [], complete: [] };
}

/** Adds a result to the total. */
export function sum(all: Tally, now: Tally): void {
    all.fresh += now.fresh;
    all.known += now.known;
    all.foreign.push(...now.foreign);
    all.refused.push(...now.refused);
    all.complete.push(...now.complete);
}

/** How long the answer about a code is remembered, in milliseconds: a film shows each many times. */
const REMEMBERED = 4_000;
/** How long after its last new code a letter counts as being received, in milliseconds. */
const RECEIVING = 5_000;
/** Letters of which the time of the last code is kept. */
const MOST_LETTERS = 2_000;
/** How long nothing comes before forged codes are searched for, in milliseconds. */
const SEARCH_AFTER = 300;
/** How long it waits for that, in milliseconds. */
const SEARCH_AT_LATEST = 3_000;
/** Most codes kept for a new worker. */
const MOST_CODES = 50_000;

let seen = new Map<string, Came>();
let seenSince = 0;
/** The codes of letters that are not complete, for a new worker. */
let codes: { letter: string; text: string }[] = [];
/** When the last new code of a letter came. */
const lastFresh = new Map<string, number>();
const envelopes = new Map<string, Uint8Array>();
let settled: Settled = { done: [], coming: [], more: 0, full: false, unsearched: false, givenUp: 0 };
let kept = true;
const listeners: (() => void)[] = [];
const completed: ((id: string) => void)[] = [];

/** Changes of the collection run one after the other. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
}

/** Calls `render` whenever something changed. */
export function onChange(render: () => void): void {
    listeners.push(render);
}

/** Calls `told` with the id of each letter that becomes complete. */
export function onComplete(told: (id: string) => void): void {
    completed.push(told);
}

function changed(): void {
    listeners.forEach((render) => render());
}

/** The letters that are complete, the last first. */
export function all(): string[] {
    return [...envelopes.keys()].reverse();
}

/** The envelope of a letter that is complete. */
export function envelope(id: string): Uint8Array | undefined {
    return envelopes.get(id);
}

/** Number of codes of a letter that were rejected as forged. */
export function forged(id: string): number {
    return settled.done.find((done) => done.id === id)?.forged ?? 0;
}

/** The letters on their way, how many more there are, and whether one waits for room. */
export function coming(): Pick<Settled, 'coming' | 'more' | 'full' | 'givenUp'> {
    return settled;
}

/** How many codes the most complete unfinished letter still needs, in words; empty without one. */
export function needed(): string {
    const [first] = settled.coming;
    return first ? words().needed(first.codes) : '';
}

/** Whether a letter got new symbols within {@link RECEIVING}. */
export function isReceiving(): boolean {
    const since = performance.now() - RECEIVING;
    return settled.coming.some(({ id }) => (lastFresh.get(id) ?? -Infinity) > since);
}

/** Whether the phone stores what is received. */
export function isKept(): boolean {
    return kept;
}

/** Takes the texts of codes, and returns their result. */
export function take(texts: string[]): Promise<Tally> {
    return inTurn(async () => {
        const tally = nothing();
        const now = performance.now();
        if (now - seenSince > REMEMBERED) {
            seen = new Map();
            seenSince = now;
            if (lastFresh.size > MOST_LETTERS) {
                lastFresh.clear();
            }
        }
        const asked = texts.filter((text) => !seen.has(text));
        for (const text of texts) {
            const came = seen.get(text);
            if (came) {
                count(tally, came.what === 'new' ? { ...came, what: 'known' } : came, text);
            }
        }
        if (asked.length === 0) {
            return tally;
        }
        const answer = await engine.call('codes', [asked]);
        const fresh: typeof codes = [];
        answer.came.forEach((came, at) => {
            const text = asked[at]!;
            seen.set(text, came);
            count(tally, came, text);
            if (came.what === 'new') {
                fresh.push({ letter: came.id!, text });
                lastFresh.set(came.id!, now);
            }
        });
        await settle(answer.settled, tally);
        await keepCodes(fresh);
        return tally;
    });
}

/** Takes a text with codes or envelopes in it, or an envelope. */
export function takeFile(bytes: ArrayBuffer): Promise<Tally> {
    return inTurn(async () => {
        const tally = nothing();
        const answer = await engine.call('file', [bytes]);
        answer.came.forEach((came) => count(tally, came, ''));
        await settle(answer.settled, tally);
        await keepCodes(answer.came.flatMap(({ what, id, text }) => (what === 'new' && text ? [{ letter: id!, text }] : [])));
        return tally;
    });
}

/** Keeps a letter that this page made, and tells its id. */
export function keep(envelope: Uint8Array): Promise<string> {
    return inTurn(async () => {
        const { came, settled: now } = await engine.call('file', [envelope.slice().buffer]);
        const [first] = came;
        if (!first?.id) {
            throw first?.error ? new ToldError(first.error) : new Error('no room');
        }
        await settle(now, undefined);
        return first.id;
    });
}

function count(tally: Tally, came: Came, text: string): void {
    if (came.what === 'new') {
        tally.fresh++;
    } else if (came.what === 'known') {
        tally.known++;
    } else if (came.what === 'foreign') {
        tally.foreign.push(text);
    } else {
        tally.refused.push(came);
    }
}

async function keepCodes(fresh: typeof codes): Promise<void> {
    const still = fresh.filter((code) => !envelopes.has(code.letter));
    if (still.length === 0) {
        return;
    }
    codes.push(...still.slice(0, MOST_CODES));
    if (codes.length > MOST_CODES) {
        await makeRoom();
    }
    const there = new Set(codes);
    kept = (await store.keepCodes(still.filter((code) => there.has(code)))) && kept;
}

/** Drops stored codes: first of letters that have enough symbols and do not decode, then of those that got no code for longest. */
async function makeRoom(): Promise<void> {
    const spent = new Set(await engine.call('spent', []));
    const counts = new Map<string, number>();
    codes.forEach(({ letter }) => {
        const count = counts.get(letter) ?? 0;
        // The map keeps the order of the last code of each.
        counts.delete(letter);
        counts.set(letter, count + 1);
    });
    const gone = new Set<string>();
    let left = codes.length;
    const rank = (letter: string): number => (spent.has(letter) ? 0 : 1);
    // Sorting keeps the order of equals.
    for (const [letter, count] of [...counts].sort(([one], [other]) => rank(one) - rank(other))) {
        // Somewhat more than has to be: the next code comes soon.
        if (left <= MOST_CODES * 0.9) {
            break;
        }
        gone.add(letter);
        left -= count;
    }
    codes = codes.filter(({ letter }) => !gone.has(letter));
    await store.dropCodes(gone);
}

/** Takes over the worker's state. Without `tally` complete letters are not announced. */
async function settle(now: Settled, tally: Tally | undefined): Promise<void> {
    settled = now;
    for (const { id } of now.done.filter(({ id }) => !envelopes.has(id))) {
        const envelope = await engine.call('envelope', [id]);
        if (envelope.length === 0) {
            continue;
        }
        envelopes.set(id, envelope);
        codes = codes.filter((code) => code.letter !== id);
        lastFresh.delete(id);
        kept = (await store.keepLetter(id, envelope)) && kept;
        tally?.complete.push(id);
    }
    changed();
    tally?.complete.forEach((id) => completed.forEach((told) => told(id)));
    searchSoon();
}

let soon: ReturnType<typeof setTimeout> | undefined;
/** Whether a search has crashed the worker: the next one would too. */
let breaks = false;

/** Since when a search may find something. */
let unsearchedSince = Infinity;

/** Searches for forged codes once nothing comes for a moment: a forger must neither delay true codes by the search nor the search by more codes. */
function searchSoon(): void {
    clearTimeout(soon);
    if (!settled.unsearched || breaks) {
        unsearchedSince = Infinity;
        return;
    }
    const now = performance.now();
    unsearchedSince = Math.min(unsearchedSince, now);
    const search = async (): Promise<void> => {
        unsearchedSince = Infinity;
        await settle(await engine.call('search', []), nothing());
    };
    const after = Math.max(0, Math.min(SEARCH_AFTER, unsearchedSince + SEARCH_AT_LATEST - now));
    soon = setTimeout(() => void inTurn(search).catch(() => (breaks = true)), after);
}

/** Forgets letters, complete or not; so do other pages of ours. */
export function forget(...ids: string[]): Promise<void> {
    ids.forEach((id) => store.announce('forgotten', id));
    return forgetHere(...ids);
}

function forgetHere(...ids: string[]): Promise<void> {
    return inTurn(async () => {
        breaks = false;
        ids.forEach((id) => envelopes.delete(id));
        codes = codes.filter((code) => !ids.includes(code.letter));
        seen.clear();
        let now = settled;
        let erased = true;
        for (const id of ids) {
            erased = (await store.dropLetter(id)) && erased;
            now = await engine.call('forget', [id]);
        }
        // Where nothing was kept, there is nothing to erase.
        if (!erased && kept) {
            tell('bad', () => words().notErased);
        }
        // Letters that waited for room may be completed now.
        await settle(now, nothing());
    });
}

/** Forgets all letters that are not complete; so do other pages of ours. */
export function forgetComing(): Promise<void> {
    store.announce('forgottenComing', 'yes');
    return forgetComingHere();
}

function forgetComingHere(): Promise<void> {
    return inTurn(async () => {
        breaks = false;
        codes = [];
        seen.clear();
        lastFresh.clear();
        await store.dropAllCodes();
        await engine.call('anew', []);
        await again();
    });
}

/** Loads what was stored, and the letter inside the page; returns that letter's id. */
export function begin(brought: string): Promise<string | undefined> {
    return inTurn(async () => {
        store.onElsewhere((what, about) => {
            if (about && what === 'forgotten') {
                void forgetHere(about).catch(() => {});
            } else if (about && what === 'forgottenComing') {
                void forgetComingHere().catch(() => {});
            }
        });
        store.onLost(() => {
            kept = false;
            changed();
        });
        // A crash while the stored codes are loaded would happen again.
        engine.onbroke = () => void (telling || inTurn(again).catch(() => {}));
        const there = await store.load();
        kept = there.kept;
        codes = there.codes;
        there.letters.forEach(({ id, envelope }) => envelopes.set(id, envelope));
        await again();
        if (!brought) {
            return undefined;
        }
        try {
            const { came, settled: now } = await engine.call('file', [new TextEncoder().encode(brought).buffer as ArrayBuffer]);
            await settle(now, undefined);
            return came[0]?.id;
        } catch {
            // The letter in the page was damaged on its way; the page itself works.
            return undefined;
        }
    });
}

/** Whether a new worker is being given the stored codes. */
let telling = false;

/** Gives a new worker the stored codes. */
async function again(): Promise<void> {
    telling = true;
    try {
        await tellLetters();
        try {
            for (let at = 0; at < codes.length; at += 200) {
                await engine.call('load', [codes.slice(at, at + 200).map((code) => code.text)]);
            }
            await settle((await engine.call('codes', [[]])).settled, nothing());
        } catch {
            // One of these codes crashes it: go on without them.
            codes = [];
            await tellLetters();
            await settle((await engine.call('codes', [[]])).settled, nothing());
        }
    } finally {
        telling = false;
    }
    changed();
}

async function tellLetters(): Promise<void> {
    for (const [id, envelope] of envelopes) {
        await engine.call('file', [envelope.slice().buffer as ArrayBuffer]).catch((failed) => failed instanceof ToldError && envelopes.delete(id));
    }
}

/** Stores everything anew, after the person chose how. */
export function keepAnew(): Promise<void> {
    return inTurn(async () => {
        kept = true;
        for (const [id, envelope] of envelopes) {
            kept = (await store.keepLetter(id, envelope)) && kept;
        }
        kept = (codes.length === 0 || (await store.keepCodes(codes))) && kept;
        changed();
    });
}

/** Forgets all of it. */
export async function wipe(): Promise<void> {
    envelopes.clear();
    codes = [];
    seen.clear();
    await store.wipe();
}
