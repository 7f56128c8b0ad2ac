// A word looked for in a letter, as the eye takes it: whatever keyboard it was typed on, with or without marks and joiners.

import { number, words } from './say';

const NOTHING = /[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;
const DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/;
const ALIKE = new Map(Object.entries({ ي: 'ی', ى: 'ی', ك: 'ک', ة: 'ه', أ: 'ا', إ: 'ا', آ: 'ا' }));

/** Letters that look alike become one; marks and joiners are removed. */
function plain(character: string): string {
    if (NOTHING.test(character)) {
        return '';
    }
    const digit = DIGIT.test(character) ? String(character.charCodeAt(0) & 15) : undefined;
    const lower = (digit ?? ALIKE.get(character) ?? character).toLowerCase();
    // One code unit for one, so that positions stay the same.
    return lower.length === 1 ? lower : character;
}

/** A text in that form, with the place of each of its characters in what it was made of. */
function plainly(text: string): Plainly {
    const places: number[] = [];
    let all = '';
    for (let at = 0; at < text.length; at++) {
        const one = plain(text.charAt(at));
        all += one;
        if (one) {
            places.push(at);
        }
    }
    return { text: all, places };
}

interface Plainly {
    text: string;
    places: number[];
}

/** Most places that are marked. */
const MOST = 1_000;

/** Marks a word in all parts of a letter, and goes from one place to the next. */
export class Finder {
    private marks: HTMLElement[][] = [];
    private at = -1;
    /** The plain form of each part, made once. */
    private plain = new Map<HTMLElement, Plainly>();

    constructor(private article: HTMLElement) {}

    /** Marks a word, and goes to the first place; tells how many there are, in words. */
    find(word: string): string {
        this.clear();
        const wanted = plainly(word.trim()).text;
        if (!wanted) {
            return '';
        }
        for (const part of this.article.querySelectorAll<HTMLElement>('p, h1, h2, h3, h4, h5, h6, td, th')) {
            if (this.marks.length >= MOST) {
                break;
            }
            this.findIn(part, wanted);
        }
        return this.step(1);
    }

    /** Goes to the next place, or back; tells which one it is, in words. */
    step(by: number): string {
        const count = this.marks.length;
        if (count === 0) {
            return words().notFound;
        }
        this.marks[this.at]?.forEach((mark) => mark.classList.remove('now'));
        this.at = (this.at + by + count) % count;
        const now = this.marks[this.at]!;
        now.forEach((mark) => mark.classList.add('now'));
        now[0]!.scrollIntoView({ block: 'center' });
        return `${number(this.at + 1)} / ${number(count)}`;
    }

    /** Takes the marks away. */
    clear(): void {
        for (const mark of this.marks.flat()) {
            const parent = mark.parentNode;
            mark.replaceWith(...mark.childNodes);
            parent?.normalize();
        }
        this.marks = [];
        this.at = -1;
    }

    private findIn(part: HTMLElement, wanted: string): void {
        const known = this.plain.get(part) ?? plainly(part.textContent ?? '');
        this.plain.set(part, known);
        const { text, places } = known;
        const found: [number, number][] = [];
        for (let at = text.indexOf(wanted); at >= 0 && this.marks.length + found.length < MOST; at = text.indexOf(wanted, at + wanted.length)) {
            found.push([places[at]!, places[at + wanted.length - 1]! + 1]);
        }
        // From the last to the first, so that positions before stay valid.
        const marked = found.reverse().map(([from, to]) => mark(part, from, to));
        this.marks.push(...marked.reverse());
    }
}

/** Wraps a stretch of a part's text, which may run through several elements. */
function mark(part: HTMLElement, from: number, to: number): HTMLElement[] {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const nodes: [Text, number, number][] = [];
    let at = 0;
    for (let node = walker.nextNode() as Text | null; node && at < to; node = walker.nextNode() as Text | null) {
        const end = at + node.length;
        if (end > from) {
            nodes.push([node, Math.max(0, from - at), Math.min(node.length, to - at)]);
        }
        at = end;
    }
    return nodes.map(([node, begin, end]) => {
        const middle = node.splitText(begin);
        middle.splitText(end - begin);
        const made = document.createElement('mark');
        middle.replaceWith(made);
        made.append(middle);
        return made;
    });
}
