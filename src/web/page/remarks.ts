// Messages about what comes beside letters: forged codes, keys, foreign codes.

import type { Tally } from './collection';
import { inOwn, words } from './say';
import { isolate } from './dom';
import { letters } from './engine';
import { LIST_HEAD, offerKey, offerKeys } from './keys';
import { clear, tell } from './lines';
import * as store from './store';
import type { Key, NamedKey } from './told';

/** Most foreign codes that are reported at once. */
const MOST_FOREIGN = 20;

/** Reports forged, foreign and damaged codes, and keys. */
export async function remarks(name: string, tally: Tally): Promise<void> {
    const refused = tally.refused[0];
    const isFull = tally.refused.some(({ error }) => error?.code === 'TooManyObjects');
    if (isFull) {
        tell('bad', () => words().errors.TooManyObjects!);
    } else if (refused) {
        const told = refused.error;
        tell('bad', () => (told ? words().refused(inOwn(told.words)[0]) : words().forgedCode));
    }
    for (const text of new Set(tally.foreign.slice(0, MOST_FOREIGN))) {
        const keys = await keyOrKeys(text);
        if (keys.length > 0) {
            await tellKeys(keys);
        } else {
            tell('plain', () => words().foreign(name, isolate(text)));
        }
    }
}

/** The public key that a text is, without a name, or the list of keys with their names. */
export async function keyOrKeys(text: string): Promise<(Key | NamedKey)[]> {
    if (text.startsWith(LIST_HEAD)) {
        return letters.call('trusted', [text]).catch(() => []);
    }
    const key = /^\s*(untrusted comment:|RW)/.test(text) ? await letters.call('publicKey', [text]).catch(() => undefined) : undefined;
    return key ? [key] : [];
}

/** Reports keys. No dialog opens by itself: the code may be anyone's. */
export async function tellKeys(keys: (Key | NamedKey)[]): Promise<void> {
    const trusted = await letters.call('trusted', [store.get('trust')]).catch(() => []);
    const fresh = keys.filter(({ key }) => !trusted.some((one) => one.key === key));
    const [first] = keys;
    if (keys.some((key) => 'name' in key)) {
        const go = (): void => offerKeys(fresh as NamedKey[]);
        const act = { label: 'lookAtKeys', go, name: keys.map(({ key }) => key).join() } as const;
        tell('plain', () => words().keysSeen(keys.length, fresh.length), fresh.length > 0 ? { act } : {});
    } else if (first && fresh.length > 0) {
        const go = (): void => offerKey(first, 'aKey', () => (clear(), void tellKeys(keys)));
        tell('plain', () => words().keySeen, { fingerprint: first.fingerprint, act: { label: 'trustIt', go, name: first.key } });
    } else if (first) {
        const name = trusted.find((one) => one.key === first.key)?.name ?? '';
        tell('good', () => words().keyKnown(isolate(name)), { fingerprint: first.fingerprint });
    }
}
