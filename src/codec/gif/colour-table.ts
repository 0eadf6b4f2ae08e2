/** Distinct 32-bit pixels in the order they were first met, R in the lowest byte. */
export interface ColourTable {
  /** The index of `colour`, which is added if it is new; −1 when it is new and the table full. */
  add(colour: number): number;
  /** Adds all colours of `other`, or none and gives false when they do not fit. */
  addAll(other: ColourTable): boolean;
  has(colour: number): boolean;
  colours(): Uint32Array;
  /** R, G, B of every colour. */
  rgb(): Uint8Array;
}

/** Four times the most colours there can be, so that probing is short. */
const SLOT_BITS = 10;

/** @param limit most colours, up to 256 */
export function createColourTable(limit: number): ColourTable {
  const colours = new Uint32Array(limit);
  /** Index + 1 of the colour that hashes here, 0 = none. */
  const slots = new Uint16Array(1 << SLOT_BITS);
  let count = 0;

  const slotOf = (colour: number): number => {
    let slot = Math.imul(colour, 0x9e3779b1) >>> (32 - SLOT_BITS);
    while (slots[slot] !== 0 && colours[slots[slot] - 1] !== colour) slot = (slot + 1) & ((1 << SLOT_BITS) - 1);
    return slot;
  };

  return {
    add(colour) {
      const slot = slotOf(colour);
      if (slots[slot] !== 0) return slots[slot] - 1;
      if (count === limit) return -1;
      colours[count] = colour;
      slots[slot] = ++count;
      return count - 1;
    },
    addAll(other) {
      const fresh = other.colours().filter((colour) => !this.has(colour));
      if (count + fresh.length > limit) return false;
      for (const colour of fresh) this.add(colour);
      return true;
    },
    has: (colour) => slots[slotOf(colour)] !== 0,
    colours: () => colours.slice(0, count),
    rgb() {
      const bytes = new Uint8Array(count * 3);
      for (let index = 0; index < count; index++)
        bytes.set([colours[index], colours[index] >> 8, colours[index] >> 16], index * 3);
      return bytes;
    },
  };
}
