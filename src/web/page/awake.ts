// Keeps the screen on during a camera, a film or a show, where the browser supports wake locks.

interface Lock {
    release(): Promise<void>;
}

/** What needs the screen on now. */
const wanted = new Set<'camera' | 'film' | 'show'>();
let lock: Lock | undefined;

/** Keeps the screen on for something, or stops doing so. */
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

// Browsers release the lock when the page is hidden.
document.addEventListener('visibilitychange', () => {
    if (!document.hidden) {
        void hold();
    }
});
