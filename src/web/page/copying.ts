// Texts on the clipboard.

import { button, el } from './dom';
import { words } from './say';

/** Puts a text on the clipboard, also where pages from a file have none; tells whether it is there. */
export async function copy(text: string): Promise<boolean> {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        const area = el('textarea', { value: text, readOnly: true, className: 'away' });
        document.body.append(area);
        area.select();
        const copied = document.execCommand('copy');
        area.remove();
        return copied;
    }
}

/** A button that copies a text, and says whether it did. */
export function copyButton(label: string, text: string): HTMLButtonElement {
    const made = button(label, async () => {
        made.textContent = (await copy(text)) ? words().copied : words().failed;
    });
    return made;
}
