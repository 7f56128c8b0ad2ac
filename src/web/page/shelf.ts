// The letters: those on their way, and those that are there.

import * as collection from './collection';
import { button, twice } from './buttons';
import { $, el, fill, isolate } from './dom';
import { letters, ToldError } from './engine';
import { ownKey } from './keys';
import { fails } from './lines';
import { error, saying, translated, words } from './say';
import * as outlines from './outlines';
import * as store from './store';
import type { Coming, Letter } from './told';
import type { Two } from './words';

/** Goes to a letter. */
let open: (view: 'letter' | 'show', id: string) => void;

// On their way.

/** A letter's row. It is changed, never replaced: a finger may be on its button. */
interface Row<T> {
    item: HTMLElement;
    update(now: T): void;
}

/** Puts rows into a list, and changes nothing where they are in place. */
function arrange<T>(list: HTMLElement, rows: Map<string, Row<T>>): void {
    const items = [...rows.values()].map(({ item }) => item);
    if (items.length !== list.children.length || items.some((item, at) => list.children[at] !== item)) {
        const held = list.contains(document.activeElement);
        fill(list, ...items);
        if (held && items.length === 0) {
            $('choose').focus();
        }
    }
}

let rows = new Map<string, Row<Coming>>();

function renderComing(): void {
    const { coming, more, full, givenUp } = collection.coming();
    const now = new Map(coming.map((one) => [one.id, rows.get(one.id) ?? row(one.id)]));
    coming.forEach((one) => now.get(one.id)!.update(one));
    arrange($('comingList'), now);
    rows = now;
    $('coming').hidden = coming.length === 0 && !full;
    const flood = [full ? words().errors.TooManyObjects!.join(' ') : '', givenUp > 0 ? words().givenUp(givenUp) : '', more > 0 ? words().andMore(more) : ''];
    $('flood').textContent = flood.join(' ').trim();
    $('flood').hidden = $('forgetComing').hidden = more === 0 && !full && givenUp === 0;
    $('forgetStrangers').hidden = !full;
    const held = document.activeElement;
    if (held?.closest('#coming') && held.closest('[hidden]')) {
        $('choose').focus();
    }
}

function row(id: string): Row<Coming> {
    const text = el('div');
    const bar = el('progress');
    const boxes = el('div', { className: 'map', data: { role: 'img', 'aria-label': words().map } });
    const warning = el('small', { className: 'bad', ...saying('somethingForged') });
    const erase = twice('forgetShort', 'forgetSure', () => forget(id));
    return {
        item: el('li', { data: { 'data-letter': id } }, text, bar, boxes, warning, erase),
        update({ received, needed, codes, forged, map }) {
            text.textContent = words().progress(received, needed, codes);
            bar.setAttribute('aria-label', text.textContent);
            bar.max = needed;
            bar.value = Math.min(received, needed);
            while (boxes.children.length < map.length) {
                boxes.append(el('i'));
            }
            map.forEach((part, at) => ((boxes.children[at] as HTMLElement).style.opacity = String(0.12 + (0.88 * part) / 255)));
            warning.hidden = !forged;
        },
    };
}

/** Makes room: forgets letters that neither the person nor a trusted key signed, and those that cannot be opened. */
async function forgetStrangers(): Promise<void> {
    // Without a readable trust file nobody is treated as a stranger: this throws then.
    await letters.call('trusted', [store.get('trust')]);
    const strangers: string[] = [];
    for (const id of collection.all()) {
        try {
            const letter = await glance(id);
            if (!letter || (letter.answer !== 'trusted' && !isOwn(letter))) {
                strangers.push(id);
            }
        } catch (failed) {
            // A crash of the worker says nothing about the letter.
            if (failed instanceof ToldError) {
                strangers.push(id);
            }
        }
    }
    await collection.forget(...strangers);
}

// Complete letters.

let shown = '';
let entries = new Map<string, Row<void>>();

/** Lists the letters, with what is known now of who signed them. */
export function renderLetters(): void {
    const ids = collection.all();
    const now = JSON.stringify([ids, words().tag, store.get('trust'), store.get('public')]);
    if (now === shown) {
        return;
    }
    shown = now;
    $('none').hidden = ids.length > 0;
    entries = new Map(ids.map((id) => [id, entries.get(id) ?? entry(id)]));
    arrange($('letterList'), entries);
    entries.forEach((one) => one.update());
}

/** Forgets a letter, and the photos of it that are shown. */
function forget(id: string): Promise<void> {
    outlines.clear();
    return collection.forget(id);
}

/** A letter in the list. What is said of it comes a moment later. */
function entry(id: string): Row<void> {
    const title = el('strong', { textContent: '…', dir: 'auto' });
    const signed = el('small');
    const link = el('button', { type: 'button', onclick: () => open('letter', id), className: 'letter', data: { 'data-letter': id } }, title, signed);
    const pass = button('passOnShort', () => open('show', id), 'quiet');
    return {
        item: el('li', { className: 'entry' }, link, pass, twice('forgetShort', 'forgetSure', () => forget(id))),
        update() {
            void said(id).then(([name, by, isFalse]) => {
                title.textContent = name;
                signed.textContent = by;
                // A false letter is not passed on without being opened.
                pass.hidden = isFalse;
            });
        },
    };
}

/** The title of a letter, who signed it, in words, and whether that is false. */
async function said(id: string): Promise<[string, string, boolean]> {
    try {
        const letter = await glance(id);
        return letter ? [titleOf(letter), signedBy(letter)[0], letter.answer === 'false'] : ['', '', false];
    } catch (failed) {
        const [what] = error(failed);
        return (failed as Error).message === 'Locked' ? [words().encryptedLetter, '', false] : [words().untitled, what, false];
    }
}

/** Titles and signers of letters, with the trusted keys that they were checked with: a cache. */
const glances = new Map<string, { trust: string; letter: Promise<Letter> }>();

async function glance(id: string): Promise<Letter | undefined> {
    const trust = store.get('trust');
    const known = glances.get(id);
    if (known?.trust === trust) {
        return known.letter;
    }
    const envelope = collection.envelope(id);
    if (!envelope) {
        glances.delete(id);
        return undefined;
    }
    const letter = letters.call('glance', [envelope, trust]);
    glances.set(id, { trust, letter });
    // A crash of the worker says nothing about the letter.
    letter.catch((failed) => failed instanceof ToldError || glances.delete(id));
    return letter;
}

/** A visible character. Some blanks count as letters in Unicode. */
const SEEN = /[^\s\u115f\u1160\u200c-\u200f\u2800\u3164\uffa0]/;

/** The title of a letter. */
function titleOf(letter: Letter): string {
    return [letter.title, letter.file].find((name) => name && SEEN.test(name)) ?? (letter.answer === 'false' ? words().false[0] : words().untitled);
}

/** Whether a letter is signed with this phone's own key. */
export function isOwn(letter: Letter): boolean {
    return letter.answer === 'unknown' && letter.key === ownKey().key;
}

/** Who signed a letter, in words; a fingerprint stands beside them. */
export function signedBy(letter: Letter): Two {
    switch (letter.answer) {
        case 'trusted':
            return words().trusted(letter.by.trim() ? isolate(letter.by) : words().namelessKey);
        case 'unknown':
            return isOwn(letter) ? words().own : words().unknown;
        case 'false':
            return words().false;
        case 'unsigned':
            return words().unsigned;
    }
}

/** Makes the lists follow what comes. */
export function begin(goTo: typeof open): void {
    open = goTo;
    fill($('forgetComing'), twice('forgetComing', 'forgetManySure', () => (outlines.clear(), collection.forgetComing().catch(fails))));
    fill($('forgetStrangers'), twice('forgetStrangers', 'forgetManySure', () => forgetStrangers().catch(fails)));
    store.onElsewhere((what) => what === 'trust' && renderLetters());
    store.onElsewhere((what) => ['forgotten', 'forgottenComing'].includes(what) && outlines.clear());
    store.onSet((what) => ['trust', 'public'].includes(what) && renderLetters());
    collection.onChange(() => {
        renderComing();
        renderLetters();
        $('notKept').hidden = collection.isKept();
    });
    translated(() => {
        rows.clear();
        renderComing();
        renderLetters();
    });
}
