// Colours -> grey.

/** Writes the light of pixels of red, green, blue and opacity, by ITU-R BT.601, into `to` from `at` on. */
export function grey(rgba: Uint8Array | Uint8ClampedArray, to: Uint8Array, at: number): void {
    for (let i = 0, pixel = at; i < rgba.length; i += 4, pixel++) {
        to[pixel] = (77 * rgba[i]! + 150 * rgba[i + 1]! + 29 * rgba[i + 2]!) >> 8;
    }
}
