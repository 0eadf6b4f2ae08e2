import type { JpegPlane } from "./jpeg-layout.ts";

/** A scan as its header and the tables in force say (T.81 §B.2.3). */
export interface JpegScan {
  readonly members: readonly JpegScanMember[];
  /** First byte of entropy-coded data. */
  readonly start: number;
  /** MCUs between restart markers; 0: none. */
  readonly restartInterval: number;
  /** First and last coefficient in zigzag order, bit positions before and after. */
  readonly band: readonly [first: number, last: number];
  readonly bits: readonly [high: number, low: number];
}

export interface JpegScanMember {
  readonly component: number;
  /** 64 steps in zigzag order. */
  readonly quant: Uint16Array;
  /** Absent where the scan does not need one. */
  readonly dc: JpegTable | undefined;
  readonly ac: JpegTable | undefined;
}

export interface JpegTable {
  readonly id: number;
  /** 16 counts and the symbols, checked. Of arithmetic coding: the byte of conditioning. */
  readonly spec: Uint8Array;
}

/** Zigzag index after the last coefficient that is shown, by samples a block side. */
const SHOWN: Readonly<Record<number, number>> = { 1: 1, 2: 5, 4: 25, 8: 64 };

/**
 * Without the scans of coefficients too fine to be seen. One of those still counts where a later refinement that is
 * needed depends on which of its coefficients are zero.
 */
export function neededScans(scans: readonly JpegScan[], planes: readonly JpegPlane[]): JpegScan[] {
  const needed: JpegScan[] = [];
  for (const scan of scans.toReversed()) {
    const shown = scan.members.some(({ component }) => scan.band[0] < SHOWN[planes[component].size]);
    if (shown || needed.some((later) => isRefinementOf(later, scan))) needed.push(scan);
  }
  return needed.reverse();
}

const isRefinementOf = (later: JpegScan, { members: [member], band }: JpegScan): boolean =>
  later.bits[0] > 0 &&
  later.members[0].component === member.component &&
  later.band[0] <= band[1] &&
  later.band[1] >= band[0];
