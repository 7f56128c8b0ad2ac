// Erases everything, and shows a harmless page.

import * as collection from './collection';
import { letters, scanners } from './engine';
import { el } from './dom';
import * as intake from './intake';
import * as letter from './letter';
import * as live from './live';
import { number, words } from './say';
import * as show from './show';

let panicked = false;

/** Wipes, and shows a times table. */
export async function panic(): Promise<void> {
    // Other pages of ours, which wipe when this one does, tell this one again.
    if (panicked) {
        return;
    }
    panicked = true;
    live.stop();
    intake.forget();
    letter.leave();
    show.leave();
    document.title = words().table;
    // Running work fails because its elements are gone; its errors are ignored.
    onerror = () => true;
    onunhandledrejection = (event) => event.preventDefault();
    const rows = Array.from({ length: 10 }, (_, row) =>
        el('tr', {}, ...Array.from({ length: 10 }, (_, column) => el('td', { textContent: number((row + 1) * (column + 1)) }))),
    );
    document.body.className = 'table';
    document.body.textContent = '';
    document.body.append(el('main', {}, el('h1', { textContent: words().table }), el('table', {}, ...rows)));
    onhashchange = document.onpaste = null;
    document.ondragover = document.ondrop = (event) => event.preventDefault();
    try {
        history.replaceState(null, '', location.pathname);
    } catch {
        // The address of a file cannot be changed everywhere.
    }
    scanners.end();
    letters.end();
    await collection.wipe();
}
