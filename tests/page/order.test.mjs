// How lines with links, numbers and codes read. In each line of order.txt what stands between ⟦ and ⟧ is read as a whole.
// The same lines are set on paper, shown by the page, and shown by the browser itself, each in a paragraph of dir=auto with those parts in <bdi>: from left to
// right the same characters stand in all three.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { begun, CHROMIUM, chromium, SHABNAMEH, WORK } from './harness.mjs';
import { test } from './runner.mjs';

mkdirSync(WORK, { recursive: true });
const folder = mkdtempSync(join(WORK, 'order-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const marked = readFileSync('tests/page/order.txt', 'utf8').trim().split('\n');
const lines = marked.map((line) => line.replace(/[⟦⟧]/g, ''));
assert.ok(lines.length >= 60);
writeFileSync(join(folder, 'letter.txt'), lines.join('\n\n'));
cpSync('src/web/reader.html', join(folder, 'reader.html'));
const program = (...words) => execFileSync(SHABNAMEH, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
program('print', 'letter.txt', '--paper', 'a5', '--out', 'letter.pdf');
program('armor', 'letter.txt', '--out', 'armor.txt');

/** Without what takes no room of its own in a line; brackets are told by some as they look, by others as they are written. */
const bare = (text) => text.replace(/[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\u064b-\u0655\u0670]/gu, '').replace(/[()[\]{}«»<>]/g, '|');

/** The lines of a PDF, each as it stands from left to right. */
function onPaper() {
    const glyphs = JSON.parse(execFileSync('python3', ['tests/extract/glyphs.py', join(folder, 'letter.pdf')], { maxBuffer: 1 << 26 }));
    const rows = new Map();
    for (const [page, x, y, character] of glyphs) {
        const key = `${page} ${y.toFixed(1)}`;
        rows.set(key, [...(rows.get(key) ?? []), [x, character]]);
    }
    return [...rows.values()].map((row) => bare(row.sort((a, b) => a[0] - b[0]).map(([, character]) => character).join('')));
}

/** The text of each of these elements as it stands from left to right; run in the browser. */
function seen(selector) {
    return [...document.querySelectorAll(selector)].map((element) => {
        const found = [];
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            for (let at = 0; at < node.length; at++) {
                range.setStart(node, at);
                range.setEnd(node, at + 1);
                const [box] = range.getClientRects();
                if (box && box.width > 0) {
                    found.push([box.left, node.data[at]]);
                }
            }
        }
        return found.sort((a, b) => a[0] - b[0]).map(([, character]) => character).join('');
    });
}

test('lines read on paper, in the page and in the browser alike', async () => {
    const browser = begun(await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] }));
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    await page.goto(`file://${join(folder, 'reader.html')}`);
    await page.waitForSelector('html[data-ready]');
    await page.setInputFiles('#chooseFile', join(folder, 'armor.txt'));
    await page.waitForSelector('#letterView article p');
    const inPage = (await page.evaluate(seen, '#letterView article p')).map(bare);

    const plain = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
    const html = marked.map((line) => `<p dir=auto>${escaped(line).replace(/⟦/g, '<bdi>').replace(/⟧/g, '</bdi>')}</p>`).join('');
    await plain.setContent(`<meta charset=utf-8><style>p { white-space: nowrap; letter-spacing: 0 }</style>${html}`);
    const wanted = (await plain.evaluate(seen, 'p')).map(bare);
    await browser.close();

    const paper = onPaper();
    assert.equal(inPage.length, lines.length, 'the page shows a paragraph a line');
    const wrong = [];
    for (const [at, line] of lines.entries()) {
        if (inPage[at] !== wanted[at]) {
            wrong.push(`page:  ${line}\n  ${inPage[at]}\n  ${wanted[at]}`);
        }
        if (!paper.includes(wanted[at])) {
            wrong.push(`paper: ${line}\n  ${paper.find((row) => [...row].sort().join('') === [...wanted[at]].sort().join(''))}\n  ${wanted[at]}`);
        }
    }
    assert.equal(wrong.length, 0, `${wrong.length} lines read otherwise:\n${wrong.join('\n')}`);
});
