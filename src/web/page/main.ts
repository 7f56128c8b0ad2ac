// The page's start, and the way between its views.

import { give, page } from './give';
import * as collection from './collection';
import { $, block } from './dom';
import { letters, scanners } from './engine';
import * as keys from './keys';
import * as letter from './letter';
import { panic } from './panic';
import * as receive from './receive';
import { switchLanguage, translate, translated, words } from './say';
import * as show from './show';
import * as store from './store';
import * as write from './write';

const VIEWS = ['receive', 'letter', 'show', 'write', 'keys'];

/** Goes where the address says. */
function route(): void {
    const [name = '', id = ''] = location.hash.slice(1).split('/');
    const view = VIEWS.includes(name) ? name : 'receive';
    for (const other of VIEWS) {
        $(other).hidden = other !== view;
    }
    for (const link of document.querySelectorAll('nav a')) {
        const here = link.getAttribute('href') === `#${view}`;
        here ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
    }
    if (view !== 'receive') {
        receive.stopCamera();
    }
    if (view !== 'show') {
        show.leave();
    }
    if (view !== 'letter') {
        letter.leave();
    }
    if (view === 'letter') {
        void letter.read(id);
    } else if (view === 'show') {
        $<HTMLAnchorElement>('showBack').href = `#letter/${id}`;
        void show.show(id);
    } else if (view === 'write') {
        write.enter();
    }
    scrollTo(0, 0);
}

/** Light or dark, as chosen; as the phone has it where nothing was. */
function theme(chosen: string): void {
    if (chosen) {
        document.documentElement.setAttribute('data-theme', chosen);
    }
}

async function start(): Promise<void> {
    $('old').remove();
    theme(store.get('theme'));
    $('theme').onclick = () => {
        const dark = matchMedia('(prefers-color-scheme: dark)').matches;
        const now = document.documentElement.getAttribute('data-theme') ?? (dark ? 'dark' : 'light');
        const other = now === 'dark' ? 'light' : 'dark';
        store.set('theme', other);
        theme(other);
    };
    $('language').onclick = switchLanguage;
    $('panic').onclick = () => void panic();
    $('give').onclick = async () => {
        if (await give('shabnameh.html', page())) {
            $('given').textContent = words().given;
        }
    };
    if (typeof WebAssembly !== 'object') {
        translate();
        translated(() => {
            const [what, todo] = words().noWasm;
            $('tooOld').hidden = false;
            $('tooOld').textContent = `${what} ${todo}`;
        });
        return;
    }
    receive.begin((id) => (location.hash = `#letter/${id}`));
    letter.begin();
    show.begin();
    write.begin();
    keys.begin();
    translate();
    addEventListener('hashchange', route);
    const brought = await collection.begin(block('envelope'));
    await Promise.all([letters.ready(), scanners.ready()]);
    document.documentElement.setAttribute('data-ready', '');
    if (brought && !VIEWS.includes(location.hash.slice(1).split('/')[0]!)) {
        location.replace(`#show/${brought}`);
    }
    route();
}

void start();
