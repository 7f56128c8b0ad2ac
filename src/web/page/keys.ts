// Keys: one's own to sign with, one's own address, and those that are trusted.

import { $, button, chance, copy, drawCode, el, fill, save } from './dom';
import { letters } from './engine';
import { error, translated, words } from './say';
import * as store from './store';
import type { Key } from './worker';

/** Words of a passphrase that is made: 70 bits. */
const WORDS = 7;
/** A secret key file is not larger, in bytes. */
const MOST_KEY = 10_000;

/** A passphrase of words that can be remembered. */
export function makePassphrase(): Promise<string> {
    return letters.call('passphrase', [words().tag, chance(2 * WORDS)]);
}

/** A field for a new passphrase, with a button that makes one. */
export function passphraseField(id: string): { input: HTMLInputElement; parts: HTMLElement[] } {
    const input = el('input', { type: 'text', id, autocomplete: 'off', spellcheck: false, dir: 'auto' });
    const parts = [
        el('label', { htmlFor: id, textContent: words().passphrase }),
        input,
        button(words().makePassphrase, async () => (input.value = await makePassphrase()), 'quiet'),
        el('small', { textContent: words().passphraseAbout }),
    ];
    return { input, parts };
}

// A key that came along: in a code, in a letter, in a text.

/** Asks whether to trust a key. */
export function offerKey(key: Key, then: () => void = () => {}): void {
    const dialog = $('offer');
    const name = el('input', { type: 'text', id: 'offerName', autocomplete: 'off', dir: 'auto' });
    const state = el('p', { className: 'bad', data: { role: 'alert' } });
    const close = (): void => {
        dialog.hidden = true;
        fill(dialog);
    };
    const form = el(
        'form',
        { className: 'card' },
        el('p', { textContent: words().aKey(`\u2066${key.fingerprint}\u2069`) }),
        el('label', { htmlFor: name.id, textContent: words().keyName }),
        name,
        el('button', { type: 'submit', className: 'main', textContent: words().add }),
        button(words().cancel, close),
        state,
    );
    form.onsubmit = (event) => {
        event.preventDefault();
        add(key.key, name.value).then(
            () => {
                close();
                then();
            },
            (failure) => (state.textContent = error(failure).join(' ')),
        );
    };
    fill(dialog, form);
    dialog.hidden = false;
    name.focus();
}

async function add(key: string, name: string): Promise<void> {
    store.set('trust', await letters.call('trust', [store.get('trust'), key, name]));
    await render();
}

// The view.

async function render(): Promise<void> {
    renderMine();
    renderAddress();
    await renderTrusted();
}

/** A button that has to be touched twice. */
function twice(text: string, sure: string, act: () => void): HTMLButtonElement {
    const made = button(text, () => (made.textContent === sure ? act() : (made.textContent = sure)), 'quiet danger');
    return made;
}

/** A text as a code, and to be copied. */
function asCode(caption: string, text: string): HTMLElement {
    const canvas = el('canvas', { className: 'code', data: { role: 'img', 'aria-label': caption } });
    void letters.call('plainCode', [text]).then((modules) => drawCode(canvas, modules), () => {});
    const copying = button(words().copy, async () => {
        copying.textContent = (await copy(text)) ? words().copied : words().failed;
    });
    return el('figure', {}, el('figcaption', { textContent: caption }), canvas, el('code', { textContent: text, dir: 'ltr' }), copying);
}

function make(id: string, text: string, makeIt: (passphrase: string) => Promise<void>): HTMLFormElement {
    const { input, parts } = passphraseField(id);
    const state = el('p', { data: { role: 'status' } });
    const submit = el('button', { type: 'submit', className: 'main', textContent: text });
    const form = el('form', {}, ...parts, submit, state);
    form.onsubmit = (event) => {
        event.preventDefault();
        state.textContent = words().making;
        submit.disabled = true;
        makeIt(input.value).then(
            () => render(),
            (failure) => {
                submit.disabled = false;
                state.textContent = error(failure).join(' ');
            },
        );
    };
    return form;
}

function renderMine(): void {
    const [secret, key] = [store.get('secret'), store.get('public')];
    if (!secret) {
        fill(
            $('myKey'),
            make('newKey', words().makeKey, async (passphrase) => {
                const made = await letters.call('newKey', [chance(72), passphrase]);
                store.set('secret', made.secret);
                store.set('public', JSON.stringify({ key: made.key, fingerprint: made.fingerprint }));
            }),
            takeIn(),
        );
        return;
    }
    const { key: text, fingerprint } = parsed(key);
    fill(
        $('myKey'),
        el('p', { textContent: `${words().fingerprint}: \u2066${fingerprint}\u2069` }),
        asCode(words().publicKey, text),
        el(
            'div',
            { className: 'tools' },
            button(words().saveKey, () => save('shabnameh.key', secret, 'application/octet-stream')),
            twice(words().deleteKey, words().deleteKeySure, () => {
                store.set('secret', '');
                store.set('public', '');
                void render();
            }),
        ),
    );
}

/** Takes in a secret key that was made elsewhere. */
function takeIn(): HTMLElement {
    const file = el('input', { type: 'file', className: 'away', tabIndex: -1, data: { 'aria-label': words().loadKey } });
    const passphrase = el('input', { type: 'password', id: 'loadPassphrase', autocomplete: 'off' });
    const state = el('p', { data: { role: 'status' } });
    const form = el(
        'form',
        {},
        el('label', { htmlFor: passphrase.id, textContent: words().keyPassphrase }),
        passphrase,
        el('button', { type: 'submit', textContent: words().loadKey }),
        state,
    );
    form.onsubmit = (event) => {
        event.preventDefault();
        file.click();
    };
    file.onchange = () => {
        const chosen = file.files?.[0];
        if (!chosen || chosen.size > MOST_KEY) {
            state.textContent = words().notASecretKey.join(' ');
            return;
        }
        state.textContent = words().opening;
        void (async () => {
            const secret = await new Response(chosen).text();
            const key = await letters.call('secretKey', [secret, passphrase.value]);
            store.set('secret', secret);
            store.set('public', JSON.stringify(key));
            await render();
        })().catch((failure) => (state.textContent = error(failure).join(' ')));
    };
    return el('details', {}, el('summary', { textContent: words().loadKey }), form, file);
}

function parsed(key: string): Key {
    try {
        return JSON.parse(key);
    } catch {
        return { key: '', fingerprint: '?' };
    }
}

function renderAddress(): void {
    const recipient = store.get('recipient');
    if (!recipient) {
        fill(
            $('myAddress'),
            make('newAddress', words().makeAddress, async (passphrase) => {
                const made = await letters.call('newIdentity', [passphrase]);
                store.set('identity', btoa(String.fromCharCode(...made.identity)));
                store.set('recipient', made.recipient);
            }),
        );
        return;
    }
    fill(
        $('myAddress'),
        asCode(words().address, recipient),
        twice(words().deleteKey, words().deleteKeySure, () => {
            store.set('identity', '');
            store.set('recipient', '');
            void render();
        }),
    );
}

async function renderTrusted(): Promise<void> {
    const keys = await letters.call('trusted', [store.get('trust')]).catch(() => []);
    fill(
        $('trusted'),
        keys.length === 0 && el('li', { textContent: words().noTrusted }),
        ...keys.map(({ name, fingerprint, key }) =>
            el(
                'li',
                {},
                el('strong', { textContent: name, dir: 'auto' }),
                el('small', { textContent: fingerprint, dir: 'ltr' }),
                twice(words().deleteKey, words().deleteKeySure, async () => {
                    store.set('trust', await letters.call('distrust', [store.get('trust'), key]));
                    void render();
                }),
            ),
        ),
    );
}

/** Makes the view work. */
export function begin(): void {
    $('addKey').onsubmit = (event) => {
        event.preventDefault();
        const [key, name] = [$<HTMLInputElement>('keyText'), $<HTMLInputElement>('keyName')];
        const state = $('addKeyState');
        state.textContent = '';
        add(key.value.trim(), name.value).then(
            () => (key.value = name.value = ''),
            (failure) => (state.textContent = error(failure).join(' ')),
        );
    };
    translated(() => void render().catch(() => {}));
}
