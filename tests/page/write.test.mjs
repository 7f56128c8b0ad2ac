// Writing a letter on the phone: signed, encrypted, and the same as the program makes.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LETTER, WORDS, at, ffmpeg, photos } from './fixtures.mjs';
import { PAGE, Phone, WORK } from './harness.mjs';
import { test } from './runner.mjs';

test('a letter is the same whether the page or the program makes it', async () => {
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
});

test('write, sign, show, read, trust', async () => {
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
});

test('one\'s own letters say so, and are passed on from the list', async () => {
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
});

test('encrypted for a passphrase, and for an address', async () => {
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
});

test('what cannot be closed is not shown', async () => {
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
});

test('sealing takes nobody away, and erases nothing that was written since', async () => {
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
});
