// What is told: the one line of status, always in sight, and below the ways to receive what each file brought and what came beside letters.

import { button } from './buttons';
import { $, el, fill, fingerprint } from './dom';
import { digits, error, translated } from './say';
import type { Plain } from './say';
import type { Two } from './words';

/** Most lines that stand there. */
const MOST_LINES = 12;

/** How something is meant: well done, just so, something is wrong. */
export type Tone = 'good' | 'plain' | 'bad';

/** Something that was told, what belongs to it, and what a touch on its button does. */
interface Line {
    tone: Tone;
    text: () => string | Two;
    more: { fingerprint?: string; act?: Act };
}

interface Act {
    label: Plain;
    go: () => void;
    /** Acts of one name are the same. */
    name: string;
}

let lines: Line[] = [];
let status: () => [string, Tone] = () => ['', 'plain'];
let standing: () => [string, Tone] = status;
let goesOn = false;
let rendered: () => void = () => {};

/** Says in the line of status what goes on now. */
export function say(text: () => string, tone: Tone = 'plain'): void {
    goesOn = true;
    status = () => [text(), tone];
    renderStatus();
}

/** Nothing goes on any more: the line says where one stands. */
export function rest(): void {
    goesOn = false;
    renderStatus();
}

/** What the line says of where one stands, while nothing goes on; and what depends on it. */
export function onRest(where: typeof standing, then: () => void): void {
    standing = where;
    rendered = then;
    renderStatus();
}

/** Says it anew: what it is made of has changed. */
export function renderStatus(): void {
    const [text, tone] = goesOn ? status() : standing();
    const line = $('status');
    // Screen readers speak each change.
    if (line.textContent !== text) {
        line.textContent = text;
    }
    line.className = tone;
    rendered();
}

/** Tells something; what stands there already is told once. */
export function tell(tone: Tone, text: Line['text'], more: Line['more'] = {}): void {
    const same = String(text());
    if (lines.some((line) => String(line.text()) === same && line.more.act?.name === more.act?.name)) {
        return;
    }
    const line = { text, tone, more };
    lines = [line, ...lines].slice(0, MOST_LINES);
    const list = $('lines');
    list.prepend(element(line));
    while (list.children.length > MOST_LINES) {
        list.lastElementChild!.remove();
    }
}

/** Tells what went wrong. */
export function fails(failed: unknown): void {
    tell('bad', () => error(failed));
}

function element({ text, tone, more }: Line): HTMLElement {
    const told = text();
    const [what, todo] = typeof told === 'string' ? [told] : told;
    return el(
        'li',
        { className: tone },
        el('span', { textContent: what }),
        more.fingerprint && fingerprint(digits(more.fingerprint)),
        todo && el('small', { textContent: todo }),
        more.act && button(more.act.label, more.act.go),
    );
}

/** Makes room for what is told of the next files. */
export function clear(): void {
    lines = [];
    fill($('lines'));
}

/** Tells it all in the other language when that is chosen. */
export function begin(): void {
    translated(() => {
        fill($('lines'), ...lines.map(element));
        renderStatus();
    });
}
