// A film that does not complete its letter, opened again and again on a busy machine: endings.mjs [BROWSER [TIMES [LOOPS]]], after
// prepare.mjs. Tells how long each took beyond the film's own length.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { Phone, WORK } from './harness.mjs';

const [kind = 'chromium', times = '50', loops = '12'] = process.argv.slice(2);
const film = join(WORK, 'part.webm');
const length = 1000 * Number(execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', film]));

const busy = Array.from({ length: Number(loops) }, () => spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' }));
process.on('exit', () => busy.forEach((loop) => loop.kill()));

const beyond = [];
for (let at = 0; at < Number(times); at++) {
    const phone = await Phone.open({ kind, language: 'en' });
    // Timed in the page itself: the driver is as slow as the machine.
    await phone.page.evaluate(() => {
        const filming = document.getElementById('filming');
        globalThis.times = [];
        new MutationObserver(() => globalThis.times.push([filming.hidden, performance.now()])).observe(filming, { attributes: true, attributeFilter: ['hidden'] });
    });
    await phone.choose(film);
    const ended = () => globalThis.times.some(([hidden]) => hidden) && globalThis.times;
    await phone.page.waitForFunction(ended, null, { timeout: 60_000 });
    const seen = await phone.page.evaluate(() => globalThis.times);
    const begun = seen.find(([hidden]) => !hidden)[1];
    const took = seen.find(([hidden, at]) => hidden && at > begun)[1] - begun;
    beyond.push(took - length);
    const status = await phone.text('#status');
    console.log(`${kind} ${at + 1}: ${Math.round(took)} ms, ${status}`);
    await phone.close();
}
beyond.sort((a, b) => a - b);
console.log(`${kind}: ${beyond.length} of ${times} ended; beyond the film's ${length} ms: median ${Math.round(beyond[beyond.length >> 1])} ms, most ${Math.round(beyond[beyond.length - 1])} ms`);
assert(beyond[beyond.length - 1] <= 3_000);
process.exit();
