// The language of the page, and its texts.

import { get, set } from './store';
import { $ } from './dom';
import { FALLBACK, LANGUAGES } from './languages';
import type { InEach } from './told';
import type { Two, Words } from './words';
import { BrokeError, ToldError } from './engine';
import { LateError } from './limits';

/** The texts of a language that need nothing to be filled in. */
export type Plain = { [K in keyof Words]: Words[K] extends string ? K : never }[keyof Words];

let chosen: Words = LANGUAGES.find((language) => language.tag === get('language')) ?? LANGUAGES[0];
const listeners: (() => void)[] = [];

/** The page's texts. */
export function words(): Words {
    return chosen;
}

/** Calls `render` now, and whenever the language changes. */
export function translated(render: () => void): void {
    listeners.push(render);
    render();
}

/** Puts the texts in their places. */
export function translate(): void {
    const { documentElement: html } = document;
    html.lang = chosen.tag;
    html.dir = chosen.direction;
    document.title = chosen.name;
    $('language').textContent = next().ownName;
    for (const [attribute, put] of PLACES) {
        for (const element of document.querySelectorAll<HTMLElement>(`[${attribute}]`)) {
            put(element, chosen[element.getAttribute(attribute) as Plain]);
        }
    }
    for (const element of document.querySelectorAll<HTMLElement>('[data-said]')) {
        element.textContent = said.get(element)?.() ?? '';
    }
    listeners.forEach((render) => render());
}

const PLACES: [string, (element: HTMLElement, text: string) => void][] = [
    ['data-t', (element, text) => (element.textContent = text)],
    ['data-label', (element, text) => ((element.title = text), element.setAttribute('aria-label', text))],
    ['data-hint', (element, text) => element.setAttribute('placeholder', text)],
];

/** A text, for a new element. It follows a change of language without changing the elements beside it. */
export function saying(text: Plain): { textContent: string; data: Record<string, string> } {
    return { textContent: chosen[text], data: { 'data-t': text } };
}

/** What a new element is called that says nothing itself. */
export function labelled(text: Plain): { title: string; data: Record<string, string> } {
    return { title: chosen[text], data: { 'aria-label': chosen[text], 'data-label': text } };
}

/** Lets an element say another text. */
export function speak(element: HTMLElement, text: Plain): void {
    element.setAttribute('data-t', text);
    element.textContent = chosen[text];
}

/** The functions that make the texts of elements. */
const said = new WeakMap<HTMLElement, () => string>();

/** Sets the text of an element by a function, which is called again when the language changes. */
export function says(element: HTMLElement, say: () => string): void {
    said.set(element, say);
    element.setAttribute('data-said', '');
    element.textContent = say();
}

/** The same, and scrolls to it: it answers a touch. */
export function answers(element: HTMLElement, say: () => string): void {
    says(element, say);
    element.scrollIntoView({ block: 'nearest' });
}

/** Lets an element say what went wrong. */
export function saysError(element: HTMLElement, failed: unknown): void {
    answers(element, () => error(failed).join(' '));
}

/** Lets an element say nothing. */
export function silent(element: HTMLElement): void {
    says(element, () => '');
}

/** The language after this one. */
function next(): Words {
    return LANGUAGES[LANGUAGES.indexOf(chosen) + 1] ?? LANGUAGES[0];
}

/** What is said in each language, in this one. */
export function inOwn<T>(each: InEach<T>): T {
    return each[chosen.tag] ?? each[FALLBACK.tag]!;
}

/** Goes over to the next language. */
export function switchLanguage(): void {
    chosen = next();
    set('language', chosen.tag);
    translate();
}

/** A number in the language's digits. */
export function number(value: number): string {
    return digits(String(value));
}

/** A size in bytes, for people. */
export function size(bytes: number): string {
    const [value, unit] = bytes < 10_000 ? [bytes, 0] : bytes < 10_000_000 ? [bytes / 1000, 1] : [bytes / 1_000_000, 2];
    return `${number(Math.round(value))} ${chosen.units[unit]}`;
}

/** A text with its digits in the language's, such as a fingerprint. */
export function digits(text: string): string {
    return chosen.digits(text);
}

/** An error of the page itself, with its words. */
export class WordsError extends Error {
    constructor(readonly say: (words: Words) => Two) {
        super('words');
    }
}

/** What happened, and what to do. */
export function error(error: unknown): Two {
    if (error instanceof WordsError) {
        return error.say(chosen);
    }
    if (error instanceof ToldError) {
        return chosen.errors[error.told.code] ?? inOwn(error.told.words);
    }
    if (error instanceof LateError) {
        return chosen.late;
    }
    return error instanceof BrokeError || error instanceof RangeError ? chosen.memoryShort : [chosen.failed, chosen.tryAgain];
}
