// The letters that came, and those on their way. It outlives a worker that breaks, and the page where the phone keeps things.

import { letters as engine } from './engine';
import * as store from './store';
import type { Came, Coming, Settled } from './worker';

/** What a handful of codes brought. */
export interface Tally {
    fresh: number;
    known: number;
    foreign: string[];
    refused: Came[];
    complete: string[];
}

/** Most codes remembered, so that none is asked about twice. */
const MOST_SEEN = 200_000;

let seen = new Set<string>();
/** The codes of letters that are not complete, for a new worker. */
let codes: { letter: string; text: string }[] = [];
const envelopes = new Map<string, Uint8Array>();
let settled: Settled = { complete: [], done: [], coming: [], more: 0 };
let kept = true;
const listeners: (() => void)[] = [];
const completed: ((id: string) => void)[] = [];

/** Calls `render` whenever something changed. */
export function onChange(render: () => void): void {
    listeners.push(render);
}

/** Calls `told` for each letter that becomes complete. */
export function onComplete(told: (id: string) => void): void {
    completed.push(told);
}

/** The letters that are complete, the last first. */
export function all(): string[] {
    return [...envelopes.keys()].reverse();
}

/** The envelope of a letter that is complete. */
export function envelope(id: string): Uint8Array | undefined {
    return envelopes.get(id);
}

/** Codes of a letter that were thrown out. */
export function forged(id: string): number {
    return settled.done.find((done) => done.id === id)?.forged ?? 0;
}

/** The letters on their way, and how many more there are. */
export function coming(): { coming: Coming[]; more: number } {
    return settled;
}

/** Whether the phone keeps what comes. */
export function isKept(): boolean {
    return kept;
}

/** Takes the texts of codes, and tells what they brought. */
export async function take(texts: string[]): Promise<Tally> {
    const asked = texts.filter((text) => !seen.has(text));
    const tally: Tally = { fresh: 0, known: texts.length - asked.length, foreign: [], refused: [], complete: [] };
    if (asked.length === 0) {
        return tally;
    }
    if (seen.size > MOST_SEEN) {
        seen = new Set();
    }
    asked.forEach((text) => seen.add(text));
    const answer = await engine.call('codes', [asked]).catch((error) => {
        asked.forEach((text) => seen.delete(text));
        throw error;
    });
    const fresh: typeof codes = [];
    answer.came.forEach((came, at) => {
        const text = asked[at]!;
        count(tally, came, text);
        if (came.what === 'new') {
            fresh.push({ letter: came.id!, text });
        }
    });
    codes.push(...fresh);
    await settle(answer.settled, tally);
    const still = fresh.filter((code) => !envelopes.has(code.letter));
    if (still.length > 0) {
        kept = (await store.keepCodes(still)) && kept;
    }
    return tally;
}

/** Takes a text with codes or envelopes in it, or an envelope. */
export async function takeFile(bytes: ArrayBuffer): Promise<Tally> {
    const tally: Tally = { fresh: 0, known: 0, foreign: [], refused: [], complete: [] };
    const answer = await engine.call('file', [bytes]);
    answer.came.forEach((came) => count(tally, came, ''));
    await settle(answer.settled, tally);
    return tally;
}

/** Keeps a letter that this page made. */
export async function keep(envelope: Uint8Array): Promise<string> {
    const { came, settled: now } = await engine.call('file', [envelope.slice().buffer]);
    await settle(now, undefined);
    return came[0]!.id!;
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

async function settle(now: Settled, tally: Tally | undefined): Promise<void> {
    settled = now;
    for (const { id } of now.done.filter(({ id }) => !envelopes.has(id))) {
        const envelope = await engine.call('envelope', [id]);
        envelopes.set(id, envelope);
        codes = codes.filter((code) => code.letter !== id);
        kept = (await store.keepLetter(id, envelope)) && kept;
        tally?.complete.push(id);
        if (tally) {
            completed.forEach((told) => told(id));
        }
    }
    listeners.forEach((render) => render());
}

/** Lets go of a letter. */
export async function forget(id: string): Promise<void> {
    envelopes.delete(id);
    codes = codes.filter((code) => code.letter !== id);
    settled.done = settled.done.filter((done) => done.id !== id);
    seen = new Set(codes.map((code) => code.text));
    await engine.call('forget', [id]);
    await store.dropLetter(id);
    listeners.forEach((render) => render());
}

/** Brings back what was kept, and the letter that the page brings along; tells that one's id. */
export async function begin(brought: string): Promise<string | undefined> {
    engine.onbroke = () => void again().catch(() => {});
    const there = await store.load();
    kept = there.kept;
    for (const envelope of there.letters) {
        await keep(envelope).catch(() => {});
    }
    codes = [];
    await take(there.codes.filter((text) => typeof text === 'string')).catch(() => {});
    if (brought) {
        const { came, settled: now } = await engine.call('file', [new TextEncoder().encode(brought).buffer]);
        await settle(now, undefined);
        return came[0]?.id;
    }
    return undefined;
}

/** Tells a new worker all that the old one knew, but for what broke it. */
async function again(): Promise<void> {
    for (const envelope of envelopes.values()) {
        await engine.call('file', [envelope.slice().buffer]);
    }
    for (let at = 0; at < codes.length; at += 100) {
        const answer = await engine.call('codes', [codes.slice(at, at + 100).map((code) => code.text)]);
        settled = answer.settled;
    }
    listeners.forEach((render) => render());
}

/** Forgets all of it. */
export async function wipe(): Promise<void> {
    envelopes.clear();
    codes = [];
    seen.clear();
    await store.wipe();
}

