// What of the page is packed: LZMA, in text of 91 signs as bundle.mjs writes it.

import { Decoder } from 'lzma1/decoder';
import { InputBuffer, OutputBuffer } from 'lzma1/streams';

/** The place of a sign among those that are used: all that can be seen of ASCII but &, < and >. */
function place(sign: number): number {
    return sign - 33 - Number(sign > 38) - Number(sign > 60) - Number(sign > 62);
}

/** The bytes that were packed into a text. */
export function unpacked(text: string): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array((text.length * 13) >> 4);
    let [held, bits, length] = [0, 0, 0];
    for (let at = 0; at < text.length; at += 2) {
        const isPair = at + 1 < text.length;
        held |= (place(text.charCodeAt(at)) + (isPair ? 91 * place(text.charCodeAt(at + 1)) : 0)) << bits;
        bits += isPair ? 13 : 6;
        for (; bits >= 8; bits -= 8) {
            bytes[length++] = held;
            held >>= 8;
        }
    }
    const out = new OutputBuffer(4 * length);
    new Decoder().decompress(new InputBuffer(bytes.subarray(0, length)), out);
    return out.toArray();
}
