// Puts the page together: bundle.mjs FOLDER SOURCES [test-language], where the folder holds the tools and out/ with the program; prints the page. Called by
// build.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [, , folder, sources, testLanguage] = process.argv;
const require = createRequire(join(folder, 'node_modules/'));
const { buildSync, transformSync } = require('esbuild');
const page = new URL('page/', import.meta.url).pathname;
const fonts = new URL('../../fonts/', import.meta.url).pathname;

// Browsers of 2020, Safari of 2021: before that they have no bulk memory.
const target = ['chrome80', 'firefox79', 'safari15'];

/** Persian, Arabic and Sorani Kurdish; Latin with its marks; the signs that letters have. */
const CHARACTERS = [
    'U+0020-007E', 'U+00A0-00FF', 'U+0131', 'U+0152-0153', 'U+015E-015F', 'U+011E-011F', 'U+0130', 'U+060C', 'U+0610-061B', 'U+061F',
    'U+0621-063A', 'U+0640-0656', 'U+0660-066D', 'U+0670-0671', 'U+0679', 'U+067E', 'U+0681', 'U+0685-0686', 'U+0688-0689', 'U+0691',
    'U+0693', 'U+0695-0696', 'U+0698', 'U+069A', 'U+06A4', 'U+06A9', 'U+06AB', 'U+06AF', 'U+06B5', 'U+06BA', 'U+06BC', 'U+06BE',
    'U+06C0-06C3', 'U+06C6-06C7', 'U+06CA-06CE', 'U+06D0', 'U+06D2-06D5', 'U+06F0-06F9', 'U+200C-200F', 'U+2010-2015', 'U+2018-201F',
    'U+2022', 'U+2026', 'U+2039-203A', 'U+2190-2193', 'U+2212', 'U+2713', 'U+2715', 'U+FDFC',
].join(',');

/** Signs that letters tell things apart by, where the phone has none of its own: marks of lists, arrows, yes and no. */
const SIGNS = {
    'CompanionSymbols-Regular': '●○■□▪◆★☆✓✔✗✘→←↑↓☐☑☒⚠',
    'CompanionEmoji-Regular': '✅❌❗❓✊❤',
};
const numbers = (signs) => [...signs].map((sign) => `U+${sign.codePointAt(0).toString(16)}`).join(',');

function font(name) {
    const characters = name in SIGNS ? numbers(SIGNS[name]) : CHARACTERS;
    const subset = join(folder, 'out', `${name}.woff2`);
    execFileSync('python3', [
        '-m', 'fontTools.subset', join(fonts, `${name}.ttf`), `--unicodes=${characters}`, '--flavor=woff2', '--no-hinting',
        '--layout-features=ccmp,locl,isol,init,medi,fina,rlig,calt,liga,mark,mkmk,kern', '--name-IDs=0,1,2,13,14',
        '--no-recalc-timestamp', `--output-file=${subset}`,
    ]);
    return `data:font/woff2;base64,${readFileSync(subset, 'base64')}`;
}

function script(entry) {
    const { outputFiles } = buildSync({
        entryPoints: [join(page, entry)],
        alias: {
            shabnameh: join(folder, 'out/shabnameh.js'),
            // Of lzma1 what packs is left out: it is four times as long as what unpacks.
            'lzma1/decoder': join(folder, 'node_modules/lzma1/lib/decoder.js'),
            'lzma1/streams': join(folder, 'node_modules/lzma1/lib/streams.js'),
        },
        nodePaths: [join(folder, 'node_modules')],
        bundle: true,
        minify: true,
        charset: 'utf8',
        format: 'iife',
        legalComments: 'none',
        target,
        // It shuns them for a fault of Safari that none of ours meets.
        supported: { destructuring: true },
        define: { TEST_LANGUAGE: String(testLanguage === 'test-language') },
        write: false,
    });
    return outputFiles[0].text.trim();
}

/** Bytes packed by LZMA, a fifth smaller than by gzip; as text that packing.ts reads. */
function packed(bytes) {
    const filter = '{"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "lc": 3, "lp": 0, "pb": 0, "dict_size": 1 << 21}';
    const program = `import lzma, sys; sys.stdout.buffer.write(lzma.compress(sys.stdin.buffer.read(), lzma.FORMAT_ALONE, filters=[${filter}]))`;
    return dense(execFileSync('python3', ['-c', program], { input: bytes, maxBuffer: 1 << 24 }));
}

/** Bytes as text of 91 signs, of which two hold 13 bits and a single last one up to 6: base64 would be a twelfth longer. No sign ends a script. */
function dense(bytes) {
    const signs = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).filter((sign) => !'&<>'.includes(sign));
    let [text, held, bits] = ['', 0, 0];
    for (const byte of bytes) {
        held |= byte << bits;
        bits += 8;
        if (bits >= 13) {
            const value = held & 8191;
            text += signs[value % 91] + signs[Math.floor(value / 91)];
            held >>= 13;
            bits -= 13;
        }
    }
    if (bits > 0) {
        text += signs[held % 91] + (bits > 6 ? signs[Math.floor(held / 91)] : '');
    }
    return text;
}

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const style = transformSync(
    readFileSync(join(page, 'style.css'), 'utf8')
        .replace('{{regular}}', () => font('Vazirmatn-Regular'))
        .replace('{{bold}}', () => font('Vazirmatn-Bold'))
        .replace('{{symbols}}', () => font('CompanionSymbols-Regular'))
        .replace('{{emoji}}', () => font('CompanionEmoji-Regular')),
    { loader: 'css', minify: true, charset: 'utf8', target },
).code.trim();
const main = script('main.ts');
const parts = {
    // Before Chrome 97 WebAssembly was under the rule for eval.
    csp: [
        "default-src 'none'",
        `script-src ${hash(main)} 'wasm-unsafe-eval' 'unsafe-eval'`,
        `style-src ${hash(style)}`,
        'worker-src blob:',
        'child-src blob:',
        'img-src blob: data:',
        'media-src blob: mediastream:',
        'font-src data:',
        "connect-src 'none'",
        "form-action 'none'",
        "base-uri 'none'",
    ].join('; '),
    style,
    wasm: packed(readFileSync(join(folder, 'out/page.wasm'))),
    worker: packed(script('worker.ts')),
    script: main,
    sources,
};
for (const [name, text] of Object.entries(parts)) {
    if (/<\/(script|style)|<!--/i.test(text)) {
        throw new Error(`${name} would end its place in the page`);
    }
}
const template = readFileSync(join(page, 'page.html'), 'utf8').trim();
process.stdout.write(`${template.replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name])}\n`);
