// What stays on the disk. A browser keeps the page's data in files of its profile; they are searched for words of the
// letter, names and keys, after use, after a restart, and after erasing.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { begun, CHROMIUM, chromium, SHABNAMEH, WORK } from './harness.mjs';
import { test } from './runner.mjs';

mkdirSync(WORK, { recursive: true });
const folder = mkdtempSync(join(WORK, 'traces-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const PAGE = join(folder, 'reader.html');
const PASSPHRASE = 'seven words that nobody guesses';
const NAME = 'Zarrinkafsh the baker';
const WORDS = 'Qomqome meets behind the cistern at dawn';
const ANOTHER = 'Sarvenaz waits under the plane tree';
const DRAFT = 'Khorshidak never sent this line';

cpSync('src/web/reader.html', PAGE);
writeFileSync(join(folder, 'words'), PASSPHRASE);
writeFileSync(join(folder, 'letter.txt'), `${WORDS}\n`);
writeFileSync(join(folder, 'another'), ANOTHER);
const program = (...words) => execFileSync(SHABNAMEH, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
program('keygen', '--out', 'key', '--key-passphrase-file', 'words');
program('armor', 'letter.txt', '--sign', 'key', '--key-passphrase-file', 'words', '--out', 'armor.txt');
program('armor', 'another', '--out', 'another.txt');
const KEY = /RW[A-Za-z0-9+/]{54}/.exec(readFileSync(join(folder, 'key.pub'), 'utf8'))[0];

/** A browser with a profile that outlives it. */
class Profile {
    constructor(name) {
        this.path = join(folder, name);
        this.secrets = [WORDS, NAME, DRAFT, KEY, KEY.slice(10, 40)];
    }

    async open() {
        this.context = begun(await chromium.launchPersistentContext(this.path, { executablePath: CHROMIUM, args: ['--no-sandbox'], viewport: { width: 360, height: 740 } }));
        [this.page] = this.context.pages();
        await this.page.goto(`file://${PAGE}`);
    }

    async ready() {
        await this.page.waitForSelector('html[data-ready]');
    }

    close() {
        return this.context.close();
    }

    async unlock(passphrase) {
        await this.page.fill('#unlockPassphrase', passphrase);
        await this.page.click('#unlock [type=submit]');
    }

    /** Reads a letter, trusts its key, makes a key, writes a draft. */
    async use(draft) {
        const { page } = this;
        await page.setInputFiles('#chooseFile', join(folder, 'armor.txt'));
        // The only one that came opens by itself.
        await page.click('#letterView .seal button');
        await page.fill('#offerName', NAME);
        await page.click('#offer [type=submit]');
        await page.waitForSelector('[data-answer=trusted]');
        await page.click('nav a[href="#keys"]');
        await page.fill('#newKey', PASSPHRASE);
        await page.click('#myKey [type=submit]');
        await page.waitForSelector('#myKey canvas');
        const own = await page.textContent('#myKey code');
        assert.match(own, /^RW/);
        this.secrets.push(own);
        await page.click('nav a[href="#write"]');
        if (draft) {
            await page.check('#keepDraft');
        }
        await page.fill('#text', DRAFT);
        await page.waitForTimeout(1_500);
    }

    /** Which of the secrets stand in a file of the profile, as browsers write text. */
    found() {
        const files = readdirSync(this.path, { recursive: true }).map((name) => join(this.path, name));
        const found = new Set();
        for (const file of files.filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())) {
            const bytes = readFileSync(file);
            for (const secret of this.secrets) {
                if (bytes.includes(secret) || bytes.includes(Buffer.from(secret, 'utf16le'))) {
                    found.add(secret);
                }
            }
        }
        return [...found];
    }

    async keep(how) {
        await this.page.click('nav a[href="#receive"]');
        await this.page.evaluate(() => (document.getElementById('keeping').open = true));
        await this.page.click(`#keepingWays [data-keep=${how}]`);
        if (how === 'locked') {
            await this.page.fill('#keepingPassphrase', PASSPHRASE);
            await this.page.click('#keepingWays [type=submit]');
        }
        await this.page.waitForSelector(`#keepingWays [data-keep=${how}][aria-pressed=true]`, { state: 'attached' });
    }

    async touchTwice(button) {
        await this.page.click(button);
        await this.page.waitForTimeout(500);
        await this.page.click(button);
    }

    /** Erases everything. */
    async erase() {
        await this.touchTwice('#panic');
        await this.page.waitForSelector('table');
        await this.page.waitForTimeout(500);
    }
}

const letters = (page) => page.locator('#letterList li').count();

test('before anything is chosen, nothing is on the disk', async () => {
    const profile = new Profile('unchosen');
    await profile.open();
    await profile.ready();
    await profile.use(false);
    // It is asked once there is something to keep.
    await profile.page.click('nav a[href="#receive"]');
    await profile.page.waitForSelector('#keepingOffer:not([hidden])');
    await profile.close();
    assert.deepEqual(profile.found(), []);
    await profile.open();
    await profile.ready();
    assert.equal(await letters(profile.page), 0);
    await profile.close();
    assert.deepEqual(profile.found(), []);
});

test('where nothing is kept, nothing is on the disk, before and after erasing', async () => {
    const profile = new Profile('nothing');
    await profile.open();
    await profile.ready();
    await profile.keep('nothing');
    await profile.use(false);
    await profile.erase();
    await profile.close();
    assert.deepEqual(profile.found(), []);
});

test('what is kept locked comes back by its passphrase, and nothing of it is on the disk in the clear', async () => {
    const profile = new Profile('locked');
    await profile.open();
    await profile.ready();
    await profile.keep('locked');
    await profile.use(true);
    await profile.close();
    assert.deepEqual(profile.found(), []);

    await profile.open();
    const { page } = profile;
    await page.waitForSelector('#unlockPassphrase');
    await profile.unlock('seven words that somebody guesses');
    await page.waitForSelector('#unlock [role=alert]:not(:empty)');
    await profile.unlock(PASSPHRASE);
    await profile.ready();
    assert.equal(await letters(page), 1);
    await page.click('#letterList .letter');
    await page.waitForSelector('[data-answer=trusted]');
    const opened = await page.innerText('#letterView');
    assert(opened.includes(WORDS) && opened.includes(NAME));
    await page.click('nav a[href="#write"]');
    assert.equal(await page.inputValue('#text'), DRAFT);
    // The draft comes back where it was left, too.
    await page.reload();
    await profile.unlock(PASSPHRASE);
    await profile.ready();
    await page.waitForFunction((draft) => document.getElementById('text').value === draft, DRAFT);
    await profile.close();
    assert.deepEqual(profile.found(), []);

    // Who does not know it can begin anew.
    await profile.open();
    await profile.page.waitForSelector('#unlock .danger');
    await profile.touchTwice('#unlock .danger');
    await profile.ready();
    assert.equal(await letters(profile.page), 0);
    await profile.close();
    assert.deepEqual(profile.found(), []);
});

test('what is kept open is on the disk, which this search finds', async () => {
    const profile = new Profile('open');
    await profile.open();
    await profile.ready();
    await profile.keep('open');
    await profile.use(true);
    // A browser writes what is kept when it has time.
    const isFound = () => [NAME, DRAFT, KEY].every((secret) => profile.found().includes(secret));
    for (let second = 0; second < 60 && !isFound(); second += 1) {
        await profile.page.waitForTimeout(1_000);
    }
    assert(isFound());
    await profile.close();
    // From there on locked: what is new is not in the clear, and all of it is still there.
    await profile.open();
    await profile.ready();
    assert.equal(await letters(profile.page), 1);
    await profile.keep('locked');
    await profile.page.waitForTimeout(1_500);
    await profile.close();
    await profile.open();
    await profile.unlock(PASSPHRASE);
    await profile.ready();
    assert.equal(await letters(profile.page), 1);
    await profile.close();
});

test('a page that nobody sees holds no letter and no name', async () => {
    const profile = new Profile('hidden');
    await profile.open();
    await profile.ready();
    await profile.use(false);
    await profile.page.click('nav a[href="#receive"]');
    const shown = () => profile.page.evaluate(() => document.documentElement.outerHTML);
    assert((await shown()).includes(NAME));
    const hide = (state) =>
        profile.page.evaluate((state) => {
            Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
            document.dispatchEvent(new Event('visibilitychange'));
        }, state);
    await hide('hidden');
    const hidden = await shown();
    assert(profile.secrets.every((secret) => !hidden.includes(secret)));
    assert.equal(await profile.page.evaluate(() => getComputedStyle(document.getElementById('receive')).visibility), 'hidden');
    // What comes meanwhile is not in it either.
    await profile.page.setInputFiles('#chooseFile', join(folder, 'another.txt'));
    await profile.page.waitForFunction(() => location.hash === '#letter');
    await profile.page.waitForTimeout(1_000);
    assert(!(await shown()).includes(ANOTHER));
    await hide('visible');
    await profile.page.waitForFunction((words) => document.getElementById('letterView').innerText.includes(words), ANOTHER);
    await profile.page.click('nav a[href="#receive"]');
    assert((await shown()).includes(NAME));
    // Its own fingerprint is that of its file.
    await profile.page.evaluate(() => (document.getElementById('itself').open = true));
    await profile.page.waitForFunction(() => document.getElementById('digest').textContent.length === 64);
    const [told] = program('reader', '--check', PAGE).match(/[0-9a-f]{64}/);
    assert.equal(await profile.page.textContent('#digest'), told);
    await profile.close();
});
