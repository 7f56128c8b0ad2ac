// The view in which letters are received: photos, films, cameras, texts; what is wrong with them; floods of forged ones.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORDS, at, call, falseSignature, ffmpeg, photos } from './fixtures.mjs';
import { FLOOD, Phone, SHABNAMEH } from './harness.mjs';
import { test } from './runner.mjs';

/** One of many letters with a false signature, in armor. */
function junk(envelope, number) {
    const other = Buffer.from(envelope);
    other.writeUInt32BE(number, 4);
    const object = createHash('sha256').update(other).digest('hex').slice(0, 16);
    return `-----BEGIN SHABNAMEH ENVELOPE-----\nObject: ${object}\n\n${other.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END SHABNAMEH ENVELOPE-----`;
}

test('photos of the leaflet, through the file chooser', async () => {
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
});

test('what is seen in a photo and not read is outlined, and told why', async () => {
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
});

test('a recorded film', async () => {
    const phone = await Phone.open({ language: 'en' });
    await phone.choose(at('show.mp4'));
    const { answer, text } = await phone.letter();
    assert.equal(answer, 'unsigned');
    assert(text.includes(WORDS) && text.includes('Not signed'));
    await phone.close();
});

test('moving pictures are read picture by picture, by the browser or by the page', async () => {
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
});

test('a phone that plays nothing by itself is asked to by a touch', async () => {
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
});

test('the live camera, and a lens to choose', async () => {
    const phone = await Phone.open({ camera: at('show.mjpeg') });
    await phone.page.click('#camera');
    const { text } = await phone.letter();
    assert(text.includes(WORDS));
    // The camera is let go of once the letter is there.
    assert.equal(await phone.page.evaluate(() => document.getElementById('view').srcObject), null);
    await phone.close();
});

test('a refused camera leads to photos at once', async () => {
    const phone = await Phone.open({ camera: 'refused', language: 'en' });
    await phone.page.click('#camera');
    await phone.page.waitForFunction(() => document.getElementById('cameraAbout').textContent !== '', null, { timeout: 5_000 });
    assert.match(await phone.text('#cameraAbout'), /refused[^]*choose them here/);
    assert.equal(await phone.page.evaluate(() => document.activeElement.id), 'choose');
    await phone.choose(...photos());
    await phone.letter();
    await phone.close();
});

test('a browser that gives a page from a file no camera', async () => {
    const opened = await Phone.open({ language: 'en' });
    await opened.context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'mediaDevices', { get: () => undefined }));
    await opened.reload();
    assert(await opened.page.isHidden('#camera'));
    assert.match(await opened.text('#cameraAbout'), /live camera is not to be had here[^]*choose it here/);
    await opened.close();
});

test('forged codes among them are thrown out and told', async () => {
    const phone = await Phone.open({ language: 'en' });
    await phone.choose(at('forged.mp4'));
    const { answer, text } = await phone.letter();
    assert.equal(answer, 'unsigned');
    assert(text.includes(WORDS));
    assert.match(text, /forged codes? of this letter (was|were) thrown out/);
    await phone.close();
});

test('what is dropped and pasted goes where it belongs', async () => {
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
});

test('bad input is told, with what to do', async () => {
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
});

test('many photos can be stopped, and others chosen meanwhile', async () => {
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
});

test('a phone with one core, from the front: films wait for it', async () => {
    const opened = await Phone.open();
    await opened.context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => undefined }));
    await opened.reload();
    await opened.choose(at('show.mp4'), at('empty.jpg'));
    assert((await opened.letter()).text.includes(WORDS));
    await opened.close();
});

test('engines that break are replaced, and what they broke with is told', async () => {
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
});

test('a flood of letters that never come is erased at once', async () => {
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
});

test('where junk fills the phone, one touch makes room', async () => {
    const phone = await Phone.open({ language: 'en' });
    await phone.choose(...photos());
    await phone.letter();
    await phone.trust('Mina');
    await phone.view('receive');
    // With it two hundred letters, which fill the list; what comes then waits.
    const envelope = falseSignature();
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
});

test('forged codes by the thousand hold up no letter, and push none out', async () => {
    const phone = await Phone.open({ language: 'en' });
    writeFileSync(at('first.txt'), 'What was there before the flood');
    call(SHABNAMEH, 'armor', at('first.txt'), '--out', at('first.armor'), '--force');
    await phone.choose(at('first.armor'));
    await phone.letter();
    await phone.view('receive');
    for (const kind of ['rivals', 'strangers']) {
        call(FLOOD, kind, at(`${kind}.txt`));
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
});
