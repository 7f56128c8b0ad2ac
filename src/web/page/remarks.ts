// What codes and files bring beside letters: forgeries, keys, codes that are not ours.

import type { Tally } from './collection';
import { digits, words } from './say';
import { isolate } from './dom';
import { letters } from './engine';
import { offerKey } from './keys';
import { tell } from './lines';
import * as store from './store';
import type { Key } from './worker';

/** Most codes that are not ours of which is told at once. */
const MOST_FOREIGN = 20;

/** Tells what codes brought that is not plainly good. */
export async function remarks(name: string, tally: Tally): Promise<void> {
    const refused = tally.refused[0];
    if (refused) {
        const told = refused.error;
        tell('bad', () => (told ? words().refused(told[words().tag][0]) : words().forgedCode));
    }
    for (const text of new Set(tally.foreign.slice(0, MOST_FOREIGN))) {
        const key = await publicKey(text);
        if (key) {
            await tellKey(key);
        } else {
            tell('plain', () => words().foreign(name, isolate(text)));
        }
    }
}

/** The public key that a text is. */
export async function publicKey(text: string): Promise<Key | undefined> {
    return /^\s*(untrusted comment:|RW)/.test(text) ? letters.call('publicKey', [text]).catch(() => undefined) : undefined;
}

/** Tells that there was a key. Nobody is asked about it who does not want to be: the code may be anyone's. */
export async function tellKey(key: Key): Promise<void> {
    const fingerprint = (): string => `\u2066${digits(key.fingerprint)}\u2069`;
    const trusted = await letters.call('trusted', [store.get('trust')]).catch(() => []);
    const known = trusted.find((one) => one.key === key.key);
    if (known) {
        tell('plain', () => words().keyKnown(fingerprint(), isolate(known.name)));
    } else {
        const go = (): void => offerKey(key, 'aKey');
        tell('plain', () => words().keySeen(fingerprint()), { label: 'trustIt', go, name: key.key });
    }
}
