// A language for tests: English with accents, between angles, from right to left. What a test shows without them was never given to a translator.

import type { Words } from './words';

const PLAIN = 'aceinouyACEINOUY';
const ACCENTS = 'áçéíñóúýÁÇÉÍÑÓÚÝ';

/** A text with accents, between angles. */
function accent(text: string): string {
    return text && `‹${[...text].map((letter) => ACCENTS[PLAIN.indexOf(letter)] ?? letter).join('')}›`;
}

/** Everything that a language says, with accents. */
function all<T>(said: T): T {
    if (typeof said === 'string') {
        return accent(said) as T;
    }
    if (typeof said === 'function') {
        return ((...given: unknown[]) => all(said(...given))) as T;
    }
    if (Array.isArray(said)) {
        return said.map(all) as T;
    }
    return (said && typeof said === 'object' ? Object.fromEntries(Object.entries(said).map(([name, value]) => [name, all(value)])) : said) as T;
}

/** The language of tests, made of another. */
export function accented(words: Words): Words {
    return { ...all(words), tag: 'xx', ownName: '‹Áççéñts›', direction: 'rtl', digits: (text) => text };
}
