// Holds the second decoder of texts against its vectors.
import { readFileSync } from 'node:fs';
import { decode, load, Refused } from './text.mjs';

const file = name => new URL(`../../${name}`, import.meta.url);

load(file('src/codec/text').pathname);
const vectors = JSON.parse(readFileSync(file('tests/text.json')));
let failed = 0;
for (const vector of vectors) {
  let told = { refused: true };
  try {
    told = decode({ ...vector, coded: Uint8Array.from(Buffer.from(vector.coded, 'hex')) });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  const wanted = vector.refused ? { refused: true } : { title: vector.title, text: vector.text.repeat(vector.times) };
  if (JSON.stringify(told) === JSON.stringify(wanted)) continue;
  failed++;
  console.error(`${JSON.stringify(vector).slice(0, 200)}: ${JSON.stringify(told).slice(0, 200)}`);
}
console.log(`${vectors.length - failed} of ${vectors.length} coded texts are decoded alike`);
process.exit(failed ? 1 : 0);
