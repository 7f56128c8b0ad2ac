// What the phone keeps, what another tab does to it, and what others wrote there.

import assert from 'node:assert/strict';
import { WORDS, at, photos } from './fixtures.mjs';
import { Phone } from './harness.mjs';
import { test } from './runner.mjs';

test('what came survives closing the page, and panic erases it', async () => {
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
});

test('what another tab chooses to keep takes nothing from this one', async () => {
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
});

test('two pages of one phone agree', async () => {
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
});

test('what others wrote into its storage does not stop it', async () => {
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
    await phone.page.evaluate(() => localStorage.setItem('shabnameh.trust', 'x'));
    await phone.reload();
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
});

test('storage refused: it works, and says that nothing is kept', async () => {
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
});
