// Workers, and what is asked of them.

import { gunzipSync } from 'fflate';
import { block } from './dom';
import type { Answer, Calls, Told } from './worker';

/** An error that has words of its own in both languages. */
export class ToldError extends Error {
    constructor(readonly told: Told) {
        super(told.name);
    }
}

/** A worker broke, mostly for want of memory. */
export class BrokeError extends Error {}

type Waiting = { gives: (value: never) => void; fails: (error: Error) => void };

let module: Promise<WebAssembly.Module> | undefined;

/** The program, unpacked and compiled once for all workers. */
function program(): Promise<WebAssembly.Module> {
    module ??= (async () => {
        const text = atob(block('wasm'));
        const packed = new Uint8Array(text.length);
        for (let i = 0; i < text.length; i++) {
            packed[i] = text.charCodeAt(i);
        }
        return WebAssembly.compile(gunzipSync(packed));
    })();
    return module;
}

let address: string | undefined;

async function start(): Promise<Worker> {
    const module = await program();
    address ??= URL.createObjectURL(new Blob([block('worker')], { type: 'text/javascript' }));
    const worker = new Worker(address);
    worker.postMessage({ module });
    return worker;
}

/** A worker. Where it breaks, what is asked next goes to a new one. */
export class Engine {
    private worker: Promise<Worker> | undefined;
    private waiting = new Map<number, Waiting>();
    private last = 0;
    /** Called when the worker broke: the next one knows nothing yet. */
    onbroke: () => void = () => {};

    /** Waits until it answers.
     *
     * @throws where the browser cannot run it.
     */
    ready(): Promise<unknown> {
        return this.call('next', [0]);
    }

    private answered(answer: Answer): void {
        const waiting = this.waiting.get(answer.id);
        this.waiting.delete(answer.id);
        if ('broke' in answer) {
            waiting?.fails(new BrokeError(answer.broke));
            this.broke(answer.broke);
        } else if ('told' in answer) {
            waiting?.fails(new ToldError(answer.told));
        } else {
            waiting?.gives(answer.gives as never);
        }
    }

    /** Gives the worker up: what it was asked fails. */
    broke(why: string): void {
        this.stop(why);
        this.onbroke();
    }

    private stop(why: string): void {
        this.worker?.then(
            (worker) => worker.terminate(),
            () => {},
        );
        this.worker = undefined;
        for (const waiting of this.waiting.values()) {
            waiting.fails(new BrokeError(why));
        }
        this.waiting.clear();
    }

    /** Ends it for good. */
    end(): void {
        this.stop('end');
        this.worker = new Promise(() => {});
    }

    /** Asks for something; what is handed over is here no more. */
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
        const worker = await this.worker;
        return new Promise((gives, fails) => {
            const id = ++this.last;
            this.waiting.set(id, { gives, fails });
            worker.postMessage({ id, call, args }, handed);
        });
    }
}

/** The engine that knows the letters. */
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

    /** Whether one has nothing to do. */
    get free(): boolean {
        return this.idle.length > 0;
    }

    /** Takes an engine, as soon as one has nothing to do, for as long as the work lasts. */
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

    /** Waits until all of them answer. */
    async ready(): Promise<void> {
        await Promise.all(this.engines.map((engine) => engine.ready()));
    }

    /** Ends them for good. */
    end(): void {
        this.engines.forEach((engine) => engine.end());
    }
}

/** Those of this page. */
export const scanners = new Scanners();
