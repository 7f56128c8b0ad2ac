// Buttons, which say what they do in the page's language.

import { el } from './dom';
import { saying, speak } from './say';
import type { Plain } from './say';

/** A button. */
export function button(text: Plain, onclick: () => unknown, className = ''): HTMLButtonElement {
    return el('button', { type: 'button', onclick: () => void onclick(), className, ...saying(text) });
}

/** A second touch that comes sooner was not meant, in milliseconds. */
const TOO_SOON = 400;
/** So long the first touch counts, in milliseconds. */
const COUNTS = 6_000;

/** A button that has to be touched twice. */
export function twice(text: Plain, sure: Plain, act: () => unknown): HTMLButtonElement {
    let touched = -Infinity;
    const calm = (): void => {
        touched = -Infinity;
        speak(made, text);
    };
    const touch = (): unknown => {
        const since = performance.now() - touched;
        if (since < TOO_SOON) {
            return undefined;
        }
        if (since < COUNTS) {
            calm();
            return act();
        }
        const now = (touched = performance.now());
        speak(made, sure);
        return setTimeout(() => now === touched && calm(), COUNTS);
    };
    const made = button(text, touch, 'quiet danger');
    return made;
}
