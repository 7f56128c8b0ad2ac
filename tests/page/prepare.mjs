// Makes the files that the tests of the page use, in WORK: photos of a leaflet, films of a show, and what is broken.

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { at, call, falseSignature, ffmpeg, LETTER } from './fixtures.mjs';
import { FILM, PAGE, SHABNAMEH, WORK } from './harness.mjs';

/** What a hand-held phone does to a show. */
const HARM = ['tilt=8', 'turn=4', 'defocus=0.8', 'noise=4', 'shutter=12', 'drift=8', 'moire=10'];

rmSync(WORK, { recursive: true, force: true });
mkdirSync(WORK, { recursive: true });
cpSync('src/web/reader.html', PAGE);
writeFileSync(at('passphrase'), 'seven words that nobody guesses');
call(SHABNAMEH, 'keygen', '--out', at('key'), '--key-passphrase-file', at('passphrase'));
const sealing = ['--sign', at('key'), '--key-passphrase-file', at('passphrase')];
call(SHABNAMEH, 'print', LETTER, '--out', at('leaflet.pdf'), '--preview', ...sealing);
for (const side of readdirSync(WORK).filter((name) => /^leaflet-\d+\.png$/.test(name))) {
    // Somewhat from the side, not quite sharp, by lamp light.
    const seen = 'scale=1800:-1,perspective=60:30:W-20:0:0:H-40:W-50:H:sense=destination,gblur=sigma=0.8,noise=alls=5:all_seed=1,eq=brightness=-0.1';
    ffmpeg('-i', at(side), '-vf', seen, '-q:v', '5', '-bitexact', at(side.replace('png', 'jpg')));
}

const inBackground = promisify(execFile);
/** Draws a film of a show, and gives it these forms, each by the words of ffmpeg before its name. */
async function film(name, words, forms) {
    await inBackground(FILM, [LETTER, at(`${name}.y4m`), ...words, ...HARM]);
    await Promise.all(Object.entries(forms).map(([form, how]) => inBackground('ffmpeg', ['-v', 'error', '-y', '-i', at(`${name}.y4m`), ...how, at(form)])));
}
const [H264, VP8] = [['-c:v', 'libx264', '-crf', '26', '-pix_fmt', 'yuv420p'], ['-c:v', 'libvpx']];
await Promise.all([
    film('show', ['version=20', 'rounds=3'], { 'show.mjpeg': ['-c:v', 'mjpeg', '-q:v', '3'], 'show.mp4': H264, 'show.webm': [...VP8, '-b:v', '4M'] }),
    film('forged', ['version=14', 'rounds=2', 'forged=2'], { 'forged.mp4': H264 }),
    film('part', ['version=8', 'rounds=1', 'pictures=20'], { 'part.webm': [...VP8, '-b:v', '3M'], 'part-%d.png': ['-vf', 'select=not(mod(n\\,6))', '-vsync', '0'] }),
]);
ffmpeg('-f', 'lavfi', '-i', 'color=gray:size=800x600', '-frames:v', '1', at('empty.jpg'));
for (let i = 0; i < 7; i++) {
    writeFileSync(at(`flood-${i}.md`), `${readFileSync(LETTER, 'utf8')}\n${i}`);
    call(FILM, at(`flood-${i}.md`), at('flood.y4m'), 'version=8', 'rounds=1', 'pictures=1');
    ffmpeg('-i', at('flood.y4m'), '-frames:v', '1', at(`flood-${i}.png`));
}
writeFileSync(at('broken.mp4'), 'not a film');
writeFileSync(at('broken.jpg'), 'not a picture');
writeFileSync(at('some.pdf'), '%PDF-1.7 and so on');
writeFileSync(at('words.txt'), 'just a text');
writeFileSync(at('false.envelope'), falseSignature());
// Twelve megapixels without a code.
ffmpeg('-f', 'lavfi', '-i', 'nullsrc=size=4000x3000,geq=lum=random(1)*255:cb=128:cr=128', '-frames:v', '1', at('large-empty.png'));
call(SHABNAMEH, 'kit', LETTER, '--out', at('kit'));
