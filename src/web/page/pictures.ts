// Photos and moving pictures -> pixels for the engines. Large ones are looked at in a reduced size first, and turned into grey strip by strip: a cheap
// phone lacks the memory for more.

import { el } from './dom';
import { isLocal, scanners } from './engine';
import { readFile } from './files';
import { grey } from './grey';
import { breathe, LateError, within } from './limits';
import { hiddenPixels, pixelsOf } from './probe';
import type { InEach, Seen } from './told';

/** Pixels of the first look at a photo, and of the second. */
const FIRST_LOOK = 2_500_000;
const SECOND_LOOK = 12_000_000;
/** Pixels of a look that stops the page, where no worker takes it. */
const LOCAL_LOOK = 1_000_000;
/** Parts of a large picture that are looked at one by one overlap by this part of their side: a code at an edge is whole in one of them. */
const OVERLAP = 0.4;
/** Pixels that are turned into grey at once. */
const STRIP = 1_000_000;
/** Pixels of the largest photo. */
const MOST_PIXELS = 120_000_000;
/** A result with more than this many times the desired pixels means that the browser did not reduce it. */
const MOST_REDUCED = 2.5;
/** How long a browser may take to decode a picture, in milliseconds. */
const LONGEST_DECODING = 20_000;
/** Pictures of an animation that are looked at: some minutes of it. */
const MOST_PICTURES = 3_000;
/** How long an animation is looked at, in milliseconds. */
const LONGEST_MOVING = 60_000;
/** No file is read whole that is larger, in bytes. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The browser cannot decode this picture. */
export class NoPicture extends Error {}
/** This picture is too large. */
export class LargePicture extends Error {}

/** A code's corners as people see the photo, in parts of its width and height. */
export type Corners = [number, number][];

/** A code that was seen and not read. */
export interface Mark {
    corners: Corners;
    why: InEach<string>;
}

/** What one look at a photo saw. Codes have no corners, and none is unread, where it is not known where in the photo they lie. */
export interface Look {
    codes: { text: string; corners?: Corners }[];
    unread: Mark[];
}

/** Takes the result of a look; returns whether another look can help. */
export type Found = (look: Look) => Promise<boolean>;

/** Looks for codes in grey pixels. Their buffer is transferred and detached here. */
function scan(pixels: Uint8Array, width: number, height: number): Promise<Seen> {
    return scanners.work((engine) => engine.call('photo', [pixels.buffer as ArrayBuffer, width, height], [pixels.buffer]));
}

/** What was seen in a part of a photo, which begins at `left` and `top` and has these sides, of a photo of so many pixels. */
function placed({ codes, unread }: Seen, [left, top, wide, high]: [number, number, number, number], [width, height]: [number, number]): Look {
    const place = <T extends { corners: number[] }>(seen: T): Omit<T, 'corners'> & { corners: Corners } => {
        const corners: Corners = [0, 2, 4, 6].map((at) => [(left + seen.corners[at]!) / width, (top + seen.corners[at + 1]!) / height]);
        return { ...seen, corners };
    };
    // A code that is cut by the part, not by the photo, is whole in another part.
    const isCut = (at: number, from: number, size: number, all: number): boolean => (at < 0 && from > 0) || (at > size && from + size < all);
    const isWhole = ({ corners }: { corners: number[] }): boolean =>
        corners.every((at, which) => !(which % 2 === 0 ? isCut(at, left, wide, width) : isCut(at, top, high, height)));
    return { codes: codes.map(place), unread: unread.filter(isWhole).map(place) };
}

function firstLook(): number {
    return isLocal() ? LOCAL_LOOK : FIRST_LOOK;
}

/** Frees the memory of a decoded picture. */
function free(source: ImageBitmap | HTMLImageElement | Plane): void {
    if ('close' in source) {
        source.close();
    }
}

/** The luma plane of a picture, a byte a pixel, row by row. */
interface Plane {
    pixels: Uint8Array;
    width: number;
    height: number;
}

/** Whether this browser reduces a JPEG while it decodes it. */
let reduces = typeof ImageDecoder === 'function';

/** The luma of a JPEG in about this size, where the browser can decode it in eighths of its size: that takes a fraction of the time and memory. Undefined
 * where it does not. */
async function reduced(file: Blob, [desiredWidth, desiredHeight]: [number, number]): Promise<Plane | undefined> {
    if (!reduces || file.type !== 'image/jpeg' || file.size > MOST_BYTES || isLocal()) {
        return undefined;
    }
    const decoder = new ImageDecoder({ data: await readFile(file, ''), type: file.type, desiredWidth, desiredHeight });
    try {
        const { image } = await within(LONGEST_DECODING, decoder.decode());
        const { width, height } = image.codedRect ?? { width: 0, height: 0 };
        const isReduced = width * height <= MOST_REDUCED * desiredWidth * desiredHeight;
        reduces = isReduced;
        const format = image.format ?? '';
        if (!isReduced || !/^(I4|NV12|RGB|BGR)/.test(format)) {
            image.close();
            return undefined;
        }
        const bytes = new Uint8Array(image.allocationSize());
        const [first] = await within(LONGEST_DECODING, image.copyTo(bytes));
        image.close();
        const pixels = new Uint8Array(width * height);
        for (let row = 0; row < height; row++) {
            const from = first!.offset + row * first!.stride;
            if (format.includes('GB') || format.includes('GR')) {
                grey(bytes.subarray(from, from + 4 * width), pixels, row * width, format.startsWith('B'));
            } else {
                // The first plane is luma.
                pixels.set(bytes.subarray(from, from + width), row * width);
            }
        }
        return { pixels, width, height };
    } catch (failed) {
        if (failed instanceof LateError) {
            throw failed;
        }
        return undefined;
    } finally {
        decoder.close();
    }
}

/** A photo that is looked at once, and once more if that is of use. */
export class Photo {
    /** The picture of the first look, decoded during the look at the photo before: only luma, where the browser has it. */
    private first: Promise<ImageBitmap | HTMLImageElement | Plane> | undefined;

    private constructor(
        private file: Blob,
        private image: HTMLImageElement,
        private address: string,
        private width: number,
        private height: number,
    ) {}

    /** Opens a photo.
     *
     * @throws NoPicture, LargePicture, LateError.
     */
    static async open(file: Blob): Promise<Photo> {
        const address = URL.createObjectURL(file);
        const image = new Image();
        try {
            const loaded = new Promise<void>((gives, fails) => {
                image.onload = () => gives();
                image.onerror = () => fails(new NoPicture());
                image.src = address;
            });
            await within(LONGEST_DECODING, loaded);
            const [width, height] = [image.naturalWidth, image.naturalHeight];
            if (width * height > MOST_PIXELS) {
                throw new LargePicture();
            }
            if (width * height === 0) {
                throw new NoPicture();
            }
            return new Photo(file, image, address, width, height);
        } catch (failed) {
            URL.revokeObjectURL(address);
            throw failed;
        }
    }

    /** Whether a closer look can see more than the first. */
    get isLarge(): boolean {
        return this.width * this.height > firstLook();
    }

    /** Looks for codes in a reduced size. */
    async look(found: Found): Promise<void> {
        const first = await this.first;
        this.first = undefined;
        if (first && 'pixels' in first) {
            const { codes } = await scan(first.pixels, first.width, first.height);
            // A camera may have laid it on its side, which the browser does not tell here: a closer look says where they are.
            await found({ codes: codes.map(({ text }) => ({ text })), unread: [] });
            return;
        }
        for await (const look of this.parts(firstLook(), Infinity, first)) {
            await found(look);
        }
    }

    /** Looks for codes in all its pixels, or as many as a phone can hold. */
    async lookCloser(found: Found): Promise<void> {
        for await (const look of this.parts(SECOND_LOOK, isLocal() ? LOCAL_LOOK : Infinity)) {
            if (!(await found(look))) {
                return;
            }
        }
    }

    /** Begins to decode what the first look is at. */
    prepare(): this {
        const size = this.size(firstLook());
        const plane = this.isLarge ? reduced(this.file, size) : Promise.resolve(undefined);
        this.first = plane.then<Plane | ImageBitmap | HTMLImageElement>((plane) => plane ?? this.drawable(...size));
        this.first.catch(() => {});
        return this;
    }

    /** The photo in at most so many pixels, to be shown. */
    async drawn(most: number): Promise<HTMLCanvasElement> {
        const [width, height] = this.size(most);
        const source = await this.drawable(width, height);
        const canvas = el('canvas', { width, height });
        canvas.getContext('2d')?.drawImage(source, 0, 0, width, height);
        free(source);
        return canvas;
    }

    /** Frees its memory. */
    close(): void {
        void this.first?.then(free, () => {});
        this.image.src = '';
        URL.revokeObjectURL(this.address);
    }

    /** What is to be seen of the photo in at most so many pixels, looked at in parts of at most `part` pixels. */
    private async *parts(most: number, part: number, decoded?: ImageBitmap | HTMLImageElement): AsyncGenerator<Look> {
        const [width, height] = this.size(most);
        const source = decoded ?? (await this.drawable(width, height));
        try {
            const side = Math.floor(Math.sqrt(part));
            const places = (all: number): [number, number][] => {
                const count = all <= side ? 1 : Math.ceil((all - side) / (side * (1 - OVERLAP))) + 1;
                const size = Math.min(all, side);
                return Array.from({ length: count }, (_, at) => [count > 1 ? Math.round(((all - size) * at) / (count - 1)) : 0, size]);
            };
            for (const [top, high] of places(height)) {
                for (const [left, wide] of places(width)) {
                    const seen = (ground: '#fff' | '#000') => greyOf(source, [width, height], [left, top, wide, high], ground);
                    const white = await seen('#fff');
                    const light = sum(white);
                    const look = await scan(white, wide, high);
                    // In a transparent picture the dark modules may be the transparent ones: try both grounds.
                    const isOpaque = look.codes.length > 0 || this.file.type === 'image/jpeg';
                    const black = isOpaque ? undefined : await seen('#000');
                    const isOther = black && sum(black) !== light;
                    yield placed(isOther ? await scan(black, wide, high) : look, [left, top, wide, high], [width, height]);
                }
            }
        } finally {
            free(source);
        }
    }

    /** Its size where it has at most so many pixels. */
    private size(most: number): [number, number] {
        const scale = Math.min(1, Math.sqrt(most / (this.width * this.height)));
        return [Math.max(1, Math.floor(this.width * scale)), Math.max(1, Math.floor(this.height * scale))];
    }

    /** The photo in this size, decoded once; where the browser does not do that, as it is. */
    private async drawable(resizeWidth: number, resizeHeight: number): Promise<ImageBitmap | HTMLImageElement> {
        try {
            const size = { resizeWidth, resizeHeight, resizeQuality: 'medium' } as const;
            const decoding = createImageBitmap(this.file, resizeWidth < this.width ? size : {});
            const bitmap = await within(LONGEST_DECODING, decoding);
            if (bitmap.width === resizeWidth && bitmap.height === resizeHeight) {
                return bitmap;
            }
            // An older browser, which ignores the sizes.
            bitmap.close();
        } catch (failed) {
            if (failed instanceof LateError) {
                throw failed;
            }
        }
        return this.image;
    }
}

/** Sum of all pixels. */
function sum(pixels: Uint8Array): number {
    return pixels.reduce((all, pixel) => all + pixel, 0);
}

/** The grey pixels of a part of a picture that is seen in this size, on a ground: left, top, width, height. */
async function greyOf(
    source: ImageBitmap | HTMLImageElement,
    [width, height]: [number, number],
    [left, top, wide, high]: [number, number, number, number],
    ground: '#fff' | '#000',
): Promise<Uint8Array> {
    const all = new Uint8Array(wide * high);
    const rows = Math.max(1, Math.floor(STRIP / wide));
    const [sourceWidth, sourceHeight] = source instanceof HTMLImageElement ? [source.naturalWidth, source.naturalHeight] : [source.width, source.height];
    const [x, y] = [sourceWidth / width, sourceHeight / height];
    for (let row = 0; row < high; row += rows) {
        const now = Math.min(rows, high - row);
        const data = await pixelsOf(source, [left * x, (top + row) * y, wide * x, now * y], [wide, now], ground);
        if (!data) {
            throw hiddenPixels();
        }
        grey(data, all, row * wide);
        await breathe();
    }
    return all;
}

/** Looks at a GIF, WebP or PNG that moves, picture by picture, until `found` has enough; tells whether it could.
 *
 * @throws LargePicture, LateError, and what is wrong with a GIF.
 */
export async function moving(file: File, name: string, type: string, found: Found, progress: (done: number, all: number) => void): Promise<boolean> {
    if (file.size > MOST_BYTES) {
        throw new LargePicture();
    }
    const bytes = await readFile(file, name);
    const end = performance.now() + LONGEST_MOVING;
    if (typeof ImageDecoder === 'function') {
        const decoder = new ImageDecoder({ data: bytes, type });
        try {
            await within(LONGEST_DECODING, Promise.all([decoder.tracks.ready, decoder.completed]));
            const count = Math.min(MOST_PICTURES, decoder.tracks.selectedTrack?.frameCount ?? 0);
            for (let at = 0; at < count && performance.now() < end; at++) {
                progress(at, count);
                const { image } = await within(LONGEST_DECODING, decoder.decode({ frameIndex: at }));
                const [width, height] = [image.displayWidth, image.displayHeight];
                if (width * height > SECOND_LOOK) {
                    image.close();
                    throw new LargePicture();
                }
                const data = await pixelsOf(image, [0, 0, width, height], [width, height]);
                image.close();
                if (!data) {
                    throw hiddenPixels();
                }
                const pixels = new Uint8Array(width * height);
                grey(data, pixels, 0);
                const look = placed(await scan(pixels, width, height), [0, 0, width, height], [width, height]);
                if (!(await found(look))) {
                    break;
                }
            }
            return true;
        } finally {
            decoder.close();
        }
    }
    if (type !== 'image/gif') {
        return false;
    }
    await scanners.work(async (engine) => {
        await engine.call('gif', [bytes], [bytes]);
        for (let at = 0; at < MOST_PICTURES && performance.now() < end; at++) {
            progress(at, 0);
            const codes = await engine.call('gifNext', []);
            // Unread codes of a moving picture are not reported: they come again.
            if (!codes || !(await found(placed({ codes, unread: [] }, [0, 0, 1, 1], [1, 1])))) {
                return;
            }
            await breathe();
        }
    });
    return true;
}
