// What this browser lacks, found out before anyone is told that a photo shows nothing.

import { within } from './limits';
import { WordsError } from './say';

/** How long a browser may take to copy a picture's pixels, in milliseconds. */
const LONGEST_COPYING = 10_000;

/** The canvas that pictures are drawn into, one strip after the other. */
let context: CanvasRenderingContext2D | undefined;

/** A canvas whose pixels are read again and again. */
export function canvas(): CanvasRenderingContext2D {
    const settings = { willReadFrequently: true, alpha: false } as CanvasRenderingContext2DSettings;
    return document.createElement('canvas').getContext('2d', settings)!;
}

/** The browser does not let pages see the pixels of a picture. */
export function hiddenPixels(): WordsError {
    return new WordsError((words) => words.hiddenPixels);
}

/** Side of the probe's picture, in pixels; its left half is black, its right half white. */
const SIDE = 8;
/** A browser may add a little noise to what is drawn. Half of the grey levels are noise that hides everything. */
const NOISE = 100;

/** Whether pages see the pixels of what they draw. Firefox's and Tor's resistance to fingerprints gives them noise, until the person allows it. */
export function seesPixels(): boolean {
    try {
        const probe = canvas();
        probe.canvas.width = probe.canvas.height = SIDE;
        probe.fillStyle = '#fff';
        probe.fillRect(0, 0, SIDE, SIDE);
        probe.fillStyle = '#000';
        probe.fillRect(0, 0, SIDE / 2, SIDE);
        const { data } = probe.getImageData(0, 0, SIDE, SIDE);
        const wrong = data.filter((value, at) => at % 4 < 3 && Math.abs(value - ((at >> 2) % SIDE < SIDE / 2 ? 0 : 255)) > NOISE);
        return wrong.length === 0;
    } catch {
        return false;
    }
}

/** Pixels of red, green, blue and opacity of a part of a picture, in a size: by a canvas, or where that tells only noise by WebCodecs. Undefined where the
 * browser hides them. */
export async function pixelsOf(
    source: CanvasImageSource,
    [x, y, width, height]: [number, number, number, number],
    [wide, high]: [number, number],
    ground: '#fff' | '#000' = '#fff',
): Promise<Uint8ClampedArray | Uint8Array | undefined> {
    if (seesPixels()) {
        context ??= canvas();
        if (context.canvas.width !== wide || context.canvas.height !== high) {
            context.canvas.width = wide;
            context.canvas.height = high;
        }
        context.imageSmoothingQuality = 'medium';
        // The colour behind transparent pixels.
        context.fillStyle = ground;
        context.fillRect(0, 0, wide, high);
        context.drawImage(source, x, y, width, height, 0, 0, wide, high);
        return context.getImageData(0, 0, wide, high).data;
    }
    // It copies in no other size than the picture's own.
    if (typeof VideoFrame !== 'function' || width !== wide || height !== high) {
        return undefined;
    }
    let frame: VideoFrame | undefined;
    try {
        frame = new VideoFrame(source, { timestamp: 0 });
        const how = { rect: { x, y, width, height }, format: 'RGBA' } as const;
        const data = new Uint8Array(frame.allocationSize(how));
        await within(LONGEST_COPYING, frame.copyTo(data, how));
        return data;
    } catch {
        return undefined;
    } finally {
        frame?.close();
    }
}

/** Why this browser cannot run the program, by the name of its words; nothing where it can. */
export function lacks(): 'noWasm' | 'wasmOff' | undefined {
    if (typeof WebAssembly === 'object') {
        return undefined;
    }
    // A browser new enough for WebAssembly without it has it switched off.
    return 'at' in Array.prototype ? 'wasmOff' : 'noWasm';
}
