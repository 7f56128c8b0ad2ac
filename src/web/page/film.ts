// Pixels of running films and cameras, for the engines. Every film ends, whatever the browser does.

import { isLocal, scanners } from './engine';
import { within } from './limits';
import { canvas, hiddenPixels, seesPixels } from './probe';
import type { Code } from './told';

/** The longer side of a film's picture that is looked at first. */
const FILM_SIDE = 1280;
/** Pixels of a picture that is looked at in full size. */
const MOST_PIXELS = 12_000_000;
/** The same where there are no workers, and the page stops meanwhile. */
const LOCAL_PIXELS = 1_000_000;
/** Pixels of a picture of a film that may be looked at as patiently as a photo. */
const MOST_PATIENT = 1_000_000;
/** Pictures of a film after which codes are searched everywhere, not only where they were. */
const AFRESH = 8;
/** How long the next picture of a film is waited for, in milliseconds. */
const OVERDUE = 250;
/** Failures in a row after which a film is given up. */
const MOST_FAILURES = 5;

/** The browser cannot play this film. */
export class NoFilm extends Error {}

/** The codes of one picture of a film, and its size in pixels. */
export interface Seen {
    codes: Code[];
    width: number;
    height: number;
}

/** Looks for codes in what a video shows, picture after picture, while it runs. */
export class Looking {
    private context = canvas();
    private number = 0;
    /** Whether the last codes were found in full size. */
    private full = false;
    private stopped = false;
    private looks = new Set<Promise<void>>();
    private asked = 0;
    private failures = 0;
    /** How many pictures were looked at. */
    looked = 0;

    constructor(
        private video: HTMLVideoElement,
        private seen: (seen: Seen) => void,
        /** Called where it goes wrong again and again. */
        private failed: (error: unknown) => void,
        /** Whether the video is paused while all engines are busy. */
        public waits: boolean,
    ) {}

    /** Looks until it is stopped. */
    start(): void {
        if (!seesPixels()) {
            this.failed(hiddenPixels());
            return;
        }
        this.nextPicture();
    }

    /** Stops looking. */
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
            // A browser that does not draw the video never calls back.
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
        const { video, context } = this;
        const number = this.number++;
        // Without a code in one size, the other is tried next.
        const reduced = Math.min(1, FILM_SIDE / Math.max(video.videoWidth, video.videoHeight));
        const scale = this.full ? Math.min(1, Math.sqrt((isLocal() ? LOCAL_PIXELS : MOST_PIXELS) / (video.videoWidth * video.videoHeight))) : reduced;
        const [width, height] = [video.videoWidth, video.videoHeight].map((side) => Math.max(1, Math.floor(side * scale))) as [number, number];
        if (context.canvas.width !== width || context.canvas.height !== height) {
            context.canvas.width = width;
            context.canvas.height = height;
        }
        context.imageSmoothingQuality = 'medium';
        context.drawImage(video, 0, 0, width, height);
        const { buffer } = context.getImageData(0, 0, width, height).data;
        const afresh = number % AFRESH === 0;
        // Such a look takes long: it would stop the page, and a film would run on.
        const patient = isLocal() ? 0 : MOST_PATIENT;
        const codes = await scanners.work((engine) => engine.call('film', [buffer as ArrayBuffer, width, height, afresh, patient], [buffer]));
        this.looked++;
        if (codes.length === 0) {
            this.full = !this.full;
        }
        // What was seen counts, however late.
        this.seen({ codes, width, height });
    }
}

/** Interval of checks on a film, in milliseconds. */
const TICK = 40;
/** At most this much of the time between two checks is counted as the film's, in milliseconds: a page in the background is not run. */
const MOST_TICK = 200;
/** How long a film may take to tell its size, and to begin, in milliseconds: cards are slow. */
const LONGEST_START = 10_000;
/** A film that stands still this long has ended, in milliseconds. */
const STANDS_STILL = 2_000;
/** The same, this near to its end: browsers end a film some microseconds early or late, or never say that they did. */
const STANDS_STILL_AT_END = 200;
/** How near to the end this applies, in seconds. */
const NEAR_END = 0.1;
/** How long a film waits for the engines in all, in milliseconds: the least, what a second of it adds, and the most. It shows its codes again and again:
 * what is missed comes again. */
const [LEAST_WAIT, WAIT_A_SECOND, MOST_WAIT] = [400, 100, 1_500];
/** How long the last pictures may be looked at after the film's end, in milliseconds. */
const LONGEST_SETTLING = 500;

/** Callbacks and options for a film. */
export interface Watching {
    /** Called for each picture; returns whether to go on. */
    seen(seen: Seen): boolean;
    /** Called with the position, 0 to 1; undefined for a film of unknown length. */
    progress(part: number | undefined): void;
    /** Called where the browser refuses to play by itself, as an iPhone in power saving: the person has to touch something that calls `play`. */
    touch(play: () => void): void;
    /** Ends it. */
    stopped: Promise<void>;
    /** Whether the film waits for the engines without a limit. */
    patient: boolean;
}

/** Plays a film and looks for codes in it; tells how many pictures were looked at for a second of the film.
 *
 * @throws NoFilm, what {@link hiddenPixels} makes, and what goes wrong with its pictures again and again.
 */
export async function film(file: Blob, video: HTMLVideoElement, watching: Watching): Promise<number> {
    const address = URL.createObjectURL(file);
    let looking: Looking | undefined;
    let timer = 0;
    let reached = 0;
    try {
        await new Promise<void>((gives, fails) => {
            looking = new Looking(video, (seen) => watching.seen(seen) || gives(), fails, true);
            void watching.stopped.then(gives);
            video.onended = () => gives();
            video.onerror = () => fails(new NoFilm());
            video.muted = true;
            video.playsInline = true;
            video.src = address;
            const tick = ticking(video, looking, watching, gives, fails);
            timer = window.setInterval(() => {
                tick();
                reached = Math.max(reached, video.currentTime);
            }, TICK);
            looking.start();
        });
        await within(LONGEST_SETTLING, looking!.settled()).catch(() => {});
        return looking!.looked / Math.max(reached, 0.5);
    } finally {
        clearInterval(timer);
        looking?.stop();
        video.onended = video.onerror = null;
        video.pause();
        video.removeAttribute('src');
        video.load();
        URL.revokeObjectURL(address);
    }
}

/** Checks on a running film: starts it, waits for the engines, and ends it where it does not end by itself. */
function ticking(video: HTMLVideoElement, looking: Looking, watching: Watching, gives: () => void, fails: (error: unknown) => void): () => void {
    let last = performance.now();
    /** How long it has stood still, in milliseconds, and where, in seconds. */
    let [still, place] = [0, -1];
    let waited = 0;
    let asleep = false;
    const play = (): void => {
        asleep = false;
        video.play().catch((error: Error) => {
            if (error.name === 'NotAllowedError') {
                asleep = true;
                watching.touch(play);
            } else if (error.name === 'NotSupportedError') {
                fails(new NoFilm());
            }
        });
    };
    return () => {
        const now = performance.now();
        const passed = now - last;
        last = now;
        const { currentTime, duration } = video;
        if (document.hidden) {
            // A hidden page draws no pictures of it.
            video.pause();
            still = 0;
            return;
        }
        if (asleep) {
            still = 0;
            return;
        }
        if (video.readyState >= video.HAVE_METADATA && video.videoWidth === 0) {
            return fails(new NoFilm());
        }
        if (currentTime < place - NEAR_END) {
            // It was at its end, and `play` started it from the beginning.
            return gives();
        }
        // Time in which the page itself did not run does not count.
        still += Math.min(passed, MOST_TICK);
        if (currentTime !== place) {
            place = currentTime;
            still = 0;
            watching.progress(duration > 0 && isFinite(duration) ? Math.min(1, currentTime / duration) : undefined);
        }
        const isNearEnd = currentTime > 0 && duration - currentTime < NEAR_END;
        if (currentTime === 0) {
            // It has not started. What never starts is not a film.
            if (still > LONGEST_START) {
                return fails(new NoFilm());
            }
        } else if (video.ended || still > (isNearEnd ? STANDS_STILL_AT_END : STANDS_STILL)) {
            return gives();
        }
        const waits = looking.waits && !scanners.free && currentTime > 0;
        if (waits) {
            waited += passed;
            looking.waits = watching.patient || waited < Math.min(MOST_WAIT, LEAST_WAIT + WAIT_A_SECOND * (duration || 0));
            still = watching.patient ? 0 : still;
        } else if (video.paused && !video.ended && video.readyState >= video.HAVE_METADATA && !isNearEnd) {
            play();
        }
    };
}
