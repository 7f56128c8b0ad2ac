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

/** Puts these in the place of all that an element holds. */
export function fill(element: Element, ...children: Child[]): void {
    element.textContent = '';
    add(element, children);
}

/** A button. */
export function button(text: string, onclick: () => unknown, className = ''): HTMLButtonElement {
    return el('button', { type: 'button', textContent: text, onclick: () => void onclick(), className });
}

/** A button that has to be touched twice. */
export function twice(text: string, sure: string, act: () => unknown): HTMLButtonElement {
    const made = button(text, () => (made.textContent === sure ? act() : (made.textContent = sure)), 'quiet danger');
    return made;
}

/** A text from a stranger, within one of ours: it turns nothing around, and is cut where it is long. */
export function isolate(text: string, most = 80): string {
    const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ');
    return `\u2068${plain.length > most ? `${plain.slice(0, most)}…` : plain}\u2069`;
}

/** Quiet zone around a code, in modules (ISO/IEC 18004, 9.1). */
export const QUIET = 4;

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

/** Lets the person save a file. */
export function save(name: string, bytes: BlobPart, type: string): void {
    const address = URL.createObjectURL(new Blob([bytes], { type }));
    const link = el('a', { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Bytes from the system's chance. */
export function chance(bytes: number): Uint8Array {
    return crypto.getRandomValues(new Uint8Array(bytes));
}
