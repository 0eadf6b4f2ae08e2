// Where the blocks of an MCU go, for readers that take many MCUs at a time.
import { Component } from "./jpeg-frame";
import { scanCount, scanMember } from "./jpeg-scan";

@unmanaged
export class Place {
  /** Address for the next block, and how much further that of the MCU after it. */
  to: usize;
  step: usize;
  plane: usize;
}

export const PLACE_BYTES: usize = 12;
/** At most 10 blocks (T.81 §B.2.3), a few more where one component has all. */
export const places: usize = memory.data(192, 4);
/** Past the last place. */
export let placesEnd: usize = 0;

/** Lists nothing. */
export function clearPlaces(): void {
  placesEnd = places;
}

/** Adds `across` blocks side by side, of `bytes` each, from the address `to` on. */
export function addPlaces(plane: Component, to: usize, across: i32, bytes: i32): void {
  for (let x = 0; x < across; x++, placesEnd += PLACE_BYTES) {
    const place = changetype<Place>(placesEnd);
    place.to = to + <usize>(x * bytes);
    place.step = <usize>(across * bytes);
    place.plane = changetype<usize>(plane);
  }
}

/** The coefficients of the MCU `column`; of a scan of one component, of block `column` in its line `line`. */
export function listCoefficients(line: i32, column: i32): void {
  const single = scanCount == 1;
  clearPlaces();
  for (let i = 0; i < scanCount; i++) {
    const plane = scanMember(i);
    const across = single ? 1 : plane.across;
    const bytes = plane.size * plane.size * 2;
    const lines = single ? line + 1 : plane.down;
    for (let y = single ? line : 0; y < lines; y++) {
      addPlaces(plane, plane.coefficients + <usize>((y * plane.rowBlocks + column * across) * bytes), across, bytes);
    }
  }
}
