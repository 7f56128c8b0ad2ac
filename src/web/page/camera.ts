// The live camera, where the browser grants one.

import { get, set } from './store';
import type { Two, Words } from './words';

/** What torches and zooms are told by; TypeScript does not know them yet. */
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

/** Whether a camera may be asked for at all. */
export function isOffered(): boolean {
    return !!navigator.mediaDevices?.getUserMedia;
}

/** A camera that runs. */
export class Camera {
    private constructor(
        private stream: MediaStream,
        /** The lenses that there are, with their names. */
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

    /** The lens that it looks through. */
    get lens(): string {
        return this.track.getSettings().deviceId ?? '';
    }

    /** What it can do beside looking. */
    get able(): Able {
        return (this.track.getCapabilities?.() ?? {}) as Able;
    }

    /** Shows what it sees, and calls `ended` where it is taken away. */
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

    /** Takes this lens from now on, wherever there is a choice. */
    static choose(lens: string): void {
        set('camera', lens);
    }

    /** Ends it. */
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
    // A lens that was chosen may have another name today.
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
            // Only what was wished for may be the fault of the wish.
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
