// Passing on: the letter's codes as a moving show, for another phone's camera.

import * as collection from './collection';
import { copy } from './copying';
import { $, drawCode, el, QUIET } from './dom';
import { letters, ToldError } from './engine';
import { awake } from './awake';
import { hand } from './files';
import { page } from './give';
import { answers, error, silent, translated, words } from './say';

/** What the slider chooses: how large codes are, how many stand side by side, and how many pictures there are in a second. */
interface Pace {
    version: number;
    at: number;
    pace: number;
}

const PACES: Pace[] = [
    { version: 8, at: 1, pace: 3 },
    { version: 12, at: 1, pace: 5 },
    { version: 16, at: 1, pace: 6 },
    { version: 20, at: 1, pace: 8 },
    { version: 20, at: 2, pace: 8 },
    { version: 20, at: 4, pace: 8 },
    { version: 25, at: 4, pace: 10 },
    { version: 30, at: 4, pace: 15 },
    { version: 40, at: 4, pace: 15 },
];
const USUAL = 2;
/** What the two buttons choose: the surest, and the fastest that this screen can show. */
const SLOW = 0;
/** Screen pixels of a module below which other phones fail to read it. */
const LEAST_PIXELS = 3;
/** How long a show runs before it is told how fast it is, in milliseconds; and so often it is told anew. */
const MEASURED_AFTER = 1_500;
/** Pictures whose times are kept, to tell how fast it is. */
const MOST_TIMES = 60;

/** Whether the person wants nothing to move by itself. */
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

let running: Show | undefined;

/** How so many codes of so many modules on a side stand on the board: their columns, and the pixels of the screen for a module. */
function room(count: number, modules: number): { columns: number; pixels: number } {
    const { clientWidth: width, clientHeight: height } = $('board');
    const columns = count === 4 ? 2 : count > 1 && width > height ? count : 1;
    const side = Math.min(width / columns, height / Math.ceil(count / columns)) * (devicePixelRatio || 1);
    return { columns, pixels: Math.floor(side / (modules + 2 * QUIET)) };
}

/** The fastest pace whose codes another phone reads off this screen. A code of version V has 17 + 4 V modules on a side (ISO/IEC 18004, 6.3). */
function fastest(): number {
    let last = 0;
    PACES.forEach(({ version, at }, index) => {
        if (room(at, 17 + 4 * version).pixels >= LEAST_PIXELS) {
            last = index;
        }
    });
    return last;
}

class Show {
    private timer = 0;
    private due = 0;
    private codes: HTMLCanvasElement[] = [];
    /** When the last pictures were drawn. */
    private times: number[] = [];
    /** Pixels of the screen for a module. */
    pixels = 0;
    paused = stillness.matches;
    private ended = false;

    constructor(
        private pace: Pace,
        readonly told: { frames: number; sufficient: number; modules: number },
        /** Begins anew, where the worker that makes the codes broke. */
        private again: () => void,
    ) {
        const board = $('board');
        board.textContent = '';
        for (let i = 0; i < pace.at; i++) {
            const code = el('canvas', { data: { 'aria-hidden': 'true' } });
            board.append(code);
            this.codes.push(code);
        }
        this.resize();
        if (this.paused) {
            void this.draw();
        }
        this.tick();
    }

    /** Every module as many whole pixels of the screen as there is room for. */
    resize(): void {
        const { columns, pixels } = room(this.pace.at, this.told.modules);
        this.pixels = Math.max(1, pixels);
        const side = (this.told.modules + 2 * QUIET) * this.pixels;
        $('board').style.gridTemplateColumns = `repeat(${columns}, max-content)`;
        for (const code of this.codes) {
            code.style.width = code.style.height = `${side / (devicePixelRatio || 1)}px`;
        }
    }

    private tick(): void {
        if (this.ended) {
            return;
        }
        this.timer = requestAnimationFrame((now) => {
            if (this.paused || now < this.due) {
                this.tick();
                return;
            }
            const length = 1000 / this.pace.pace;
            this.due = Math.max(this.due + length, now);
            void this.draw().then(() => this.tick());
        });
    }

    /** Draws the next picture. */
    async draw(): Promise<void> {
        try {
            const codes = await letters.call('next', [this.codes.length]);
            // A new worker has no show yet.
            if (codes.length < this.codes.length) {
                throw new Error('no show');
            }
            codes.forEach((modules, at) => drawCode(this.codes[at]!, modules));
            this.times.push(performance.now());
            this.times.splice(0, this.times.length - MOST_TIMES);
        } catch {
            this.end();
            this.again();
        }
    }

    /** Seconds until all has been shown that is needed, at the pace that was measured; at the intended one before that. */
    get seconds(): number {
        const [first, last] = [this.times[0] ?? 0, this.times[this.times.length - 1] ?? 0];
        const measured = last - first > MEASURED_AFTER ? ((this.times.length - 1) * 1000) / (last - first) : this.pace.pace;
        return Math.max(1, Math.ceil(this.told.sufficient / this.pace.at / measured));
    }

    /** Pauses, or goes on; measured times are dropped. */
    pause(): void {
        this.paused = !this.paused;
        this.times = [];
    }

    end(): void {
        this.ended = true;
        cancelAnimationFrame(this.timer);
    }
}

let id = '';
let failed: unknown;
/** Counts requests: an answer to an older request is ignored. */
let asked = 0;

/** Shows a letter. */
export async function show(which: string): Promise<void> {
    end();
    const mine = asked;
    if (which !== id) {
        // The message was about another letter.
        silent($('shown'));
    }
    id = which;
    const envelope = collection.envelope(id);
    if (!envelope) {
        location.replace('#receive');
        return;
    }
    const slider = $<HTMLInputElement>('pace');
    const most = fastest();
    slider.max = String(most);
    // A large letter's symbols may have no room in small codes: then the next larger ones, even if this screen is small for them.
    for (let at = Number(slider.value); at < PACES.length && mine === asked; at++) {
        try {
            const told = await letters.call('show', [envelope, PACES[at]!.version]);
            if (mine !== asked) {
                return;
            }
            slider.max = String(Math.max(most, at));
            slider.value = String(at);
            failed = undefined;
            running = new Show(PACES[at]!, told, () => mine === asked && void show(id));
            void awake('show', true);
            break;
        } catch (failure) {
            failed = failure;
            if (!(failure instanceof ToldError && failure.told.code === 'QrTooSmall')) {
                break;
            }
        }
    }
    if (mine === asked) {
        render();
    }
}

/** Ends the show, and gives the screen back. */
export function leave(): void {
    end();
    if (isFull()) {
        document.body.classList.remove('full');
        if (document.fullscreenElement) {
            document.exitFullscreen().catch(() => {});
        }
    }
}

function end(): void {
    asked++;
    if (running) {
        running.end();
        void awake('show', false);
    }
    running = failed = undefined;
}

function render(): void {
    const slider = $<HTMLInputElement>('pace');
    const about = $('paceNow');
    let text = failed ? error(failed).join(' ') : '';
    if (running) {
        text = words().round(running.told.sufficient, running.seconds);
        if (running.pixels < LEAST_PIXELS) {
            text += ` ${words().screenTooSmall}`;
        } else if (running.paused && stillness.matches) {
            text += ` ${words().flickers}`;
        }
        $('pause').textContent = running.paused ? words().goOn : words().pause;
    }
    if (about.textContent !== text) {
        about.textContent = text;
    }
    $('next').hidden = !running?.paused;
    slider.setAttribute('aria-valuetext', text);
    $('slow').setAttribute('aria-pressed', String(Number(slider.value) === SLOW));
    $('fast').setAttribute('aria-pressed', String(Number(slider.value) === Number(slider.max)));
    $('full').textContent = isFull() ? words().leaveFull : words().full;
}

function isFull(): boolean {
    return document.body.classList.contains('full');
}

/** Gives the codes the whole screen, or takes it back; without the browser's own bars where it can. */
function fill(full: boolean): void {
    document.body.classList.toggle('full', full);
    if (full) {
        document.documentElement.requestFullscreen?.().catch(() => {});
    } else if (document.fullscreenElement) {
        document.exitFullscreen().catch(() => {});
    }
    void show(id);
}

async function armor(): Promise<string> {
    return letters.call('armored', [collection.envelope(id)!]);
}

/** Makes the view work. */
export function begin(): void {
    const slider = $<HTMLInputElement>('pace');
    slider.max = String(PACES.length - 1);
    slider.value = String(USUAL);
    slider.onchange = () => void show(id);
    const choose = (at: () => number) => () => {
        slider.value = String(at());
        void show(id);
    };
    $('slow').onclick = choose(() => SLOW);
    $('fast').onclick = choose(fastest);
    $('pause').onclick = () => {
        if (running) {
            running.pause();
            render();
        }
    };
    $('next').onclick = () => void running?.draw();
    $('full').onclick = () => fill(!isFull());
    $('board').onclick = () => fill(!isFull());
    document.addEventListener('fullscreenchange', () => {
        if (!document.fullscreenElement && isFull()) {
            fill(false);
        }
    });
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && isFull() && fill(false));
    // Errors of this view are shown in it.
    const told = (work: () => Promise<() => string>) => async () => {
        answers($('shown'), await work().catch((failed) => () => error(failed).join(' ')));
    };
    $('savePage').onclick = told(async () => {
        const still = await letters.call('still', [collection.envelope(id)!]);
        const kept = await hand('screen.html', page(await armor(), still), 'text/html');
        return () => kept(words());
    });
    $('copyArmor').onclick = told(async () => ((await copy(await armor())) ? () => words().copied : () => words().failed));
    collection.onChange(() => {
        if (running && !collection.envelope(id)) {
            location.replace('#receive');
        }
    });
    addEventListener('resize', () => {
        if (running) {
            running.resize();
            // The screen was turned: other phones may read less of it now, or more.
            const most = fastest();
            if (running.pixels < LEAST_PIXELS && Number(slider.value) > most) {
                slider.value = String(most);
                void show(id);
            } else {
                slider.max = String(Math.max(most, Number(slider.value)));
                render();
            }
        }
    });
    setInterval(() => running && !running.paused && render(), MEASURED_AFTER);
    translated(render);
}
