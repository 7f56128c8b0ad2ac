// A letter, set to be read, and who signed it.

import * as collection from './collection';
import { button, twice } from './buttons';
import { $, codeToPrint, el, fill, fingerprint, isolate, sign } from './dom';
import { copy, copyButton } from './copying';
import { letters, ToldError } from './engine';
import { hand } from './files';
import { Finder } from './find';
import { offerKey } from './keys';
import { isOwn, signedBy } from './shelf';
import { answers, digits, error, labelled, number, saying, says, saysError, size, translated, words } from './say';
import * as store from './store';
import type { Block, Letter, Stretch } from './told';

/** Version of the codes that are printed: 77 modules of half a millimetre, four side by side on a page. */
const PRINTED_VERSION = 15;
/** Most codes that are printed: two pages of them. */
const MOST_PRINTED = 48;

/** Font sizes, relative to the page's. */
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
/** Counts requests: an answer to an older request is ignored. */
let asked = 0;

/** Opens a letter in the view. */
export async function read(id: string, opening = PLAINLY): Promise<void> {
    // The present view stays until the answer: opening may take a moment, and the page says so.
    const mine = ++asked;
    const envelope = collection.envelope(id);
    if (!envelope) {
        location.replace('#receive');
        return;
    }
    // If the letter hangs the page, a reload must not open it again.
    store.keepCurrent('');
    let now: typeof state;
    try {
        const { passphrase, identity, evenIfFalse } = opening;
        const opened = await letters.call('open', [envelope, store.get('trust'), passphrase, identity, evenIfFalse]);
        now = { shown: { id, ...opened, opening } };
    } catch (failed) {
        const isLocked = failed instanceof ToldError && failed.told.code === 'Locked';
        // The passphrase or the identity is wrong.
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

/** The button that was touched is gone; screen readers continue at the signature status or the error. */
function focusOnAnswer(): void {
    document.querySelector<HTMLElement>('#letterView .seal, #letterView input')?.focus();
}

function render(): void {
    const [view, bar] = [$('letterView'), $('letterBar')];
    fill($('letterFind'));
    if (!state) {
        fill(bar);
        fill(view);
    } else if ('shown' in state) {
        const { shown } = state;
        const article = body(shown);
        const [open, search] = finding(article);
        fill(bar, shown.letter.answer !== 'false' && passOn(shown.id), shown.letter.text && sizes(), shown.letter.text && open);
        fill($('letterFind'), search);
        fill(view, seal(shown), article, tools(shown));
    } else if ('locked' in state) {
        const { locked, failed } = state;
        fill(bar, passOn(locked));
        fill(view, lock(locked, failed), el('div', { className: 'tools' }, erase(locked)));
    } else {
        const [what, todo] = error(state.failed);
        const card = el('div', { className: 'card bad', data: { role: 'alert' } }, el('strong', { textContent: what }), el('p', { textContent: todo }));
        fill(bar);
        fill(view, card, el('div', { className: 'tools' }, erase(state.id)));
    }
}

/** How long after the last letter that was typed it is looked for, in milliseconds. */
const TYPING = 150;

const MAGNIFIER = 'M10 4a6 6 0 1 0 0 12a6 6 0 0 0 0-12zM14.5 14.5L20 20';

/** The button that opens the search in a letter, and the search. */
function finding(article: HTMLElement): [HTMLElement, HTMLElement] {
    const finder = new Finder(article);
    const told = el('span', { className: 'count', data: { role: 'status' } });
    const field = el('input', { type: 'search', id: 'find', dir: 'auto', autocomplete: 'off', ...labelled('find') });
    const go = (by: number): void => void (told.textContent = finder.step(by));
    const find = (): void => void (told.textContent = finder.find(field.value));
    let typing = 0;
    field.oninput = () => {
        clearTimeout(typing);
        typing = window.setTimeout(find, TYPING);
    };
    const goer = (textContent: string, label: 'findNext' | 'findBack', by: number): HTMLElement =>
        el('button', { type: 'button', onclick: () => go(by), ...labelled(label), textContent });
    const search = el('form', { className: 'find', hidden: true }, field, told, goer('↑', 'findBack', -1), goer('↓', 'findNext', 1));
    search.onsubmit = (event) => {
        event.preventDefault();
        go(1);
    };
    const open = el('button', { type: 'button', ...labelled('find') }, sign(MAGNIFIER));
    open.onclick = () => {
        search.hidden = !search.hidden;
        open.setAttribute('aria-expanded', String(!search.hidden));
        if (search.hidden) {
            finder.clear();
        } else {
            find();
            field.focus();
        }
    };
    open.setAttribute('aria-expanded', 'false');
    return [open, search];
}

function sizes(): HTMLElement {
    const sizer = (textContent: string, label: 'smaller' | 'larger', by: number): HTMLElement =>
        el('button', { type: 'button', className: 'type', textContent, onclick: () => resize(by), ...labelled(label) });
    return el('span', { className: 'pair' }, sizer('−', 'smaller', -1), sizer('+', 'larger', 1));
}

/** The mark of each signature status, beside its words. */
const MARKS = { trusted: '✓', own: '✓', unknown: '?', unsigned: '—', false: '✕' };

function seal({ id, letter, opening }: Shown): HTMLElement {
    const [what, about] = signedBy(letter);
    const forged = collection.forged(letter.id);
    const answer = isOwn(letter) ? 'own' : letter.answer;
    const isNameless = answer === 'trusted' && !letter.by.trim();
    const banner = el(
        'div',
        { className: `card seal ${answer}`, tabIndex: -1, data: { role: answer === 'false' ? 'alert' : 'note', 'data-answer': answer } },
        el('b', { textContent: MARKS[answer], data: { 'aria-hidden': 'true' } }),
        el(
            'div',
            {},
            el('strong', { textContent: what }),
            letter.fingerprint && (answer === 'unknown' || isNameless) && fingerprint(digits(letter.fingerprint)),
            el('p', { textContent: about }),
            forged > 0 && el('p', { textContent: words().forgedThrown(forged) }),
        ),
    );
    if (answer === 'unknown' && letter.key) {
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
    if (letter.heading?.text) {
        article.append(stretch('h1', letter.heading));
    } else if (letter.title) {
        article.append(el('h1', { textContent: letter.title, dir: 'auto' }));
    }
    article.append(...(letter.byline ?? []).map((line) => stretch('p', line)));
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
    if (block.kind === 'table') {
        const rows = block.rows ?? [];
        return el('div', { className: 'wide' }, el('table', {}, ...rows.map((row, at) => el('tr', {}, ...row.map((cell) => stretch(at ? 'td' : 'th', cell))))));
    }
    const level = Math.min(6, block.level + 1);
    const made = stretch(block.kind === 'heading' ? `h${level}` : 'p', block);
    if (block.kind === 'code') {
        made.dir = 'ltr';
    }
    if (block.second) {
        made.replaceChildren(el('span', {}, ...made.childNodes), ' ', stretch('span', block.second));
    }
    made.className = { item: 'item', couplet: 'couplet', code: 'fixed' }[block.kind as string] ?? '';
    made.classList.toggle('close', block.close);
    made.style.marginInlineStart = `${block.depth * 1.4}em`;
    if (block.mark) {
        made.prepend(el('span', { className: 'mark', textContent: block.mark }));
    }
    return made;
}

/** A stretch of text: each token in it reads as it does alone, as on paper. */
function stretch(tag: string, { text, right, bold, tokens }: Stretch): HTMLElement {
    const made = document.createElement(tag);
    made.dir = right ? 'rtl' : 'ltr';
    let at = 0;
    let next = 0;
    const appendTo = (parent: HTMLElement, end: number): void => {
        for (; next < bold.length && bold[next]![0] < end; next++) {
            const [from, to] = bold[next]!;
            const [begin, stop] = [Math.max(at, from), Math.min(end, to)];
            parent.append(text.slice(at, begin), el('b', { textContent: text.slice(begin, stop) }));
            at = stop;
            if (to > end) {
                // The rest of the token is in a later element.
                return;
            }
        }
        parent.append(text.slice(at, end));
        at = end;
    };
    for (const [from, to, isRight] of tokens) {
        const token = el('bdi', { dir: isRight ? 'rtl' : 'ltr' });
        appendTo(made, from);
        appendTo(token, to);
        made.append(token);
    }
    appendTo(made, text.length);
    return made;
}

function passOn(id: string): HTMLElement {
    return button('passOnShort', () => goTo('show', id), 'main');
}

function erase(id: string): HTMLElement {
    return twice('forget', 'forgetSure', () => collection.forget(id));
}

function tools({ id, letter, content }: Shown): HTMLElement {
    const text = letter.text;
    const there = letter.bytes !== undefined;
    const name = nameToSave(letter);
    const told = el('p', { className: 'told', data: { role: 'status' } });
    const tell = async (work: () => Promise<() => string>): Promise<void> => answers(told, await work().catch((failed) => () => error(failed).join(' ')));
    const keep = (): Promise<void> =>
        tell(async () => {
            const kept = await hand(name, content as BlobPart, 'application/octet-stream');
            return () => kept(words());
        });
    return el(
        'div',
        {},
        el(
            'div',
            { className: 'tools' },
            there && button('saveLetter', keep),
            text && 'share' in navigator && button('shareText', () => tell(() => shareText(text))),
            text && copyButton('copyText', text),
            text && button('print', () => tell(() => printWithCodes(id, letter))),
            erase(id),
        ),
        told,
    );
}

/** Lets the person send the text itself; where the share sheet is refused it can be copied. */
async function shareText(text: string): Promise<() => string> {
    try {
        await navigator.share({ text });
        return () => words().sent;
    } catch (failed) {
        if ((failed as Error).name === 'AbortError') {
            return () => '';
        }
        return (await copy(text)) ? () => words().copiedInstead : () => words().failed;
    }
}

/** Prints a letter and, where they are not too many, the codes that restore it: what is on paper can be passed on like any leaflet. */
async function printWithCodes(id: string, letter: Letter): Promise<() => string> {
    const mine = asked;
    const envelope = collection.envelope(id);
    const { codes, sufficient } = envelope && letter.answer !== 'false' ? await letters.call('sheet', [envelope, PRINTED_VERSION, MOST_PRINTED]) : { codes: [], sufficient: 0 };
    if (mine !== asked) {
        // The view has changed meanwhile.
        return () => '';
    }
    const caption = (at: number): string => words().printedCode(at + 1, codes.length, sufficient);
    fill(
        $('printed'),
        codes.length > 0 && el('p', { textContent: words().printedAbout(codes.length, sufficient) }),
        ...codes.map((code, at) => el('figure', {}, codeToPrint(code), el('figcaption', { textContent: caption(at) }))),
    );
    print();
    return codes.length > 0 || letter.answer === 'false' ? () => words().printedCount(number(codes.length)) : () => words().printedTextOnly;
}

/** Name endings of files that no browser runs. A page that runs from a file can read all that is stored here, and a list of bad endings would never be
 * complete. */
const TAME =
    /\.(txt|md|csv|json|pdf|epub|jpe?g|png|gif|webp|avif|hei[cf]|bmp|tiff?|mp3|m4a|aac|wav|flac|opus|og[gav]|mp4|m4v|mov|webm|mkv|3gp|zip|7z|rar|tar|gz|xz|zst|docx?|xlsx?|pptx?|od[tsp]|rtf|apk|envelope|pub|minisig)$/i;

/** The name that a letter is saved by: texts end in .txt, and other files that a browser might run get an ending that it does not run. */
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
        // It was forgotten here, or by another page of the same origin.
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
    fill($('printed'));
    render();
}
