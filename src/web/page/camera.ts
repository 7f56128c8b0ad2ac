// The live camera, where the browser permits one.

import { get, set } from './store';
import type { Two, Words } from './words';

/** Capabilities for torch and zoom, which TypeScript's types lack. */
interface Able {
    torch?: boolean;
    zoom?: { min: number; max: number; step: number };
}

/** Why there is no camera, by the name of its words. */
export class NoCamera extends Error {
    constructor(readonly why: 'noCameraHere' | 'cameraRefused' | 'cameraMissing' | 'cameraBusy') {
        super(why);
    }

    /** What happened, and what to do. */
    words(words: Words): Two {
        return words[this.why];
    }
}

/** Whether the browser offers cameras to this page. */
export function isOffered(): boolean {
    return !!navigator.mediaDevices?.getUserMedia;
}

/** A camera that runs. */
export class Camera {
    private constructor(
        private stream: MediaStream,
        /** The available lenses, with their names. */
        readonly lenses: { id: string; name: string }[],
    ) {}

    /** Starts the rear camera, or the lens that was chosen. */
    static async start(lens = get('camera')): Promise<Camera> {
        if (!isOffered()) {
            throw new NoCamera('noCameraHere');
        }
        let stream;
        try {
            stream = await granted(lens);
        } catch (error) {
            throw new NoCamera(reason((error as Error).name));
        }
        const devices = (await navigator.mediaDevices.enumerateDevices().catch(() => [])).filter(
            (device) => device.kind === 'videoinput' && device.deviceId,
        );
        return new Camera(
            stream,
            devices.map((device, at) => ({ id: device.deviceId, name: device.label || String(at + 1) })),
        );
    }

    private get track(): MediaStreamTrack {
        return this.stream.getVideoTracks()[0]!;
    }

    /** The lens in use. */
    get lens(): string {
        return this.track.getSettings().deviceId ?? '';
    }

    /** Its torch and the range of its zoom, as far as the browser tells them. */
    get able(): Able {
        return (this.track.getCapabilities?.() ?? {}) as Able;
    }

    /** Shows the stream in `video`, and calls `ended` when the browser ends it. */
    async show(video: HTMLVideoElement, ended: () => void): Promise<void> {
        this.track.onended = ended;
        video.srcObject = this.stream;
        video.muted = true;
        video.playsInline = true;
        await video.play();
    }

    /** Turns the light on or off. */
    async light(on: boolean): Promise<void> {
        await this.track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
    }

    /** Zooms. */
    async zoom(zoom: number): Promise<void> {
        await this.track.applyConstraints({ advanced: [{ zoom } as MediaTrackConstraintSet] });
    }

    /** Remembers this lens for the next start. */
    static choose(lens: string): void {
        set('camera', lens);
    }

    /** Stops the stream. */
    stop(): void {
        this.stream.getTracks().forEach((track) => track.stop());
    }
}

async function granted(lens: string): Promise<MediaStream> {
    const size = { width: { ideal: 1920 }, height: { ideal: 1080 } };
    const which = lens ? { deviceId: { exact: lens } } : { facingMode: { ideal: 'environment' } };
    // An iPhone gives 30 pictures a second unless exactly 60 are demanded.
    const apple = /iP(hone|ad|od)/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
    const rear = { facingMode: { ideal: 'environment' } };
    // Browsers may change the id of a lens: then any rear camera will do.
    const wishes: MediaTrackConstraints[] = [{ ...which, ...size, frameRate: { ideal: 60 } }, { ...rear, ...size }, rear, {}];
    if (apple) {
        wishes.unshift({ ...which, ...size, frameRate: { exact: 60 } });
    }
    let last: unknown;
    for (const video of wishes) {
        try {
            return await navigator.mediaDevices.getUserMedia({ video, audio: false });
        } catch (error) {
            last = error;
            // Only these errors can be caused by the constraints.
            if (!['OverconstrainedError', 'NotFoundError', 'NotReadableError', 'AbortError'].includes((error as Error).name)) {
                break;
            }
        }
    }
    throw last;
}

function reason(name: string): NoCamera['why'] {
    switch (name) {
        case 'NotFoundError':
        case 'OverconstrainedError':
            return 'cameraMissing';
        case 'NotReadableError':
        case 'AbortError':
            return 'cameraBusy';
        default:
            return 'cameraRefused';
    }
}
