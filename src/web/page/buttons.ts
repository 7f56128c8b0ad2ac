// Buttons, which say what they do in the page's language.

import { el } from './dom';
import { saying, speak } from './say';
import type { Plain } from './say';

/** A button. */
export function button(text: Plain, onclick: () => unknown, className = ''): HTMLButtonElement {
    return el('button', { type: 'button', onclick: () => void onclick(), className, ...saying(text) });
}

/** A second touch within this time is an accident, in milliseconds. */
const TOO_SOON = 400;
/** How long the first touch stays valid, in milliseconds. */
const COUNTS = 6_000;

/** Lets a button act when it is touched twice: `armed` says after the first touch what the second one does, `calm` that the first has expired. Returns
 * a function that expires the first touch. */
export function onTwoTouches(button: HTMLButtonElement, armed: () => void, calm: () => void, act: () => unknown, tooSoon = TOO_SOON): () => void {
    let touched = -Infinity;
    const forget = (): void => {
        touched = -Infinity;
        calm();
    };
    button.onclick = () => {
        const since = performance.now() - touched;
        if (since < tooSoon) {
            return;
        }
        if (since < COUNTS) {
            forget();
            void act();
            return;
        }
        const now = (touched = performance.now());
        armed();
        setTimeout(() => now === touched && forget(), COUNTS);
    };
    return forget;
}

/** A button that has to be touched twice. */
export function twice(text: Plain, sure: Plain, act: () => unknown): HTMLButtonElement {
    const made = button(text, () => {}, 'quiet danger');
    onTwoTouches(
        made,
        () => speak(made, sure),
        () => speak(made, text),
        act,
    );
    return made;
}
