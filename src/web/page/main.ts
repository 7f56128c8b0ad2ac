// The page's start, and the way between its views.

import * as collection from './collection';
import { $, block, el, fill } from './dom';
import { isLocal, letters, scanners } from './engine';
import * as discreet from './discreet';
import * as erase from './erase';
import { hand } from './files';
import { page } from './give';
import * as intake from './intake';
import * as keeping from './keeping';
import * as keys from './keys';
import * as letter from './letter';
import * as live from './live';
import { panic } from './panic';
import { lacks, seesPixels } from './probe';
import * as receive from './receive';
import { answers, switchLanguage, translate, translated, words } from './say';
import * as shelf from './shelf';
import * as show from './show';
import * as store from './store';
import * as write from './write';

/** The views, and what ends what goes on in them. */
const VIEWS: Record<string, () => void> = {
    receive: live.stop,
    letter: letter.leave,
    show: show.leave,
    write: write.leave,
    keys: keys.leave,
};

let now = '';

/** Goes where the address says. Which letter is meant it does not say: addresses stay in a browser's history. */
function route(): void {
    const asked = location.hash.slice(1);
    const view = Object.keys(VIEWS).includes(asked) ? asked : 'receive';
    if (now) {
        VIEWS[now]!();
        keys.closeOffer();
    }
    for (const other of Object.keys(VIEWS)) {
        $(other).hidden = other !== view;
    }
    for (const link of document.querySelectorAll('nav a')) {
        const here = link.getAttribute('href') === `#${view}`;
        here ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
    }
    // The question is shown in every view.
    $(view).querySelector('.asks')?.append($('keepingOffer'));
    if (view === 'receive') {
        shelf.renderLetters();
    } else if (view === 'letter') {
        void letter.read(store.current());
    } else if (view === 'show') {
        void show.show(store.current());
    } else if (view === 'write') {
        write.enter();
    }
    if (now) {
        // Screen readers continue at the new view.
        $('main').focus();
        scrollTo(0, 0);
    }
    now = view;
}

/** Goes to a letter. */
function goTo(view: 'letter' | 'show', id: string): void {
    store.setCurrent(id);
    intake.opened(id);
    if (location.hash === `#${view}`) {
        route();
    } else {
        location.hash = `#${view}`;
    }
}

/** Light or dark, as chosen; as the phone has it where nothing was. */
function theme(chosen: string): void {
    if (chosen) {
        document.documentElement.setAttribute('data-theme', chosen);
    }
}

const warnings = { unable: [] as (() => [string, string])[], limited: [] as (() => [string, string])[] };

/** Says what this browser cannot do, and what to do about it. */
function warn(id: keyof typeof warnings, say: () => [string, string]): void {
    warnings[id].push(say);
    translated(() => {
        $(id).hidden = false;
        $(id).textContent = warnings[id].flatMap((say) => say()).join(' ');
    });
}

async function start(): Promise<void> {
    // It is for viewers without scripts.
    $('old').remove();
    $('still').remove();
    theme(store.get('theme'));
    $('theme').onclick = () => {
        const dark = matchMedia('(prefers-color-scheme: dark)').matches;
        const seen = document.documentElement.getAttribute('data-theme') ?? (dark ? 'dark' : 'light');
        const other = seen === 'dark' ? 'light' : 'dark';
        store.set('theme', other);
        theme(other);
    };
    document.querySelector<HTMLElement>('.skip')!.onclick = (event) => {
        // The address says which view there is, and stays.
        event.preventDefault();
        $('main').focus();
    };
    $('language').onclick = switchLanguage;
    erase.begin(() => void panic());
    store.onWiped(() => void panic());
    $('give').onclick = async () => {
        const kept = await hand('reader.html', page(), 'text/html');
        answers($('given'), () => kept(words()));
    };
    translate();
    const lacking = lacks();
    if (lacking) {
        return warn('unable', () => words()[lacking]);
    }
    if (!seesPixels()) {
        warn('limited', () => words().hiddenPixels);
    }
    receive.begin(goTo);
    letter.begin(goTo);
    show.begin();
    write.begin(goTo);
    keys.begin();
    keeping.begin();
    discreet.begin();
    $<HTMLDetailsElement>('itself').ontoggle = async () => {
        const digest = await letters.call('digest', [page()]);
        // Groups are compared one by one.
        fill($('digest'), ...digest.match(/.{8}/g)!.map((group) => el('span', { textContent: group })));
    };
    $('itselfWithout').hidden = !block('envelope');
    await keeping.unlock(async () => {
        await store.wipe();
        location.reload();
    });
    onhashchange = route;
    const collected = collection.begin(block('envelope'));
    if (store.now() === 'locked') {
        // Keys, names and the draft are there with the letters.
        void collected.then(() => (keys.enter(), write.enter()), () => {});
    }
    // What was kept is there in a moment; whoever begins anew need not wait for it.
    if (!['#letter', '#show'].includes(location.hash)) {
        route();
    }
    try {
        await Promise.all([letters.ready(), scanners.ready()]);
    } catch {
        return warn('unable', () => words().noWasm);
    }
    if (isLocal()) {
        warn('limited', () => words().noWorkers);
    }
    const brought = await collected.catch(() => undefined);
    document.documentElement.setAttribute('data-ready', '');
    if (brought && !location.hash) {
        goTo('show', brought);
    } else if (!now) {
        route();
    }
}

void start();
