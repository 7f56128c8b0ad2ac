// Keeps the screen lit while there is something to be seen on it, where the browser can.

interface Lock {
    release(): Promise<void>;
}

let wanted = false;
let lock: Lock | undefined;

/** Keeps the screen lit, or lets it go dark. */
export async function awake(on: boolean): Promise<void> {
    wanted = on;
    const held = lock;
    lock = undefined;
    await held?.release().catch(() => {});
    const wakeLock = (navigator as { wakeLock?: { request(what: 'screen'): Promise<Lock> } }).wakeLock;
    if (!on || !wakeLock) {
        return;
    }
    const asked = await wakeLock.request('screen').catch(() => undefined);
    if (wanted && !lock) {
        lock = asked;
    } else {
        await asked?.release().catch(() => {});
    }
}

// A browser takes the lock away with the page's sight.
document.addEventListener('visibilitychange', () => {
    if (wanted && !document.hidden) {
        void awake(true);
    }
});
