// The view in which letters are received: the ways to give it something, and where they lead.

import * as collection from './collection';
import { $ } from './dom';
import * as intake from './intake';
import { isOffering, offerKey, offerKeys } from './keys';
import * as lines from './lines';
import * as live from './live';
import * as outlines from './outlines';
import { keyOrKeys } from './remarks';
import { words } from './say';
import * as shelf from './shelf';
import { allowSound, signal } from './signal';
import type { NamedKey } from './told';
import * as write from './write';

/** A longer text is taken at once: a field that holds it stops the page for as long as it takes to be set. In UTF-16 code units. */
const MOST_PASTED = 50_000;
/** No text that is pasted is longer, in UTF-16 code units: a letter of 16 MB in armor. */
const MOST_TEXT = 32 * 1024 * 1024;

function take(files: File[]): void {
    allowSound();
    live.stop();
    // The status line is at the top.
    scrollTo(0, 0);
    intake.take(files);
}

/** Takes a text that was pasted; tells whether there was something in it. */
async function pasted(text: string): Promise<boolean> {
    lines.clear();
    if (text.length > MOST_TEXT) {
        lines.tell('bad', () => words().tooLarge(words().paste));
        return false;
    }
    try {
        const [key, ...keys] = await keyOrKeys(text);
        if (key && 'name' in key) {
            live.stop();
            offerKeys([key, ...keys] as NamedKey[]);
        } else if (key) {
            live.stop();
            offerKey(key, 'aKey');
        } else {
            await intake.takeBytes(words().paste, new TextEncoder().encode(text).buffer as ArrayBuffer);
        }
        lines.renderStatus();
        return true;
    } catch (failed) {
        lines.fails(failed);
        return false;
    }
}

/** Makes the view work. */
export function begin(goTo: (view: 'letter' | 'show', id: string) => void): void {
    beginWays();
    document.ondragover = (event) => {
        if (!isForField(event)) {
            event.preventDefault();
        }
    };
    document.ondrop = dropped;
    document.onpaste = (event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        const text = event.clipboardData?.getData('text') ?? '';
        if ($('receive').hidden || isOffering()) {
            return;
        }
        if (files.length > 0) {
            event.preventDefault();
            take(files);
        } else if (text.length > MOST_PASTED) {
            event.preventDefault();
            allowSound();
            void pasted(text);
        }
    };
    collection.onComplete((id) => {
        signal();
        lines.tell('good', () => words().complete, { act: { label: 'read', go: () => goTo('letter', id), name: id } });
        // Does not change the view while another letter is being received.
        if (collection.isReceiving()) {
            return;
        }
        // The letter is complete: nothing has to be photographed again.
        outlines.clear();
        if (!$('receive').hidden && !isOffering()) {
            live.stop();
            goTo('letter', id);
        }
    });
    $('readIt').onclick = () => {
        const id = intake.completed();
        if (id) {
            goTo('letter', id);
        }
    };
    lines.onRest(intake.standing, () => ($('readIt').hidden = !intake.completed()));
    collection.onChange(lines.renderStatus);
    shelf.begin(goTo);
    live.begin();
    lines.begin();
}

function beginWays(): void {
    for (const [button, input] of [
        ['choose', 'chooseFile'],
        ['photo', 'photoFile'],
        ['filmIt', 'filmFile'],
    ] as const) {
        const file = $<HTMLInputElement>(input);
        $(button).onclick = () => file.click();
        file.onchange = () => {
            take([...(file.files ?? [])]);
            file.value = '';
        };
    }
    $('camera').onclick = () => {
        allowSound();
        void live.start();
    };
    $('stopFiles').onclick = () => {
        intake.stop();
        // The button goes, and takes the focus with it.
        $('choose').focus();
    };
    $('goOnFiles').onclick = () => {
        allowSound();
        intake.goOn();
        $('choose').focus();
    };
    $('paste').onclick = () => {
        const area = $('pasted');
        area.hidden = !area.hidden;
        $('paste').setAttribute('aria-expanded', String(!area.hidden));
        $('pasteText').focus();
    };
    $('pasteRead').onclick = () => {
        const area = $<HTMLTextAreaElement>('pasteText');
        allowSound();
        const text = area.value;
        // What was pasted meanwhile stays.
        void pasted(text).then((taken) => taken && area.value === text && (area.value = ''));
    };
}

/** Whether a text is dragged into a field: it belongs there. */
function isForField({ target, dataTransfer }: DragEvent): boolean {
    return target instanceof Element && !!target.closest('textarea, input[type=text], input[type=password]') && !dataTransfer?.types.includes('Files');
}

function dropped(event: DragEvent): void {
    if (isForField(event)) {
        return;
    }
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    const text = event.dataTransfer?.getData('text');
    if (!$('write').hidden && files.length === 1) {
        return write.attach(files[0]);
    }
    if (files.length > 0 || text) {
        location.hash = '#receive';
    }
    if (files.length > 0) {
        take(files);
    } else if (text) {
        void pasted(text);
    }
}
