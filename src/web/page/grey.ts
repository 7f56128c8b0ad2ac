// Colours -> grey.

/** Writes the light of pixels of red, green, blue and opacity, by ITU-R BT.601, into `to` from `at` on; `isBgra`: blue comes first. */
export function grey(rgba: Uint8Array | Uint8ClampedArray, to: Uint8Array, at: number, isBlueFirst = false): void {
    const [first, third] = isBlueFirst ? [29, 77] : [77, 29];
    for (let i = 0, pixel = at; i < rgba.length; i += 4, pixel++) {
        to[pixel] = (first * rgba[i]! + 150 * rgba[i + 1]! + third * rgba[i + 2]!) >> 8;
    }
}
