// The button that erases everything: two touches, or one that is held, wherever one is. What it will do stands above the thumb that covers it.

import { onTwoTouches } from './buttons';
import { $ } from './dom';
import { speak } from './say';
import type { Plain } from './say';

/** A second touch within this time is a trembling finger, in milliseconds. It is short because frightened people tap fast. */
const TOO_SOON = 120;
/** How long it has to be held, in milliseconds; a shorter touch is the first of two. */
const HOLD = 1_200;
/** A touch that is longer than a tap says what holding it does, in milliseconds. */
const SAYS_AFTER = 250;

/** Makes the button work. */
export function begin(erase: () => void): void {
    const [button, about] = [$<HTMLButtonElement>('panic'), $('erasing')];
    let timers: number[] = [];
    const says = (text: Plain): void => {
        speak(about, text);
        about.hidden = false;
    };
    const calm = (): void => {
        about.hidden = true;
        button.classList.remove('armed');
    };
    const release = (): void => {
        timers.forEach(clearTimeout);
        if (timers.length > 0 && !button.classList.contains('armed')) {
            calm();
        }
        timers = [];
    };
    const forget = onTwoTouches(
        button,
        () => {
            button.classList.add('armed');
            says('panicSure');
        },
        calm,
        erase,
        TOO_SOON,
    );
    button.onpointerdown = () => {
        // A second finger starts the hold anew.
        release();
        timers = [window.setTimeout(says, SAYS_AFTER, 'panicHold'), window.setTimeout(erase, HOLD)];
    };
    button.onpointerup = button.onpointerleave = button.onpointercancel = release;
    // Who touches something else did not mean it.
    addEventListener('pointerdown', ({ target }) => {
        if (button.classList.contains('armed') && !button.contains(target as Node)) {
            forget();
        }
    });
    // A long touch is part of this button: no context menu.
    button.oncontextmenu = (event) => event.preventDefault();
}
