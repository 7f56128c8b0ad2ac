// Files: read, shared and saved.

import { el } from './dom';
import { LateError, within } from './limits';
import { WordsError } from './say';
import type { Words } from './words';

/** How long a file may take to be read, in milliseconds: an SD card is slow, a folder never answers. */
const LONGEST = 30_000;

/** The bytes of a file.
 *
 * @throws WordsError where it cannot be read, which calls it by `name`.
 */
export async function readFile(file: Blob, name: string): Promise<ArrayBuffer> {
    try {
        return await within(LONGEST, new Response(file).arrayBuffer());
    } catch (failed) {
        throw failed instanceof RangeError || failed instanceof LateError ? failed : new WordsError((words) => words.unreadable(name));
    }
}

/** What became of a file that was to be saved, in words. */
export type Kept = (words: Words) => string;

/** Lets the person share a file or save it, whatever the browser can. What is told is what is known: that a download arrives no browser tells. */
export async function hand(name: string, bytes: BlobPart, type: string): Promise<Kept> {
    const share = navigator as { canShare?: (data: ShareData) => boolean } & Navigator;
    try {
        const file = new File([bytes], name, { type });
        if (share.canShare?.({ files: [file] })) {
            await share.share({ files: [file] });
            return (words) => words.sent;
        }
    } catch (failed) {
        // Whoever closes the share sheet wants nothing; where it is refused, there is another way.
        if ((failed as Error).name === 'AbortError') {
            return () => '';
        }
    }
    return save(name, bytes, type);
}

/** Lets the person save a file. */
export function save(name: string, bytes: BlobPart, type: string): Kept {
    const address = URL.createObjectURL(new Blob([bytes], { type }));
    const link = el('a', { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    return (words) => words.downloaded(name);
}
