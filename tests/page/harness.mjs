// Real browsers with the page in them, and everything counted that tries to leave it.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { WebKit } from './webkit.mjs';

/** The program; beside it are the examples that make films and floods of codes. */
export const SHABNAMEH = resolve(process.env.SHABNAMEH ?? 'target/debug/shabnameh');
export const FILM = join(dirname(SHABNAMEH), 'examples/film');
export const FLOOD = join(dirname(SHABNAMEH), 'examples/flood');
/** Where tests keep their files. */
export const WORK = resolve('target/page-tests');
/** The languages of the page: one folder of words each, beside the language of tests. */
export const LANGUAGES = readdirSync('src/words', { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'xx').map(({ name }) => name);
const require = createRequire(resolve('target/node/node_modules/'));
export const { chromium, firefox } = require('playwright-core');
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const AXE = require.resolve('axe-core/axe.min.js');
export const PAGE = join(WORK, 'reader.html');

/** Deletes what browsers of 2020 did not have. It runs before the page's own script. */
export function agedTo2020() {
    const gone = [
        [Array.prototype, ['at', 'findLast', 'toSorted', 'toReversed', 'with']],
        [String.prototype, ['replaceAll', 'at']],
        [Promise, ['any', 'withResolvers']],
        [Object, ['hasOwn', 'groupBy']],
        [globalThis, ['structuredClone', 'DecompressionStream', 'CompressionStream', 'WeakRef', 'OffscreenCanvas', 'VideoFrame', 'ImageDecoder', 'scheduler']],
        [HTMLVideoElement.prototype, ['requestVideoFrameCallback']],
        [Navigator.prototype, ['share', 'canShare', 'wakeLock', 'clipboard', 'userActivation']],
        [Crypto.prototype, ['randomUUID']],
        [Blob.prototype, ['arrayBuffer', 'text', 'stream']],
        [Element.prototype, ['replaceChildren', 'checkVisibility', 'setHTMLUnsafe']],
        [Uint8Array, ['fromBase64', 'fromHex']],
    ];
    for (const [owner, names] of gone) {
        names.forEach((name) => delete owner[name]);
    }
}

/** What a phone of each kind is started by, with a new profile: its context of pages, and what ends it. */
const BROWSERS = {
    async chromium({ camera, width, height, dark, video, script = true, args: more = [] }) {
        // The camera of tests has no other name; what is played without a touch is played on phones that save no battery.
        const args = ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', ...more];
        if (camera && camera !== 'refused') {
            args.push('--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`);
        } else if (camera === 'refused') {
            args.push('--use-fake-device-for-media-stream', '--deny-permission-prompts');
        }
        const browser = await chromium.launch({ executablePath: CHROMIUM, args });
        const context = await browser.newContext({
            viewport: { width, height },
            deviceScaleFactor: 2,
            colorScheme: dark ? 'dark' : 'light',
            acceptDownloads: true,
            javaScriptEnabled: script,
            recordVideo: video,
        });
        return { browser, context };
    },
    /** By WebDriver BiDi. */
    async firefox({ width, height, dark, prefs = {} }) {
        const firefoxUserPrefs = { 'media.autoplay.default': 0, 'ui.systemUsesDarkTheme': dark ? 1 : 0, ...prefs };
        const executablePath = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
        const browser = await firefox.launch({ channel: 'moz-firefox', executablePath, firefoxUserPrefs });
        const context = await browser.newContext({ viewport: { width, height }, colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null });
        return { browser, context };
    },
    async webkit({ width, height }) {
        const browser = await WebKit.launch();
        return { browser, context: { newPage: () => browser.newPage(width, height) } };
    },
};

/** Waits for what a browser that hangs never does, but not long. */
function soon(work) {
    return Promise.race([work, new Promise((_, fails) => setTimeout(fails, 5_000, new Error('no answer')).unref())]);
}

/** Browsers that run. */
const running = new Set();

/** Counts a browser, or a context that is one, among those that run; gives it back. */
export function begun(browser) {
    running.add(browser);
    return browser;
}

/** What the pages show that are open, to be told with what failed. */
export async function whatPagesShow() {
    const contexts = [...running].flatMap((browser) => browser.contexts?.() ?? (browser.pages ? [browser] : []));
    const shown = contexts.flatMap((context) => context.pages()).map(async (page) => {
        const text = await soon(page.evaluate(() => document.body.innerText)).catch(String);
        return `${page.url()}\n${text}`;
    });
    return (await Promise.all(shown)).join('\n\n');
}

/** Ends what still runs: a test that failed leaves its browsers behind. */
export async function endBrowsers() {
    const browsers = [...running];
    running.clear();
    await Promise.allSettled(browsers.map((browser) => soon(browser.close())));
}

export class Phone {
    /** Opens the page on a phone of its own: in `chromium`, `firefox` or `webkit`; `camera` is a film that its camera sees, or 'refused', or nothing. */
    static async open({ kind = 'chromium', language = 'fa', keeping = 'open', aged = false, page = PAGE, width = 360, height = 740, ...options } = {}) {
        const phone = new Phone();
        const { script = true } = options;
        Object.assign(phone, { kind, language, keeping, script, requests: [], faults: [] }, await BROWSERS[kind]({ width, height, ...options }));
        begun(phone.browser);
        if (kind !== 'webkit') {
            await phone.watch(aged);
        }
        await phone.goTo(page);
        return phone;
    }

    /** Counts what tries to leave, and what the page's policy forbids. */
    async watch(aged) {
        if (this.kind === 'chromium') {
            await this.context.route('**/*', (route) => {
                const url = route.request().url();
                if (!/^(file|blob|data):/.test(url)) {
                    this.requests.push(url);
                    return route.abort();
                }
                return route.continue();
            });
        }
        // It leaves localStorage alone: of one that is touched before the page begins, Chromium now and then keeps nothing, and tells other pages nothing.
        await this.context.addInitScript(() => {
            globalThis.violations = [];
            document.addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));
        });
        if (aged) {
            await this.context.addInitScript(agedTo2020);
        }
    }

    async goTo(page) {
        this.page = await this.context.newPage();
        if (this.kind !== 'webkit') {
            this.page.on('request', (request) => /^(file|blob|data):/.test(request.url()) || this.requests.push(request.url()));
            this.page.on('pageerror', (error) => this.faults.push(error.stack ?? String(error)));
            this.page.on('console', (message) => message.type() === 'error' && this.faults.push(message.text()));
        }
        await this.page.goto(`file://${page}`);
        if (!this.script) {
            return;
        }
        await this.ready();
        await this.set();
    }

    /** Chooses the phone's language, and how much it keeps, where the page has another choice. */
    async set() {
        if ((await this.page.getAttribute('html', 'lang')) !== this.language) {
            await this.page.click('#language');
        }
        await this.page.evaluate((keeping) => document.querySelector(`#keepingWays [data-keep=${keeping}]:not([aria-pressed=true])`)?.click(), this.keeping);
    }

    /** Opens the page once more, beside the first. */
    another() {
        return this.goTo(PAGE);
    }

    async ready() {
        await this.page.waitForSelector('html[data-ready]', { timeout: 20_000 });
    }

    /** Loads the page anew, once it remembers which letter is open: a moment after that is drawn. */
    async reload() {
        await this.page.waitForFunction(() => sessionStorage.getItem('shabnameh.current') !== '');
        await this.page.reload();
        await this.ready();
    }

    /** Chooses files as a person does. */
    async choose(...files) {
        await this.page.setInputFiles('#chooseFile', files);
    }

    /** A picture of what an element shows, as another phone's camera sees it. */
    async shoot(selector, path) {
        if (this.kind === 'webkit') {
            writeFileSync(path, await this.page.shoot(selector));
            return;
        }
        await this.page.locator(selector).screenshot({ path });
        if (this.kind === 'firefox') {
            // Playwright hides the caret by a style of its own, which the page's policy forbids.
            await this.page.evaluate(() => (globalThis.violations = violations.filter((violation) => !violation.startsWith('style-src'))));
            this.faults = this.faults.filter((fault) => !fault.includes('style-src'));
        }
    }

    /** Erases everything, by two touches. */
    async erase() {
        await this.page.click('#panic');
        await this.page.waitForTimeout(500);
        await this.page.click('#panic');
        await this.page.waitForSelector('table');
    }

    text(selector) {
        return this.page.innerText(selector);
    }

    /** Touches what has to be touched twice, the second time not too soon; without a click, for which a page in the background is drawn too seldom. */
    async twice(selector, page = this.page) {
        for (const wait of [500, 0]) {
            await page.evaluate((selector) => document.querySelector(selector).click(), selector);
            await page.waitForTimeout(wait);
        }
    }

    /** Waits until a letter is open, and tells its text and who signed it. */
    async letter(timeout = 60_000) {
        await this.page.waitForSelector('#letterView [data-answer]', { timeout });
        return { answer: await this.page.getAttribute('#letterView [data-answer]', 'data-answer'), text: await this.text('#letterView') };
    }

    /** Trusts the key that signed the letter which is open. */
    async trust(name) {
        await this.page.click('#letterView .seal button');
        await this.page.fill('#offerName', name);
        await this.page.click('#offer [type=submit]');
        await this.page.waitForSelector('[data-answer=trusted]');
    }

    /** Goes to another view. */
    async view(name) {
        await this.page.click(`nav a[href="#${name}"]`);
    }

    /** Ends it; nothing may have left the page, and nothing may have gone wrong in it. (WebKit's driver tells neither.) */
    async close() {
        for (const page of this.kind === 'webkit' || !this.script ? [] : this.context.pages()) {
            this.faults.push(...(await page.evaluate(() => globalThis.violations ?? [])));
        }
        await this.browser.close();
        assert.deepEqual(this.requests, [], 'requests left the page');
        assert.deepEqual(this.faults, [], 'errors, or what the policy forbids');
    }
}
