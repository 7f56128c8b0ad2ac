// Messages: the status line, always visible, and a list of what each file brought.

import { button } from './buttons';
import { $, el, fill, fingerprint } from './dom';
import { digits, error, translated } from './say';
import type { Plain } from './say';
import type { Two } from './words';

/** Most messages in the list. */
const MOST_LINES = 12;

/** The tone of a message: success, information, error. */
export type Tone = 'good' | 'plain' | 'bad';

/** A message, its details, and its button. */
interface Line {
    tone: Tone;
    text: () => string | Two;
    more: { fingerprint?: string; act?: Act };
}

interface Act {
    label: Plain;
    go: () => void;
    /** Actions of the same name are equal. */
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

/** Nothing is running any more: the status line shows the resting text. */
export function rest(): void {
    goesOn = false;
    renderStatus();
}

/** Sets the resting text, and what follows from it. */
export function onRest(where: typeof standing, then: () => void): void {
    standing = where;
    rendered = then;
    renderStatus();
}

/** Renders the status line again. */
export function renderStatus(): void {
    const [text, tone] = goesOn ? status() : standing();
    const line = $('status');
    // Screen readers speak each change: make none without need.
    if (line.textContent !== text) {
        line.textContent = text;
    }
    line.className = tone;
    rendered();
}

/** Adds a message, unless the same one is there. */
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

/** Clears the messages before the next files. */
export function clear(): void {
    lines = [];
    fill($('lines'));
}

/** Renders all messages again when the language changes. */
export function begin(): void {
    translated(() => {
        fill($('lines'), ...lines.map(element));
        renderStatus();
    });
}
