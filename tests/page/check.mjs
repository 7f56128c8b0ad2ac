// The page in a real browser, opened from a file: check.mjs SHABNAMEH FILM NODE WORK, the two programs, the folder of node_modules, and one to work in.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AXE, FILM, PAGE, Phone, SHABNAMEH, WORK } from './harness.mjs';
import { run } from './scenarios.mjs';

const LETTER = 'samples/letter.fa.md';
/** Some words of it. */
const WORDS = 'اینترنت خاموش است';
const at = (name) => join(WORK, name);
const call = (program, ...words) => execFileSync(program, words, { stdio: ['ignore', 'pipe', 'inherit'] }).toString();
const ffmpeg = (...words) => call('ffmpeg', '-v', 'error', '-y', ...words);

/** What a hand-held phone does to a show. */
const HARM = ['tilt=8', 'turn=4', 'defocus=0.8', 'noise=4', 'shutter=12', 'drift=8', 'moire=10'];

function prepare() {
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
    call(FILM, LETTER, at('show.y4m'), 'version=20', 'rounds=3', ...HARM);
    call(FILM, LETTER, at('forged.y4m'), 'version=14', 'rounds=2', 'forged=2', ...HARM);
    call(FILM, LETTER, at('part.y4m'), 'version=8', 'rounds=1', 'pictures=20', ...HARM);
    ffmpeg('-i', at('show.y4m'), '-c:v', 'mjpeg', '-q:v', '3', at('show.mjpeg'));
    ffmpeg('-i', at('show.y4m'), '-c:v', 'libx264', '-crf', '26', '-pix_fmt', 'yuv420p', at('show.mp4'));
    ffmpeg('-i', at('show.y4m'), '-c:v', 'libvpx', '-b:v', '4M', at('show.webm'));
    ffmpeg('-i', at('part.y4m'), '-c:v', 'libvpx', '-b:v', '3M', at('part.webm'));
    ffmpeg('-i', at('part.y4m'), '-vf', 'select=not(mod(n\\,6))', '-vsync', '0', at('part-%d.png'));
    ffmpeg('-i', at('forged.y4m'), '-c:v', 'libx264', '-crf', '26', '-pix_fmt', 'yuv420p', at('forged.mp4'));
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
}

/** One of many letters with a false signature, in armor. */
function junk(envelope, number) {
    const other = Buffer.from(envelope);
    other.writeUInt32BE(number, 4);
    const object = createHash('sha256').update(other).digest('hex').slice(0, 16);
    return `-----BEGIN SHABNAMEH ENVELOPE-----\nObject: ${object}\n\n${other.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END SHABNAMEH ENVELOPE-----`;
}

const photos = () => readdirSync(WORK).filter((name) => /^leaflet-\d+\.jpg$/.test(name)).sort().map(at);

const scenarios = {
    async 'photos of the leaflet, through the file chooser'() {
        const phone = await Phone.open();
        await phone.choose(...photos());
        const { answer, text } = await phone.letter();
        assert.equal(answer, 'unknown');
        assert(text.includes(WORDS));
        // With a keyboard, which a question once kept from being used.
        const { keyboard } = phone.page;
        await phone.page.focus('#letterView .seal button');
        await keyboard.press('Enter');
        await keyboard.type('Minaa');
        await keyboard.press('Backspace');
        await keyboard.press('Tab');
        await keyboard.press('Enter');
        await phone.page.waitForSelector('[data-answer=trusted]');
        assert((await phone.text('.seal')).includes('\u2068Mina\u2069'));
        assert.equal(await phone.page.evaluate(() => document.activeElement.className), 'card seal trusted');
        await phone.close();
    },
    async 'what is seen in a photo and not read is outlined, and told why'() {
        // Of six codes two are left, which are too few. The others' finder patterns are to be seen, and what is between them is covered.
        const { codes } = JSON.parse(call(SHABNAMEH, 'inspect', '--json', at('leaflet-2.jpg')));
        const middles = codes.slice(2).map(({ corners }) => [0, 1].map((axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / 4));
        const cover = ([x, y]) => `drawbox=x=${Math.round(x) - 130}:y=${Math.round(y) - 130}:w=260:h=260:color=gray:t=fill`;
        ffmpeg('-i', at('leaflet-2.jpg'), '-vf', middles.map(cover).join(','), '-q:v', '4', '-bitexact', at('covered.jpg'));
        // Once more as a camera that was turned lays it, and says so.
        ffmpeg('-i', at('covered.jpg'), '-vf', 'transpose=2', '-q:v', '4', '-bitexact', at('turned.jpg'));
        const turned = readFileSync(at('turned.jpg'));
        // Exif with nothing but orientation 6: it is to be turned clockwise.
        const exif = Buffer.from('ffe10022457869660000' + '4d4d002a00000008' + '0001' + '01120003000000010006' + '0000' + '00000000', 'hex');
        writeFileSync(at('turned.jpg'), Buffer.concat([turned.subarray(0, 2), exif, turned.subarray(2)]));
        const phone = await Phone.open();
        for (const name of ['covered', 'turned']) {
            await phone.choose(at(`${name}.jpg`));
            await phone.page.waitForSelector(`#outlines figcaption:has-text("${name}")`);
            assert.match(await phone.text('#outlines li'), /^۱، ۲، ۳، ۴: تار، پوشیده یا ساییده است/);
            const [places, isUpright] = await phone.page.evaluate(() => {
                const { width, height } = document.querySelector('#outlines canvas');
                const numbers = [...document.querySelectorAll('#outlines b')];
                return [numbers.map(({ style }) => [(parseFloat(style.left) / 100) * 1800, (parseFloat(style.top) / 100) * 2547]), height > width];
            });
            const isThere = ([x, y]) => places.some((place) => Math.hypot(place[0] - x, place[1] - y) < 30);
            assert(isUpright && places.length === 4 && middles.every(isThere), JSON.stringify([places, middles]));
            assert.equal(await phone.page.locator('#outlines polygon.read').count(), 2);
        }
        await phone.page.click('#language');
        assert.match(await phone.text('#outlines figcaption'), /2 codes read, 4 seen and not read/);
        // When the letter is there nothing has to be photographed again.
        await phone.choose(...photos());
        await phone.letter();
        await phone.view('receive');
        await phone.page.waitForSelector('#stopFiles', { state: 'hidden' });
        assert.equal(await phone.page.locator('#outlines figure').count(), 0);
        await phone.close();
    },
    async 'a recorded film'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.choose(at('show.mp4'));
        const { answer, text } = await phone.letter();
        assert.equal(answer, 'unsigned');
        assert(text.includes(WORDS) && text.includes('Not signed'));
        await phone.close();
    },
    async 'the live camera, and a lens to choose'() {
        const phone = await Phone.open({ camera: at('show.mjpeg') });
        await phone.page.click('#camera');
        const { text } = await phone.letter();
        assert(text.includes(WORDS));
        // The camera is let go of once the letter is there.
        assert.equal(await phone.page.evaluate(() => document.getElementById('view').srcObject), null);
        await phone.close();
    },
    async 'a refused camera leads to photos at once'() {
        const phone = await Phone.open({ camera: 'refused', language: 'en' });
        await phone.page.click('#camera');
        await phone.page.waitForFunction(() => document.getElementById('cameraAbout').textContent !== '', null, { timeout: 5_000 });
        assert.match(await phone.text('#cameraAbout'), /refused[^]*choose them here/);
        assert.equal(await phone.page.evaluate(() => document.activeElement.id), 'choose');
        await phone.choose(...photos());
        await phone.letter();
        await phone.close();
    },
    async 'a browser that gives a page from a file no camera'() {
        const opened = await Phone.open({ language: 'en' });
        await opened.context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'mediaDevices', { get: () => undefined }));
        await opened.reload();
        assert(await opened.page.isHidden('#camera'));
        assert.match(await opened.text('#cameraAbout'), /live camera is not to be had here[^]*choose it here/);
        await opened.close();
    },
    async 'forged codes among them are thrown out and told'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.choose(at('forged.mp4'));
        const { answer, text } = await phone.letter();
        assert.equal(answer, 'unsigned');
        assert(text.includes(WORDS));
        assert.match(text, /forged codes? of this letter (was|were) thrown out/);
        await phone.close();
    },
    async 'what came survives closing the page, and panic erases it'() {
        const phone = await Phone.open({ language: 'en' });
        // Pictures, of which each gives the same codes every time; of a film a busy machine sees more the second time.
        const part = ['part-1.png', 'part-2.png'].map(at);
        await phone.choose(...part);
        await phone.page.waitForSelector('#lines li:nth-child(2)');
        const progress = await phone.text('#comingList');
        assert.match(progress, /\d+ more codes? needed/);
        await phone.reload();
        assert.equal(await phone.text('#comingList'), progress);
        await phone.choose(...part);
        await phone.page.waitForSelector('#lines li.plain:nth-child(2)');
        assert.match(await phone.text('#lines'), /no new code/);
        assert.equal(await phone.text('#comingList'), progress);
        await phone.choose(at('show.mp4'));
        await phone.letter();
        await phone.reload();
        assert((await phone.letter()).text.includes(WORDS));
        await phone.view('receive');
        assert.match(await phone.text('#letterList'), /تاریکی/);
        await phone.erase();
        assert(!(await phone.text('body')).match(/[\u0600-\u06ff]|Shabnameh/));
        await phone.page.waitForFunction(async () => (await indexedDB.databases()).length === 0 && localStorage.length === 0);
        await phone.reload();
        await phone.page.waitForSelector('#none:not([hidden])');
        await phone.close();
    },
    async 'passing on: a second page reads what the first shows'() {
        const phone = await Phone.open({ width: 720, height: 900 });
        await phone.choose(...photos());
        await phone.letter();
        await phone.page.click('#letterBar button.main');
        await phone.page.waitForSelector('#board canvas');
        await phone.page.waitForFunction(() => document.querySelector('#board canvas').width < 200);
        // The other phone's camera: what the screen shows, picture by picture, and none twice in the same moment.
        const pictures = [];
        for (let i = 0; i < 25; i++) {
            pictures.push(at(`shown-${i}.png`));
            await phone.page.locator('#board').screenshot({ path: pictures[i] });
            await phone.page.waitForTimeout(90);
        }
        const other = await Phone.open();
        await other.choose(...pictures);
        const { answer, text } = await other.letter();
        assert.equal(answer, 'unknown');
        assert(text.includes(WORDS));
        await other.close();
        // Four at once, by hand: each step shows the next ones, and nothing else does.
        await phone.page.fill('#pace', '5');
        await phone.page.waitForFunction(() => document.querySelectorAll('#board canvas').length === 4 && document.querySelector('#board canvas').width < 200);
        await phone.page.click('#pause');
        await phone.page.waitForTimeout(300);
        const board = () => phone.page.evaluate(() => [...document.querySelectorAll('#board canvas')].map((canvas) => canvas.toDataURL()).join());
        const before = await board();
        await phone.page.waitForTimeout(500);
        assert((await board()) === before, 'it moves');
        await phone.page.click('#next');
        await phone.page.waitForFunction((before) => [...document.querySelectorAll('#board canvas')].map((canvas) => canvas.toDataURL()).join() !== before, before);
        await phone.close();
    },
    async 'who wants nothing to move by itself begins the show'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.page.emulateMedia({ reducedMotion: 'reduce' });
        await phone.choose(...photos());
        await phone.letter();
        await phone.page.click('#letterBar button.main');
        await phone.page.waitForFunction(() => document.querySelector('#board canvas')?.width < 200);
        assert.match(await phone.text('#paceNow'), /flicker/);
        const board = () => phone.page.evaluate(() => document.querySelector('#board canvas').toDataURL());
        const before = await board();
        await phone.page.waitForTimeout(600);
        assert((await board()) === before, 'it moves');
        await phone.page.click('#pause');
        await phone.page.waitForFunction((before) => document.querySelector('#board canvas').toDataURL() !== before, before);
        await phone.close();
    },
    async 'the page gives itself on, byte for byte, and with a letter inside'() {
        const phone = await Phone.open({ language: 'en' });
        const saved = async (selector) => {
            const [download] = await Promise.all([phone.page.waitForEvent('download'), phone.page.click(selector)]);
            return readFileSync(await download.path(), 'utf8');
        };
        assert((await saved('#give')) === readFileSync(PAGE, 'utf8'), 'another page is given');
        // What a browser's extensions write into pages tells of the giver, and stays here.
        await phone.context.addInitScript(() => {
            new MutationObserver((_, observer) => {
                if (document.body) {
                    observer.disconnect();
                    document.documentElement.setAttribute('data-extension', 'of Mina');
                    document.head.prepend(Object.assign(document.createElement('meta'), { name: 'extension' }));
                    document.body.prepend(document.createElement('aside'));
                }
            }).observe(document, { childList: true, subtree: true });
        });
        await phone.reload();
        assert.equal(await phone.page.getAttribute('html', 'data-extension'), 'of Mina');
        assert((await saved('#give')) === readFileSync(PAGE, 'utf8'), 'another page is given');
        await phone.choose(...photos());
        await phone.letter();
        await phone.page.click('#letterBar button.main');
        await phone.page.waitForSelector('#board canvas');
        const withLetter = await saved('#savePage');
        writeFileSync(at('given.html'), withLetter);
        await phone.close();
        const other = await Phone.open({ page: at('given.html') });
        await other.page.waitForSelector('#board canvas');
        // The browser's history says nothing of which letter it was.
        assert.match(other.page.url(), /given\.html#show$/);
        await other.page.click('#showBack');
        assert((await other.letter()).text.includes(WORDS));
        // What it gives on has the letter in it no more.
        await other.view('receive');
        const [download] = await Promise.all([other.page.waitForEvent('download'), other.page.click('#give')]);
        assert(readFileSync(await download.path()).equals(readFileSync(PAGE)), 'another page is given');
        await other.close();
    },
    async 'a letter is the same whether the page or the program makes it'() {
        call(SHABNAMEH, 'kit', LETTER, '--out', at('kit'), '--force');
        assert(readFileSync(join(at('kit'), 'reader.html')).equals(readFileSync(PAGE)), 'the kit has another page');
        const phone = await Phone.open({ language: 'en' });
        await phone.view('write');
        await phone.page.setInputFiles('#attachFile', LETTER);
        await phone.page.click('#seal');
        await phone.page.waitForSelector('#show:not([hidden]) #board canvas', { timeout: 60_000 });
        const [download] = await Promise.all([phone.page.waitForEvent('download'), phone.page.click('#savePage')]);
        // Told in a word: it is a page of a megabyte.
        assert(readFileSync(await download.path()).equals(readFileSync(join(at('kit'), 'screen.html'))), 'the page and the program save different pages');
        await phone.close();
        // And the animation is read as photos are.
        const other = await Phone.open({ language: 'en', page: join(at('kit'), 'reader.html') });
        ffmpeg('-i', join(at('kit'), 'screen.gif'), at('gif-%d.png'));
        await other.choose(...readdirSync(WORK).filter((name) => /^gif-/.test(name)).map(at));
        assert((await other.letter()).text.includes(WORDS));
        await other.close();
    },
    async 'write, sign, show, read, trust'() {
        const passphrase = 'هفت واژه که کسی نمی‌داند';
        const phone = await Phone.open({ width: 720, height: 900 });
        await phone.view('keys');
        await phone.page.click('#myKey form .quiet');
        await phone.page.waitForFunction(() => document.getElementById('newKey').value.split(' ').length === 7);
        await phone.page.fill('#newKey', passphrase);
        await phone.page.click('#myKey [type=submit]');
        await phone.page.waitForSelector('#myKey canvas', { timeout: 60_000 });
        const key = await phone.text('#myKey code');
        assert.match(key, /^RW/);
        await phone.page.waitForFunction(() => document.querySelector('#myKey canvas').width < 200);
        await phone.page.evaluate(() => document.querySelector('#myKey canvas').scrollIntoView({ block: 'center' }));
        await phone.page.locator('#myKey canvas').screenshot({ path: at('key.png') });
        await phone.view('write');
        await phone.page.fill('#title', 'از کوچه');
        await phone.page.fill('#text', 'سلام.\n\nامشب ساعت ۹، **همان جا**.');
        await phone.page.check('#sign');
        await phone.page.fill('#keyPassphrase', 'غلط');
        await phone.page.click('#seal');
        await phone.page.waitForSelector('#writeState.bad', { timeout: 60_000 });
        await phone.page.fill('#keyPassphrase', passphrase);
        await phone.page.click('#seal');
        await phone.page.waitForSelector('#show:not([hidden]) #board canvas', { timeout: 60_000 });
        await phone.page.waitForFunction(() => document.querySelector('#board canvas').width < 200);
        await phone.page.locator('#board').screenshot({ path: at('own.png') });
        await phone.close();

        const other = await Phone.open();
        await other.choose(at('own.png'));
        const { answer, text } = await other.letter();
        assert.equal(answer, 'unknown');
        assert(text.includes('امشب ساعت ۹'));
        await other.view('receive');
        // The key itself, from the writer's screen.
        await other.choose(at('key.png'));
        await other.page.click('#lines button');
        await other.page.waitForSelector('#offerName');
        await other.page.fill('#offerName', 'مینا');
        await other.page.click('#offer [type=submit]');
        await other.page.waitForSelector('#offer', { state: 'hidden' });
        await other.page.click('#letterList .letter');
        await other.page.waitForSelector('[data-answer=trusted]');
        assert((await other.text('.seal')).includes('مینا'));
        await other.close();
    },
    async 'encrypted for a passphrase, and for an address'() {
        const phone = await Phone.open({ language: 'en' });
        const passphrase = 'correct horse battery';
        await phone.view('keys');
        await phone.page.fill('#newAddress', passphrase);
        await phone.page.click('#myAddress [type=submit]');
        await phone.page.waitForSelector('#myAddress code', { timeout: 60_000 });
        const address = await phone.text('#myAddress code');
        assert.match(address, /^age1/);
        for (const [how, field, value, opens] of [
            ['encryptPassphrase', '#letterPassphrase', passphrase, '#openPassphrase'],
            ['encryptRecipients', '#recipients', address, '#openIdentity'],
        ]) {
            await phone.view('write');
            await phone.page.fill('#text', `for few: ${how}`);
            await phone.page.selectOption('#for', how);
            await phone.page.fill(field, value);
            await phone.page.click('#seal');
            await phone.page.waitForSelector('#show:not([hidden]) #board canvas', { timeout: 60_000 });
            await phone.page.click('#showBack');
            await phone.page.waitForSelector(opens);
            await phone.page.fill(opens, 'wrong passphrase');
            await phone.page.click('#letterView [type=submit]');
            await phone.page.waitForSelector('#letterView [role=alert]', { timeout: 60_000 });
            await phone.page.fill(opens, passphrase);
            await phone.page.click('#letterView [type=submit]');
            assert((await phone.letter()).text.includes(how));
        }
        await phone.close();
    },
    async 'what cannot be closed is not shown'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.view('write');
        await phone.page.fill('#text', 'a secret');
        for (const [how, field, value, says] of [
            ['encryptPassphrase', '#letterPassphrase', '', /too short/],
            ['encryptPassphrase', '#letterPassphrase', '                  ', /too short/],
            ['encryptRecipients', '#recipients', '', /address is not right/],
            ['encryptRecipients', '#recipients', 'age1nobody', /address is not right/],
        ]) {
            await phone.page.selectOption('#for', how);
            await phone.page.fill(field, value);
            await phone.page.click('#seal');
            await phone.page.waitForSelector('#writeState.bad');
            assert.match(await phone.text('#writeState'), says);
            assert(await phone.page.isHidden('#show'));
        }
        // And is not kept as a draft.
        assert.equal(await phone.page.evaluate(() => localStorage.getItem('shabnameh.draft')), null);
        await phone.close();
    },
    async 'nobody is asked about a key unasked, and keys have to be named'() {
        const phone = await Phone.open({ language: 'en' });
        // Or whoever is typing something would type it into the question.
        await phone.choose(`${at('key')}.pub`);
        await phone.page.waitForSelector('#lines button');
        assert(await phone.page.isHidden('#offer'));
        await phone.page.click('#lines button');
        await phone.page.click('#offer [type=submit]');
        await phone.page.waitForSelector('#offer .bad:not(:empty)');
        await phone.page.fill('#offerName', 'first');
        await phone.page.click('#offer [type=submit]');
        await phone.page.waitForSelector('#offer', { state: 'hidden' });
        // Of one that is trusted it is said whose it is.
        await phone.choose(`${at('key')}.pub`);
        await phone.page.waitForFunction(() => document.getElementById('lines').innerText.includes('first'));
        // Who pastes one wants to be asked.
        await phone.page.click('#paste');
        await phone.page.fill('#pasteText', 'RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3');
        await phone.page.click('#pasteRead');
        await phone.page.waitForSelector('#offerName');
        await phone.page.press('#offerName', 'Escape');
        await phone.page.waitForSelector('#offer', { state: 'hidden' });
        assert.equal(await phone.page.evaluate(() => localStorage.getItem('shabnameh.trust').trim().split('\n').length), 1);
        await phone.close();
    },
    async 'erasing is no stray touch: twice, or held, and still within two seconds'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.choose(...photos());
        await phone.letter();
        await phone.page.click('#panic');
        assert.match(await phone.text('#erasing'), /once more[^]*letters, keys/);
        // What it says stands above the thumb.
        const [about, button] = await phone.page.evaluate(() => ['erasing', 'panic'].map((id) => document.getElementById(id).getBoundingClientRect().toJSON()));
        assert(about.bottom <= button.top + 1);
        await phone.page.waitForTimeout(6_500);
        // A finger that trembles is one touch.
        await phone.page.evaluate(() => [1, 2, 3].forEach(() => document.getElementById('panic').click()));
        await phone.page.waitForTimeout(6_500);
        assert(await phone.page.isHidden('#erasing'));
        assert.equal(await phone.page.locator('table').count(), 0);
        const begun = Date.now();
        await phone.page.hover('#panic');
        await phone.page.mouse.down();
        await phone.page.waitForTimeout(400);
        assert.match(await phone.text('#erasing'), /Keep holding/);
        await phone.page.waitForSelector('table');
        assert(Date.now() - begun < 2_000);
        await phone.page.mouse.up();
        await phone.reload();
        await phone.page.waitForSelector('#none:not([hidden])');
        await phone.close();
    },
    async 'with a keyboard erasing takes two touches too'() {
        const phone = await Phone.open();
        await phone.page.focus('#panic');
        await phone.page.keyboard.press('Enter');
        await phone.page.waitForTimeout(500);
        await phone.page.keyboard.press('Enter');
        await phone.page.waitForSelector('table');
        await phone.close();
    },
    async 'moving pictures are read picture by picture, by the browser or by the page'() {
        call(SHABNAMEH, 'kit', LETTER, '--out', at('kit'), '--force');
        const gif = join(at('kit'), 'screen.gif');
        ffmpeg('-i', gif, '-loop', '0', '-lossless', '1', '-f', 'webp', at('moving.webp'));
        ffmpeg('-i', gif, '-plays', '0', '-f', 'apng', at('moving.png'));
        for (const moving of [gif, at('moving.webp'), at('moving.png')]) {
            const phone = await Phone.open({ language: 'en' });
            await phone.choose(moving);
            assert((await phone.letter()).text.includes(WORDS), moving);
            await phone.close();
        }
        const old = await Phone.open({ language: 'en', aged: true });
        await old.choose(at('moving.webp'));
        await old.page.waitForFunction(() => /only the first picture/.test(document.getElementById('lines').innerText));
        await old.choose(gif);
        assert((await old.letter()).text.includes(WORDS));
        await old.view('receive');
        writeFileSync(at('broken.gif'), readFileSync(gif).subarray(0, 300));
        await old.choose(at('broken.gif'));
        await old.page.waitForSelector('#lines li.bad');
        await old.close();
    },
    async 'a word is found in a letter, whatever keyboard it was typed on'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.choose(...photos());
        await phone.letter();
        await phone.page.click('#letterBar [aria-expanded]');
        // The letters of an Arabic keyboard.
        await phone.page.fill('#find', 'تاريكي');
        await phone.page.waitForSelector('mark.now');
        assert.match(await phone.text('.find .count'), /^1 \/ [1-9]/);
        assert((await phone.text('mark.now')).includes('تاریکی'));
        await phone.page.fill('#find', 'ها');
        // Joiners are nothing.
        await phone.page.waitForFunction(() => /^1 \/ \d\d$/.test(document.querySelector('.find .count').textContent));
        const told = await phone.text('.find .count');
        assert.match(told, /^1 \/ [1-9]/);
        const inSight = () => phone.page.evaluate(() => document.querySelector('mark.now').getBoundingClientRect()).then(({ top, bottom }) => top > 0 && bottom < 740);
        assert(await inSight());
        await phone.page.press('#find', 'Enter');
        assert.notEqual(await phone.text('.find .count'), told);
        await phone.page.fill('#find', 'xyzzy');
        await phone.page.waitForFunction(() => document.querySelector('.find .count').textContent === 'not found');
        const text = await phone.page.evaluate(() => document.querySelector('article').innerHTML);
        assert(!text.includes('<mark'));
        await phone.close();
    },
    async 'what is printed brings the letter back'() {
        const phone = await Phone.open({ language: 'en' });
        // Not `printed`: that is the element of this id.
        await phone.page.evaluate(() => (globalThis.print = () => (globalThis.isPrinting = true)));
        await phone.choose(...photos());
        await phone.letter();
        await phone.page.click('#letterView .tools button:has-text("Print")');
        await phone.page.waitForFunction(() => globalThis.isPrinting);
        await phone.page.pdf({ path: at('printed.pdf'), format: 'A4', margin: { top: '10mm', bottom: '10mm', left: '10mm', right: '10mm' } });
        rmSync(at('from-print'), { recursive: true, force: true });
        mkdirSync(at('from-print'));
        call(SHABNAMEH, 'decode', at('printed.pdf'), '--out', at('from-print'));
        assert.equal(readFileSync(join(at('from-print'), 'letter.fa.md'), 'utf8'), readFileSync(LETTER, 'utf8'));
        // Nothing of it is left behind on the screen.
        assert(await phone.page.isHidden('#printed'));
        await phone.close();
    },
    async 'a fingerprint is always a block of two rows of three groups'() {
        const phone = await Phone.open();
        await phone.choose(...photos());
        await phone.letter();
        const places = await phone.page.evaluate(() => [...document.querySelectorAll('.seal .fingerprint > span')].map((group) => group.getBoundingClientRect().toJSON()));
        assert.equal(places.length, 6);
        const [one, two, three, four] = places;
        assert(one.top === two.top && two.top === three.top && four.top > one.top && four.left === one.left);
        assert(one.left < two.left && two.left < three.left, 'from left to right in Persian too');
        await phone.close();
    },
    async 'one\'s own letters say so, and are passed on from the list'() {
        const phone = await Phone.open({ language: 'en' });
        const passphrase = 'seven words that nobody guesses';
        await phone.view('keys');
        await phone.page.fill('#newKey', passphrase);
        await phone.page.click('#myKey [type=submit]');
        await phone.page.waitForSelector('#myKey code', { timeout: 60_000 });
        await phone.view('write');
        await phone.page.fill('#text', 'to all of you');
        await phone.page.check('#sign');
        await phone.page.fill('#keyPassphrase', passphrase);
        await phone.page.click('#seal');
        await phone.page.waitForSelector('#board canvas', { timeout: 60_000 });
        await phone.page.click('#showBack');
        await phone.page.waitForSelector('[data-answer=own]');
        assert.match(await phone.text('.seal'), /Your own signature/);
        await phone.view('receive');
        await phone.page.waitForFunction(() => /Your own signature/.test(document.getElementById('letterList').innerText));
        await phone.page.click('#letterList .entry button:has-text("Pass on")');
        await phone.page.waitForSelector('#show:not([hidden]) #board canvas');
        await phone.close();
    },
    async 'the list of trusted keys goes to another phone, as a file and as a code'() {
        const phone = await Phone.open({ language: 'en', width: 720, height: 900 });
        await phone.choose(...photos());
        await phone.letter();
        await phone.trust('Mina');
        await phone.view('keys');
        const [download] = await Promise.all([phone.page.waitForEvent('download'), phone.page.click('#trustedTools button:has-text("Save the list")')]);
        await download.saveAs(at('keys.txt'));
        assert.match(readFileSync(at('keys.txt'), 'utf8'), /^# shabnameh keys\nRW\S+ Mina\n$/);
        await phone.page.click('#trustedTools button:has-text("as a code")');
        await phone.page.waitForFunction(() => document.querySelector('#trustedTools canvas')?.width < 200);
        await phone.shoot('#trustedTools canvas', at('keys.png'));
        await phone.close();
        const other = await Phone.open({ language: 'en' });
        await other.choose(at('keys.png'));
        // Nobody is asked unasked.
        await other.page.click('#lines button:has-text("Look at them")');
        assert.match(await other.text('#offer'), /Mina/);
        await other.page.click('#offer button:has-text("Cancel")');
        await other.view('keys');
        await other.page.setInputFiles('#listFile', at('keys.txt'));
        await other.page.click('#offer [type=submit]');
        await other.page.waitForFunction(() => /Mina/.test(document.getElementById('trusted').innerText));
        await other.page.setInputFiles('#listFile', at('words.txt'));
        await other.page.waitForFunction(() => document.getElementById('listState').textContent !== '');
        await other.close();
    },
    async 'the show offers what another phone can read of this screen, and tells what it measures'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.choose(...photos());
        await phone.letter();
        await phone.page.click('#letterBar button.main');
        await phone.page.waitForFunction(() => document.querySelector('#board canvas')?.width < 200);
        const pixels = () => phone.page.evaluate(() => Math.min(...[...document.querySelectorAll('#board canvas')].map((code) => (code.getBoundingClientRect().width * devicePixelRatio) / code.width)));
        for (let at = 0; at <= Number(await phone.page.getAttribute('#pace', 'max')); at++) {
            await phone.page.fill('#pace', String(at));
            await phone.page.waitForTimeout(200);
            assert((await pixels()) >= 2.99, `pace ${at}: ${await pixels()} pixels a module`);
        }
        await phone.page.click('#slow');
        await phone.page.waitForTimeout(300);
        const codes = await phone.page.locator('#board canvas').count();
        assert.equal(codes, 1);
        await phone.page.click('#fast');
        await phone.page.waitForFunction(() => document.querySelectorAll('#board canvas').length > 1);
        assert.equal(await phone.page.inputValue('#pace'), await phone.page.getAttribute('#pace', 'max'));
        assert.match(await phone.text('#paceNow'), /will do: about \d+ second/);
        // The whole screen, by a touch on the codes, and back.
        await phone.page.click('#board');
        await phone.page.waitForFunction(() => document.body.classList.contains('full'));
        const board = await phone.page.locator('#board').boundingBox();
        assert(board.width >= 359 && board.height >= 739);
        await phone.page.keyboard.press('Escape');
        await phone.page.waitForFunction(() => !document.body.classList.contains('full'));
        await phone.close();
    },
    async 'no text of the page stands in the other language'() {
        const texts = {};
        for (const language of ['fa', 'en']) {
            const phone = await Phone.open({ language });
            texts[language] = await phone.page.evaluate(() => document.querySelector('main').textContent + document.querySelector('nav').textContent);
            await phone.close();
        }
        assert.doesNotMatch(texts.en, /[\u0600-\u06ff]/);
        const latin = texts.fa.match(/[A-Za-z][A-Za-z0-9._-]*/g).filter((word) => !/^(age1|RW|BEGIN|END|SHAB|SHA-256|English|Word|PDF|reader.html|shabnameh|reader|check)$/.test(word));
        assert.deepEqual(latin, []);
    },
    async 'a phone that plays nothing by itself is asked to by a touch'() {
        const opened = await Phone.open({ language: 'en' });
        await opened.context.addInitScript(() => {
            // As an iPhone that saves its battery: until a touch has begun it.
            const { play } = HTMLMediaElement.prototype;
            let touched = false;
            HTMLMediaElement.prototype.play = function () {
                touched ||= event?.type === 'click';
                return touched ? play.call(this) : Promise.reject(new DOMException('no', 'NotAllowedError'));
            };
        });
        await opened.reload();
        await opened.choose(at('show.mp4'));
        await opened.page.waitForSelector('#playFilm:not([hidden])');
        assert.match(await opened.text('#status'), /touch “Play the film”/);
        await opened.page.click('#playFilm');
        assert((await opened.letter()).text.includes(WORDS));
        await opened.close();
    },
    async 'engines that break are replaced, and what they broke with is told'() {
        const opened = await Phone.open({ language: 'en' });
        await opened.context.addInitScript(() => {
            // The first pictures break their engine, and once the one that knows the letters breaks.
            let [scans, codes] = [0, 0];
            const { postMessage } = Worker.prototype;
            Worker.prototype.postMessage = function (message, handed) {
                const breaks = (['photo', 'film'].includes(message.call) && scans++ < 4) || (message.call === 'codes' && message.args[0].length > 0 && codes++ === 1);
                breaks ? this.dispatchEvent(new ErrorEvent('error', { message: 'broke' })) : postMessage.call(this, message, handed);
            };
        });
        await opened.reload();
        await opened.choose(at('part-1.png'));
        await opened.page.waitForSelector('#lines li.bad');
        assert.match(await opened.text('#lines'), /memory is too short/);
        await opened.choose(at('show.mp4'));
        assert((await opened.letter()).text.includes(WORDS));
        await opened.close();
    },
    async 'what others wrote into its storage does not stop it'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.choose(...photos());
        await phone.letter();
        await phone.page.evaluate(async () => {
            const request = indexedDB.open('shabnameh');
            await new Promise((gives) => (request.onsuccess = gives));
            const writing = request.result.transaction(['letters', 'codes'], 'readwrite');
            for (const row of [null, 1, {}, { letter: 1, text: null }, { letter: 'x', text: 'SHAB nothing' }]) {
                writing.objectStore('codes').add(row);
                writing.objectStore('letters').put(row, `x${JSON.stringify(row)}`);
            }
            writing.objectStore('letters').put({ order: 'first', envelope: new Uint8Array(50) }, 'damaged');
            await new Promise((gives) => (writing.oncomplete = gives));
            request.result.close();
        });
        // Now and then Chromium loses what is written just before.
        for (let times = 0, kept = null; kept === null; times++) {
            assert(times < 5);
            await phone.page.evaluate(() => localStorage.setItem('shabnameh.trust', 'x'));
            await phone.reload();
            kept = await phone.page.evaluate(() => localStorage.getItem('shabnameh.trust'));
        }
        assert.equal((await phone.letter()).answer, 'unknown');
        await phone.view('receive');
        assert.equal(await phone.page.locator('#letterList .letter').count(), 1);
        await phone.view('keys');
        assert.match(await phone.text('#trusted'), /damaged/);
        await phone.twice('#trusted button');
        await phone.page.waitForFunction(() => document.getElementById('trusted').innerText.includes('None yet'));
        // No address of the page leads nowhere.
        await phone.page.evaluate(() => (location.hash = '#__proto__'));
        await phone.page.waitForSelector('#receive:not([hidden])');
        await phone.close();
    },
    async 'a question about a key ends with what it was about'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.choose(...photos());
        await phone.letter();
        await phone.page.click('#letterView .seal button');
        await phone.page.waitForSelector('#offerName');
        await phone.view('write');
        assert(await phone.page.isHidden('#offer'));
        await phone.close();
    },
    async 'sealing takes nobody away, and erases nothing that was written since'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.view('write');
        await phone.page.selectOption('#for', 'encryptPassphrase');
        await phone.page.fill('#letterPassphrase', 'correct horse battery');
        await phone.page.fill('#text', 'the first');
        await phone.page.click('#seal');
        await phone.page.fill('#text', 'the second');
        await phone.view('receive');
        await phone.page.waitForSelector('#letterList .letter', { timeout: 60_000 });
        await phone.page.waitForTimeout(300);
        assert(await phone.page.isHidden('#show'));
        assert.equal(await phone.page.inputValue('#text'), 'the second');
        await phone.close();
    },
    async 'panic is on the screen however large the type'() {
        for (const language of ['fa', 'en']) {
            const phone = await Phone.open({ language, width: 320, height: 568 });
            for (const scale of [1.3, 1.5, 2]) {
                await phone.page.evaluate((scale) => (document.documentElement.style.fontSize = `${17 * scale}px`), scale);
                const box = await phone.page.locator('#panic').boundingBox();
                const fits = box.x >= 0 && box.x + box.width <= 320 && box.y + box.height <= 568 && box.height >= 44;
                assert(fits, `${language} ${scale}: ${JSON.stringify(box)}`);
            }
            await phone.close();
        }
    },
    async 'a flood of letters that never come is erased at once'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.choose(...Array.from({ length: 7 }, (_, i) => at(`flood-${i}.png`)));
        await phone.page.waitForSelector('#flood:has-text("2 more letters")');
        // A button that was touched once stays what it is while codes come.
        const erase = phone.page.locator('#comingList .danger').first();
        await erase.click();
        await phone.choose(at('part-1.png'), at('part-2.png'));
        await phone.page.waitForFunction(() => document.getElementById('flood').innerText.includes('3 more letters'));
        assert.equal(await phone.page.locator('#comingList .danger', { hasText: 'Touch again' }).count(), 1);
        await phone.twice('#forgetComing button');
        await phone.page.waitForSelector('#coming', { state: 'hidden' });
        await phone.reload();
        assert(await phone.page.isHidden('#coming'));
        await phone.choose(...photos());
        await phone.letter();
        await phone.close();
    },
    async 'where junk fills the phone, one touch makes room'() {
        const phone = await Phone.open({ language: 'en' });
        const vector = JSON.parse(readFileSync('tests/vectors.json', 'utf8')).find(({ outcome }) => outcome === 'SignatureFalse');
        await phone.choose(...photos());
        await phone.letter();
        await phone.trust('Mina');
        await phone.view('receive');
        // With it two hundred letters, which fill the list; what comes then waits.
        const envelope = Buffer.from(vector.hex, 'hex');
        writeFileSync(at('junk.txt'), Array.from({ length: 199 }, (_, number) => junk(envelope, number)).join('\n'));
        await phone.choose(at('junk.txt'));
        await phone.page.waitForFunction(() => document.querySelectorAll('#letterList .letter').length === 200, null, { timeout: 60_000 });
        await phone.view('receive');
        await phone.choose(at('show.mp4'));
        await phone.page.waitForSelector('#forgetStrangers:not([hidden])', { timeout: 60_000 });
        await phone.twice('#forgetStrangers button');
        await phone.page.waitForFunction(() => document.querySelectorAll('#letterList .letter').length === 2, null, { timeout: 60_000 });
        assert((await phone.text('#lines')).includes('complete'));
        await phone.view('receive');
        assert((await phone.text('#letterList')).includes('Mina'), 'letters of trusted keys stay');
        await phone.close();
    },
    async 'forged codes by the thousand hold up no letter, and push none out'() {
        const phone = await Phone.open({ language: 'en' });
        writeFileSync(at('first.txt'), 'What was there before the flood');
        call(SHABNAMEH, 'armor', at('first.txt'), '--out', at('first.armor'), '--force');
        await phone.choose(at('first.armor'));
        await phone.letter();
        await phone.view('receive');
        for (const kind of ['rivals', 'strangers']) {
            call(join(dirname(FILM), 'flood'), kind, at(`${kind}.txt`));
            await phone.choose(at(`${kind}.txt`));
        }
        await phone.choose(...photos());
        assert((await phone.letter()).text.includes(WORDS));
        await phone.view('receive');
        const count = () => phone.page.locator('#letterList .letter').count();
        assert.equal(await count(), 2);
        // What was kept is looked at again.
        await phone.reload();
        assert.equal(await count(), 2);
        await phone.close();
    },
    async 'after panic nothing goes on: a film ends, and a camera that starts'() {
        const opened = await Phone.open({ camera: at('show.mjpeg') });
        await opened.context.addInitScript(() => {
            const { getUserMedia } = MediaDevices.prototype;
            MediaDevices.prototype.getUserMedia = async function (wish) {
                globalThis.stream = await getUserMedia.call(this, wish);
                await new Promise((gives) => setTimeout(gives, 500));
                return stream;
            };
        });
        await opened.reload();
        await opened.page.click('#camera');
        await opened.erase();
        await opened.page.waitForFunction(() => globalThis.stream?.getTracks().every((track) => track.readyState === 'ended'));
        await opened.reload();
        await opened.choose(at('show.mp4'), at('part-1.png'));
        await opened.erase();
        await opened.page.waitForTimeout(1_000);
        assert.equal(await opened.page.evaluate(() => localStorage.length), 0);
        await opened.close();
    },
    async 'a letter of bold marks, and one that is large, open at once'() {
        const phone = await Phone.open({ language: 'en' });
        for (const [name, text] of [
            ['bold.md', 'a **b** '.repeat(100_000)],
            ['large.txt', 'x\n\n'.repeat(1_000_000)],
            // Words that take a browser minutes to set.
            ['marks.txt', '\u0640'.repeat(500_000)],
            ['title.md', `# ${'\u0628\u064e'.repeat(200_000)}\n\ntext`],
            ['news.rss', `<rss/>${'x\n\n'.repeat(500_000)}`],
            ['Announcement.svg', '<svg onload="alert(1)"/> words'],
        ]) {
            writeFileSync(at(name), text);
            call(SHABNAMEH, 'armor', at(name), '--out', at(`${name}.txt`), '--force');
            await phone.view('receive');
            await phone.choose(at(`${name}.txt`));
            await phone.letter(20_000);
        }
        // The last is a text, is shown as one, and is one when it is saved: a page that is opened from a file could read what this one keeps.
        const saved = async () => {
            const [download] = await Promise.all([phone.page.waitForEvent('download'), phone.page.click('#letterView .tools button:first-child')]);
            return download.suggestedFilename();
        };
        assert.equal(await saved(), 'Announcement.svg.txt');
        await phone.view('receive');
        await phone.page.click('#letterList .entry:nth-child(2) .letter');
        await phone.letter();
        assert.match(await phone.text('#letterView'), /This letter is a file/);
        assert.equal(await saved(), 'news.rss.txt');
        await phone.close();
    },
    async 'a letter draws over nothing but itself'() {
        const phone = await Phone.open();
        const seals = [];
        for (const marks of ['', '\u0652\u064e\u0670\u0653\u0654'.repeat(9), '\u0650\u0655\u0656'.repeat(12)]) {
            writeFileSync(at('marks.md'), `# ${`ا${marks}`.repeat(20)}\n\n${`ا${marks}`.repeat(20)}`);
            call(SHABNAMEH, 'armor', at('marks.md'), '--out', at('marks.md.txt'), '--force');
            await phone.view('receive');
            await phone.choose(at('marks.md.txt'));
            await phone.letter();
            seals.push([await phone.page.locator('.seal').screenshot(), await phone.page.locator('#letterView .tools').screenshot()]);
        }
        const [plain, ...marked] = seals;
        marked.forEach((pictures) => pictures.forEach((picture, at) => assert(picture.equals(plain[at]))));
        await phone.close();
    },
    async 'what another tab chooses to keep takes nothing from this one'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.choose(...photos());
        await phone.letter();
        const first = phone.page;
        await phone.another();
        const second = phone.page;
        await second.waitForSelector('#letterList .letter');
        await second.evaluate(() => (document.getElementById('keeping').open = true));
        await second.click('#keepingWays [data-keep=locked]');
        await second.fill('#keepingPassphrase', 'seven words that nobody guesses');
        await second.click('#keepingWays [type=submit]');
        await second.waitForSelector('#keepingWays [data-keep=locked][aria-pressed=true]');
        assert.equal(await second.locator('#letterList .letter').count(), 1);
        await first.bringToFront();
        await first.waitForSelector('#apart:not([hidden])');
        await first.waitForSelector('[data-answer=unknown]');
        await first.reload();
        await first.waitForSelector('#unlockPassphrase');
        // What is kept goes only where that is said twice.
        await second.bringToFront();
        await phone.twice('#keepingWays [data-keep=nothing]');
        await second.waitForSelector('#keepingWays [data-keep=nothing][aria-pressed=true]');
        assert.equal(await second.locator('#letterList .letter').count(), 1);
        await phone.reload();
        assert.equal(await second.locator('#letterList .letter').count(), 0);
        await phone.close();
    },
    async 'two pages of one phone agree'() {
        const one = await Phone.open({ language: 'en' });
        await one.choose(...photos());
        await one.letter();
        const first = one.page;
        await one.another();
        const second = one.page;
        // A page in the background is drawn seldom, for which clicks wait.
        const click = (selector) => first.evaluate((selector) => document.querySelector(selector).click(), selector);
        await second.click('#letterList .letter');
        await second.waitForSelector('[data-answer=unknown]');
        // Trusted in the one, trusted in the other, and not any more. A page that nobody sees holds nothing.
        await first.bringToFront();
        await first.waitForSelector('#letterView .seal button');
        await click('#letterView .seal button');
        await first.fill('#offerName', 'Mina');
        await click('#offer [type=submit]');
        await second.bringToFront();
        await second.waitForSelector('[data-answer=trusted]');
        await first.bringToFront();
        await click('nav a[href="#keys"]');
        await one.twice('#trusted button', first);
        await second.bringToFront();
        await second.waitForSelector('[data-answer=unknown]');
        // A key that is made in the one is not lost to one that is being made in the other.
        await second.click('nav a[href="#keys"]');
        await second.fill('#newKey', 'a long passphrase of the second');
        await first.fill('#newKey', 'a long passphrase of the first');
        await Promise.all([second.press('#newKey', 'Enter'), first.press('#newKey', 'Enter')]);
        await first.waitForSelector('#myKey code', { timeout: 60_000 });
        await second.waitForSelector('#myKey code', { timeout: 60_000 });
        await first.waitForTimeout(2_000);
        const kept = JSON.parse(await first.evaluate(() => localStorage.getItem('shabnameh.public'))).key;
        assert.deepEqual([await first.innerText('#myKey code'), await second.innerText('#myKey code')], [kept, kept]);
        assert.equal([await first.isVisible('#keyWarning'), await second.isVisible('#keyWarning')].filter(Boolean).length, 1, 'the other is told');
        await one.twice('#myKey .danger', first);
        await second.waitForSelector('#newKey');
        // A letter that is erased in the one is not to be read in the other.
        await second.click('nav a[href="#receive"]');
        await second.click('#letterList .letter');
        await second.waitForSelector('[data-answer=unknown]');
        await click('nav a[href="#receive"]');
        await one.twice('#letterList .danger', first);
        await second.waitForSelector('#none:not([hidden])');
        assert(!(await second.innerText('body')).includes(WORDS));
        await one.close();
    },
    async 'the other language loses nothing that was typed'() {
        const phone = await Phone.open({ language: 'en' });
        const { page } = phone;
        await phone.view('keys');
        await page.fill('#newKey', 'some words');
        await page.fill('#keyText', 'no key');
        await page.fill('#keyName', 'name');
        await page.press('#keyName', 'Enter');
        await page.waitForFunction(() => document.getElementById('addKeyState').textContent !== '');
        await page.click('#language');
        assert.equal(await page.inputValue('#newKey'), 'some words');
        assert.equal(await page.inputValue('#keyText'), 'no key');
        for (const told of ['#addKeyState', '#myKey label']) {
            assert.match(await phone.text(told), /^[\u0600-\u06ff]/);
        }
        await page.click('#language');
        // The skip link skips, and goes nowhere else.
        await page.focus('.skip');
        await page.keyboard.press('Enter');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
        assert.equal(await page.inputValue('#newKey'), 'some words');
        // A key under way is not begun anew.
        await page.fill('#newKey', 'a passphrase that is long');
        await page.press('#newKey', 'Enter');
        await page.click('#language');
        assert((await page.locator('#myKey code').count()) === 1 || (await page.isDisabled('#myKey [type=submit]')));
        await page.waitForSelector('#myKey code', { timeout: 60_000 });
        await page.click('#language');
        await phone.choose(...photos());
        await page.waitForSelector('#letterList .letter', { state: 'attached', timeout: 60_000 });
        await phone.view('receive');
        await page.click('#letterList .letter');
        await page.click('#letterView .seal button');
        await page.fill('#offerName', 'Mina');
        await page.click('#language');
        assert.equal(await page.inputValue('#offerName'), 'Mina');
        assert.match(await phone.text('#offer p'), /[\u0600-\u06ff]/);
        await phone.close();
    },
    async 'what is dropped and pasted goes where it belongs'() {
        const phone = await Phone.open({ language: 'en' });
        const { page } = phone;
        const drop = (target, what) =>
            page.evaluate(
                ([target, { name, text }]) => {
                    const dataTransfer = new DataTransfer();
                    name ? dataTransfer.items.add(new File([text], name)) : dataTransfer.setData('text/plain', text);
                    const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
                    return document.querySelector(target).dispatchEvent(drop);
                },
                [target, what],
            );
        await phone.view('write');
        assert(await drop('#text', { text: 'some words' }), 'a field takes a text that is dragged into it');
        await drop('#write', { name: 'photo.jpg', text: 'x' });
        assert.match(await phone.text('#attached'), /photo\.jpg/);
        await page.click('#attached button');
        assert(await page.isVisible('#text'));
        await drop('body', { text: 'some words' });
        await page.waitForSelector('#receive:not([hidden]) #lines li.bad');
        await page.click('#paste');
        const isLeft = await page.evaluate(() => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', 'words '.repeat(1_000_000));
            return document.getElementById('pasteText').dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        });
        assert(!isLeft, 'no field is made to hold it');
        await page.waitForSelector('#lines li.bad');
        await phone.close();
    },
    async 'a false signature is unmistakable, and its letter is not shown unasked'() {
        const vector = JSON.parse(readFileSync('tests/vectors.json', 'utf8')).find(({ outcome }) => outcome === 'SignatureFalse');
        writeFileSync(at('false.envelope'), Buffer.from(vector.hex, 'hex'));
        const phone = await Phone.open({ language: 'en' });
        await phone.choose(at('false.envelope'));
        const { answer, text } = await phone.letter();
        assert.equal(answer, 'false');
        assert.match(text, /FALSE SIGNATURE/);
        assert.equal(await phone.page.locator('#letterView article').count(), 0);
        assert.equal(await phone.page.locator('#letterBar button.main').count(), 0, 'it is not passed on');
        await phone.page.click('#letterView > .quiet');
        await phone.page.waitForSelector('article.forged .stamp');
        assert((await phone.letter()).text.includes('FALSE SIGNATURE'));
        await phone.close();
    },
    async 'bad input is told, with what to do'() {
        const phone = await Phone.open({ language: 'en' });
        for (const [name, what] of [
            ['empty.jpg', /no code was found[^]*nearer/],
            ['broken.jpg', /cannot be read as a picture/],
            ['broken.mp4', /cannot play this film/],
            ['some.pdf', /reads no PDFs[^]*screenshot/],
            ['words.txt', /no code or letter in this text/],
        ]) {
            await phone.choose(at(name));
            await phone.page.waitForSelector('#lines li.bad');
            await phone.page.waitForFunction((source) => new RegExp(source).test(document.querySelector('#lines li').innerText), what.source, { timeout: 20_000 });
        }
        await phone.view('write');
        await phone.page.click('#seal');
        await phone.page.waitForSelector('#writeState.bad');
        assert.match(await phone.text('#writeState'), /empty/);
        await phone.close();
    },
    async 'storage refused: it works, and says that nothing is kept'() {
        const opened = await Phone.open({ language: 'en' });
        await opened.context.addInitScript(() => {
            const refuse = () => {
                throw new DOMException('no', 'SecurityError');
            };
            Object.defineProperty(globalThis, 'localStorage', { get: refuse });
            Object.defineProperty(globalThis, 'sessionStorage', { get: refuse });
            Object.defineProperty(globalThis, 'indexedDB', { get: refuse });
        });
        await opened.reload();
        await opened.choose(...photos());
        assert((await opened.letter()).text.includes(WORDS));
        // Trust lasts as long as the page does.
        await opened.trust('friend');
        assert.match(await opened.text('#keyWarning'), /تا بستن صفحه/);
        await opened.view('receive');
        assert(await opened.page.isVisible('#notKept'));
        await opened.close();
    },
    async 'many photos can be stopped, and others chosen meanwhile'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.choose(...Array(40).fill(at('leaflet-1.jpg')), at('broken.jpg'));
        await phone.page.waitForSelector('#stopFiles:not([hidden])');
        await phone.choose(at('words.txt'));
        await phone.page.click('#stopFiles');
        assert.equal(await phone.page.evaluate(() => document.activeElement.id), 'choose');
        await phone.page.waitForFunction(() => /Stopped. \d+ files not looked at/.test(document.getElementById('status').textContent));
        assert(await phone.page.isHidden('#stopFiles'));
        assert(!/broken|words/.test(await phone.text('#lines')));
        await phone.choose(at('part-1.png'));
        await phone.page.waitForSelector('#lines li:has-text("part-1")');
        // Those that were left are still there.
        await phone.page.waitForSelector('#goOnFiles:not([hidden])');
        assert.match(await phone.text('#status'), /\d+ files not looked at/);
        await phone.page.click('#goOnFiles');
        await phone.page.waitForSelector('#lines li:has-text("broken")', { timeout: 60_000 });
        assert(await phone.page.isHidden('#goOnFiles'));
        await phone.close();
    },
    async 'a browser without WebAssembly says so, and whether it is old or has it switched off'() {
        const opened = await Phone.open({ language: 'en' });
        for (const [lacking, words] of [
            [() => delete globalThis.WebAssembly, /switched off[^]*Lockdown Mode[^]*another browser/],
            [() => delete Array.prototype.at, /too old[^]*newer browser/],
        ]) {
            await opened.context.addInitScript(lacking);
            await opened.page.reload();
            await opened.page.waitForSelector('#unable:not([hidden])');
            assert.match(await opened.text('#unable'), words);
        }
        await opened.close();
    },
    async 'a phone with one core, from the front: films wait for it'() {
        const opened = await Phone.open();
        await opened.context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => undefined }));
        await opened.reload();
        await opened.choose(at('show.mp4'), at('empty.jpg'));
        assert((await opened.letter()).text.includes(WORDS));
        await opened.close();
    },
    async 'panic in one page empties the other, also where there is no database'() {
        const phone = await Phone.open();
        await phone.context.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { get: () => undefined }));
        await phone.reload();
        const first = phone.page;
        await phone.choose(...photos());
        await phone.letter();
        await phone.another();
        await phone.erase();
        await first.waitForSelector('table');
        await phone.close();
    },
    async 'panic in one page empties the other'() {
        const phone = await Phone.open({ language: 'en' });
        await phone.choose(...photos());
        await phone.letter();
        const first = phone.page;
        await phone.goTo(PAGE);
        await phone.page.waitForSelector('#letterList .letter');
        await phone.erase();
        await first.waitForSelector('table');
        await phone.page.waitForFunction(async () => (await indexedDB.databases()).length === 0);
        await phone.close();
    },
    async 'a browser of 2020'() {
        const phone = await Phone.open({ aged: true });
        await phone.choose(at('show.mp4'));
        assert((await phone.letter()).text.includes(WORDS));
        await phone.close();
    },
    async 'no serious finding of axe, in every view, light and dark'() {
        for (const dark of [false, true]) {
            const phone = await Phone.open({ dark, language: dark ? 'en' : 'fa' });
            const check = async (name) => {
                await phone.page.evaluate(readFileSync(AXE, 'utf8'));
                const { violations } = await phone.page.evaluate(() => axe.run());
                const bad = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
                assert.deepEqual(bad.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 120))]), [], name);
            };
            await phone.choose(at('part.webm'), at('empty.jpg'));
            await phone.page.waitForSelector('#lines li.bad');
            await check('receive');
            await phone.choose(...photos());
            // It does not open by itself while another one is being received.
            await Promise.race([phone.page.click('#lines button'), phone.letter()]);
            await phone.letter();
            await check('letter');
            await phone.page.click('#letterBar button.main');
            await phone.page.waitForSelector('#board canvas');
            await check('show');
            for (const view of ['write', 'keys']) {
                await phone.view(view);
                await check(view);
            }
            await phone.close();
        }
    },
};

if (!process.env.PREPARED) {
    prepare();
}
await run(scenarios);
process.exit();
