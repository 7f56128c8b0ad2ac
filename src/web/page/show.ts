// Passing on: the letter's codes as a moving show, for another phone's camera.

import * as collection from './collection';
import { copy } from './copying';
import { $, drawCode, el, QUIET } from './dom';
import { letters, ToldError } from './engine';
import { awake } from './awake';
import { give, page } from './give';
import { error, says, translated, words } from './say';

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

/** Whether the person wants nothing to move by itself. */
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

let running: Show | undefined;

class Show {
    private timer = 0;
    private due = 0;
    private codes: HTMLCanvasElement[] = [];
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
        const board = $('board');
        const { clientWidth: width, clientHeight: height } = board;
        const count = this.codes.length;
        const columns = count === 4 ? 2 : count > 1 && width > height ? count : 1;
        const rows = Math.ceil(count / columns);
        const modules = this.told.modules + 2 * QUIET;
        const ratio = devicePixelRatio || 1;
        const room = Math.min(width / columns, height / rows) * ratio;
        const pixels = Math.max(1, Math.floor(room / modules));
        board.style.gridTemplateColumns = `repeat(${columns}, max-content)`;
        for (const code of this.codes) {
            code.style.width = code.style.height = `${(modules * pixels) / ratio}px`;
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
            // A worker that is new knows of no show.
            if (codes.length < this.codes.length) {
                throw new Error('no show');
            }
            codes.forEach((modules, at) => drawCode(this.codes[at]!, modules));
        } catch {
            this.end();
            this.again();
        }
    }

    get seconds(): number {
        return Math.max(1, Math.ceil(this.told.sufficient / this.pace.at / this.pace.pace));
    }

    end(): void {
        this.ended = true;
        cancelAnimationFrame(this.timer);
    }
}

let id = '';
let failed: unknown;
/** Counts what was asked for: an answer that comes when something else was asked for meanwhile is nobody's. */
let asked = 0;

/** Shows a letter. */
export async function show(which: string): Promise<void> {
    leave();
    const mine = asked;
    id = which;
    const envelope = collection.envelope(id);
    if (!envelope) {
        location.replace('#receive');
        return;
    }
    const slider = $<HTMLInputElement>('pace');
    // A large letter's symbols may have no room in small codes: then the next larger ones.
    for (let at = Number(slider.value); at < PACES.length && mine === asked; at++) {
        try {
            const told = await letters.call('show', [envelope, PACES[at]!.version]);
            if (mine !== asked) {
                return;
            }
            slider.value = String(at);
            failed = undefined;
            running = new Show(PACES[at]!, told, () => mine === asked && void show(id));
            void awake('show', true);
            break;
        } catch (failure) {
            failed = failure;
            if (!(failure instanceof ToldError && failure.told.name === 'QrTooSmall')) {
                break;
            }
        }
    }
    if (mine === asked) {
        render();
    }
}

/** Ends the show. */
export function leave(): void {
    asked++;
    if (running) {
        running.end();
        void awake('show', false);
    }
    running = failed = undefined;
}

function render(): void {
    const pace = PACES[Number($<HTMLInputElement>('pace').value)]!;
    const about = $('paceNow');
    if (running) {
        const { frames, sufficient, modules } = running.told;
        const stands = running.paused && stillness.matches ? ` ${words().flickers}` : '';
        about.textContent = `${words().round(frames, sufficient, running.seconds)} · ${words().paceNow(pace.at, modules, pace.pace)}${stands}`;
        $('pause').textContent = running.paused ? words().goOn : words().pause;
    } else {
        about.textContent = failed ? error(failed).join(' ') : '';
    }
    $('next').hidden = !running?.paused;
    $<HTMLInputElement>('pace').setAttribute('aria-valuetext', words().paceNow(pace.at, running?.told.modules ?? 0, pace.pace));
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
    $('pause').onclick = () => {
        if (running) {
            running.paused = !running.paused;
            render();
        }
    };
    $('next').onclick = () => void running?.draw();
    // What goes wrong here is told here.
    const told = (work: () => Promise<() => string>) => async () => {
        says($('shown'), await work().catch((failed) => () => error(failed).join(' ')));
    };
    $('savePage').onclick = told(async () => ((await give('screen.html', page(await armor()))) ? () => words().saved : () => ''));
    $('copyArmor').onclick = told(async () => ((await copy(await armor())) ? () => words().copied : () => words().failed));
    collection.onChange(() => {
        if (running && !collection.envelope(id)) {
            location.replace('#receive');
        }
    });
    addEventListener('resize', () => running?.resize());
    translated(render);
}
