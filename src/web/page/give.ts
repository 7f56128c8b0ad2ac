// The page itself as a file, to be passed on. It is what the browser read before anything was changed, byte for byte.

/** Attributes of the page's outermost element. */
const OURS = ['lang', 'dir', 'translate'];
/** What the page's head and body hold. */
const METAS = ['viewport', 'generator', 'google', 'format-detection', 'referrer', 'color-scheme'].map((name) => `meta[name=${name}]`);
const PARTS = ['meta[charset]', 'meta[http-equiv]', ...METAS, 'link[rel=icon]', 'title', '#style', '.skip', '#old', '#still', 'header', 'main', '#erasing', 'nav', '#wasm', '#worker', '#envelope', 'script:last-of-type'].join();

/** The page as it was read. Its script is the last thing in it, and calls this before anything else. What browser extensions added by then is left
 * out: it would tell something about the sender. */
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
/** The places in it where a letter goes, and where its show goes that needs no script; and what may stand there. */
const ENVELOPE = ['<script type="text/plain" id="envelope">', '[^<]*', '</script>'] as const;
const STILL = ['<div id="still">', '(?:<svg .*?</svg>)?', '</div>'] as const;

function put(page: string, [begin, old, end]: readonly [string, string, string], text: string): string {
    return page.replace(new RegExp(begin + old + end), () => begin + text + end);
}

/** The page with a letter in text armor that it opens with, and the show of it that needs no script; or with none. */
export function page(armor = '', still = ''): string {
    return put(put(source, STILL, still), ENVELOPE, armor);
}
