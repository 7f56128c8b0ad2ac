// What the tests of the page work with: the files that prepare.mjs made, and the programs that make more.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WORK } from './harness.mjs';

export const LETTER = 'samples/letter.fa.md';
/** Some words of it. */
export const WORDS = 'اینترنت خاموش است';

export const at = (name) => join(WORK, name);
export const call = (program, ...words) => execFileSync(program, words, { stdio: ['ignore', 'pipe', 'inherit'] }).toString();
export const ffmpeg = (...words) => call('ffmpeg', '-v', 'error', '-y', ...words);

/** The photos of the leaflet's sides. */
export const photos = () => readdirSync(WORK).filter((name) => /^leaflet-\d+\.jpg$/.test(name)).sort().map(at);

/** The envelope of a letter whose signature is false. */
export function falseSignature() {
    const { hex } = JSON.parse(readFileSync('tests/vectors.json', 'utf8')).find(({ outcome }) => outcome === 'SignatureFalse');
    return Buffer.from(hex, 'hex');
}
