// WebKitGTK, driven by its own driver (W3C WebDriver), with as much of Playwright's page as the scenarios for all browsers use.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
/** No wait takes longer unless it says so, in milliseconds. */
const PATIENCE = 30_000;
/** How often something is looked for, in milliseconds. */
const POLL = 50;

const pause = (milliseconds) => new Promise((gives) => setTimeout(gives, milliseconds));

/** A port of this machine that nobody listens on. */
function freePort() {
    return new Promise((gives) => {
        const server = createServer().listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => gives(port));
        });
    });
}

/** Screen numbers that were tried: one a browser. */
let screens = 90 + (process.pid % 400);

/** Starts an X server in memory; tells its process and its display. */
async function startScreen() {
    for (;;) {
        const display = `:${++screens}`;
        const xvfb = spawn('Xvfb', [display, '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], { stdio: 'ignore' });
        const ended = new Promise((gives) => xvfb.once('exit', () => gives(true)));
        if (!(await Promise.race([ended, pause(700).then(() => false)]))) {
            return { xvfb, display };
        }
    }
}

export class WebKit {
    /** Starts a browser of its own, with nothing kept from another one. */
    static async launch() {
        const { xvfb, display } = await startScreen();
        const port = await freePort();
        const env = { ...process.env, DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', NO_AT_BRIDGE: '1' };
        const driver = spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' });
        const browser = new WebKit();
        Object.assign(browser, { xvfb, driver, address: `http://127.0.0.1:${port}` });
        for (let tries = 0; ; tries++) {
            try {
                const options = { binary: BROWSER, args: ['--automation'] };
                const { sessionId } = await browser.call('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } });
                browser.session = `/session/${sessionId}`;
                return browser;
            } catch (error) {
                if (tries > 100) {
                    driver.kill();
                    xvfb.kill();
                    throw error;
                }
                await pause(100);
            }
        }
    }

    async call(method, path, body) {
        const answer = await fetch(this.address + path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
        const { value } = await answer.json();
        if (value?.error) {
            throw new Error(`${value.error}: ${value.message}`);
        }
        return value;
    }

    async newPage(width, height) {
        await this.call('POST', `${this.session}/window/rect`, { x: 0, y: 0, width, height });
        return new Page(this);
    }

    async close() {
        await this.call('DELETE', this.session).catch(() => {});
        this.driver.kill();
        this.xvfb.kill();
    }
}

class Page {
    constructor(browser) {
        this.browser = browser;
    }

    call(method, path, body) {
        return this.browser.call(method, this.browser.session + path, body);
    }

    goto(url) {
        return this.call('POST', '/url', { url });
    }

    reload() {
        return this.call('POST', '/refresh', {});
    }

    url() {
        return this.call('GET', '/url');
    }

    /** Calls a function in the page, which may be asynchronous. */
    evaluate(work, argument) {
        const script = `const done = arguments[arguments.length - 1]; Promise.resolve((${work})(...arguments)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
        return this.call('POST', '/execute/async', { script, args: [argument ?? null] }).then((answer) => {
            if (answer.error) {
                throw new Error(answer.error);
            }
            return answer.value;
        });
    }

    async waitForFunction(work, argument, { timeout = PATIENCE } = {}) {
        for (const end = Date.now() + timeout; ; await pause(POLL)) {
            if (await this.evaluate(work, argument).catch(() => false)) {
                return;
            }
            if (Date.now() > end) {
                throw new Error(`not in ${timeout} ms: ${work}`);
            }
        }
    }

    /** Waits until an element is seen, or is not (`state: 'hidden'`). */
    async waitForSelector(selector, { timeout = PATIENCE, state = 'visible' } = {}) {
        for (const end = Date.now() + timeout; ; await pause(POLL)) {
            if ((await this.isVisible(selector).catch(() => false)) === (state === 'visible')) {
                return;
            }
            if (Date.now() > end) {
                throw new Error(`${selector} is not ${state} in ${timeout} ms`);
            }
        }
    }

    isVisible(selector) {
        return this.evaluate((selector) => !!document.querySelector(selector)?.getClientRects().length, selector);
    }

    async isHidden(selector) {
        return !(await this.isVisible(selector));
    }

    innerText(selector) {
        return this.evaluate((selector) => document.querySelector(selector).innerText, selector);
    }

    inputValue(selector) {
        return this.evaluate((selector) => document.querySelector(selector).value, selector);
    }

    getAttribute(selector, name) {
        return this.evaluate(([selector, name]) => document.querySelector(selector).getAttribute(name), [selector, name]);
    }

    async element(selector) {
        return Object.values(await this.call('POST', '/element', { using: 'css selector', value: selector }))[0];
    }

    /** Touches an element, as soon as it is seen. */
    async click(selector) {
        await this.waitForSelector(selector);
        await this.evaluate((selector) => document.querySelector(selector).scrollIntoView({ block: 'center' }), selector);
        await this.call('POST', `/element/${await this.element(selector)}/click`, {});
    }

    async fill(selector, text) {
        await this.waitForSelector(selector);
        await this.evaluate(
            ([selector, text]) => {
                const field = document.querySelector(selector);
                field.value = text;
                field.dispatchEvent(new Event('input', { bubbles: true }));
                field.dispatchEvent(new Event('change', { bubbles: true }));
            },
            [selector, text],
        );
    }

    check(selector) {
        return this.click(selector);
    }

    async setInputFiles(selector, files) {
        await this.call('POST', `/element/${await this.element(selector)}/value`, { text: files.join('\n') });
    }

    waitForTimeout(milliseconds) {
        return pause(milliseconds);
    }

    async screenshot() {
        return Buffer.from(await this.call('GET', '/screenshot'), 'base64');
    }

    /** A picture of an element. */
    async shoot(selector) {
        // It is drawn a moment after it is there.
        await pause(500);
        return Buffer.from(await this.call('GET', `/element/${await this.element(selector)}/screenshot`), 'base64');
    }
}
