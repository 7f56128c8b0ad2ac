// Writing a letter on the phone, and making its envelope.

import * as collection from './collection';
import { button } from './buttons';
import { $, busy, el, fill, isolate } from './dom';
import { letters } from './engine';
import { readFile } from './files';
import { passphraseField, withMuchMemory } from './keys';
import { saysError, says, silent, size, translated, words, WordsError } from './say';
import * as store from './store';

/** Whom a letter is for. */
type For = 'encryptNot' | 'encryptPassphrase' | 'encryptRecipients';

/** The longest letter, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024;

let file: File | undefined;
let goTo: (view: 'show', id: string) => void;

function chosen(): For {
    return $<HTMLSelectElement>('for').value as For;
}

function render(): void {
    const hasKey = !!store.get('secret');
    $('signing').hidden = !hasKey;
    $('noKeyYet').hidden = hasKey;
    $('keyPassphraseRow').hidden = !hasKey || !$<HTMLInputElement>('sign').checked;
    fill($('attached'), file && words().attached(isolate(file.name), size(file.size)), file && button('detach', () => (attach(undefined), $('attach').focus()), 'quiet'));
    $('fileTells').hidden = !file;
    $('pictureTells').hidden = !file || !/^(image|video)\//.test(file.type);
    $('textRow').hidden = !!file;
    const select = $<HTMLSelectElement>('for');
    const kinds: For[] = ['encryptNot', 'encryptPassphrase', 'encryptRecipients'];
    const now = select.value || kinds[0];
    fill(select, ...kinds.map((kind) => el('option', { value: kind, textContent: words()[kind], selected: kind === now })));
    renderFor();
}

function renderFor(): void {
    const how = chosen();
    $('recipientsRow').hidden = how !== 'encryptRecipients';
    $('passphraseRow').hidden = how !== 'encryptPassphrase';
}

async function seal(): Promise<void> {
    if (file && file.size > MOST_BYTES) {
        throw new WordsError((words) => words.letterTooLarge);
    }
    const written = form();
    const [attached, text] = [file, $<HTMLTextAreaElement>('text').value];
    const signs = !!store.get('secret') && $<HTMLInputElement>('sign').checked;
    const value = (id: string): string => document.querySelector<HTMLInputElement>(`#${id}`)?.value ?? '';
    const [who, secret] = {
        encryptNot: ['everyone', ''] as const,
        encryptPassphrase: ['passphrase', value('letterPassphrase')] as const,
        encryptRecipients: ['recipients', value('recipients')] as const,
    }[chosen()];
    const [title, name] = [value('title'), attached ? attached.name : ''];
    const [key, passphrase] = signs ? [store.get('secret'), value('keyPassphrase')] : ['', ''];
    if (signs && !passphrase) {
        throw new WordsError((words) => words.passphraseMissing);
    }
    const content = attached ? new Uint8Array(await readFile(attached, isolate(attached.name))) : new TextEncoder().encode(text);
    const sealed = (): Promise<Uint8Array> => letters.call('seal', [content, name, title, key, passphrase, who, secret]);
    const envelope = await (key ? withMuchMemory(sealed) : sealed());
    const id = await collection.keep(envelope);
    // Text that was changed meanwhile stays, and the view is not changed if the person left it: the letter is in the list.
    if (form() === written) {
        clear();
    }
    if (!$('write').hidden) {
        goTo('show', id);
    }
}

/** What is written now. */
function form(): string {
    const fields = ['title', 'text'].map((id) => $<HTMLInputElement>(id).value);
    return JSON.stringify([fields, file?.name, file?.size, file?.lastModified]);
}

/** Empties the form: what was written is a letter now. */
function clear(): void {
    file = undefined;
    store.set('draft', '');
    $<HTMLInputElement>('keepDraft').checked = false;
    $<HTMLTextAreaElement>('text').value = $<HTMLInputElement>('title').value = $<HTMLTextAreaElement>('recipients').value = '';
    leave();
    render();
}

/** Makes the view work. */
export function begin(go: typeof goTo): void {
    goTo = go;
    fill($('passphraseRow'), ...passphraseField('letterPassphrase').parts);
    $('text').oninput = $('keepDraft').onchange = keepDraft;
    $('sign').onchange = render;
    $('for').onchange = () => {
        keepDraft();
        renderFor();
    };
    $('attach').onclick = () => $('attachFile').click();
    const input = $<HTMLInputElement>('attachFile');
    input.onchange = () => {
        attach(input.files?.[0]);
        input.value = '';
    };
    $('writing').onsubmit = (event) => {
        event.preventDefault();
        const state = $('writeState');
        state.className = '';
        says(state, () => words().sealing);
        busy($<HTMLButtonElement>('seal'), seal).then(
            () => silent(state),
            (failure) => {
                state.className = 'bad';
                saysError(state, failure);
            },
        );
    };
    store.onElsewhere((what) => what === 'secret' && render());
    translated(render);
}

/** Makes a file the letter, or none. */
export function attach(instead: File | undefined): void {
    file = instead;
    render();
}

/** Keeps what is being written, if that was asked for, unless it is a secret. */
function keepDraft(): void {
    const keeps = $<HTMLInputElement>('keepDraft').checked && chosen() === 'encryptNot';
    store.set('draft', keeps ? $<HTMLTextAreaElement>('text').value : '');
}

/** Forgets passphrases that were typed. */
export function leave(): void {
    document.querySelectorAll<HTMLInputElement>('#keyPassphrase, #letterPassphrase').forEach((field) => (field.value = ''));
}

/** Called when the view is gone to: a key may have been made meanwhile, or a lock been opened. */
export function enter(): void {
    const [text, draft] = [$<HTMLTextAreaElement>('text'), store.get('draft')];
    if (draft && !text.value) {
        text.value = draft;
        // A stored draft means that storing was chosen.
        $<HTMLInputElement>('keepDraft').checked = true;
    }
    render();
}
