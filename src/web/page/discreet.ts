// What a page says is in it: a browser that saves the page as it stands would give it on, and the list of open programs shows a picture of it. So it is
// taken out while nobody sees it, and the rest is not drawn.

import { $ } from './dom';

/** Where letters, names and keys stand. */
const PLACES = ['letterView', 'printed', 'letterBar', 'letterList', 'comingList', 'lines', 'outlines', 'trusted', 'trustedTools', 'myKey', 'myAddress', 'offer', 'attached', 'shown'];

/** Where what comes stands before what was there. */
const GROWING = ['lines', 'outlines'];

/** What was taken out of its place. */
const out = new Map<HTMLElement, DocumentFragment>();

/** Lets go of what was taken out of a place. */
export function drop(place: string): void {
    out.delete($(place));
}

/** Takes them out while the page is hidden, and puts them back where nothing else came meanwhile. */
export function begin(): void {
    let scrolled = 0;
    const takeOut = (): void => {
        for (const place of PLACES.map((id) => $(id)).filter((place) => place.firstChild)) {
            // What came while nobody looked takes the place of what was there before.
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
