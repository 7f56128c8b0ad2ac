// The sound and the vibration when a letter is complete.

let sound: AudioContext | undefined;

/** Has to be called while the person touches something: browsers make no sound before. */
export function allowSound(): void {
    try {
        sound ??= new AudioContext();
        void sound.resume();
    } catch {
        // No sound then.
    }
}

/** Two tones, and a vibration. */
export function signal(): void {
    try {
        navigator.vibrate?.([80, 60, 160]);
    } catch {
        // No vibration then.
    }
    if (!sound) {
        return;
    }
    [660, 880].forEach((frequency, at) => {
        const start = sound!.currentTime + at * 0.16;
        const [tone, volume] = [sound!.createOscillator(), sound!.createGain()];
        tone.frequency.value = frequency;
        volume.gain.setValueAtTime(0.15, start);
        volume.gain.exponentialRampToValueAtTime(0.001, start + 0.15);
        tone.connect(volume).connect(sound!.destination);
        tone.start(start);
        tone.stop(start + 0.16);
    });
}
