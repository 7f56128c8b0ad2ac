// Keys: who is asked about them, and how they go to another phone.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at, photos } from './fixtures.mjs';
import { Phone } from './harness.mjs';
import { test } from './runner.mjs';

test('nobody is asked about a key unasked, and keys have to be named', async () => {
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
});

test('a question about a key ends with what it was about', async () => {
    const phone = await Phone.open({ language: 'en' });
    await phone.choose(...photos());
    await phone.letter();
    await phone.page.click('#letterView .seal button');
    await phone.page.waitForSelector('#offerName');
    await phone.view('write');
    assert(await phone.page.isHidden('#offer'));
    await phone.close();
});

test('the list of trusted keys goes to another phone, as a file and as a code', async () => {
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
});
