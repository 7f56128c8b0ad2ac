// One touch: all that was kept is gone, and what is seen says nothing.

import * as collection from './collection';
import { letters, scanners } from './engine';
import { el } from './dom';

/** Wipes, and shows a times table. */
export async function panic(): Promise<void> {
    document.title = '×';
    const rows = Array.from({ length: 10 }, (_, row) =>
        el('tr', {}, ...Array.from({ length: 10 }, (_, column) => el('td', { textContent: String((row + 1) * (column + 1)) }))),
    );
    document.documentElement.lang = 'en';
    document.body.className = 'table';
    // Videos go too, and with them what they show.
    document.querySelectorAll('video').forEach((video) => {
        (video.srcObject as MediaStream | null)?.getTracks().forEach((track) => track.stop());
        video.srcObject = null;
    });
    document.body.textContent = '';
    document.body.append(el('main', {}, el('h1', { textContent: '10 × 10' }), el('table', {}, ...rows)));
    try {
        history.replaceState(null, '', location.pathname);
    } catch {
        // The address of a file cannot be changed everywhere.
    }
    scanners.end();
    letters.end();
    await collection.wipe();
}
