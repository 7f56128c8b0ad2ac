// The page itself as a file, to be given on. It is what the browser read before anything was changed, byte for byte.

import { save } from './dom';

/** The page as it was read. Its script is the last thing in it, and calls this before anything else. */
const source = `<!DOCTYPE html>\n${document.documentElement.outerHTML}\n`;
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
