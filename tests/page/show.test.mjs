// Passing on: the moving show of codes, and the page that gives itself on.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { WORDS, at, photos } from './fixtures.mjs';
import { PAGE, Phone } from './harness.mjs';
import { test } from './runner.mjs';

test('passing on: a second page reads what the first shows', async () => {
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
});

test('who wants nothing to move by itself begins the show', async () => {
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
});

test('the show offers what another phone can read of this screen, and tells what it measures', async () => {
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
});

test('the page gives itself on, byte for byte, and with a letter inside', async () => {
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
});
