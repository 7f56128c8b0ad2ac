// What one must know and touch is on the first screen, at every step, on small phones and in large type. With PICTURES in the environment each step is
// drawn into target/page-tests/pictures.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { at, photos } from './fixtures.mjs';
import { LANGUAGES, Phone } from './harness.mjs';
import { test } from './runner.mjs';

const out = at('pictures');
mkdirSync(out, { recursive: true });

/** Width and height in CSS pixels, and the type's size in percent. */
const SIZES = [
    [320, 568, 100],
    [360, 512, 100],
    [360, 640, 100],
    [360, 740, 100],
    [740, 360, 100],
    [320, 568, 200],
    [360, 640, 200],
];

/** What of the elements is not wholly on the screen, not covered, or not in this order; and whether the page is wider than the screen. */
function outOfReach(selectors) {
    const { clientWidth } = document.documentElement;
    const faults = [];
    let above = 0;
    for (const selector of selectors) {
        const element = document.querySelector(selector);
        const box = element.getBoundingClientRect();
        const bottom = document.querySelector('nav').getBoundingClientRect().top;
        if (box.height === 0 || box.top < above - 1 || box.bottom > (element.closest('nav') ? innerHeight : bottom) + 1 || box.left < -1 || box.right > clientWidth + 1) {
            faults.push(`${selector}: ${Math.round(box.left)},${Math.round(box.top)} to ${Math.round(box.right)},${Math.round(box.bottom)} of ${clientWidth},${Math.round(bottom)}`);
        }
        const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        if (!element.contains(seen)) {
            faults.push(`${selector} is covered by ${seen?.outerHTML.slice(0, 60)}`);
        }
        above = element.closest('nav') ? 0 : box.bottom;
    }
    if (document.documentElement.scrollWidth > clientWidth + 1) {
        faults.push(`wider than the screen: ${document.documentElement.scrollWidth}`);
    }
    return faults;
}

for (const [width, height, type] of SIZES) {
    for (const language of LANGUAGES) {
        const size = `${width}x${height}${type > 100 ? ` at ${type} %` : ''}, ${language}`;
        test(`status and main button in reach: ${size}`, async () => {
            // As on phones, no live camera is granted to a file.
            const phone = await Phone.open({ language, width, height, args: [`--blink-settings=defaultFontSize=${(16 * type) / 100}`] });
            await phone.context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'mediaDevices', { get: () => undefined }));
            await phone.reload();
            const { page } = phone;
            assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), `${(17 * type) / 100 - (type > 100 ? 0.08 : 0.04)}px`);
            const step = async (name, ...elements) => {
                assert.notEqual(await phone.text('#status').catch(() => 'x'), '');
                assert.deepEqual(await page.evaluate(outOfReach, [...elements, '#panic']), [], name);
                if (process.env.PICTURES) {
                    await page.screenshot({ path: join(out, `reach.${name}.${language}.${width}x${height}.${type}.png`) });
                }
            };
            const status = (source) => page.waitForFunction((source) => new RegExp(source).test(document.getElementById('status').textContent), source);
            await step('begin', '#status', '#choose');
            assert.equal(await page.getAttribute('#status', 'class'), 'plain', 'nothing is wrong yet');
            await phone.choose(at('empty.jpg'));
            await status('Nothing found|پیدا نشد');
            await step('nothing', '#status', '#choose');
            // Scrolled to what is below, the status stays in sight, and what is chosen there leads back to it.
            await page.evaluate(() => scrollTo(0, 10_000));
            assert.deepEqual(await page.evaluate(outOfReach, ['#status']), []);
            await phone.choose(at('part-1.png'));
            await status('needed|لازم است');
            await step('part', '#status', '#choose');
            await phone.choose(...Array(12).fill(at('leaflet-1.jpg')), at('empty.jpg'), at('broken.jpg'));
            await page.waitForSelector('#stopFiles:not([hidden])');
            await step('reading', '#status', '#choose');
            await page.evaluate(() => document.getElementById('stopFiles').click());
            await status('not looked at|دیده نشده');
            await step('stopped', '#status', '#choose');
            await phone.choose(at('part.webm'));
            await status('film|فیلم');
            await step('film', '#status', '#choose');
            await page.waitForSelector('#filming', { state: 'hidden' });
            await phone.choose(at('broken.mp4'));
            await page.waitForSelector('#lines li.bad');
            await step('broken', '#status', '#choose');
            await page.evaluate(() => document.getElementById('stopFiles').click());
            // A letter that comes while one is elsewhere does not open by itself.
            await phone.view('write');
            await phone.choose(...photos());
            await page.waitForFunction(() => !document.getElementById('readIt').hidden);
            await phone.view('receive');
            await status('complete|کامل');
            await step('complete', '#status', '#readIt');
            await page.click('#readIt');
            await page.waitForSelector('[data-answer]');
            await step('letter', '#letterBar button.main');
            await page.click('#letterBar button.main');
            await page.waitForFunction(() => document.querySelector('#board canvas')?.width < 300);
            await step('show', '#slow');
            await page.click('#full');
            await page.waitForTimeout(300);
            const share = await page.evaluate(() => document.querySelector('#board canvas').getBoundingClientRect().width / Math.min(innerWidth, innerHeight));
            assert(share > 0.8, `the code takes ${share} of the screen`);
            if (process.env.PICTURES) {
                await page.screenshot({ path: join(out, `reach.full.${language}.${width}x${height}.${type}.png`) });
            }
            await page.click('#full');
            for (const view of ['write', 'keys']) {
                await phone.view(view);
                assert.deepEqual(await page.evaluate(outOfReach, ['#panic']), [], view);
                if (process.env.PICTURES) {
                    await page.screenshot({ path: join(out, `reach.${view}.${language}.${width}x${height}.${type}.png`) });
                }
            }
            await phone.close();
        });
    }
}
