// What a page says is in it: a browser that saves the page as it stands would give it on, and the list of open programs shows a picture of it. So it is
// taken out while nobody sees it, and the rest is not drawn.

import { $ } from './dom';

/** Where letters, names and keys stand. */
const PLACES = ['letterView', 'printed', 'letterBar', 'letterList', 'comingList', 'lines', 'trusted', 'trustedTools', 'myKey', 'myAddress', 'offer', 'attached', 'shown'];

/** Takes them out while the page is hidden, and puts them back where nothing else came meanwhile. */
export function begin(): void {
    const out = new Map<HTMLElement, DocumentFragment>();
    let scrolled = 0;
    const hide = (): void => {
        scrolled = scrollY;
        $('main').style.visibility = 'hidden';
        for (const place of PLACES.map((id) => $(id)).filter((place) => place.firstChild && !out.has(place))) {
            const parts = document.createDocumentFragment();
            parts.append(...place.childNodes);
            out.set(place, parts);
        }
    };
    const show = (): void => {
        out.forEach((parts, place) => place.firstChild || place.append(parts));
        out.clear();
        $('main').style.visibility = '';
        scrollTo(0, scrolled);
    };
    document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? hide() : show()));
    addEventListener('pagehide', hide);
    addEventListener('pageshow', show);
}
