// Keeps the screen lit while there is something to be seen on it, where the browser can.

interface Lock {
    release(): Promise<void>;
}

/** What keeps it lit now. */
const wanted = new Set<'camera' | 'film' | 'show'>();
let lock: Lock | undefined;

/** Keeps the screen lit for something, or no more. */
export async function awake(what: 'camera' | 'film' | 'show', on: boolean): Promise<void> {
    on ? wanted.add(what) : wanted.delete(what);
    await hold();
}

async function hold(): Promise<void> {
    const held = lock;
    lock = undefined;
    await held?.release().catch(() => {});
    const wakeLock = (navigator as { wakeLock?: { request(what: 'screen'): Promise<Lock> } }).wakeLock;
    if (wanted.size === 0 || !wakeLock) {
        return;
    }
    const asked = await wakeLock.request('screen').catch(() => undefined);
    if (wanted.size > 0 && !lock) {
        lock = asked;
    } else {
        await asked?.release().catch(() => {});
    }
}

// A browser takes the lock away with the page's sight.
document.addEventListener('visibilitychange', () => {
    if (!document.hidden) {
        void hold();
    }
});
