// What a page says is in it: a browser that saves the page as it stands would give it on, and the list of open programs shows a picture of it. So it is
// taken out while nobody sees it, and the rest is not drawn.

import { $ } from './dom';

/** Where letters, names and keys stand. */
const PLACES = ['letterView', 'printed', 'letterBar', 'letterList', 'comingList', 'lines', 'outlines', 'trusted', 'trustedTools', 'myKey', 'myAddress', 'offer', 'attached', 'shown'];

/** Takes them out while the page is hidden, and puts them back where nothing else came meanwhile. */
export function begin(): void {
    const out = new Map<HTMLElement, DocumentFragment>();
    let scrolled = 0;
    const takeOut = (): void => {
        for (const place of PLACES.map((id) => $(id)).filter((place) => place.firstChild)) {
            // What came while nobody looked takes the place of what was there before.
            const parts = document.createDocumentFragment();
            parts.append(...place.childNodes);
            if (place.id === 'lines') {
                // There the new stands before the old.
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
