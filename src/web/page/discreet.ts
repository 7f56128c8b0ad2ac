// Removes private texts from the page while it is hidden: a browser that saves the page would include them, and the list of open programs shows a
// picture of the page. What remains is not drawn.

import { $ } from './dom';

/** Ids of elements with letters, names and keys. */
const PLACES = ['letterView', 'printed', 'letterBar', 'letterList', 'comingList', 'lines', 'outlines', 'trusted', 'trustedTools', 'myKey', 'myAddress', 'offer', 'attached', 'shown'];

/** Ids of elements that may grow while the page is hidden. */
const GROWING = ['lines', 'outlines'];

/** Contents that were taken out. */
const out = new Map<HTMLElement, DocumentFragment>();

/** Discards the content that was taken out of an element. */
export function drop(place: string): void {
    out.delete($(place));
}

/** Takes them out while the page is hidden, and puts them back where nothing else came meanwhile. */
export function begin(): void {
    let scrolled = 0;
    const takeOut = (): void => {
        for (const place of PLACES.map((id) => $(id)).filter((place) => place.firstChild)) {
            // Content that came meanwhile replaces what was taken out.
            const parts = document.createDocumentFragment();
            parts.append(...place.childNodes);
            if (GROWING.includes(place.id)) {
                parts.append(...(out.get(place)?.childNodes ?? []));
            }
            out.set(place, parts);
        }
    };
    const later = new MutationObserver(takeOut);
    const hide = (): void => {
        scrolled = scrollY;
        $('main').style.visibility = 'hidden';
        takeOut();
        PLACES.forEach((id) => later.observe($(id), { childList: true }));
    };
    const show = (): void => {
        later.disconnect();
        out.forEach((parts, place) => place.firstChild || place.append(parts));
        out.clear();
        $('main').style.visibility = '';
        scrollTo(0, scrolled);
    };
    document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? hide() : show()));
    addEventListener('pagehide', hide);
    addEventListener('pageshow', show);
}
