// The page itself as a file, to be given on. It is what the browser read before anything was changed, byte for byte.

import { save } from './files';

/** Attributes of the page's outermost element. */
const OURS = ['lang', 'dir', 'translate'];
/** What the page's head and body hold. */
const METAS = ['viewport', 'generator', 'google', 'format-detection', 'referrer', 'color-scheme'].map((name) => `meta[name=${name}]`);
const PARTS = ['meta[charset]', 'meta[http-equiv]', ...METAS, 'link[rel=icon]', 'title', '#style', '.skip', 'header', 'main', 'nav', '#wasm', '#worker', '#envelope', 'script:last-of-type'].join();

/** The page as it was read. Its script is the last thing in it, and calls this before anything else. What a browser's extensions added by then is left
 * out: it would tell of the giver. */
const source = ((): string => {
    const html = document.documentElement.cloneNode(true) as HTMLElement;
    const [head, body] = html.children as unknown as [HTMLElement, HTMLElement];
    [...html.attributes].filter(({ name }) => !OURS.includes(name)).forEach(({ name }) => html.removeAttribute(name));
    for (const part of [head, body]) {
        [...part.attributes].forEach(({ name }) => part.removeAttribute(name));
        [...part.children].filter((child) => !child.matches(PARTS)).forEach((child) => child.remove());
    }
    return `<!DOCTYPE html>\n${html.outerHTML}\n`;
})();
const EMPTY = '<script type="text/plain" id="envelope"></script>';
const BROUGHT = /<script type="text\/plain" id="envelope">[^<]*<\/script>/;

/** The page with a letter in text armor that it opens with, or with none. */
export function page(armor = ''): string {
    return source.replace(BROUGHT, () => (armor ? EMPTY.replace('></', `>${armor}</`) : EMPTY));
}

/** Shares the page, or saves it where the browser does not share; tells whether it was saved. */
export async function give(name: string, text: string): Promise<boolean> {
    const file = new File([text], name, { type: 'text/html' });
    const share = navigator as { canShare?: (data: ShareData) => boolean } & Navigator;
    if (share.canShare?.({ files: [file] })) {
        try {
            await share.share({ files: [file] });
            return false;
        } catch (error) {
            if ((error as Error).name === 'AbortError') {
                return false;
            }
        }
    }
    save(name, text, 'text/html');
    return true;
}
