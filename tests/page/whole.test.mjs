// What is true of all views: languages, old browsers, and people who do not see the screen.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { WORDS, at, photos } from './fixtures.mjs';
import { AXE, Phone } from './harness.mjs';
import { test } from './runner.mjs';

test('no text of the page stands in the other language', async () => {
    const texts = {};
    for (const language of ['fa', 'en']) {
        const phone = await Phone.open({ language });
        texts[language] = await phone.page.evaluate(() => document.querySelector('main').textContent + document.querySelector('nav').textContent);
        await phone.close();
    }
    assert.doesNotMatch(texts.en, /[\u0600-\u06ff]/);
    const latin = texts.fa.match(/[A-Za-z][A-Za-z0-9._-]*/g).filter((word) => !/^(age1|RW|BEGIN|END|SHAB|SHA-256|English|Word|PDF|reader.html|shabnameh|reader|check)$/.test(word));
    assert.deepEqual(latin, []);
});

test('the other language loses nothing that was typed', async () => {
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
});

test('a browser without WebAssembly says so, and whether it is old or has it switched off', async () => {
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
});

test('a browser of 2020', async () => {
    const phone = await Phone.open({ aged: true });
    await phone.choose(at('show.mp4'));
    assert((await phone.letter()).text.includes(WORDS));
    await phone.close();
});

test('no serious finding of axe, in every view, light and dark', async () => {
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
});
