// Files: read, and written.

import { el } from './dom';
import { WordsError } from './say';

/** The bytes of a file.
 *
 * @throws WordsError where it cannot be read, which calls it by `name`.
 */
export async function readFile(file: Blob, name: string): Promise<ArrayBuffer> {
    try {
        return await new Response(file).arrayBuffer();
    } catch (failed) {
        throw failed instanceof RangeError ? failed : new WordsError((words) => words.unreadable(name));
    }
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
