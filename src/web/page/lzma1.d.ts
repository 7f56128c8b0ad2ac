// What is used of npm's lzma1.

declare module 'lzma1/decoder' {
    import type { InputBuffer, OutputBuffer } from 'lzma1/streams';

    export class Decoder {
        /** Unpacks a file of the format "LZMA alone"; throws for what is none. */
        decompress(input: InputBuffer, output: OutputBuffer): void;
    }
}

declare module 'lzma1/streams' {
    export class InputBuffer {
        constructor(data: Uint8Array);
    }

    export class OutputBuffer {
        /** Room for so many bytes to begin with. */
        constructor(capacity: number);
        toArray(): Uint8Array<ArrayBuffer>;
    }
}
