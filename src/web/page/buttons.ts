// Buttons, which say what they do in the page's language.

import { el } from './dom';
import { saying, speak } from './say';
import type { Plain } from './say';

/** A button. */
export function button(text: Plain, onclick: () => unknown, className = ''): HTMLButtonElement {
    return el('button', { type: 'button', onclick: () => void onclick(), className, ...saying(text) });
}

/** A button that has to be touched twice. */
export function twice(text: Plain, sure: Plain, act: () => unknown): HTMLButtonElement {
    let touched = false;
    const made = button(
        text,
        () => {
            touched = !touched;
            speak(made, touched ? sure : text);
            return touched || act();
        },
        'quiet danger',
    );
    return made;
}
