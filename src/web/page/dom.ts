// Elements of the page.

/** An element that the page has. */
export function $<E extends HTMLElement = HTMLElement>(id: string): E {
    const found = document.getElementById(id);
    if (!found) {
        throw new Error(`#${id}`);
    }
    return found as E;
}

/** The text of a block of data in the page. */
export function block(id: string): string {
    return $(id).textContent ?? '';
}

type Child = Node | string | null | undefined | false;

/** A new element. */
export function el<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    set: Partial<Omit<HTMLElementTagNameMap[K], 'style'>> & { data?: Record<string, string> } = {},
    ...children: Child[]
): HTMLElementTagNameMap[K] {
    const { data, ...properties } = set;
    const made = Object.assign(document.createElement(tag), properties);
    for (const [name, value] of Object.entries(data ?? {})) {
        made.setAttribute(name, value);
    }
    add(made, children);
    return made;
}

function add(to: Element, children: Child[]): void {
    for (const child of children) {
        if (child) {
            to.append(child);
        }
    }
}

/** Replaces an element's children. If one of them had the focus, the focus stays inside the element. */
export function fill(element: HTMLElement, ...children: Child[]): void {
    const held = document.activeElement as HTMLElement | null;
    const at = [...element.children].findIndex((child) => child.contains(held));
    element.textContent = '';
    add(element, children);
    const last = element.children.length - 1;
    if (at >= 0 && element.contains(held)) {
        held!.focus({ preventScroll: true });
    } else if (at >= 0 && last >= 0) {
        focusOn(element.children[Math.min(at, last)] as HTMLElement);
    }
}

/** Elements that can be focused without opening a keyboard. */
const TAKES = 'a, button:not(:disabled), summary, div[tabindex]';

/** Puts the focus on an element or on the first in it that takes one. */
function focusOn(element: HTMLElement): void {
    const first = [element, ...element.querySelectorAll<HTMLElement>(TAKES)].find((one) => one.matches(TAKES) && one.offsetParent);
    if (!first) {
        element.tabIndex = -1;
        element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
    }
    (first ?? element).focus({ preventScroll: true });
}

/** Disables a button during some work, and gives its focus back afterwards. */
export async function busy<T>(button: HTMLButtonElement, work: () => Promise<T>): Promise<T> {
    const held = document.activeElement === button;
    button.disabled = true;
    try {
        return await work();
    } finally {
        button.disabled = false;
        if (held && document.activeElement === document.body) {
            button.focus();
        }
    }
}

/** An untrusted text inside one of ours: isolated for the bidi algorithm (UAX #9), and cut to `most` characters. */
export function isolate(text: string, most = 80): string {
    const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ');
    return `\u2068${plain.length > most ? `${plain.slice(0, most)}…` : plain}\u2069`;
}

/** A fingerprint as a block of two rows of three groups, which is compared by eye or read aloud; always in the same places. */
export function fingerprint(text: string): HTMLElement {
    return el('span', { className: 'fingerprint', dir: 'ltr' }, ...text.split(' ').map((group) => el('span', { textContent: `${group} ` })));
}

/** Quiet zone around a code, in modules (ISO/IEC 18004, 9.1). */
export const QUIET = 4;

/** An `svg` element with one path. */
function drawing(viewBox: string, path: string): SVGElement {
    const [svg, only] = ['svg', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name)) as [SVGElement, SVGElement];
    only.setAttribute('d', path);
    svg.setAttribute('viewBox', viewBox);
    svg.append(only);
    return svg;
}

/** An icon of lines, 24 units on a side. */
export function sign(path: string): SVGElement {
    const svg = drawing('0 0 24 24', path);
    svg.setAttribute('class', 'lines');
    svg.setAttribute('aria-hidden', 'true');
    return svg;
}

/** Modules of a code, row by row, as an `svg` element with its quiet zone: paper shows it at any size. */
export function codeToPrint(modules: Uint8Array): SVGElement {
    const side = Math.round(Math.sqrt(modules.length));
    const all = side + 2 * QUIET;
    let drawn = '';
    for (let row = 0; row < side; row++) {
        for (let from = 0, to = 0; from < side; from = to + 1) {
            for (to = from; to < side && modules[row * side + to]; to++);
            drawn += to > from ? `M${from + QUIET} ${row + QUIET}h${to - from}v1h${from - to}z` : '';
        }
    }
    const svg = drawing(`0 0 ${all} ${all}`, drawn);
    svg.setAttribute('shape-rendering', 'crispEdges');
    return svg;
}

/** Modules of a code, row by row, drawn with its quiet zone. */
export function drawCode(canvas: HTMLCanvasElement, modules: Uint8Array): void {
    const side = Math.round(Math.sqrt(modules.length));
    const all = side + 2 * QUIET;
    canvas.width = canvas.height = all;
    const context = canvas.getContext('2d')!;
    const picture = context.createImageData(all, all);
    const pixels = new Uint32Array(picture.data.buffer).fill(0xffffffff);
    modules.forEach((dark, at) => {
        if (dark) {
            pixels[(Math.floor(at / side) + QUIET) * all + (at % side) + QUIET] = 0xff000000;
        }
    });
    context.putImageData(picture, 0, 0);
}

/** Random bytes of the system. */
export function chance(bytes: number): Uint8Array {
    return crypto.getRandomValues(new Uint8Array(bytes));
}
