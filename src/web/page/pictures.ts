// Photos and films -> pixels for the engines. Large ones are looked at in a reduced size first: a cheap phone has not the memory for more.

import { scanners } from './engine';
import type { Code } from './worker';

/** Pixels of the first look at a photo, and of the second. */
const FIRST_LOOK = 4_000_000;
const SECOND_LOOK = 12_000_000;
/** The longer side of a film's picture that is looked at first. */
const FILM_SIDE = 1280;
/** Every so many pictures of a film, codes are not looked for where they were. */
const AFRESH = 8;
/** So long the next picture of a film is waited for, in milliseconds. */
const OVERDUE = 250;
/** Pixels of the largest photo. */
const MOST_PIXELS = 120_000_000;
/** No picture is looked at longer, in milliseconds: ten times what a slow phone takes for a large one. */
const LONGEST = 40_000;
/** So many pictures of a film in a row may go wrong before it is given up. */
const MOST_FAILURES = 5;

/** This is no picture that the browser can show. */
export class NoPicture extends Error {}
/** This picture is too large. */
export class LargePicture extends Error {}
/** This is no film that the browser can play. */
export class NoFilm extends Error {}

function canvas(): CanvasRenderingContext2D {
    const settings = { willReadFrequently: true, alpha: false } as CanvasRenderingContext2DSettings;
    return document.createElement('canvas').getContext('2d', settings)!;
}

type Source = HTMLImageElement | HTMLVideoElement;

/** The pixels of a picture, which is drawn into the canvas with so many pixels to a pixel of its own. */
function pixels(context: CanvasRenderingContext2D, source: Source, [width, height]: [number, number], scale: number): ImageData {
    const [w, h] = [width, height].map((side) => Math.max(1, Math.floor(side * scale))) as [number, number];
    if (context.canvas.width !== w || context.canvas.height !== h) {
        context.canvas.width = w;
        context.canvas.height = h;
    }
    context.imageSmoothingQuality = 'medium';
    context.drawImage(source, 0, 0, w, h);
    return context.getImageData(0, 0, w, h);
}

/** Looks for codes in pixels, which are here no more afterwards. A picture may be made to take for ever: its engine is given up, then. */
function scan({ data, width, height }: ImageData, film: boolean, afresh: boolean): Promise<Code[]> {
    return scanners.work(async (engine) => {
        const late = setTimeout(() => engine.broke('late'), LONGEST);
        try {
            return await engine.call('scan', [data.buffer as ArrayBuffer, width, height, film, afresh], [data.buffer]);
        } finally {
            clearTimeout(late);
        }
    });
}

/** Looks for codes in a photo; `found` says whether a closer look is of use. */
export async function photo(file: Blob, found: (codes: Code[]) => Promise<boolean>): Promise<void> {
    const address = URL.createObjectURL(file);
    const image = new Image();
    try {
        await new Promise<void>((gives, fails) => {
            image.onload = () => gives();
            image.onerror = () => fails(new NoPicture());
            image.src = address;
        });
        const [width, height] = [image.naturalWidth, image.naturalHeight];
        const all = width * height;
        if (all === 0 || all > MOST_PIXELS) {
            throw all ? new LargePicture() : new NoPicture();
        }
        for (const look of [FIRST_LOOK, SECOND_LOOK]) {
            const context = canvas();
            const picture = pixels(context, image, [width, height], Math.min(1, Math.sqrt(look / all)));
            // A phone gives its memory back late otherwise.
            context.canvas.width = context.canvas.height = 0;
            const codes = await scan(picture, false, true);
            if (!(await found(codes)) || all <= look) {
                return;
            }
        }
    } finally {
        image.src = '';
        URL.revokeObjectURL(address);
    }
}

/** The codes of one picture of a film, and its size in pixels. */
export interface Seen {
    codes: Code[];
    width: number;
    height: number;
}

/** Looks for codes in what a video shows, picture after picture, while it runs. */
export class Film {
    private context = canvas();
    private number = 0;
    /** Whether the last codes were found in full size. */
    private full = false;
    private stopped = false;
    private looks = new Set<Promise<void>>();
    private asked = 0;
    private failures = 0;

    constructor(
        private video: HTMLVideoElement,
        private seen: (seen: Seen) => void,
        /** Called where it goes wrong again and again. */
        private failed: (error: unknown) => void,
        /** Whether the video waits for us rather than we for it. */
        private waits: boolean,
    ) {}

    /** Looks until it is stopped. */
    start(): void {
        this.nextPicture();
    }

    /** Looks no more. */
    stop(): void {
        this.stopped = true;
        this.context.canvas.width = this.context.canvas.height = 0;
    }

    /** Waits until what it looks at now has been looked at. */
    async settled(): Promise<void> {
        await Promise.all(this.looks);
    }

    private nextPicture(): void {
        if (this.stopped) {
            return;
        }
        const { video } = this;
        const number = ++this.asked;
        const once = (): void => {
            if (number === this.asked) {
                this.picture();
            }
        };
        if ('requestVideoFrameCallback' in video) {
            video.requestVideoFrameCallback(once);
            // A browser that draws the video nowhere calls nobody.
            setTimeout(once, OVERDUE);
        } else {
            requestAnimationFrame(once);
        }
    }

    private picture(): void {
        const { video } = this;
        if (this.stopped) {
            return;
        }
        if (video.videoWidth > 0 && video.readyState >= video.HAVE_CURRENT_DATA && scanners.free) {
            const look = this.look().then(
                () => void (this.failures = 0),
                (error) => {
                    if (!this.stopped && ++this.failures >= MOST_FAILURES) {
                        this.failed(error);
                    }
                },
            );
            this.looks.add(look);
            void look.then(() => this.looks.delete(look));
        }
        if (!scanners.free && this.waits && !video.paused) {
            video.pause();
        }
        this.nextPicture();
    }

    private async look(): Promise<void> {
        const { video } = this;
        const [width, height] = [video.videoWidth, video.videoHeight];
        const number = this.number++;
        const reduced = Math.min(1, FILM_SIDE / Math.max(width, height));
        // Where nothing is found in one size, the other one has its turn.
        const scale = this.full ? Math.min(1, Math.sqrt(SECOND_LOOK / (width * height))) : reduced;
        const picture = pixels(this.context, video, [width, height], scale);
        const afresh = number % AFRESH === 0;
        const codes = await scan(picture, true, afresh);
        if (codes.length === 0) {
            this.full = !this.full;
        }
        if (!this.stopped) {
            this.seen({ codes, width: picture.width, height: picture.height });
        }
    }
}

/** So often a film that stands still is set going again, in milliseconds: it waited for an engine, or the browser stopped it unseen. */
const GO_ON = 40;

/** What is told of a film, and asked. */
export interface Watching {
    /** Told of each picture; says whether to go on. */
    seen(seen: Seen): boolean;
    /** Told how far the film is, 0 to 1. */
    progress(part: number): void;
    /** The browser plays nothing by itself, as an iPhone that saves its battery: the person has to touch something that calls `play`. */
    touch(play: () => void): void;
    /** Ends it. */
    stopped: Promise<void>;
}

/** Plays a film and looks for codes in it.
 *
 * @throws NoFilm, and what goes wrong with its pictures again and again.
 */
export async function film(file: Blob, video: HTMLVideoElement, { seen, progress, touch, stopped }: Watching): Promise<void> {
    const address = URL.createObjectURL(file);
    const film: { now?: Film; goOn?: number } = {};
    let asleep = false;
    const rest = (): void => (document.hidden ? video.pause() : undefined);
    try {
        await new Promise<void>((gives, fails) => {
            const looks = new Film(video, (codes) => seen(codes) || gives(), fails, true);
            film.now = looks;
            const play = (): void => {
                asleep = false;
                video.play().catch((error: Error) => {
                    if (error.name === 'NotAllowedError') {
                        asleep = true;
                        touch(play);
                    } else if (error.name !== 'AbortError') {
                        fails(new NoFilm());
                    }
                });
            };
            film.goOn = window.setInterval(() => {
                if (!asleep && video.paused && !video.ended && video.readyState >= video.HAVE_METADATA && scanners.free && !document.hidden) {
                    play();
                }
            }, GO_ON);
            void stopped.then(gives);
            video.onended = () => gives();
            video.onerror = () => fails(new NoFilm());
            video.ontimeupdate = () => video.duration > 0 && progress(video.currentTime / video.duration);
            // Some browsers load no more than this before they play.
            video.onloadedmetadata = () => (video.videoWidth > 0 ? play() : fails(new NoFilm()));
            video.muted = true;
            video.playsInline = true;
            video.src = address;
            // What is not seen is not looked at either.
            document.addEventListener('visibilitychange', rest);
            looks.start();
        });
        await film.now?.settled();
    } finally {
        clearInterval(film.goOn);
        document.removeEventListener('visibilitychange', rest);
        film.now?.stop();
        video.onended = video.onerror = video.ontimeupdate = video.onloadedmetadata = null;
        video.pause();
        video.removeAttribute('src');
        video.load();
        URL.revokeObjectURL(address);
    }
}
