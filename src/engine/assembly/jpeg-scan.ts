// Scans: which components they have, where their restart intervals begin, and what happens when data is missing
// (T.81 §F.2.2.4, E.2.4). Damage is treated as libjpeg does, so that a broken file looks as it does elsewhere.
//
// Several scans are read side by side, a row of MCUs each in turn: what a scan says of a block depends on that block and
// on the scan's own state alone, so no more than one row of coefficients is ever kept.
import { ArithmeticState, resumeArithmetic, startArithmetic, suspendArithmetic } from "./jpeg-arithmetic";
import { closeSegment, createReader, isOverrun, openSegment, Reader, readyBytes, resumeReader, suspendReader, topUp } from "./jpeg-bits";
import { arithmetic, component, Component } from "./jpeg-frame";
import { clearStatistics } from "./jpeg-huffman";
import { byteAt } from "./jpeg-input";
import { createFirsts, differencesOf } from "./jpeg-sums";
import { alloc } from "./memory";

/** The most that MAX_JPEG_SCANS may be. */
const MAX_SCANS: usize = 256;

/** What a component is in one scan, while others are read. */
@unmanaged
class Member {
  index: i32;
  dc: usize;
  ac: usize;
  first: usize;
  predictor: i32;
  context: i32;
}
const MEMBER_BYTES: usize = 24;

@unmanaged
class Scan {
  reader: usize;
  arithmetic: usize;
  members: usize;
  count: i32;
  bandStart: i32;
  bandEnd: i32;
  refining: bool;
  bitPosition: i32;
  interval: i32;
  untilRestart: i32;
  nextRestart: i32;
  eobRun: i32;
  starved: bool;
}

/** Scans in the order of the file. */
const scans: usize = memory.data(1024, 4);
export let scansOpen: i32 = 0;
let current: Scan = changetype<Scan>(0);
let currentMembers: usize = 0;

// The scan at work:
export let scanCount: i32 = 0;
/** Spectral band and successive approximation (T.81 §G.1.1.1). */
export let bandStart: i32 = 0;
export let bandEnd: i32 = 63;
export let refining: bool = false;
export let bitPosition: i32 = 0;
/** Blocks that an end-of-band run still covers. */
export let eobRun: i32 = 0;
/** Set while the segment has no more data: blocks stay as they are until the next restart. */
export let starved: bool = false;
let interval: i32 = 0;
let untilRestart: i32 = 0;
let nextRestart: i32 = 0;
let resumed: bool = false;

export function setEobRun(blocks: i32): void {
  eobRun = blocks;
}

/** Addresses of the components of the scan at work. */
const planes: usize = memory.data(16, 4);

// @ts-ignore: decorator
@inline
export function scanMember(index: i32): Component {
  return changetype<Component>(load<usize>(planes + (<usize>index << 2)));
}

// @ts-ignore: decorator
@inline
function memberAt(index: i32): Member {
  return changetype<Member>(currentMembers + <usize>index * MEMBER_BYTES);
}

/** Sets one more scan of `count` members up and goes to it. `ah` and `al` as in the scan header. */
export function jpegScan(
  count: i32,
  restartInterval: i32,
  ss: i32,
  se: i32,
  ah: i32,
  al: i32,
  windowBytes: usize,
): void {
  if (<usize>scansOpen == MAX_SCANS) unreachable();
  if (scansOpen > 0) suspend();
  const scan = changetype<Scan>(alloc(offsetof<Scan>()));
  scan.reader = changetype<usize>(createReader(windowBytes));
  scan.arithmetic = alloc(offsetof<ArithmeticState>());
  scan.members = alloc(MEMBER_BYTES * <usize>count);
  scan.count = count;
  scan.bandStart = ss;
  scan.bandEnd = se;
  scan.refining = ah != 0;
  scan.bitPosition = al;
  scan.interval = scan.untilRestart = restartInterval;
  store<usize>(scans + (<usize>scansOpen << 2), changetype<usize>(scan));
  scansOpen++;
  resume(scan);
}

/** Adds a component to the scan at work. */
export function jpegMember(position: i32, index: i32, dc: usize, ac: usize): void {
  memberAt(position).index = index;
  store<usize>(planes + (<usize>position << 2), changetype<usize>(component(index)));
  scanMember(position).dc = dc;
  scanMember(position).ac = ac;
  if (dc && ac && !arithmetic) scanMember(position).first = firstTable(position);
}

/** Of the member `position`: that of an earlier one where it would be the same. */
function firstTable(position: i32): usize {
  const plane = scanMember(position);
  if (plane.size > 1) return differencesOf(plane.dc);
  for (let i = 0; i < position; i++) {
    const other = scanMember(i);
    if (other.size == 1 && other.dc == plane.dc && other.ac == plane.ac) return other.first;
  }
  return createFirsts(plane.dc, plane.ac);
}

/** Begins the scan at work, whose entropy-coded data is at `from` of the file. */
export function jpegStart(from: usize): void {
  begin(from);
}

/** Goes to scan `index`. */
export function switchScan(index: i32): void {
  const scan = changetype<Scan>(load<usize>(scans + (<usize>index << 2)));
  if (scan == current) return;
  suspend();
  resume(scan);
}

function resume(scan: Scan): void {
  current = scan;
  currentMembers = scan.members;
  scanCount = scan.count;
  bandStart = scan.bandStart;
  bandEnd = scan.bandEnd;
  refining = scan.refining;
  bitPosition = scan.bitPosition;
  interval = scan.interval;
  untilRestart = scan.untilRestart;
  nextRestart = scan.nextRestart;
  eobRun = scan.eobRun;
  starved = scan.starved;
  for (let i = 0; i < scanCount; i++) {
    const plane = component(memberAt(i).index);
    store<usize>(planes + (<usize>i << 2), changetype<usize>(plane));
    plane.dc = memberAt(i).dc;
    plane.ac = memberAt(i).ac;
    plane.first = memberAt(i).first;
    plane.predictor = memberAt(i).predictor;
    plane.context = memberAt(i).context;
  }
  resumeReader(changetype<Reader>(scan.reader));
  resumeArithmetic(changetype<ArithmeticState>(scan.arithmetic));
}

function suspend(): void {
  current.untilRestart = untilRestart;
  current.nextRestart = nextRestart;
  current.eobRun = eobRun;
  current.starved = starved;
  for (let i = 0; i < scanCount; i++) {
    const plane = scanMember(i);
    memberAt(i).dc = plane.dc;
    memberAt(i).ac = plane.ac;
    memberAt(i).first = plane.first;
    memberAt(i).predictor = plane.predictor;
    memberAt(i).context = plane.context;
  }
  suspendReader(changetype<Reader>(current.reader));
  suspendArithmetic(changetype<ArithmeticState>(current.arithmetic));
}

function begin(from: usize): void {
  for (let i = 0; i < scanCount; i++) {
    const member = scanMember(i);
    member.predictor = member.context = 0;
    if (arithmetic && bandStart == 0 && !refining) clearStatistics(member.dc);
    if (arithmetic && bandEnd > 0) clearStatistics(member.ac);
  }
  startArithmetic();
  eobRun = 0;
  openSegment(from);
}

/**
 * How many MCUs, `most` at most, can be read in one go, each of `bytes` at most: up to the next restart, and only one
 * where data may end within it. Where data has ended (`starved`), how many there is nothing for.
 */
export function beginMcus(most: i32, bytes: i32): i32 {
  if (interval && untilRestart == 0) restart();
  topUp();
  let count = interval ? min(most, untilRestart) : most;
  if (!starved) count = max(1, min(count, readyBytes() / bytes));
  untilRestart -= count;
  return count;
}

/** Comes after the MCUs that were read. */
// @ts-ignore: decorator
@inline
export function endMcus(): void {
  if (isOverrun()) starved = true;
}

/** Where the scan's data ended: the next marker, or the end of the file. */
export function jpegEnd(): usize {
  return closeSegment();
}

/** True where data ended before the blocks did. */
export function jpegStarved(): bool {
  return starved;
}

/** True when nothing that follows can bring data again: no restart marker is next. */
export function isDrained(): bool {
  if (!starved) return false;
  return !interval || (markerAt(closeSegment()) & 0xf8) != 0xd0;
}

/** The code of the marker at `at`; at the end of the file that of the end of image. */
function markerAt(at: usize): i32 {
  const code = byteAt(at + 1);
  return code < 0 ? 0xd9 : code;
}

function restart(): void {
  const at = resync(closeSegment());
  untilRestart = interval;
  begin(resumed ? at + 2 : at);
  nextRestart = (nextRestart + 1) & 7;
  if (resumed) starved = false;
}

/**
 * Sets `resumed` where a restart marker is found to go on from, looking from `at`; the result is its address, or that
 * of the marker which stays for the next time. A restart one or two ahead of the one expected is kept for later, one or
 * two behind is skipped, any other counts as the one expected (libjpeg, jpeg_resync_to_restart).
 */
function resync(at: usize): usize {
  while (true) {
    const marker = markerAt(at);
    const ahead = (marker - nextRestart) & 7;
    const isRestart = (marker & 0xf8) == 0xd0;
    resumed = isRestart && (ahead == 0 || (ahead > 2 && ahead < 6));
    if (resumed || (isRestart ? ahead < 3 : marker >= 0xc0)) return at;
    at = nextMarker(at + 2);
  }
}

function nextMarker(from: usize): usize {
  let at = from;
  let byte = byteAt(at);
  for (let code = byteAt(at + 1); code >= 0; code = byteAt(++at + 1)) {
    if (byte == 0xff && code != 0 && code != 0xff) break;
    byte = code;
  }
  return at;
}
