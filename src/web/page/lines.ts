// What is told below the ways to receive: how far it is, what each file brought, what came beside letters.

import { button } from './buttons';
import { $, el, fill } from './dom';
import { error, translated } from './say';
import type { Plain } from './say';
import type { Two } from './words';

/** Most lines that stand there. */
const MOST_LINES = 12;

/** Something that was told, and what a touch on its button does. */
interface Line {
    tone: 'good' | 'plain' | 'bad';
    text: () => string | Two;
    act?: Act | undefined;
}

interface Act {
    label: Plain;
    go: () => void;
    /** Acts of one name are the same. */
    name: string;
}

let lines: Line[] = [];
let status: () => string = () => '';

/** Says what goes on now. */
export function say(text: () => string): void {
    status = text;
    const now = text();
    // Screen readers speak each change.
    if ($('status').textContent !== now) {
        $('status').textContent = now;
    }
}

/** Tells something; what stands there already is told once. */
export function tell(tone: Line['tone'], text: Line['text'], act?: Act): void {
    const same = String(text());
    if (lines.some((line) => String(line.text()) === same && line.act?.name === act?.name)) {
        return;
    }
    const line = { text, tone, act };
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

function element({ text, tone, act }: Line): HTMLElement {
    const told = text();
    const [what, todo] = typeof told === 'string' ? [told] : told;
    return el(
        'li',
        { className: tone },
        el('span', { textContent: what }),
        todo && el('small', { textContent: todo }),
        act && button(act.label, act.go),
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
        say(status);
    });
}
