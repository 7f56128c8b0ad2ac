// What the page does where a browser lacks something, or never answers.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { WORDS, at, photos } from './fixtures.mjs';
import { Phone } from './harness.mjs';
import { test } from './runner.mjs';

/** Opens the page in a browser that something was done to before. */
async function opened(lacking, options = {}) {
    const phone = await Phone.open({ language: 'en', ...options });
    await phone.context.addInitScript(lacking);
    await phone.reload();
    return phone;
}

const lines = (source) => new RegExp(source).test(document.getElementById('lines').innerText);

test('workers that are refused: the page works by itself, and says that it is slower', async () => {
    const phone = await opened(() => {
        globalThis.Worker = class {
            constructor() {
                throw new DOMException('no', 'SecurityError');
            }
        };
    });
    assert.match(await phone.text('#limited'), /slower/);
    await phone.choose(...photos());
    assert((await phone.letter()).text.includes(WORDS));
    await phone.view('receive');
    await phone.choose(at('show.mp4'));
    await phone.page.waitForSelector('[data-answer=unsigned]', { timeout: 60_000 });
    await phone.close();
});

test('workers that stay silent', async () => {
    const phone = await opened(() => (Worker.prototype.postMessage = () => {}));
    await phone.choose(...photos());
    assert((await phone.letter()).text.includes(WORDS));
    await phone.close();
});

test('in the page itself a large photo is looked at in slices, and can be stopped', async () => {
    const phone = await opened(() => {
        globalThis.Worker = class {
            constructor() {
                throw new DOMException('no', 'SecurityError');
            }
        };
        // Slices that were looked at: each draws strips of its own.
        globalThis.looks = 0;
        const { getImageData } = CanvasRenderingContext2D.prototype;
        CanvasRenderingContext2D.prototype.getImageData = function (...how) {
            globalThis.looks += how[2] > 100;
            return getImageData.apply(this, how);
        };
    });
    await phone.choose(...Array(6).fill(at('large-empty.png')));
    await phone.page.waitForFunction(() => /A closer look/.test(document.getElementById('status').textContent));
    await phone.page.click('#stopFiles');
    await phone.page.waitForTimeout(3_000);
    const looks = () => phone.page.evaluate(() => globalThis.looks);
    const stopped = await looks();
    await phone.page.waitForTimeout(1_500);
    assert.equal(await looks(), stopped);
    assert.match(await phone.text('#status'), /[1-6] files? not looked at/);
    await phone.close();
});

test('a database that never answers: letters are read, and nothing is kept', async () => {
    const phone = await opened(() => (IDBFactory.prototype.open = () => new EventTarget()));
    await phone.choose(...photos());
    assert((await phone.letter()).text.includes(WORDS));
    await phone.view('receive');
    assert(await phone.page.isVisible('#notKept'));
    // Erasing does not wait for it either.
    const begun = Date.now();
    await phone.erase();
    assert(Date.now() - begun < 2_000);
    await phone.close();
});

test('a database that answers no more', async () => {
    const phone = await opened(() => {
        const { transaction } = IDBDatabase.prototype;
        let count = 0;
        IDBDatabase.prototype.transaction = function (...asked) {
            const real = transaction.apply(this, asked);
            return count++ === 0 ? real : new Proxy(real, { get: (of, name) => (name === 'objectStore' ? of.objectStore.bind(of) : undefined), set: () => true });
        };
    });
    await phone.choose(...photos());
    assert((await phone.letter()).text.includes(WORDS));
    await phone.close();
});

test('pixels that are hidden: it says so, instead of sending people nearer', async () => {
    const phone = await opened(() => {
        // As where fingerprints are resisted: noise, whatever was drawn.
        CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) => {
            const data = new Uint8ClampedArray(4 * width * height);
            for (let at = 0; at < data.length; at += 65_536) {
                crypto.getRandomValues(data.subarray(at, at + 65_536));
            }
            return new ImageData(data, width, height);
        };
        delete globalThis.VideoFrame;
        delete globalThis.ImageDecoder;
    });
    assert.match(await phone.text('#limited'), /hides the pixels[^]*allow it[^]*Chrome/);
    for (const file of [photos()[0], 'show.mp4', 'part.webm'].map((name) => (name.includes('/') ? name : at(name)))) {
        await phone.choose(file);
        await phone.page.waitForFunction(lines, 'hides the pixels');
    }
    assert.doesNotMatch(await phone.text('#status'), /nearer/);
    await phone.close();
});

test('pixels that only WebCodecs tell', async () => {
    const phone = await opened(() => {
        CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) => new ImageData(new Uint8ClampedArray(4 * width * height).fill(255), width, height);
    });
    await phone.choose(...photos());
    assert((await phone.letter()).text.includes(WORDS));
    await phone.close();
});

test('in Firefox, where it resists fingerprints', async () => {
    const phone = await Phone.open({ kind: 'firefox', language: 'en', prefs: { 'privacy.resistFingerprinting': true } });
    // There it speaks English whatever is kept, or Persian; either way it says why.
    assert.match(await phone.text('#limited'), /privacy\.resistFingerprinting/);
    await phone.choose(photos()[0]);
    await phone.page.waitForFunction(() => /privacy\.resistFingerprinting/.test(document.getElementById('lines').innerText));
    await phone.close();
});

test('no script at all: the page tells how it is opened, in both languages', async () => {
    const phone = await Phone.open({ script: false });
    // Where the script runs it is gone before it appears.
    await phone.page.waitForTimeout(1_200);
    const text = await phone.text('body');
    for (const words of ['اندروید', 'آیفون', 'کروم', 'Android', 'iPhone', 'Chrome', 'JavaScript']) {
        assert(text.includes(words), words);
    }
    await phone.close();
});

test('no script at all: screen.html shows its codes all the same', async () => {
    const phone = await Phone.open({ script: false, page: join(at('kit'), 'screen.html') });
    await phone.page.waitForTimeout(1_200);
    const pictures = [];
    for (let i = 0; i < 24; i++) {
        pictures.push(at(`still-${i}.png`));
        await phone.page.locator('#still svg').screenshot({ path: pictures[i] });
        await phone.page.waitForTimeout(70);
    }
    await phone.close();
    const other = await Phone.open();
    await other.choose(...pictures);
    assert((await other.letter()).text.includes(WORDS));
    await other.close();
});

test('a share sheet: what was sent is told, what was refused is saved, what was closed is neither', async () => {
    const phone = await opened(() => {
        Navigator.prototype.canShare = () => true;
        Navigator.prototype.share = async () => {
            if (globalThis.refuses) {
                throw new DOMException('no', globalThis.refuses);
            }
        };
    });
    const give = async (refuses) => {
        await phone.page.evaluate((refuses) => (globalThis.refuses = refuses), refuses);
        await phone.page.evaluate(() => (document.getElementById('given').textContent = '…'));
        await phone.page.click('#give');
        await phone.page.waitForFunction(() => document.getElementById('given').textContent !== '…');
        return phone.text('#given');
    };
    assert.equal(await give(''), 'Sent.');
    assert.equal(await give('AbortError'), '');
    assert.match(await give('NotAllowedError'), /Downloads[^]*open the page in Chrome/);
    await phone.close();
});

test('a download that dies is told as what is known of it', async () => {
    const phone = await opened(() => (HTMLAnchorElement.prototype.click = () => {}));
    await phone.choose(...photos());
    await phone.letter();
    await phone.page.click('#letterView .tools button:first-child');
    await phone.page.waitForFunction(() => /Look for letter.fa.md in Downloads. If it is not there/.test(document.querySelector('#letterView').innerText));
    await phone.close();
});

test('a film that never begins, one that stands still, one that does not say how long it is', async () => {
    const phone = await opened(() => {
        const { play } = HTMLMediaElement.prototype;
        HTMLMediaElement.prototype.play = function () {
            // No answer, ever.
            return globalThis.plays === false ? new Promise(() => {}) : play.call(this);
        };
        Object.defineProperty(HTMLMediaElement.prototype, 'duration', { get: () => globalThis.filmLength ?? Infinity });
    });
    await phone.choose(at('part.webm'), at('part-1.png'));
    await phone.page.waitForFunction(lines, 'part-1', { timeout: 10_000 });
    assert.match(await phone.text('#lines'), /part\.webm.*: \d+ new code/);
    // It says that it is longer than it is: the last picture stands still.
    await phone.page.evaluate(() => (globalThis.filmLength = 60));
    await phone.page.evaluate(() => Object.defineProperty(HTMLMediaElement.prototype, 'ended', { get: () => false }));
    await phone.page.evaluate(() => HTMLMediaElement.prototype.addEventListener.call(document.getElementById('film'), 'ended', (event) => event.stopImmediatePropagation(), true));
    await phone.choose(at('part.webm'), at('part-2.png'));
    await phone.page.waitForFunction(lines, 'part-2', { timeout: 10_000 });
    await phone.page.evaluate(() => (globalThis.plays = false));
    await phone.choose(at('part.webm'), at('part-1.png'));
    await phone.page.waitForFunction(lines, 'part-1', { timeout: 20_000 });
    assert.match(await phone.text('#lines'), /cannot play this film/);
    await phone.close();
});

test('a photo that is never decoded holds up nothing', async () => {
    const phone = await opened(() => {
        const { src } = Object.getOwnPropertyDescriptors(HTMLImageElement.prototype);
        let count = 0;
        Object.defineProperty(HTMLImageElement.prototype, 'src', { ...src, set: function (address) { (address && count++ === 0) || src.set.call(this, address); } });
    });
    await phone.choose(photos()[0], at('part-1.png'));
    await phone.page.waitForFunction(lines, 'part-1', { timeout: 40_000 });
    assert.match(await phone.text('#lines'), /took too long/);
    await phone.close();
});
