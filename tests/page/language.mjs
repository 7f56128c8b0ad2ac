// Whether every text of the page is translated: language.mjs PAGE, a page that was built with the language of tests, after prepare.mjs. Its texts stand
// between angles, with accents; what stands outside of them was never given to a translator. Each view is drawn into target/page-tests/pictures.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { at, photos } from './fixtures.mjs';
import { Phone } from './harness.mjs';

const PASSPHRASE = 'seven words that nobody guesses';
const out = at('pictures');
mkdirSync(out, { recursive: true });

/** What of the page's texts is not translated, hidden ones too; run in the browser. */
function untranslated() {
    // What a person wrote, keys, the page's name on top, the names of languages, and what viewers without scripts are told in each.
    const foreign = 'script, style, noscript, article, code, bdi, .name, #trusted strong, #old, #language, #printed, .fingerprint, .entry .letter, #digest, textarea, option[lang]';
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.parentElement.closest(foreign)) {
            texts.push(node.data);
        }
    }
    for (const element of document.querySelectorAll('[title], [aria-label], [placeholder], [alt]')) {
        texts.push(...['title', 'aria-label', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''));
    }
    const outside = (text) => {
        for (let before = ''; before !== text; ) {
            [before, text] = [text, text.replace(/‹[^‹›]*›/g, '')];
        }
        return text.trim();
    };
    return [...new Set(texts.map(outside).filter((text) => /\p{L}{2}/u.test(text)))];
}

const found = new Set();
const phone = await Phone.open({ page: resolve(process.argv[2]), language: 'xx', camera: 'refused' });
const { page } = phone;
const step = async (name) => {
    for (const text of await page.evaluate(untranslated)) {
        found.add(`${name}: ${text}`);
    }
    await page.screenshot({ path: join(out, `language.${name}.png`), fullPage: true });
};
const lines = (count) => page.waitForFunction((count) => document.querySelectorAll('#lines li').length >= count, count);

assert.equal(await page.getAttribute('html', 'lang'), 'xx');
await step('begin');
await page.click('#camera');
await page.waitForFunction(() => document.getElementById('cameraAbout').textContent !== '');
await phone.choose(...['empty.jpg', 'broken.jpg', 'broken.mp4', 'some.pdf', 'words.txt'].map(at));
await lines(5);
await step('bad');
await phone.choose(at('part-1.png'), at('part.webm'));
await page.waitForSelector('#comingList li');
await page.waitForSelector('#filming', { state: 'hidden' });
await step('coming');
await page.click('#paste');
await phone.choose(at('forged.mp4'));
await phone.letter();
await step('forged');
await phone.view('receive');
await phone.choose(...photos());
await phone.letter();
await step('unknown');
await page.click('#letterView .seal button');
await page.waitForSelector('#offerName');
await page.click('#offer [type=submit]');
await step('offer');
await page.fill('#offerName', 'Mina');
await page.click('#offer [type=submit]');
await page.waitForSelector('[data-answer=trusted]');
await page.click('#letterBar [aria-expanded]');
await page.fill('#find', 'xyzzy');
await step('trusted');
await page.click('#letterBar button.main');
await page.waitForFunction(() => document.querySelector('#board canvas')?.width < 200);
await page.waitForTimeout(2_000);
await step('show');
await phone.view('receive');
await phone.choose(at('false.envelope'));
await phone.letter();
await step('false');
await phone.view('keys');
await page.fill('#newKey', PASSPHRASE);
await page.click('#myKey [type=submit]');
await page.waitForSelector('#myKey code', { timeout: 60_000 });
await page.fill('#newAddress', PASSPHRASE);
await page.click('#myAddress [type=submit]');
await page.waitForSelector('#myAddress code', { timeout: 60_000 });
await page.fill('#keyText', 'no key');
await page.fill('#keyName', 'name');
await page.press('#keyName', 'Enter');
await page.setInputFiles('#listFile', at('words.txt'));
await page.waitForFunction(() => document.getElementById('listState').textContent !== '' && document.getElementById('addKeyState').textContent !== '');
await step('keys');
await phone.view('write');
await page.fill('#text', 'to few');
await page.selectOption('#for', 'encryptPassphrase');
await page.click('#seal');
await page.waitForSelector('#writeState.bad');
await step('write');
await page.fill('#letterPassphrase', PASSPHRASE);
await page.check('#sign');
await page.fill('#keyPassphrase', 'another');
await page.click('#seal');
await page.waitForSelector('#writeState.bad', { timeout: 60_000 });
await page.fill('#keyPassphrase', PASSPHRASE);
await page.click('#seal');
await page.waitForSelector('#board canvas', { timeout: 60_000 });
await page.click('#showBack');
await page.waitForSelector('#openPassphrase');
await page.fill('#openPassphrase', 'wrong passphrase');
await page.click('#letterView [type=submit]');
await page.waitForSelector('#letterView [role=alert]', { timeout: 60_000 });
await step('locked');
await page.fill('#openPassphrase', PASSPHRASE);
await page.click('#letterView [type=submit]');
await phone.letter();
await step('own');
await phone.view('receive');
await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
await page.click('#keepingWays [data-keep=locked]');
await step('keeping');
await page.click('#panic');
await page.waitForTimeout(500);
await step('erasing');
await page.click('#panic');
await page.waitForSelector('table');
await step('erased');
await phone.close();
assert.deepEqual([...found], [], 'texts that are not translated');
console.log('every text of the page is translated');
process.exit();
