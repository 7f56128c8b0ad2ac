// A letter that is open: how it is set, searched and printed, and what is said of who signed it.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LETTER, at, call, photos } from './fixtures.mjs';
import { Phone, SHABNAMEH } from './harness.mjs';
import { test } from './runner.mjs';

test('a fingerprint is always a block of two rows of three groups', async () => {
    const phone = await Phone.open();
    await phone.choose(...photos());
    await phone.letter();
    const places = await phone.page.evaluate(() => [...document.querySelectorAll('.seal .fingerprint > span')].map((group) => group.getBoundingClientRect().toJSON()));
    assert.equal(places.length, 6);
    const [one, two, three, four] = places;
    assert(one.top === two.top && two.top === three.top && four.top > one.top && four.left === one.left);
    assert(one.left < two.left && two.left < three.left, 'from left to right in Persian too');
    await phone.close();
});

test('a word is found in a letter, whatever keyboard it was typed on', async () => {
    const phone = await Phone.open({ language: 'en' });
    await phone.choose(...photos());
    await phone.letter();
    await phone.page.click('#letterBar [aria-expanded]');
    // The letters of an Arabic keyboard.
    await phone.page.fill('#find', 'تاريكي');
    await phone.page.waitForSelector('mark.now');
    assert.match(await phone.text('.find .count'), /^1 \/ [1-9]/);
    assert((await phone.text('mark.now')).includes('تاریکی'));
    await phone.page.fill('#find', 'ها');
    // Joiners are nothing.
    await phone.page.waitForFunction(() => /^1 \/ \d\d$/.test(document.querySelector('.find .count').textContent));
    const told = await phone.text('.find .count');
    assert.match(told, /^1 \/ [1-9]/);
    const inSight = () => phone.page.evaluate(() => document.querySelector('mark.now').getBoundingClientRect()).then(({ top, bottom }) => top > 0 && bottom < 740);
    assert(await inSight());
    await phone.page.press('#find', 'Enter');
    assert.notEqual(await phone.text('.find .count'), told);
    await phone.page.fill('#find', 'xyzzy');
    await phone.page.waitForFunction(() => document.querySelector('.find .count').textContent === 'not found');
    const text = await phone.page.evaluate(() => document.querySelector('article').innerHTML);
    assert(!text.includes('<mark'));
    await phone.close();
});

test('what is printed brings the letter back', async () => {
    const phone = await Phone.open({ language: 'en' });
    // Not `printed`: that is the element of this id.
    await phone.page.evaluate(() => (globalThis.print = () => (globalThis.isPrinting = true)));
    await phone.choose(...photos());
    await phone.letter();
    await phone.page.click('#letterView .tools button:has-text("Print")');
    await phone.page.waitForFunction(() => globalThis.isPrinting);
    await phone.page.pdf({ path: at('printed.pdf'), format: 'A4', margin: { top: '10mm', bottom: '10mm', left: '10mm', right: '10mm' } });
    rmSync(at('from-print'), { recursive: true, force: true });
    mkdirSync(at('from-print'));
    call(SHABNAMEH, 'decode', at('printed.pdf'), '--out', at('from-print'));
    assert.equal(readFileSync(join(at('from-print'), 'letter.fa.md'), 'utf8'), readFileSync(LETTER, 'utf8'));
    // Nothing of it is left behind on the screen.
    assert(await phone.page.isHidden('#printed'));
    await phone.close();
});

test('a letter of bold marks, and one that is large, open at once', async () => {
    const phone = await Phone.open({ language: 'en' });
    for (const [name, text] of [
        ['bold.md', 'a **b** '.repeat(100_000)],
        ['large.txt', 'x\n\n'.repeat(1_000_000)],
        // Words that take a browser minutes to set.
        ['marks.txt', '\u0640'.repeat(500_000)],
        ['title.md', `# ${'\u0628\u064e'.repeat(200_000)}\n\ntext`],
        ['news.rss', `<rss/>${'x\n\n'.repeat(500_000)}`],
        ['Announcement.svg', '<svg onload="alert(1)"/> words'],
    ]) {
        writeFileSync(at(name), text);
        call(SHABNAMEH, 'armor', at(name), '--out', at(`${name}.txt`), '--force');
        await phone.view('receive');
        await phone.choose(at(`${name}.txt`));
        await phone.letter(20_000);
    }
    // The last is a text, is shown as one, and is one when it is saved: a page that is opened from a file could read what this one keeps.
    const saved = async () => {
        const [download] = await Promise.all([phone.page.waitForEvent('download'), phone.page.click('#letterView .tools button:first-child')]);
        return download.suggestedFilename();
    };
    assert.equal(await saved(), 'Announcement.svg.txt');
    await phone.view('receive');
    await phone.page.click('#letterList .entry:nth-child(2) .letter');
    await phone.letter();
    assert.match(await phone.text('#letterView'), /This letter is a file/);
    assert.equal(await saved(), 'news.rss.txt');
    await phone.close();
});

test('a letter draws over nothing but itself', async () => {
    const phone = await Phone.open();
    const seals = [];
    for (const marks of ['', '\u0652\u064e\u0670\u0653\u0654'.repeat(9), '\u0650\u0655\u0656'.repeat(12)]) {
        writeFileSync(at('marks.md'), `# ${`ا${marks}`.repeat(20)}\n\n${`ا${marks}`.repeat(20)}`);
        call(SHABNAMEH, 'armor', at('marks.md'), '--out', at('marks.md.txt'), '--force');
        await phone.view('receive');
        await phone.choose(at('marks.md.txt'));
        await phone.letter();
        seals.push([await phone.page.locator('.seal').screenshot(), await phone.page.locator('#letterView .tools').screenshot()]);
    }
    const [plain, ...marked] = seals;
    marked.forEach((pictures) => pictures.forEach((picture, at) => assert(picture.equals(plain[at]))));
    await phone.close();
});

test('a false signature is unmistakable, and its letter is not shown unasked', async () => {
    const phone = await Phone.open({ language: 'en' });
    await phone.choose(at('false.envelope'));
    const { answer, text } = await phone.letter();
    assert.equal(answer, 'false');
    assert.match(text, /FALSE SIGNATURE/);
    assert.equal(await phone.page.locator('#letterView article').count(), 0);
    assert.equal(await phone.page.locator('#letterBar button.main').count(), 0, 'it is not passed on');
    await phone.page.click('#letterView > .quiet');
    await phone.page.waitForSelector('article.forged .stamp');
    assert((await phone.letter()).text.includes('FALSE SIGNATURE'));
    await phone.close();
});
