// A decoder of texts, written from src/codec/text/format.md alone, by someone who had not seen the other; "section" is a section of it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const END = 0x110000, ESCAPE = 0x110001;
const RING = 262144, PLACES = 65536, SETS = 163840, ENTRIES = 65536;
const CONTEXTS = 6, GUESSES = 3, INPUTS = 12, POINTS = 25, MOST = 3071;
const KIND_QUESTION = 12, KIND_ESCAPED = 13, PATH_QUESTION = 0, PATH_ESCAPED = 2048;

export class Refused extends Error {}
const clamp = (x, low, high) => Math.min(Math.max(x, low), high);

// ---- Section 1: letters ----

const ranges = list => symbol => list.some(([first, last = first]) => symbol >= first && symbol <= last);
const isArabic = ranges([[0x620, 0x63F], [0x641, 0x64A], [0x66E, 0x66F], [0x671, 0x6D3], [0x6D5], [0x6EE, 0x6EF], [0x6FA, 0x6FC]]);
const isOtherLetter = ranges([[0x41, 0x5A], [0x61, 0x7A], [0xC0, 0x24F], [0x370, 0x5FF], [0x64B, 0x655], [0x670], [0x1E00, 0x1FFF]]);
const doesNotJoin = ranges([[0x621, 0x625], [0x627], [0x629], [0x62F, 0x632], [0x648], [0x671], [0x675], [0x688, 0x699], [0x6C0],
  [0x6C3, 0x6CB], [0x6CF], [0x6D5]]);
const joins = symbol => isArabic(symbol) && !doesNotJoin(symbol);

// ---- Section 2: the alphabet ----

function makeAlphabet(block) {
  const codes = []; // by number in the alphabet
  const byBits = new Map(); // the key is a 1 and behind it the bits of a code
  const bySymbol = new Map();
  let code = -1, before = 0;
  for (const line of block.trim().split('\n')) {
    const [length, ...symbols] = line.trim().split(/\s+/);
    for (const symbol of symbols.map(hex => parseInt(hex, 16))) {
      code = (code + 1) << (length - before);
      before = Number(length);
      byBits.set((1 << length) + code, symbol);
      bySymbol.set(symbol, codes.length);
      codes.push({ length: before, code });
    }
  }
  if (code !== 2 ** before - 1) throw new Error('the codes are not complete');
  return { codes, byBits, numberOf: symbol => bySymbol.get(symbol) ?? bySymbol.get(ESCAPE) };
}

// ---- Section 3.1: tables ----

function makeSquash(tail) {
  return Uint16Array.from({ length: 2 * MOST + 1 }, (_, i) => {
    const d = Math.abs(i - MOST), k = d >> 6, f = d & 63;
    const t = (tail[k] * (64 - f) + tail[k + 1] * f) >> 6;
    return i < MOST ? t : Math.min(65536 - t, 65535);
  });
}

function makeStretch(squashed) {
  let n = 0; // squash never falls, so n only grows
  return Int16Array.from({ length: 4096 }, (_, q) => {
    while (n < squashed.length && squashed[n] < 16 * q + 8) n++;
    return (n - MOST) >> 1;
  });
}

const forget = n => n <= 2 ? n : n === 3 ? 2 : n <= 5 ? 3 : n <= 9 ? 4 : n <= 19 ? 5 : 6;
const limit = n => [40, 30, 14, 9, 6][n] ?? 5;

function makeHistories() {
  const list = [[0, 0, 0]]; // zeros, ones, the last bit
  const numbers = new Map([['0,0,0', 0]]);
  const next = []; // at 2 x number + bit
  for (let number = 0; number < list.length; number++) {
    for (const bit of [0, 1]) {
      const other = forget(list[number][1 - bit]);
      let same = list[number][bit] + 1;
      while (Math.max(same, other) > limit(Math.min(same, other))) same--;
      const history = bit ? [other, same, 1] : [same, other, 0];
      if (!numbers.has(String(history))) numbers.set(String(history), list.push(history) - 1);
      next.push(numbers.get(String(history)));
    }
  }
  if (list.length !== 193) throw new Error('there are not 193 histories');
  const seen = list.map(([zeros, ones]) => zeros + ones);
  const sort = list.map(([zeros, ones]) => zeros + ones === 0 ? 0 : zeros === 0 || ones === 0 ? 1 : 2);
  const meaning = list.map(([, ones], i) => Math.floor((5 * ones + 2) * 2 ** 22 / (5 * seen[i] + 4)));
  return { size: list.length, next, seen, sort, meaning };
}
const HISTORIES = makeHistories();

function hash(a, b) {
  let x = Math.imul(a + b, 0x9E3779B1);
  x = Math.imul(x ^ (x >>> 15), 0x85EBCA6B);
  return (x ^ (x >>> 13)) >>> 0;
}
const place = (h, n) => Math.floor(h * n / 2 ** 32);

// ---- Section 3: the model ----

class Model {
  constructor(tables) {
    this.tables = tables; // {alphabet, squashed, stretched}, the same for all models
    // 3.2
    this.ring = new Uint32Array(RING);
    this.places = new Uint32Array(PLACES);
    this.o = new Uint32Array(10);
    this.count = this.word = this.lastWord = this.matched = this.matchAt = 0;
    // 3.3: a row is 8 bytes, a check and 7 histories; a set is 32 bytes
    this.rows = new Uint8Array(SETS * 32);
    this.current = new Uint8Array(CONTEXTS * 8);
    this.home = new Int32Array(CONTEXTS); // where in rows each current row was taken from
    this.slot = 1; // which of the 7 histories the next bit belongs to
    this.h = new Uint32Array(CONTEXTS);
    this.meaning = new Int32Array(CONTEXTS * HISTORIES.size).map((_, k) => HISTORIES.meaning[k % HISTORIES.size]);
    this.asked = new Uint8Array(CONTEXTS * HISTORIES.size).fill(6);
    // 3.4: the entries of guess 1, behind them those of guess 2
    const bytes = length => new Uint8Array(length);
    [this.entryCheck, this.entryTimes, this.entrySymbol] = [bytes(2 * ENTRIES), bytes(2 * ENTRIES), new Uint32Array(2 * ENTRIES)];
    [this.entry, this.check] = [new Int32Array(2), bytes(2)]; // the entries in use, and their checks
    [this.times, this.holds, this.guessed] = [bytes(GUESSES), bytes(GUESSES), new Uint16Array(GUESSES)]; // guessed: numbers in the alphabet
    this.right = new Uint16Array(GUESSES * 8 * 32).fill(40000);
    // 3.5: the 512 sets of weights, behind them the 3,888
    this.weights = new Int32Array((512 + 3888) * INPUTS).fill(5000);
    this.lastWeights = new Int32Array(2 * 16).fill(32768);
    const curve = Array.from({ length: POINTS }, (_, j) => this.squash(clamp(256 * j - 3072, -MOST, MOST)));
    this.curves = new Uint16Array(4096 * POINTS).map((_, k) => curve[k % POINTS]);
    // what 3.5 leaves for 3.6
    [this.inputs, this.chosen, this.m] = [new Int32Array(INPUTS), new Int32Array(2), new Int32Array(2)];
    [this.says, this.rightAt] = [bytes(GUESSES), new Int32Array(GUESSES)]; // rightAt: -1 where the guess does not hold
    this.kind = this.before = this.nearest = 0;
  }

  copy() {
    const other = Object.assign(Object.create(Model.prototype), this);
    for (const name in this) if (ArrayBuffer.isView(this[name])) other[name] = this[name].slice();
    return other;
  }

  squash(x) {
    return this.tables.squashed[x + MOST];
  }

  at(number) {
    return this.ring[number & (RING - 1)];
  }

  symbolCame(symbol) {
    if (this.count > 0) this.learnEntries(symbol);
    this.remember(symbol);
    for (let i = 0; i < 4; i++) this.h[i] = hash(this.o[i + 1], i);
    this.h[4] = hash(hash(this.word, 77), 4);
    this.h[5] = hash(hash(this.word, this.lastWord), 5);
    this.find(0);
    this.guess();
  }

  // Section 3.2
  remember(symbol) {
    if (isArabic(symbol) || isOtherLetter(symbol)) {
      this.word = hash(this.word, symbol);
    } else if (this.word !== 0) {
      this.lastWord = this.word;
      this.word = 0;
    }
    const goesOn = this.matched > 0 && this.at(this.matchAt) === symbol;
    this.ring[this.count & (RING - 1)] = symbol;
    this.count++;
    for (let n = 1; n <= 9; n++) this.o[n] = hash(this.o[n - 1], this.at(this.count - n));
    const k = place(this.o[9], PLACES), b = this.places[k];
    this.places[k] = this.count;
    if (goesOn) {
      this.matched = Math.min(this.matched + 1, 31);
      this.matchAt++;
    } else {
      let n = 0;
      while (n < 31 && n < b && this.at(b - 1 - n) === this.at(this.count - 1 - n)) n++;
      this.matched = n < 9 ? 0 : n;
      this.matchAt = n < 9 ? 0 : b;
    }
  }

  // Section 3.3
  find(node) {
    const { rows, current, home, h } = this;
    for (let i = 0; i < CONTEXTS; i++) for (let k = 0; k < 8; k++) rows[home[i] + k] = current[8 * i + k];
    const salt = Math.imul(node, 0x2C1B3C6D) >>> 0;
    const sets = [], checks = [], found = [];
    for (let i = 0; i < CONTEXTS; i++) {
      const z = hash(h[i], salt);
      sets[i] = place(z, SETS) * 32;
      checks[i] = z % 256 || 1;
      found[i] = [0, 8, 16, 24].map(row => sets[i] + row).find(row => rows[row] === checks[i]) ?? -1;
    }
    for (let i = 0; i < CONTEXTS; i++) {
      if (found[i] < 0) {
        found[i] = sets[i];
        for (let row = sets[i] + 8; row < sets[i] + 32; row += 8) {
          if (HISTORIES.seen[rows[row + 1]] < HISTORIES.seen[rows[found[i] + 1]]) found[i] = row;
        }
        rows.fill(0, found[i], found[i] + 8);
        rows[found[i]] = checks[i];
      }
      home[i] = found[i];
      for (let k = 0; k < 8; k++) current[8 * i + k] = rows[home[i] + k];
    }
    this.slot = 1;
  }

  // Section 3.4
  learnEntries(symbol) {
    const { entryCheck, entrySymbol, entryTimes } = this;
    this.entry.forEach((k, i) => {
      const same = entryCheck[k] === this.check[i] && entrySymbol[k] === symbol;
      entryTimes[k] = same ? Math.min(entryTimes[k] + 1, 31) : 1;
      entryCheck[k] = this.check[i];
      entrySymbol[k] = symbol;
    });
  }

  guess() {
    const { numberOf } = this.tables.alphabet;
    this.guessed[0] = numberOf(this.at(this.matchAt));
    this.times[0] = this.matched;
    [hash(this.o[6], 100), hash(hash(this.word, 77), 101)].forEach((z, i) => {
      const k = i * ENTRIES + (z >>> 16);
      this.entry[i] = k;
      this.check[i] = z % 64;
      this.guessed[i + 1] = numberOf(this.entrySymbol[k]);
      this.times[i + 1] = this.entryCheck[k] === this.check[i] ? this.entryTimes[k] : 0;
    });
    this.times.forEach((t, i) => { this.holds[i] = t > 0 ? 1 : 0; });
  }

  // Section 3.5: how likely the next bit is a one, in 1/65536
  likelihood(depth, path, kind) {
    const { inputs, current, slot, m, chosen, weights, lastWeights, curves } = this;
    const { alphabet, stretched } = this.tables;
    let s = 0;
    for (let i = 0; i < CONTEXTS; i++) {
      const history = current[8 * i + slot];
      inputs[i] = stretched[this.meaning[i * HISTORIES.size + history] >> 10];
      if (i > 0) s = 3 * s + HISTORIES.sort[history];
    }
    for (let i = 0; i < GUESSES; i++) {
      const { length, code } = alphabet.codes[this.guessed[i]];
      const holds = this.holds[i] && length > depth && kind !== KIND_QUESTION && kind !== KIND_ESCAPED;
      this.rightAt[i] = holds ? (i * 8 + Math.min(depth, 7)) * 32 + this.times[i] : -1;
      this.says[i] = (code >> (length - 1 - depth)) & 1;
      const input = holds ? stretched[this.right[this.rightAt[i]] >> 4] : 0;
      inputs[CONTEXTS + i] = this.says[i] ? input : -input;
    }
    inputs[9] = 128;

    chosen[0] = alphabet.numberOf(this.at(this.count - 1)) * INPUTS;
    chosen[1] = (512 + 16 * s + kind) * INPUTS;
    for (let c = 0; c < 2; c++) {
      let sum = 0;
      for (let i = 0; i < INPUTS; i++) sum += weights[chosen[c] + i] * inputs[i];
      m[c] = clamp(sum >> 13, -MOST, MOST);
    }
    const sum = lastWeights[2 * kind] * m[0] + lastWeights[2 * kind + 1] * m[1]; // may have more than 32 bits
    const logit = clamp(Math.floor(sum / 65536), -MOST, MOST);
    this.kind = kind;
    this.before = this.squash(logit);

    const l = logit + 3072, f = l & 255, point = (hash(this.h[1], path) >>> 20) * POINTS + (l >> 8);
    const corrected = (curves[point] * (256 - f) + curves[point + 1] * f) >> 8;
    this.nearest = f >= 128 ? point + 1 : point;
    return clamp((this.before + corrected) >> 1, 16, 65520);
  }

  // Section 3.6
  learn(bit) {
    const { inputs, current, slot, m, chosen, weights, lastWeights, curves, nearest, meaning, asked, right } = this;
    const target = bit ? 65535 : 0;
    curves[nearest] += (target - curves[nearest]) >> 5;
    const lastError = ((target - this.before) * 25) >> 7;
    for (let c = 0; c < 2; c++) {
      const error = clamp(((target - this.squash(m[c])) * 3) >> 2, -32767, 32767);
      for (let i = 0, k = chosen[c]; i < INPUTS; i++, k++) {
        weights[k] = clamp(weights[k] + ((((4 * inputs[i] * error) >> 16) + 1) >> 1), -32768, 32767);
      }
      const k = 2 * this.kind + c;
      lastWeights[k] = clamp(lastWeights[k] + ((m[c] * lastError + 32768) >> 16), -(2 ** 20), 2 ** 20);
    }
    for (let i = 0; i < CONTEXTS; i++) {
      const history = current[8 * i + slot], k = i * HISTORIES.size + history;
      meaning[k] += (((64 * target - meaning[k]) >> 3) * Math.floor(32768 / (2 * asked[k] + 3))) >> 12;
      asked[k] = Math.min(asked[k] + 1, 250);
      current[8 * i + slot] = HISTORIES.next[2 * history + bit];
    }
    for (let i = 0; i < GUESSES; i++) {
      const k = this.rightAt[i];
      if (k < 0) continue;
      right[k] += ((this.says[i] === bit ? 65535 : 0) - right[k]) >> 6;
      if (this.says[i] !== bit) this.holds[i] = 0;
    }
    this.slot = 2 * slot + bit;
  }
}

// ---- Sections 4, 2 and 1: bits, symbols, texts ----

class Reader {
  constructor(model, bytes, zwnj) {
    Object.assign(this, { model, bytes, zwnj, shifted: 0, low: 0, high: 0xFFFFFFFF, number: 0, symbols: 0 });
    for (let i = 0; i < 4; i++) this.number = this.number * 256 + (bytes[i] ?? 0);
  }

  bit(depth, path, kind) {
    const middle = this.low + Math.floor((this.high - this.low) * this.model.likelihood(depth, path, kind) / 65536);
    const bit = this.number <= middle ? 1 : 0;
    this.model.learn(bit);
    if (bit) this.high = middle;
    else this.low = middle + 1;
    while (this.low >>> 24 === this.high >>> 24) {
      this.low = (this.low << 8) >>> 0;
      this.high = ((this.high << 8) | 255) >>> 0;
      this.number = ((this.number << 8) | (this.bytes[this.shifted + 4] ?? 0)) >>> 0;
      this.shifted++;
      if (this.shifted > this.bytes.length) throw new Refused('there are not so many bytes');
    }
    return bit;
  }

  symbol() {
    const { byBits } = this.model.tables.alphabet;
    let bits = 1; // a 1 and behind it the bits read
    for (let depth = 0; !byBits.has(bits); depth++) {
      if (depth % 3 === 2) this.model.find(bits);
      bits = 2 * bits + this.bit(depth, Math.min(bits, 2047), Math.min(depth, 11));
    }
    let symbol = byBits.get(bits);
    if (symbol === ESCAPE) {
      bits = 1;
      for (let depth = 0; depth < 21; depth++) {
        if (depth % 3 === 0) this.model.find(2 ** 24 + bits);
        bits = 2 * bits + this.bit(depth, PATH_ESCAPED, KIND_ESCAPED);
      }
      symbol = bits - 2 ** 21;
      // At once, so that 110000 behind ESCAPE is not taken for END.
      if (symbol > 0x10FFFF || (symbol >= 0xD800 && symbol <= 0xDFFF)) throw new Refused('a symbol is no character');
    }
    this.model.symbolCame(symbol);
    return symbol;
  }

  question() {
    this.model.slot = 4;
    const answer = this.bit(0, PATH_QUESTION, KIND_QUESTION);
    this.model.slot = 1;
    return answer;
  }

  text() {
    let text = '', previous = END;
    for (let symbol = this.symbol(); symbol !== END; symbol = this.symbol()) {
      if (++this.symbols > 1048576) throw new Refused('there are too many symbols');
      if (this.zwnj !== 'absent' && isArabic(symbol) && joins(previous) && this.question()) {
        text += this.zwnj === 'blank' ? ' ' : '\u200C';
      }
      text += String.fromCodePoint(symbol);
      previous = symbol;
    }
    return text;
  }

  // The bytes not shifted yet must be the fewest that give a number from low to high (sections 4 and 5).
  checkEnd() {
    let length = 0, number = this.low === 0 ? 0 : Infinity;
    while (number > this.high) {
      length++;
      const unit = 2 ** (32 - 8 * length);
      number = Math.ceil(this.low / unit) * unit;
    }
    const rest = this.bytes.subarray(this.shifted);
    const same = rest.every((byte, i) => byte === ((number >>> (24 - 8 * i)) & 255));
    if (rest.length !== length || !same) throw new Refused('the bytes end in another way');
  }
}

// ---- Section 5: the primer ----

function readPrimer(model, folder, name, format) {
  const bytes = readFileSync(join(folder, name));
  const [, digest] = format.match(new RegExp('^\\| `' + name + '` \\| [0-9,]+ \\| ([0-9a-f]{64}) \\|$', 'm'));
  if (createHash('sha256').update(bytes).digest('hex') !== digest) throw new Error(`${name} is not the one of format.md`);
  const reader = new Reader(model, bytes.subarray(2), 'written'); // the number of texts stands before the run of the coder
  for (let left = bytes.readUInt16BE(0); left > 0; left--) reader.text();
  reader.checkEnd();
}

let primed = null;

// Makes the primed models of the files in a folder.
export function load(folder) {
  const format = readFileSync(join(folder, 'format.md'), 'utf8');
  const [alphabet, tail] = [...format.matchAll(/^```text\n([^`]*)^```/gm)].map(match => match[1]);
  const squashed = makeSquash(tail.trim().split(/\s+/).map(Number));
  const model = new Model({ alphabet: makeAlphabet(alphabet), squashed, stretched: makeStretch(squashed) });
  model.symbolCame(END);
  readPrimer(model, folder, 'persian.bin', format);
  const persian = model.copy();
  readPrimer(model, folder, 'others.bin', format);
  primed = { persian, all: model };
}

export function decode({ primer, zwnj, has_title, coded }) {
  const reader = new Reader(primed[primer].copy(), coded, zwnj);
  const title = has_title ? reader.text() : '';
  const text = reader.text();
  reader.checkEnd();
  return { title, text };
}
