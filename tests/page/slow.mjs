// Six photos of 12 megapixels on a slow phone, with the letter's codes in the last two: slow.mjs [TIMES SLOWER], after prepare.mjs. Tells when the first
// status came, when the letter, and the most memory that the page's process held. The process is made slower as a whole, workers too: it is stopped for
// most of each moment.

import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { at, ffmpeg } from './fixtures.mjs';
import { Phone, WORK } from './harness.mjs';

const slower = Number(process.argv[2] ?? 6);

const sides = readdirSync(WORK).filter((name) => /^leaflet-\d+\.jpg$/.test(name)).sort();
const photos = [];
for (let i = 0; i < 6; i++) {
    const path = at(`twelve-${i}.jpg`);
    // The first four show the text from near by, without a code; the last two all of a side.
    const side = at(i < 4 ? sides[0] : sides[Math.min(i - 4, sides.length - 1)]);
    const seen = i < 4 ? 'crop=iw*0.8:iw*0.6:iw*0.1:ih*0.1,scale=4000:3000' : 'scale=3000:4000:force_original_aspect_ratio=decrease,pad=3000:4000:-1:-1:gray';
    ffmpeg('-i', side, '-vf', `${seen},noise=alls=6:all_seed=${i}`, '-q:v', '3', path);
    photos.push(path);
}

/** The processes of this machine that draw pages. */
function renderers() {
    return readdirSync('/proc').filter((name) => {
        try {
            return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=renderer');
        } catch {
            return false;
        }
    });
}

const others = renderers();
const phone = await Phone.open({ language: 'en' });
// A browser keeps a spare one: that of the page holds most.
const held = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1] ?? 0);
const pid = renderers().filter((name) => !others.includes(name)).sort((a, b) => held(b) - held(a))[0];
const memory = (what) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`${what}:\\s+(\\d+)`))[1]) / 1024;
const before = memory('VmRSS');
await phone.page.evaluate(() => {
    globalThis.times = {};
    const mark = (name) => (globalThis.times[name] ??= performance.now());
    document.getElementById('chooseFile').addEventListener('change', () => mark('chosen'), true);
    new MutationObserver(() => /Reading photo 1/.test(document.getElementById('status').textContent) && mark('status')).observe(document.getElementById('status'), { childList: true, characterData: true, subtree: true });
    new MutationObserver(() => document.querySelector('[data-answer]') && mark('letter')).observe(document.getElementById('letterView'), { childList: true, subtree: true });
});
const MOMENT = 60;
const script = `while kill -CONT ${pid} 2>/dev/null; do sleep ${MOMENT / slower / 1000}; kill -STOP ${pid}; sleep ${(MOMENT - MOMENT / slower) / 1000}; done`;
const brake = slower > 1 ? spawn('bash', ['-c', script], { stdio: 'ignore' }) : undefined;
const begun = Date.now();
await phone.choose(...photos);
await phone.page.waitForFunction(() => globalThis.times.letter, null, { timeout: 120_000 });
const took = Date.now() - begun;
brake?.kill();
execFileSync('kill', ['-CONT', String(pid)]);
const { chosen, status, letter } = await phone.page.evaluate(() => globalThis.times);
console.log(`${slower} times slower: first status after ${Math.round(status - chosen)} ms, letter after ${Math.round(letter - chosen)} ms (${took} ms with the driver); renderer ${Math.round(before)} MB before, at most ${Math.round(memory('VmHWM'))} MB`);
await phone.close();
process.exit();
