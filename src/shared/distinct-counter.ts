/** Values that are counted exactly, by remembering them. */
const maxRemembered = 20_000;
const maxRememberedCharacters = 2_000_000;
/** 2^14 registers: a standard error of 1.04 / sqrt(2^14), 0.8%. */
const indexBits = 14;

/**
 * Counts distinct texts: exactly while they are few, then by HyperLogLog (Flajolet and others, 2007), which
 * keeps, for each of many groups, only how long a run of zeros a hash began with.
 */
export class DistinctCounter {
  private remembered: Set<string> | null = new Set();
  private characters = 0;
  private readonly registers = new Uint8Array(1 << indexBits);

  get isEstimate(): boolean {
    return this.remembered === null;
  }

  add(text: string): void {
    if (!this.remembered) {
      this.register(text);
      return;
    }
    const before = this.remembered.size;
    this.remembered.add(text);
    if (this.remembered.size > before) this.characters += text.length;
    if (this.remembered.size <= maxRemembered && this.characters <= maxRememberedCharacters) return;
    for (const each of this.remembered) this.register(each);
    this.remembered = null;
  }

  count(): number {
    if (this.remembered) return this.remembered.size;
    const size = this.registers.length;
    let sum = 0;
    let zeros = 0;
    for (const register of this.registers) {
      sum += 2 ** -register;
      if (register === 0) zeros += 1;
    }
    const estimate = ((0.7213 / (1 + 1.079 / size)) * size * size) / sum;
    // Small counts leave registers empty, and how many says more.
    return Math.round(estimate <= 2.5 * size && zeros > 0 ? size * Math.log(size / zeros) : estimate);
  }

  private register(text: string): void {
    const group = hash(text, 0x9e3779b1) >>> (32 - indexBits);
    const zeros = Math.clz32(hash(text, 0x85ebca6b)) + 1;
    if (zeros > this.registers[group]!) this.registers[group] = zeros;
  }
}

/** 32 bits of a text: FNV-1a over its code units, then the finisher of MurmurHash3. */
function hash(text: string, seed: number): number {
  let bits = seed;
  for (let i = 0; i < text.length; i += 1) bits = Math.imul(bits ^ text.charCodeAt(i), 0x01000193);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
