// Writing a letter on the phone, and making its envelope.

import * as collection from './collection';
import { $, el, fill } from './dom';
import { letters } from './engine';
import { passphraseField } from './keys';
import { error, size, translated, words } from './say';
import * as store from './store';

/** Whom a letter is for. */
type For = 'encryptNot' | 'encryptPassphrase' | 'encryptRecipients';

let file: File | undefined;

function chosen(): For {
    return $<HTMLSelectElement>('for').value as For;
}

function render(): void {
    const hasKey = !!store.get('secret');
    $('signing').hidden = !hasKey;
    $('noKeyYet').hidden = hasKey;
    $('keyPassphraseRow').hidden = !hasKey || !$<HTMLInputElement>('sign').checked;
    $('attached').textContent = file ? words().attached(file.name, size(file.size)) : '';
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
    const row = $('passphraseRow');
    const before = row.querySelector('input')?.value ?? '';
    row.hidden = how !== 'encryptPassphrase';
    const { input, parts } = passphraseField('letterPassphrase');
    input.value = before;
    fill(row, ...parts);
}

async function seal(): Promise<void> {
    const text = $<HTMLTextAreaElement>('text').value;
    const content = file ? new Uint8Array(await new Response(file).arrayBuffer()) : new TextEncoder().encode(text);
    const signs = !!store.get('secret') && $<HTMLInputElement>('sign').checked;
    const value = (id: string): string => document.querySelector<HTMLInputElement>(`#${id}`)?.value ?? '';
    const envelope = await letters.call('seal', [
        content,
        file ? file.name : '',
        value('title'),
        signs ? store.get('secret') : '',
        signs ? value('keyPassphrase') : '',
        chosen() === 'encryptPassphrase' ? value('letterPassphrase') : '',
        chosen() === 'encryptRecipients' ? value('recipients') : '',
    ]);
    const id = await collection.keep(envelope);
    clear();
    location.hash = `#show/${id}`;
}

/** Empties the form: what was written is a letter now. */
function clear(): void {
    file = undefined;
    store.set('draft', '');
    for (const id of ['text', 'title', 'keyPassphrase', 'letterPassphrase', 'recipients']) {
        const field = document.querySelector<HTMLInputElement>(`#${id}`);
        if (field) {
            field.value = '';
        }
    }
    render();
}

/** Makes the view work. */
export function begin(): void {
    const text = $<HTMLTextAreaElement>('text');
    text.value = store.get('draft');
    text.oninput = () => store.set('draft', text.value);
    $('sign').onchange = render;
    $('for').onchange = renderFor;
    $('attach').onclick = () => $('attachFile').click();
    const attach = $<HTMLInputElement>('attachFile');
    attach.onchange = () => {
        file = attach.files?.[0];
        attach.value = '';
        render();
    };
    const form = $<HTMLFormElement>('writing');
    form.onsubmit = (event) => {
        event.preventDefault();
        const state = $('writeState');
        const submit = $<HTMLButtonElement>('seal');
        state.className = '';
        state.textContent = words().sealing;
        submit.disabled = true;
        seal()
            .then(
                () => (state.textContent = ''),
                (failure) => {
                    state.className = 'bad';
                    state.textContent = error(failure).join(' ');
                },
            )
            .finally(() => (submit.disabled = false));
    };
    translated(render);
}

/** Called when the view is gone to: a key may have been made meanwhile. */
export const enter = render;
