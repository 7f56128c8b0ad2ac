// Waiting with a time limit, so that a browser, a disk or a worker that never answers stops nothing else.

/** The time limit was reached. */
export class LateError extends Error {}

/** Waits for something, but no longer than this, in milliseconds.
 *
 * @throws LateError after that; a later result is ignored.
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
