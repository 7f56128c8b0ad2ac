// How much the page stores: nothing, everything encrypted, or everything in the open. It asks when the first letter comes; the answer can be changed
// at any time.

import { button, twice } from './buttons';
import * as collection from './collection';
import { $, busy, el, fill } from './dom';
import { passphraseField } from './keys';
import { saysError, saying, silent, translated } from './say';
import * as store from './store';
import * as vault from './vault';

/** Keeps as much as was chosen from now on. */
async function keep(how: store.Keeping, passphrase = ''): Promise<void> {
    await store.keepAs(how, passphrase);
    await collection.keepAnew();
    render();
}

/** The choices that have to be touched twice: they remove the lock, or what is stored. */
function sureOf(how: store.Keeping): 'keepOpenSure' | 'keepNothingSure' | undefined {
    const now = store.chosen();
    if (how === 'open') {
        return now === 'locked' ? 'keepOpenSure' : undefined;
    }
    return how === 'nothing' && (now === 'locked' || now === 'open') ? 'keepNothingSure' : undefined;
}

/** The three ways, each with what it means. */
function ways(id: string): HTMLElement[] {
    const state = el('p', { className: 'bad', data: { role: 'alert' } });
    const { input, parts } = passphraseField(id);
    const submit = el('button', { type: 'submit', className: 'main', ...saying('keepLockedDo') });
    const form = el('form', { hidden: true }, ...parts, submit);
    const refused = (failure: unknown): void => saysError(state, failure);
    form.onsubmit = (event) => {
        event.preventDefault();
        silent(state);
        busy(submit, () => keep('locked', input.value)).then(() => (input.value = ''), refused);
    };
    const way = (how: store.Keeping, name: 'keepNothing' | 'keepLocked' | 'keepOpen', about: 'keepNothingAbout' | 'keepLockedAbout' | 'keepOpenAbout'): HTMLElement => {
        const isNow = store.chosen() === how;
        const choose = (): void => {
            form.hidden = how !== 'locked';
            how === 'locked' ? input.focus() : void keep(how).catch(refused);
        };
        const sure = sureOf(how);
        // The present choice cannot be chosen again: changing the passphrase has its own button.
        const chooser = sure ? twice(name, sure, choose) : button(name, isNow ? () => {} : choose);
        chooser.setAttribute('aria-pressed', String(isNow));
        chooser.dataset.keep = how;
        const made = el('div', { className: 'way' }, chooser, el('small', saying(about)));
        if (how === 'locked') {
            made.append(...(isNow ? [button('lockNow', lockNow, 'quiet'), button('otherPassphrase', choose, 'quiet')] : []), form, state);
        }
        return made;
    };
    return [
        way('nothing', 'keepNothing', 'keepNothingAbout'),
        way('locked', 'keepLocked', 'keepLockedAbout'),
        way('open', 'keepOpen', 'keepOpenAbout'),
        el('small', saying('keepTraces')),
    ];
}

/** Locks what is kept: the page begins anew, and asks for the passphrase. */
async function lockNow(): Promise<void> {
    await store.settle();
    location.reload();
}

/** Whether there is something to keep: letters, codes, keys. */
function isSomething(): boolean {
    return collection.all().length > 0 || collection.coming().coming.length > 0 || (['trust', 'secret', 'identity'] as const).some(store.get);
}

/** Asks, once there is something to keep. */
function renderOffer(): void {
    const asks = !store.chosen() && !store.isApart() && isSomething();
    const offer = $('keepingOffer');
    // What is typed there stays.
    if (asks && offer.hidden) {
        fill(offer, el('h2', saying('keeping')), el('p', saying('keepingAsk')), ...ways('offerPassphrase'));
    } else if (!asks) {
        fill(offer);
    }
    offer.hidden = !asks;
}

function render(): void {
    renderOffer();
    fill($('keepingWays'), ...ways('keepingPassphrase'));
    if (($('draftRow').hidden = store.now() === 'nothing')) {
        $<HTMLInputElement>('keepDraft').checked = false;
    }
}

/** Asks for the passphrase of what is locked, and goes on when it is open; or somebody begins anew. */
export async function unlock(beginAnew: () => void): Promise<void> {
    const lock = store.lock();
    if (store.now() !== 'locked' || !lock) {
        return;
    }
    document.body.classList.add('locked');
    const input = el('input', { type: 'password', id: 'unlockPassphrase', autocomplete: 'off', dir: 'auto' });
    // A passphrase of many words is hard to type unseen.
    const shows = button('showPassphrase', () => (input.type = input.type === 'text' ? 'password' : 'text'), 'quiet');
    const state = el('p', { className: 'bad', data: { role: 'alert' } });
    const submit = el('button', { type: 'submit', className: 'main', ...saying('unlock') });
    const label = el('label', { htmlFor: input.id, ...saying('unlockAsk') });
    const form = el('form', {}, label, input, shows, submit, state, el('p', { className: 'faint', ...saying('unlockAbout') }), twice('beginAnew', 'beginAnewSure', beginAnew));
    fill($('unlock'), form);
    $('unlock').hidden = false;
    input.focus();
    await new Promise<void>((opened) => {
        form.onsubmit = (event) => {
            event.preventDefault();
            silent(state);
            busy(submit, () => vault.open(lock, input.value)).then(opened, (failure) => saysError(state, failure));
        };
    });
    fill($('unlock'));
    $('unlock').hidden = true;
    document.body.classList.remove('locked');
}

/** Makes the choice work. */
export function begin(): void {
    translated(render);
    collection.onChange(renderOffer);
    store.onSet((setting) => setting !== 'draft' && renderOffer());
    store.onApart(() => {
        $('apart').hidden = false;
        $('keeping').hidden = true;
        render();
    });
}
