// The live camera in the view: what it sees, and what it is told.

import { awake } from './awake';
import { Camera, isOffered, NoCamera } from './camera';
import * as collection from './collection';
import { $, el, fill } from './dom';
import { Looking } from './film';
import type { Seen } from './film';
import { fails, rest, say } from './lines';
import { within } from './limits';
import { remarks } from './remarks';
import { translated, words } from './say';
import type { Code } from './told';

let camera: Camera | undefined;
let looking: Looking | undefined;
let refusal: NoCamera | undefined;
/** How long a camera may take to show something, in milliseconds. */
const LONGEST_START = 15_000;
/** Counts starts and stops: a camera that starts after a stop is ended at once. */
let asked = 0;

/** Starts the camera, with the lens of this id or the one that was chosen last. */
export async function start(lens?: string): Promise<void> {
    stop();
    const mine = asked;
    refusal = undefined;
    renderRefusal();
    const video = $<HTMLVideoElement>('view');
    try {
        const started = await Camera.start(lens);
        if (mine !== asked) {
            return started.stop();
        }
        camera = started;
        $('finder').hidden = false;
        $('camera').hidden = true;
        await within(LONGEST_START, camera.show(video, stop));
    } catch (failed) {
        if (mine !== asked) {
            return;
        }
        stop();
        refusal = failed instanceof NoCamera ? failed : new NoCamera('cameraBusy');
        renderRefusal();
        // Focus on the way that works.
        $('choose').focus();
        return;
    }
    if (mine !== asked) {
        return;
    }
    render(camera);
    looking = new Looking(video, saw, (failed) => (stop(), fails(failed)), false);
    looking.start();
    if (mine !== asked) {
        return;
    }
    say(() => words().aim);
    void awake('camera', true);
}

/** Ends the camera. */
export function stop(): void {
    asked++;
    const [film, ended] = [looking, camera];
    camera = looking = undefined;
    film?.stop();
    ended?.stop();
    if (ended) {
        rest();
        void awake('camera', false);
    }
    $('camera').hidden = !isOffered();
    $('finder').hidden = true;
    $<HTMLVideoElement>('view').srcObject = null;
}

/** How long after the last new code the person is told that there is nothing new, in milliseconds. */
const NOTHING_NEW_AFTER = 2_000;
let lastFresh = -Infinity;
/** The codes that were seen while the last ones are still being taken. */
let unseen: Set<string> | undefined;

function saw({ codes, width, height }: Seen): void {
    if (!looking) {
        return;
    }
    outline(codes, width, height);
    const texts = codes.map((code) => code.text);
    if (unseen) {
        texts.forEach((text) => unseen?.add(text));
    } else if (texts.length > 0) {
        unseen = new Set(texts);
        void take().finally(() => (unseen = undefined));
    }
}

async function take(): Promise<void> {
    while (unseen && unseen.size > 0) {
        const texts = [...unseen];
        unseen.clear();
        const tally = await collection.take(texts).catch((failed) => (fails(failed), undefined));
        if (!tally || !camera) {
            return;
        }
        const now = performance.now();
        if (tally.fresh > 0) {
            lastFresh = now;
        }
        if (tally.fresh + tally.known > 0) {
            const isFresh = now - lastFresh < NOTHING_NEW_AFTER;
            say(() => `${isFresh ? words().fresh : words().nothingNew} ${collection.needed()}`.trim());
        }
        await remarks(words().camera, tally);
    }
}

/** Draws where the codes are: green while they bring something new. */
function outline(codes: Code[], width: number, height: number): void {
    const canvas = $<HTMLCanvasElement>('outline');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d')!;
    context.lineWidth = Math.max(3, width / 160);
    context.strokeStyle = performance.now() - lastFresh < NOTHING_NEW_AFTER ? '#30d158' : '#ffd60a';
    for (const { corners } of codes) {
        context.beginPath();
        for (let at = 0; at < corners.length; at += 2) {
            context.lineTo(corners[at]!, corners[at + 1]!);
        }
        context.closePath();
        context.stroke();
    }
}

function render(now: Camera): void {
    const { lenses, able } = now;
    const lens = $<HTMLSelectElement>('lens');
    fill(lens, ...lenses.map(({ id, name }) => el('option', { value: id, textContent: name, selected: id === now.lens })));
    $('lenses').hidden = lenses.length < 2;
    lens.onchange = () => {
        Camera.choose(lens.value);
        void start(lens.value);
    };
    const torch = $<HTMLButtonElement>('torch');
    torch.hidden = !able.torch;
    torch.setAttribute('aria-pressed', 'false');
    torch.onclick = () => {
        const on = torch.getAttribute('aria-pressed') !== 'true';
        now.light(on).then(
            () => torch.setAttribute('aria-pressed', String(on)),
            () => {},
        );
    };
    const zoom = $<HTMLInputElement>('zoom');
    $('zooms').hidden = !able.zoom;
    if (able.zoom) {
        zoom.min = String(able.zoom.min);
        zoom.max = String(able.zoom.max);
        zoom.step = String(able.zoom.step || 0.1);
        zoom.value = String(able.zoom.min);
        zoom.oninput = () => void now.zoom(Number(zoom.value)).catch(() => {});
    }
}

/** One line without alarm: there is another way. */
function renderRefusal(): void {
    $('cameraAbout').textContent = refusal?.words(words()).join(' ') ?? '';
}

/** Says at once where there is no camera to be asked for. */
export function begin(): void {
    if (!isOffered()) {
        $('camera').hidden = true;
        refusal = new NoCamera('noCameraHere');
    }
    $('stop').onclick = () => {
        stop();
        // The button goes, and takes the focus with it.
        $('camera').focus();
    };
    translated(renderRefusal);
}
