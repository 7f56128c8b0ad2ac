// Erasing everything: never by a stray touch, always in reach, and nothing goes on after it.

import assert from 'node:assert/strict';
import { at, photos } from './fixtures.mjs';
import { PAGE, Phone } from './harness.mjs';
import { test } from './runner.mjs';

test('erasing is no stray touch: twice, or held, and still within two seconds', async () => {
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
    // Timed in the page itself: the driver is as slow as the machine.
    const took = phone.page.evaluate(
        () =>
            new Promise((gives) => {
                let begun;
                addEventListener('pointerdown', () => (begun = performance.now()), { capture: true, once: true });
                const gone = new MutationObserver(() => document.querySelector('table') && gives(performance.now() - begun));
                gone.observe(document, { childList: true, subtree: true });
            }),
    );
    await phone.page.hover('#panic');
    await phone.page.mouse.down();
    await phone.page.waitForTimeout(400);
    assert.match(await phone.text('#erasing'), /Keep holding/);
    assert((await took) < 2_000);
    await phone.page.mouse.up();
    // The screen comes first, what is kept goes a moment later.
    await phone.page.waitForFunction(async () => (await indexedDB.databases()).length === 0 && localStorage.length === 0);
    await phone.reload();
    await phone.page.waitForSelector('#none:not([hidden])');
    await phone.close();
});

test('with a keyboard erasing takes two touches too', async () => {
    const phone = await Phone.open();
    await phone.page.focus('#panic');
    await phone.page.keyboard.press('Enter');
    await phone.page.waitForTimeout(500);
    await phone.page.keyboard.press('Enter');
    await phone.page.waitForSelector('table');
    await phone.close();
});

test('panic is on the screen however large the type', async () => {
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
});

test('after panic nothing goes on: a film ends, and a camera that starts', async () => {
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
});

test('panic in one page empties the other', async () => {
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
});

test('panic in one page empties the other, also where there is no database', async () => {
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
});
