// Waits that end: nothing that a browser, a disk or a worker owes holds up what comes after it.

/** It took longer than it may. */
export class LateError extends Error {}

/** Waits for something, but no longer than this, in milliseconds.
 *
 * @throws LateError where it took longer; what comes of it then is ignored.
 */
export function within<T>(milliseconds: number, wait: Promise<T>): Promise<T> {
    let late = 0;
    const end = new Promise<never>((_, fails) => (late = window.setTimeout(() => fails(new LateError('late')), milliseconds)));
    return Promise.race([wait, end]).finally(() => clearTimeout(late));
}

/** Lets the page draw and take touches before the next slice of work. */
export function breathe(): Promise<void> {
    return new Promise((gives) => setTimeout(gives));
}
