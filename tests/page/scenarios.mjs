// Scenarios, one after the other, each with a limit; with ONLY in the environment those whose names hold it. The process ends with their failures.

/** No scenario takes longer, in milliseconds. */
const PATIENCE = 120_000;

let failures = 0;

/** Runs scenarios, and says how each went. */
export async function run(scenarios, prefix = '') {
    const only = process.env.ONLY ?? '';
    const chosen = Object.entries(scenarios).filter(([name]) => name.includes(only));
    if (chosen.length === 0) {
        console.error(`there is no scenario with “${only}” in its name`);
        failures++;
    }
    for (const [name, scenario] of chosen) {
        const started = Date.now();
        try {
            const late = new Promise((_, fails) => setTimeout(fails, PATIENCE, new Error(`not done in ${PATIENCE} ms`)).unref());
            // In another browser, where this one gives its pages storages that hear nothing of each other.
            const again = (error) => (/hears of the first/.test(error.message) ? scenario() : Promise.reject(error));
            await Promise.race([scenario().catch(again).catch(again), late]);
            console.log(`${prefix}${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
        } catch (error) {
            console.error(`${prefix}${name}:`, error);
            failures++;
        }
    }
}

process.on('exit', (code) => (process.exitCode = code || Math.min(failures, 100)));
