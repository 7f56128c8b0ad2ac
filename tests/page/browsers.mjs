// What the page does in every browser, from a file.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LETTER, WORDS, at, call, photos } from './fixtures.mjs';
import { PAGE, Phone, SHABNAMEH } from './harness.mjs';
import { test } from './runner.mjs';

/** A film that ends before its letter is complete, in a form that the browser plays. */
const PART = 'part.webm';

/** Tests of one of the browsers: `chromium`, `firefox` or `webkit`. */
export function testIn(kind) {
    test('photos, and whose letter it is', async () => {
        const phone = await Phone.open({ kind, language: 'en' });
        await phone.choose(...photos());
        const { answer, text } = await phone.letter();
        assert.equal(answer, 'unknown');
        assert(text.includes(WORDS));
        await phone.trust('Mina');
        await phone.reload();
        assert.equal((await phone.letter()).answer, 'trusted');
        await phone.close();
    });

    test('films and a moving picture that have all of a letter', async () => {
        for (const film of ['show.webm', 'show.mp4', join('kit', 'screen.gif')]) {
            const phone = await Phone.open({ kind, language: 'en' });
            await phone.choose(at(film));
            assert((await phone.letter()).text.includes(WORDS), film);
            await phone.close();
        }
    });

    test('a film that has a part of it, and what is chosen after it', async () => {
        const phone = await Phone.open({ kind, language: 'en' });
        const begun = Date.now();
        await phone.choose(at(PART), at('part-1.png'));
        await phone.page.waitForFunction(() => /part-1/.test(document.getElementById('lines').innerText), null, { timeout: 20_000 });
        assert(Date.now() - begun < 15_000);
        assert.match(await phone.text('#status'), /more codes? needed/);
        assert.match(await phone.text('#comingList'), /more codes? needed/);
        // It is there after a reload too.
        await phone.reload();
        assert.match(await phone.text('#status'), /more codes? needed/);
        await phone.close();
    });

    test('a text that is pasted', async () => {
        const phone = await Phone.open({ kind, language: 'en' });
        await phone.page.click('#paste');
        await phone.page.fill('#pasteText', call(SHABNAMEH, 'armor', LETTER));
        await phone.page.click('#pasteRead');
        assert((await phone.letter()).text.includes(WORDS));
        await phone.close();
    });

    test('write, sign, show, read by another', async () => {
        const passphrase = 'seven words that nobody guesses';
        const phone = await Phone.open({ kind, width: 720, height: 900, language: 'en' });
        await phone.view('keys');
        await phone.page.fill('#newKey', passphrase);
        await phone.page.click('#myKey [type=submit]');
        await phone.page.waitForSelector('#myKey code', { timeout: 60_000 });
        await phone.view('write');
        await phone.page.fill('#text', 'سلام.\n\nامشب ساعت ۹، **همان جا**.');
        await phone.page.check('#sign');
        await phone.page.fill('#keyPassphrase', passphrase);
        await phone.page.click('#seal');
        await phone.page.waitForSelector('#board canvas', { timeout: 60_000 });
        await phone.page.waitForFunction(() => document.querySelector('#board canvas').width < 200);
        // It stands still: WebKit draws a picture in tiles, and would show parts of two. Without a click, which would scroll.
        await phone.page.evaluate(() => document.getElementById('pause').click());
        await phone.page.waitForTimeout(500);
        await phone.shoot('#board', at(`own-${kind}.png`));
        await phone.page.click('#showBack');
        await phone.page.waitForSelector('[data-answer=own]');
        await phone.close();
        const other = await Phone.open({ kind, language: 'en' });
        await other.choose(at(`own-${kind}.png`));
        const { answer, text } = await other.letter();
        assert.equal(answer, 'unknown');
        assert(text.includes('امشب ساعت ۹'));
        await other.close();
    });

    test('it gives itself on, byte for byte', async () => {
        const phone = await Phone.open({ kind, language: 'en' });
        await phone.page.evaluate(() => {
            const { createObjectURL } = URL;
            URL.createObjectURL = (blob) => ((globalThis.given = blob), createObjectURL.call(URL, blob));
        });
        await phone.page.click('#give');
        const given = await phone.page.evaluate(() => new Response(globalThis.given).text());
        assert(given === readFileSync(PAGE, 'utf8'), 'another page is given');
        assert.match(await phone.text('#given'), /Downloads/);
        await phone.close();
    });

    test('erasing', async () => {
        const phone = await Phone.open({ kind, language: 'en' });
        await phone.choose(...photos());
        await phone.letter();
        await phone.trust('Mina');
        await phone.erase();
        assert(!(await phone.text('body')).match(/[\u0600-\u06ff]|Shabnameh|Mina/));
        await phone.page.waitForFunction(() => Object.keys(localStorage).filter((key) => key.startsWith('shabnameh')).length === 0);
        await phone.page.waitForTimeout(300);
        await phone.reload();
        await phone.page.waitForSelector('#none');
        await phone.view('keys');
        assert(!(await phone.text('#trusted')).includes('Mina'));
        await phone.close();
    });

    test('light and dark, and both languages', async () => {
        const phone = await Phone.open({ kind });
        const background = () => phone.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
        const before = await background();
        await phone.page.click('#theme');
        assert.notEqual(await background(), before);
        for (const view of ['receive', 'write', 'keys']) {
            await phone.view(view);
            assert.match(await phone.text(`#${view}`), /[\u0600-\u06ff]/);
            assert.equal(await phone.page.getAttribute('html', 'dir'), 'rtl');
            await phone.page.click('#language');
            assert.doesNotMatch(await phone.text(`#${view}`), /[\u0600-\u06ff]/);
            assert.equal(await phone.page.getAttribute('html', 'dir'), 'ltr');
            await phone.page.click('#language');
        }
        await phone.close();
    });
}
