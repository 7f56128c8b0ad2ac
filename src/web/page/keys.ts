// Keys: one's own to sign with, one's own address, and those that are trusted.

import { button, twice } from './buttons';
import { $, busy, chance, drawCode, el, fill, fingerprint, isolate } from './dom';
import { copyButton } from './copying';
import { BrokeError, letters, ToldError } from './engine';
import { hand, readFile } from './files';
import { answers, digits, labelled, saying, says, saysError, silent, speak, translated, words, WordsError } from './say';
import type { Plain } from './say';
import * as store from './store';
import type { Key, NamedKey } from './told';

/** Words of a passphrase that is made: 70 bits. */
const WORDS = 7;
/** Largest secret key file, in bytes. */
const MOST_KEY = 10_000;
/** A list of trusted keys begins with this line; the rest of it is a trust file, in which it is a comment. */
export const LIST_HEAD = '# shabnameh keys';
/** Largest list that fits one code which a phone reads from a screen, in bytes. */
const MOST_LIST_CODE = 1_000;
/** Largest file of a list, in bytes. */
const MOST_LIST_BYTES = 100_000;
/** Most keys of a list that is taken over. */
const MOST_LIST = 200;

/** A passphrase of words that can be remembered. */
export function makePassphrase(): Promise<string> {
    return letters.call('passphrase', [words().tag, chance(2 * WORDS)]);
}

/** A field for a new passphrase, with a button that makes one. */
export function passphraseField(id: string): { input: HTMLInputElement; parts: HTMLElement[] } {
    // Keyboards must neither learn it nor capitalize it.
    const data = { autocapitalize: 'none', autocorrect: 'off' };
    const input = el('input', { type: 'text', id, autocomplete: 'off', spellcheck: false, dir: 'auto', data });
    // A field shows only some of its words.
    const made = el('p', { className: 'made', dir: 'auto' });
    input.oninput = () => (made.textContent = '');
    const parts = [
        el('label', { htmlFor: id, ...saying('passphrase') }),
        input,
        button('makePassphrase', async () => (made.textContent = input.value = await makePassphrase()), 'quiet'),
        made,
        el('small', saying('passphraseAbout')),
    ];
    return { input, parts };
}

// A key that came along: in a code, in a letter, in a text.

let before: Element | null = null;

/** Whether the person is being asked about a key. */
export function isOffering(): boolean {
    return !$('offer').hidden;
}

/** Asks something in the dialog: `parts` say what, `agree` does it. It must follow a touch: a question that opens by itself would catch what the
 * person types elsewhere. */
function ask(parts: HTMLElement[], agree: Plain, work: () => Promise<void>, then: () => void): void {
    const dialog = $('offer');
    if (!isOffering()) {
        before = document.activeElement;
    }
    const state = el('p', { className: 'bad', data: { role: 'alert' } });
    const close = (): void => {
        closeOffer();
        if (before instanceof HTMLElement) {
            before.focus();
        }
    };
    const submit = el('button', { type: 'submit', className: 'main', ...saying(agree) });
    const form = el('form', { className: 'card' }, ...parts, submit, button('cancel', close), state);
    form.onsubmit = (event) => {
        event.preventDefault();
        work().then(
            () => {
                close();
                then();
            },
            (failure) => saysError(state, failure),
        );
    };
    dialog.onkeydown = (event) => {
        if (event.key === 'Escape') {
            close();
        }
    };
    fill(dialog, form);
    dialog.hidden = false;
    (form.querySelector<HTMLElement>('input') ?? submit).focus();
}

/** Asks whether to trust a key; `about` says where it comes from. */
export function offerKey(key: Key, about: 'aKey' | 'aKeyOfALetter', then: () => void = () => {}): void {
    const name = el('input', { type: 'text', id: 'offerName', autocomplete: 'off', dir: 'auto' });
    const block = el('p', {}, fingerprint(digits(key.fingerprint)));
    ask([el('p', saying(about)), block, el('label', { htmlFor: name.id, ...saying('keyName') }), name], 'add', () => add(key.key, name.value), then);
}

/** A key's name and fingerprint. */
function named({ name, fingerprint: text }: NamedKey): HTMLElement {
    return el('div', {}, el('strong', { textContent: name, dir: 'auto' }), fingerprint(digits(text)));
}

/** Asks whether to trust all keys of a list, by the names that its owner gave them. */
export function offerKeys(keys: NamedKey[]): void {
    const list = el('ul', {}, ...keys.slice(0, MOST_LIST).map((key) => el('li', {}, named(key))));
    const work = async (): Promise<void> => {
        let trust = store.get('trust');
        const taken: string[] = [];
        for (const { key, name } of keys.slice(0, MOST_LIST)) {
            // A key of the same name stays; the new one gets another name.
            trust = await letters.call('trust', [trust, key, name]).catch((failed) => {
                if (failed instanceof ToldError && failed.told.code === 'NameTaken') {
                    taken.push(name);
                    return trust;
                }
                throw failed;
            });
        }
        keep('trust', trust);
        await renderTrusted();
        if (taken.length > 0) {
            throw new WordsError((words) => words.namesTaken(taken.map((name) => isolate(name, 40)).join('، ')));
        }
    };
    ask([el('p', saying('aListOfKeys')), list], 'addAll', work, () => {});
}

/** Closes the question: what it was about is not visible any more. */
export function closeOffer(): void {
    $('offer').hidden = true;
    fill($('offer'));
}

async function add(key: string, name: string): Promise<void> {
    if (!name.trim()) {
        throw new WordsError((words) => words.nameMissing);
    }
    keep('trust', await letters.call('trust', [store.get('trust'), key, name]));
    await renderTrusted();
}

// The view.

/** Stores what cannot be made again, and warns if the phone does not store it. */
function keep(setting: store.Setting, value: string): void {
    if (!store.set(setting, value)) {
        warn('keysNotKept');
    }
}

/** Warns, whatever view there is. */
function warn(text: Plain): void {
    speak($('keyWarning'), text);
    $('keyWarning').hidden = false;
}

async function render(): Promise<void> {
    renderMine();
    renderAddress();
    await renderTrusted();
}

/** A text as a code, and to be copied. */
function asCode(caption: Plain, text: string): HTMLElement {
    const canvas = el('canvas', { className: 'code', ...labelled(caption) });
    canvas.setAttribute('role', 'img');
    void letters.call('plainCode', [text]).then((modules) => drawCode(canvas, modules), () => {});
    return el('figure', {}, el('figcaption', saying(caption)), canvas, el('code', { textContent: text, dir: 'ltr' }), copyButton('copy', text));
}

function make(id: string, text: Plain, makeIt: (passphrase: string) => Promise<void>, made: () => void): HTMLFormElement {
    const { input, parts } = passphraseField(id);
    const state = el('p', { data: { role: 'status' } });
    const submit = el('button', { type: 'submit', className: 'main', ...saying(text) });
    const form = el('form', {}, ...parts, submit, state);
    form.onsubmit = (event) => {
        event.preventDefault();
        says(state, () => words().making);
        busy(submit, () => makeIt(input.value)).then(made, (failure) => saysError(state, failure));
    };
    return form;
}

function renderMine(): void {
    const view = $('myKey');
    const secret = store.get('secret');
    if (!secret) {
        // What is typed into the form stays.
        if (!view.querySelector('form')) {
            fill(
                view,
                make('newKey', 'makeKey', async (passphrase) => {
                    const made = await letters.call('newKey', [chance(72), passphrase]);
                    keepKey(made.secret, made);
                }, renderMine),
                takeIn(),
            );
        }
        return;
    }
    const own = ownKey();
    const told = el('p', { data: { role: 'status' } });
    fill(
        view,
        el('p', {}, `${words().fingerprint}: `, fingerprint(digits(own.fingerprint))),
        asCode('publicKey', own.key),
        el(
            'div',
            { className: 'tools' },
            button('saveKey', async () => answers(told, await saved('shabnameh.key', secret))),
            twice('deleteKey', 'deleteKeySure', () => {
                store.set('secret', '');
                store.set('public', '');
                renderMine();
            }),
        ),
        told,
    );
}

/** Saves a file of keys, and returns in words what happened. */
async function saved(name: string, text: string): Promise<() => string> {
    const kept = await hand(name, text, 'text/plain');
    return () => kept(words());
}

/** Stores one's own key, unless another page of the same origin stored one meanwhile, which would be lost. */
function keepKey(secret: string, { key, fingerprint }: Key): void {
    if (store.get('secret')) {
        return warn('keyMeanwhile');
    }
    keep('secret', secret);
    keep('public', JSON.stringify({ key, fingerprint }));
}

/** Opens a secret key file, which may ask for more memory than a phone has; says so, then. */
export async function withMuchMemory<T>(open: () => Promise<T>): Promise<T> {
    try {
        return await open();
    } catch (failed) {
        throw failed instanceof BrokeError ? new WordsError((words) => words.keyHeavy) : failed;
    }
}

/** Takes in a secret key that was made elsewhere. */
function takeIn(): HTMLElement {
    const file = el('input', { type: 'file', className: 'away', tabIndex: -1, ...labelled('loadKey') });
    const passphrase = el('input', { type: 'password', id: 'loadPassphrase', autocomplete: 'off' });
    const state = el('p', { data: { role: 'status' } });
    const form = el(
        'form',
        {},
        el('label', { htmlFor: passphrase.id, ...saying('keyPassphrase') }),
        passphrase,
        el('button', { type: 'submit', ...saying('loadKey') }),
        state,
    );
    form.onsubmit = (event) => {
        event.preventDefault();
        file.click();
    };
    file.onchange = () => {
        const chosen = file.files?.[0];
        // Otherwise the same file could not be chosen again.
        file.value = '';
        if (!chosen || chosen.size > MOST_KEY) {
            says(state, () => words().notASecretKey.join(' '));
            return;
        }
        says(state, () => words().opening);
        void (async () => {
            const secret = new TextDecoder().decode(await readFile(chosen, isolate(chosen.name)));
            if (!(await letters.call('asksPassphrase', [secret]))) {
                throw new WordsError((words) => words.keyUnlocked);
            }
            const key = await withMuchMemory(() => letters.call('secretKey', [secret, passphrase.value]));
            keepKey(secret, key);
            renderMine();
        })().catch((failure) => saysError(state, failure));
    };
    return el('details', {}, el('summary', saying('loadKey')), form, file);
}

/** One's own public key, empty where there is none. */
export function ownKey(): Key {
    try {
        const parsed: Partial<Key> | null = JSON.parse(store.get('public'));
        if (typeof parsed?.key === 'string' && typeof parsed.fingerprint === 'string') {
            return { key: parsed.key, fingerprint: parsed.fingerprint };
        }
    } catch {
        // Another page of the same origin wrote there.
    }
    return { key: '', fingerprint: '?' };
}

function renderAddress(): void {
    const view = $('myAddress');
    const recipient = store.get('recipient');
    if (!recipient) {
        if (!view.querySelector('form')) {
            fill(
                view,
                make('newAddress', 'makeAddress', async (passphrase) => {
                    const made = await letters.call('newIdentity', [passphrase]);
                    // As with keys: an existing address is not overwritten.
                    if (store.get('recipient')) {
                        return warn('keyMeanwhile');
                    }
                    keep('identity', btoa(String.fromCharCode(...made.identity)));
                    keep('recipient', made.recipient);
                }, renderAddress),
            );
        }
        return;
    }
    fill(
        view,
        asCode('address', recipient),
        twice('deleteKey', 'deleteKeySure', () => {
            store.set('identity', '');
            store.set('recipient', '');
            renderAddress();
        }),
    );
}

async function renderTrusted(): Promise<void> {
    const keys = await letters.call('trusted', [store.get('trust')]).catch((failed) => failed);
    if (!Array.isArray(keys) && !(keys instanceof ToldError)) {
        // The worker crashed: that says nothing about the list.
        throw keys;
    }
    if (!Array.isArray(keys)) {
        const anew = (): void => {
            store.set('trust', '');
            void renderTrusted();
        };
        fill($('trusted'), el('li', { className: 'bad' }, el('span', saying('trustDamaged')), twice('trustAnew', 'deleteKeySure', anew)));
        return;
    }
    fill(
        $('trusted'),
        keys.length === 0 && el('li', saying('noTrusted')),
        ...(keys as NamedKey[]).map((key) =>
            el(
                'li',
                {},
                named(key),
                twice('deleteKey', 'deleteKeySure', async () => {
                    keep('trust', await letters.call('distrust', [store.get('trust'), key.key]));
                    void renderTrusted();
                }),
            ),
        ),
    );
    renderList(keys.length);
}

/** The ways to give the list of trusted keys to another phone of one's own. */
function renderList(count: number): void {
    const list = `${LIST_HEAD}\n${store.get('trust')}`;
    const told = el('p', { data: { role: 'status' } });
    const code = el('div');
    const show = (): void => {
        if (list.length > MOST_LIST_CODE || code.firstChild) {
            fill(code);
            says(told, () => (list.length > MOST_LIST_CODE ? words().listTooLong : ''));
        } else {
            fill(code, asCode('listCode', list));
        }
    };
    const save = async (): Promise<void> => answers(told, await saved('keys.txt', list));
    fill($('trustedTools'), count > 0 && button('saveList', save), count > 0 && button('showList', show), button('loadList', () => $('listFile').click()), told, code);
}

/** Makes the view work. */
export function begin(): void {
    // A page that the browser saved with its state has dead forms there.
    fill($('myKey'));
    fill($('myAddress'));
    $('addKey').onsubmit = (event) => {
        event.preventDefault();
        const [key, name] = [$<HTMLInputElement>('keyText'), $<HTMLInputElement>('keyName')];
        const state = $('addKeyState');
        silent(state);
        // What was pasted may be a whole file of it.
        add(/RW[A-Za-z0-9+/]{54}/.exec(key.value)?.[0] ?? key.value.trim(), name.value).then(
            () => (key.value = name.value = ''),
            (failure) => saysError(state, failure),
        );
    };
    const input = $<HTMLInputElement>('listFile');
    input.onchange = () => {
        const file = input.files?.[0];
        input.value = '';
        if (file) {
            loadList(file).catch((failure) => saysError($('listState'), failure));
        }
    };
    store.onElsewhere((what) => {
        if (['trust', 'secret', 'public', 'identity', 'recipient'].includes(what)) {
            void render().catch(() => {});
        }
    });
    translated(() => void render().catch(() => {}));
}

/** Takes over a public key's file, or a list of keys that this page, or the program, wrote. */
async function loadList(file: File): Promise<void> {
    silent($('listState'));
    const text = new TextDecoder().decode(await readFile(file.slice(0, MOST_LIST_BYTES), isolate(file.name)));
    const key = await letters.call('publicKey', [text]).catch(() => undefined);
    if (key) {
        return offerKey(key, 'aKey');
    }
    const keys = await letters.call('trusted', [text]).catch(() => []);
    if (keys.length === 0) {
        throw new WordsError((words) => words.noKeysInList);
    }
    offerKeys(keys);
}

/** Called when the view is gone to: a lock may have been opened since. */
export function enter(): void {
    void render().catch(() => {});
}

/** Forgets passphrases that were typed and not used. */
export function leave(): void {
    document.querySelectorAll<HTMLInputElement>('#keys input').forEach((input) => (input.value = ''));
}
