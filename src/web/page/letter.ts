// A letter, set to be read, and who signed it.

import * as collection from './collection';
import { $, button, copy, el, fill, save } from './dom';
import { letters, ToldError } from './engine';
import { offerKey } from './keys';
import { signedBy } from './receive';
import { error, size, translated, words } from './say';
import * as store from './store';
import type { Block, Letter } from './worker';

/** Sizes of type, in parts of the page's. */
const SIZES = [0.9, 1, 1.2, 1.45, 1.75, 2.1];
const USUAL = 1;

let shown: { id: string; letter: Letter; content: Uint8Array; evenIfFalse: boolean } | undefined;
let locked: string | undefined;
let failed: unknown;

/** Opens a letter in the view. */
export async function read(id: string, passphrase = '', identity = '', evenIfFalse = false): Promise<void> {
    const envelope = collection.envelope(id);
    shown = locked = failed = undefined;
    if (!envelope) {
        location.hash = '#receive';
        return;
    }
    try {
        const opened = await letters.call('open', [envelope, store.get('trust'), passphrase, identity, evenIfFalse]);
        shown = { id, ...opened, evenIfFalse };
        again = () => read(id, passphrase, identity, evenIfFalse);
    } catch (failure) {
        if (failure instanceof ToldError && failure.told.name === 'Locked') {
            locked = id;
            // What was given does not open it.
            failed = passphrase || identity ? failure : undefined;
        } else {
            failed = failure;
            locked = undefined;
        }
    }
    render();
}

/** Opens it once more, as what is known of keys changed. */
let again: () => Promise<void> = async () => {};

function render(): void {
    const view = $('letterView');
    if (shown) {
        fill(view, ...seal(shown.letter), body(shown), tools(shown));
    } else if (locked) {
        fill(view, ...lock(locked));
    } else if (failed) {
        const [what, todo] = error(failed);
        fill(view, el('div', { className: 'card bad', data: { role: 'alert' } }, el('strong', { textContent: what }), el('p', { textContent: todo })));
    } else {
        fill(view);
    }
}

/** What marks each answer, beside its words. */
const MARKS = { trusted: '✓', unknown: '?', unsigned: '—', false: '✕' };

function seal(letter: Letter): HTMLElement[] {
    const [what, about] = signedBy(letter);
    const forged = collection.forged(letter.id);
    const isFalse = letter.answer === 'false';
    const banner = el(
        'div',
        { className: `card seal ${letter.answer}`, data: { role: isFalse ? 'alert' : 'note', 'data-answer': letter.answer } },
        el('b', { textContent: MARKS[letter.answer], data: { 'aria-hidden': 'true' } }),
        el('div', {}, el('strong', { textContent: what }), el('p', { textContent: about }), forged > 0 && el('p', { textContent: words().forgedThrown(forged) })),
    );
    if (letter.answer === 'unknown' && letter.key) {
        const key = { key: letter.key, fingerprint: letter.fingerprint ?? '' };
        banner.lastElementChild!.append(button(words().trustIt, () => offerKey(key, () => void again())));
    }
    return [banner];
}

function body({ id, letter, content, evenIfFalse }: NonNullable<typeof shown>): HTMLElement {
    if (letter.bytes === undefined) {
        return button(words().evenIfFalse, () => read(id, '', '', true), 'quiet');
    }
    const article = el('article', { lang: letter.language || words().tag, dir: letter.right === false ? 'ltr' : 'rtl' });
    article.style.fontSize = `${SIZES[sizeNow()]}em`;
    if (evenIfFalse) {
        article.classList.add('forged');
        article.append(el('p', { className: 'stamp', textContent: words().falseShown }));
    }
    if (letter.title) {
        article.append(el('h1', { textContent: letter.title, dir: 'auto' }));
    }
    for (const line of letter.byline ?? []) {
        article.append(el('p', { textContent: line, dir: 'auto', className: 'byline' }));
    }
    if (letter.blocks) {
        article.append(...letter.blocks.map(set));
    } else {
        article.append(el('p', { textContent: words().notText(letter.file ?? '', size(content.length)) }));
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

function tools({ id, letter, content }: NonNullable<typeof shown>): HTMLElement {
    const isText = letter.text !== null && letter.text !== undefined;
    const there = letter.bytes !== undefined;
    const name = letter.file || (isText ? 'letter.txt' : 'letter');
    const copying = button(words().copyText, async () => {
        copying.textContent = (await copy(letter.text ?? '')) ? words().copied : words().failed;
    });
    const erase = button(words().forget, () => {
        if (erase.textContent === words().forgetSure) {
            void collection.forget(id).then(() => (location.hash = '#receive'));
        } else {
            erase.textContent = words().forgetSure;
        }
    });
    erase.className = 'quiet danger';
    const passOn = el('a', { href: `#show/${id}`, className: 'button main', textContent: words().passOn });
    const type = el(
        'span',
        { className: 'pair' },
        button('−', () => resize(-1)),
        button('+', () => resize(1)),
    );
    const [smaller, larger] = type.children as unknown as HTMLElement[];
    smaller!.setAttribute('aria-label', words().smaller);
    larger!.setAttribute('aria-label', words().larger);
    return el(
        'div',
        { className: 'tools' },
        letter.answer !== 'false' && passOn,
        there && button(words().saveLetter, () => save(name, content as BlobPart, 'application/octet-stream')),
        isText && there && copying,
        isText && there && button(words().print, () => print()),
        isText && there && type,
        erase,
    );
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

function lock(id: string): HTMLElement[] {
    const [what, about] = words().locked;
    const hasIdentity = !!store.get('identity');
    const passphrase = el('input', { type: 'password', id: 'openPassphrase', autocomplete: 'off' });
    const identity = el('input', { type: 'password', id: 'openIdentity', autocomplete: 'off' });
    const state = el('p', { data: { 'aria-live': 'polite' } });
    const submit = el('button', { type: 'submit', className: 'main', textContent: words().open });
    const form = el(
        'form',
        { className: 'card' },
        el('strong', { textContent: what }),
        el('p', { textContent: about }),
        el('label', { htmlFor: passphrase.id, textContent: words().lockedPassphrase }),
        passphrase,
        hasIdentity && el('label', { htmlFor: identity.id, textContent: words().lockedIdentity }),
        hasIdentity && identity,
        submit,
        state,
    );
    form.onsubmit = (event) => {
        event.preventDefault();
        submit.disabled = true;
        state.textContent = words().opening;
        void unlock(id, passphrase.value, hasIdentity ? identity.value : '').catch((failure) => {
            failed = failure;
            render();
        });
    };
    const passOn = el('a', { href: `#show/${id}`, className: 'button', textContent: words().passOn });
    const said = failed ? el('p', { className: 'bad', textContent: error(failed).join(' '), data: { role: 'alert' } }) : undefined;
    if (said) {
        form.prepend(said);
    }
    return [form, el('div', { className: 'tools' }, passOn)];
}

async function unlock(id: string, passphrase: string, identityPassphrase: string): Promise<void> {
    let identity = '';
    if (identityPassphrase) {
        const file = Uint8Array.from(atob(store.get('identity')), (c) => c.charCodeAt(0));
        identity = await letters.call('identity', [file, identityPassphrase]);
    }
    await read(id, passphrase, identity);
}

/** Makes the view work. */
export function begin(): void {
    translated(render);
}

/** Shows nothing. */
export function leave(): void {
    shown = locked = failed = undefined;
    again = async () => {};
    render();
}

