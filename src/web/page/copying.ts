// Texts on the clipboard.

import { button } from './buttons';
import { el } from './dom';
import { speak } from './say';
import type { Plain } from './say';

/** Puts a text on the clipboard, also where pages from a file have none; tells whether it is there. */
export async function copy(text: string): Promise<boolean> {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        const held = document.activeElement;
        const area = el('textarea', { value: text, readOnly: true, className: 'away' });
        document.body.append(area);
        area.select();
        const copied = document.execCommand('copy');
        area.remove();
        if (held instanceof HTMLElement) {
            held.focus();
        }
        return copied;
    }
}

/** A button that copies a text, and says whether it did. */
export function copyButton(label: Plain, text: string): HTMLButtonElement {
    const made = button(label, async () => {
        speak(made, (await copy(text)) ? 'copied' : 'failed');
    });
    return made;
}
