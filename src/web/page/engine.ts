// Workers and their calls. Where the browser refuses workers or they stay silent, the same program runs in the page itself, slice by slice.

import { block } from './dom';
import { LateError, within } from './limits';
import { unpacked } from './packing';
import type { Told } from './told';
import type { Answer, Calls, Scope } from './worker';

/** An error that has words of its own in each language. */
export class ToldError extends Error {
    constructor(readonly told: Told) {
        super(told.code);
    }
}

/** A worker crashed, mostly for lack of memory. */
export class BrokeError extends Error {}

type Waiting = { call: keyof Calls; gives: (value: never) => void; fails: (error: Error) => void };

/** How long a new worker may take to start, in milliseconds: ten times what a slow phone takes. */
const SILENT = 8_000;
/** How long an answer may take, in milliseconds: ten times what a slow phone takes for a large picture or letter. */
const LONGEST = 40_000;
/** The same for calls that derive a key from a passphrase (scrypt), in milliseconds. */
const LONGEST_STRETCH = 240_000;
const STRETCHES = new Set<keyof Calls>(['open', 'seal', 'newKey', 'secretKey', 'newIdentity', 'identity']);
/** The same for codes, whose work is limited by budgets, in milliseconds: ten times what a slow phone takes. */
const LONGEST_CODES = 10_000;
const CODES = new Set<keyof Calls>(['codes', 'load', 'search', 'spent']);

function longest(call: keyof Calls): number {
    return STRETCHES.has(call) ? LONGEST_STRETCH : CODES.has(call) ? LONGEST_CODES : LONGEST;
}

let module: Promise<WebAssembly.Module> | undefined;

/** The program, unpacked and compiled once for all workers. */
function program(): Promise<WebAssembly.Module> {
    module ??= (async () => WebAssembly.compile(unpacked(block('wasm'))))();
    return module;
}

let script: Uint8Array<ArrayBuffer> | undefined;

/** The workers' script. */
function workers(): Uint8Array<ArrayBuffer> {
    script ??= unpacked(block('worker'));
    return script;
}

/** The part of `Worker` that is used here. */
interface Runs {
    onmessage: ((event: MessageEvent<Answer>) => void) | null;
    onerror: ((event: ErrorEvent) => void) | null;
    postMessage(message: unknown, handed?: Transferable[]): void;
    terminate(): void;
}

let address: string | undefined;
/** Whether a worker has ever started: one that fails later lacks memory, not permission. */
let works = false;
let local = false;

/** Whether the program runs in the page itself: work for it stops the page as long as it lasts. */
export function isLocal(): boolean {
    return local;
}

async function start(): Promise<Runs> {
    const module = await program();
    if (!local) {
        try {
            address ??= URL.createObjectURL(new Blob([workers()], { type: 'text/javascript' }));
            const worker = await begun(new Worker(address), module);
            works = true;
            return worker;
        } catch (failed) {
            if (works) {
                throw failed;
            }
            // The browser refused workers, or the worker never answered.
            local = true;
        }
    }
    return begun(inPage(), module);
}

/** Sends the program to a worker, and waits until it has started. */
async function begun(worker: Runs, module: WebAssembly.Module): Promise<Runs> {
    try {
        await within(
            SILENT,
            new Promise<void>((gives, fails) => {
                worker.onmessage = () => gives();
                worker.onerror = () => fails(new Error('refused'));
                worker.postMessage({ module });
            }),
        );
        return worker;
    } catch (failed) {
        worker.terminate();
        throw failed;
    }
}

/** The worker's script, run here. */
function inPage(): Runs {
    let ended = false;
    const scope: Scope = {
        onmessage: () => {},
        postMessage: (data) => void setTimeout(() => !ended && runs.onmessage?.({ data } as MessageEvent<Answer>)),
    };
    const runs: Runs = {
        onmessage: null,
        onerror: null,
        postMessage: (data) => void setTimeout(() => !ended && scope.onmessage({ data } as MessageEvent)),
        terminate: () => void (ended = true),
    };
    // The page's policy allows this for the browsers that compile WebAssembly under no other rule.
    new Function('self', new TextDecoder().decode(workers()))(scope);
    return runs;
}

/** A worker, replaced by a new one after a crash. */
export class Engine {
    private worker: Promise<Runs> | undefined;
    /** Calls without an answer, in order; the worker is at the first. */
    private waiting = new Map<number, Waiting>();
    private last = 0;
    private watch = 0;
    /** Called after a crash: the new worker has no state yet. */
    onbroke: () => void = () => {};

    /** Waits until the worker has started.
     *
     * @throws where the browser cannot run it.
     */
    ready(): Promise<unknown> {
        return this.call('next', [0]);
    }

    private answered(answer: Answer): void {
        if (!('id' in answer)) {
            return;
        }
        const waiting = this.waiting.get(answer.id);
        this.waiting.delete(answer.id);
        this.watchOver();
        if ('broke' in answer) {
            waiting?.fails(new BrokeError(answer.broke));
            this.broke(answer.broke);
        } else if ('told' in answer) {
            waiting?.fails(new ToldError(answer.told));
        } else {
            waiting?.gives(answer.gives as never);
        }
    }

    /** Ends the worker if its present call takes too long. */
    private watchOver(): void {
        clearTimeout(this.watch);
        const [first] = this.waiting.values();
        if (first) {
            this.watch = window.setTimeout(() => this.broke('late', new LateError('late')), longest(first.call));
        }
    }

    /** Ends the worker, and rejects its calls. */
    broke(why: string, error: Error = new BrokeError(why)): void {
        this.stop(error);
        this.onbroke();
    }

    private stop(error: Error): void {
        clearTimeout(this.watch);
        this.worker?.then(
            (worker) => worker.terminate(),
            () => {},
        );
        this.worker = undefined;
        for (const waiting of this.waiting.values()) {
            waiting.fails(error);
        }
        this.waiting.clear();
    }

    /** Replaces an idle worker, which frees the memory that it grew to. */
    renew(): void {
        if (this.waiting.size === 0 && !local) {
            this.stop(new BrokeError('renewed'));
        }
    }

    /** Ends the worker for good. */
    end(): void {
        this.stop(new BrokeError('end'));
        this.worker = new Promise(() => {});
    }

    /** Calls a function of the worker; buffers in `handed` are transferred and detached here. */
    async call<Name extends keyof Calls>(
        call: Name,
        args: Parameters<Calls[Name]>,
        handed: Transferable[] = [],
    ): Promise<ReturnType<Calls[Name]>> {
        this.worker ??= start().then((worker) => {
            worker.onmessage = ({ data }: MessageEvent<Answer>) => this.answered(data);
            worker.onerror = (event) => this.broke(event.message);
            return worker;
        });
        const mine = this.worker;
        const worker = await mine.catch((failed) => {
            // The next call starts a new worker.
            if (mine === this.worker) {
                this.worker = undefined;
            }
            throw failed instanceof LateError ? failed : new BrokeError(String(failed));
        });
        if (mine !== this.worker) {
            throw new BrokeError('given up');
        }
        return new Promise((gives, fails) => {
            const id = ++this.last;
            this.waiting.set(id, { call, gives, fails });
            if (this.waiting.size === 1) {
                this.watchOver();
            }
            worker.postMessage({ id, call, args }, handed);
        });
    }
}

/** The engine that holds the letters. */
export const letters = new Engine();

/** The engines that look for codes. */
export class Scanners {
    private engines: Engine[] = [];
    private idle: Engine[] = [];
    private waiting: ((engine: Engine) => void)[] = [];

    constructor() {
        const cores = navigator.hardwareConcurrency || 2;
        const memory = (navigator as { deviceMemory?: number }).deviceMemory ?? 4;
        const count = Math.max(1, Math.min(memory > 2 ? 4 : 2, cores - 1));
        for (let i = 0; i < count; i++) {
            this.engines.push(new Engine());
        }
        this.idle = [...this.engines];
    }

    /** Whether one of them is idle. */
    get free(): boolean {
        return this.idle.length > 0;
    }

    /** Runs some work with an engine, as soon as one is idle. */
    async work<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
        const engine = this.idle.pop() ?? (await new Promise<Engine>((gives) => this.waiting.push(gives)));
        try {
            return await work(engine);
        } finally {
            const next = this.waiting.shift();
            if (next) {
                next(engine);
            } else {
                this.idle.push(engine);
            }
        }
    }

    /** Frees the memory that large pictures needed. */
    renew(): void {
        this.idle.forEach((engine) => engine.renew());
    }

    /** Waits until all have started. */
    async ready(): Promise<void> {
        await Promise.all(this.engines.map((engine) => engine.ready()));
    }

    /** Ends them for good. */
    end(): void {
        this.engines.forEach((engine) => engine.end());
    }
}

/** The page's engines for pictures. */
export const scanners = new Scanners();
