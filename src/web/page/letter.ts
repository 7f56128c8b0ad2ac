// A letter, set to be read, and who signed it.

import * as collection from './collection';
import { button, twice } from './buttons';
import { $, el, fill, isolate } from './dom';
import { copyButton } from './copying';
import { letters, ToldError } from './engine';
import { save } from './files';
import { offerKey } from './keys';
import { signedBy } from './shelf';
import { error, saying, says, saysError, size, translated, words } from './say';
import * as store from './store';
import type { Block, Letter } from './worker';

/** Sizes of type, in parts of the page's. */
const SIZES = [0.9, 1, 1.2, 1.45, 1.75, 2.1];
const USUAL = 1;

/** What opens a letter. */
interface Opening {
    passphrase: string;
    identity: string;
    evenIfFalse: boolean;
}

const PLAINLY: Opening = { passphrase: '', identity: '', evenIfFalse: false };

type Shown = { id: string; letter: Letter; content: Uint8Array; opening: Opening };
let state: { shown: Shown } | { locked: string; failed?: unknown } | { failed: unknown; id: string } | undefined;
/** Counts what was asked for: an answer that comes when something else was asked for meanwhile is nobody's. */
let asked = 0;

/** Opens a letter in the view. */
export async function read(id: string, opening = PLAINLY): Promise<void> {
    // What is there stays until there is an answer: opening may take a moment, and says so.
    const mine = ++asked;
    const envelope = collection.envelope(id);
    if (!envelope) {
        location.replace('#receive');
        return;
    }
    // Should it hang the page, a reload does not come back to it.
    store.keepCurrent('');
    let now: typeof state;
    try {
        const { passphrase, identity, evenIfFalse } = opening;
        const opened = await letters.call('open', [envelope, store.get('trust'), passphrase, identity, evenIfFalse]);
        now = { shown: { id, ...opened, opening } };
    } catch (failed) {
        const isLocked = failed instanceof ToldError && failed.told.name === 'Locked';
        // What was given does not open it.
        const given = opening.passphrase || opening.identity;
        now = isLocked ? { locked: id, failed: given ? failed : undefined } : { failed, id };
    }
    if (mine === asked) {
        const wasLocked = state && 'locked' in state;
        state = now;
        render();
        if (wasLocked) {
            focusOnAnswer();
        }
        requestAnimationFrame(() => setTimeout(() => mine === asked && store.keepCurrent(id)));
    }
}

/** What was touched to open it is gone; screen readers go on with who signed it, or with what went wrong. */
function focusOnAnswer(): void {
    document.querySelector<HTMLElement>('#letterView .seal, #letterView input')?.focus();
}

function render(): void {
    const view = $('letterView');
    if (!state) {
        fill(view);
    } else if ('shown' in state) {
        fill(view, seal(state.shown), body(state.shown), tools(state.shown));
    } else if ('locked' in state) {
        const { locked, failed } = state;
        fill(view, lock(locked, failed), el('div', { className: 'tools' }, passOn(locked), erase(locked)));
    } else {
        const [what, todo] = error(state.failed);
        const card = el('div', { className: 'card bad', data: { role: 'alert' } }, el('strong', { textContent: what }), el('p', { textContent: todo }));
        fill(view, card, el('div', { className: 'tools' }, erase(state.id)));
    }
}

/** What marks each answer, beside its words. */
const MARKS = { trusted: '✓', unknown: '?', unsigned: '—', false: '✕' };

function seal({ id, letter, opening }: Shown): HTMLElement {
    const [what, about] = signedBy(letter);
    const forged = collection.forged(letter.id);
    const isFalse = letter.answer === 'false';
    const banner = el(
        'div',
        { className: `card seal ${letter.answer}`, tabIndex: -1, data: { role: isFalse ? 'alert' : 'note', 'data-answer': letter.answer } },
        el('b', { textContent: MARKS[letter.answer], data: { 'aria-hidden': 'true' } }),
        el('div', {}, el('strong', { textContent: what }), el('p', { textContent: about }), forged > 0 && el('p', { textContent: words().forgedThrown(forged) })),
    );
    if (letter.answer === 'unknown' && letter.key) {
        const key = { key: letter.key, fingerprint: letter.fingerprint ?? '' };
        const again = (): void => void (state && 'shown' in state && state.shown.id === id && read(id, opening));
        banner.lastElementChild!.append(button('trustIt', () => offerKey(key, 'aKeyOfALetter', again)));
    }
    return banner;
}

function body({ id, letter, content, opening }: Shown): HTMLElement {
    if (letter.bytes === undefined) {
        return button('evenIfFalse', () => read(id, { ...opening, evenIfFalse: true }), 'quiet');
    }
    const article = el('article', { lang: letter.language || words().tag, dir: letter.right === false ? 'ltr' : 'rtl' });
    article.style.fontSize = `${SIZES[sizeNow()]}em`;
    if (opening.evenIfFalse && letter.answer === 'false') {
        article.classList.add('forged');
        article.append(el('p', { className: 'stamp', textContent: words().falseShown }));
    }
    if (letter.title) {
        article.append(el('h1', { textContent: letter.title, dir: 'auto' }));
    }
    for (const line of letter.byline ?? []) {
        article.append(el('p', { textContent: line, dir: 'auto' }));
    }
    if (letter.blocks) {
        article.append(...letter.blocks.map(set));
    } else {
        article.append(el('p', { textContent: words().notText(isolate(letter.file || words().untitled), size(content.length)) }));
        if (letter.answer !== 'trusted') {
            article.append(el('p', { className: 'bad', textContent: words().fileOfAStranger }));
        }
    }
    return article;
}

/** A part of the text. */
function set(block: Block): HTMLElement {
    if (block.kind === 'break') {
        return el('hr');
    }
    const level = Math.min(6, block.level + 1);
    const made = document.createElement(block.kind === 'heading' ? `h${level}` : 'p');
    made.dir = block.right ? 'rtl' : 'ltr';
    made.className = block.kind === 'item' ? 'item' : block.close ? 'close' : '';
    made.style.marginInlineStart = `${block.depth * 1.4}em`;
    if (block.mark) {
        made.append(el('span', { className: 'mark', textContent: block.mark }));
    }
    let at = 0;
    for (const [from, to] of block.bold) {
        made.append(block.text.slice(at, from), el('b', { textContent: block.text.slice(from, to) }));
        at = to;
    }
    made.append(block.text.slice(at));
    return made;
}

function passOn(id: string): HTMLElement {
    return button('passOn', () => goTo('show', id), 'main');
}

function erase(id: string): HTMLElement {
    return twice('forget', 'forgetSure', () => collection.forget(id));
}

function tools({ id, letter, content }: Shown): HTMLElement {
    const text = letter.text;
    const there = letter.bytes !== undefined;
    const name = nameToSave(letter);
    const sizer = (textContent: string, label: string, by: number): HTMLElement =>
        el('button', { type: 'button', textContent, onclick: () => resize(by), data: { 'aria-label': label } });
    const type = el('span', { className: 'pair' }, sizer('−', words().smaller, -1), sizer('+', words().larger, 1));
    return el(
        'div',
        { className: 'tools' },
        letter.answer !== 'false' && passOn(id),
        there && button('saveLetter', () => save(name, content as BlobPart, 'application/octet-stream')),
        text && copyButton('copyText', text),
        text && button('print', () => print()),
        text && type,
        erase(id),
    );
}

/** Files that no browser runs. What it runs from a file reads all that is kept here, and there are more such endings than one knows of. */
const TAME =
    /\.(txt|md|csv|json|pdf|epub|jpe?g|png|gif|webp|avif|hei[cf]|bmp|tiff?|mp3|m4a|aac|wav|flac|opus|og[gav]|mp4|m4v|mov|webm|mkv|3gp|zip|7z|rar|tar|gz|xz|zst|docx?|xlsx?|pptx?|od[tsp]|rtf|apk|envelope|pub|minisig)$/i;

/** The name that a letter is saved by: texts are texts, and what may run has an ending that does not, whatever it is called. */
function nameToSave({ file, text }: Letter): string {
    const name = file || (text ? 'letter.txt' : 'letter');
    const stays = text ? /\.(txt|md)$/i.test(name) : TAME.test(name);
    return stays ? name : `${name}.${text ? 'txt' : 'bin'}`;
}

function sizeNow(): number {
    const size = Number(store.get('size') || USUAL);
    return size >= 0 && size < SIZES.length ? Math.floor(size) : USUAL;
}

function resize(by: number): void {
    store.set('size', String(Math.min(SIZES.length - 1, Math.max(0, sizeNow() + by))));
    const article = document.querySelector<HTMLElement>('#letterView article');
    if (article) {
        article.style.fontSize = `${SIZES[sizeNow()]}em`;
    }
}

function lock(id: string, failed: unknown): HTMLElement {
    const [what, about] = [el('strong'), el('p')];
    says(what, () => words().locked[0]);
    says(about, () => words().locked[1]);
    const wrong = failed === undefined ? undefined : el('p', { className: 'bad', data: { role: 'alert' } });
    if (wrong) {
        saysError(wrong, failed);
    }
    const hasIdentity = !!store.get('identity');
    const passphrase = el('input', { type: 'password', id: 'openPassphrase', autocomplete: 'off' });
    const identity = el('input', { type: 'password', id: 'openIdentity', autocomplete: 'off' });
    const state = el('p', { data: { 'aria-live': 'polite' } });
    const submit = el('button', { type: 'submit', className: 'main', ...saying('open') });
    const form = el(
        'form',
        { className: 'card' },
        wrong,
        what,
        about,
        el('label', { htmlFor: passphrase.id, ...saying('lockedPassphrase') }),
        passphrase,
        hasIdentity && el('label', { htmlFor: identity.id, ...saying('lockedIdentity') }),
        hasIdentity && identity,
        submit,
        state,
    );
    form.onsubmit = (event) => {
        event.preventDefault();
        submit.disabled = true;
        says(state, () => words().opening);
        void unlock(id, passphrase.value, hasIdentity ? identity.value : '');
    };
    return form;
}

async function unlock(id: string, passphrase: string, identityPassphrase: string): Promise<void> {
    const mine = asked;
    try {
        let identity = '';
        if (identityPassphrase) {
            const file = Uint8Array.from(atob(store.get('identity')), (c) => c.charCodeAt(0));
            identity = await letters.call('identity', [file, identityPassphrase]);
        }
        if (mine === asked) {
            await read(id, { ...PLAINLY, passphrase, identity });
        }
    } catch (failed) {
        if (mine === asked) {
            state = { locked: id, failed };
            render();
            focusOnAnswer();
        }
    }
}

let goTo: (view: 'show', id: string) => void;

/** Makes the view work. */
export function begin(go: typeof goTo): void {
    goTo = go;
    collection.onChange(() => {
        // It was let go of here, or by another page of ours.
        const open = state && ('shown' in state ? state.shown.id : 'locked' in state ? state.locked : state.id);
        if (open && !collection.envelope(open)) {
            location.replace('#receive');
        }
    });
    store.onElsewhere((what) => {
        if (what === 'trust' && state && 'shown' in state) {
            void read(state.shown.id, state.shown.opening);
        } else if (what === 'identity' && state && 'locked' in state) {
            render();
        }
    });
    translated(() => {
        // What is typed to open one stays.
        if (!state || !('locked' in state)) {
            render();
        }
    });
}

/** Shows nothing, and forgets what opened the letter. */
export function leave(): void {
    asked++;
    state = undefined;
    render();
}
