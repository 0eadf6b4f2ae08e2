// One scan: which components it has, where its restart intervals begin, and what happens when data is missing
// (T.81 §F.2.2.4, E.2.4). Damage is treated as libjpeg does, so that a broken file looks as it does elsewhere.
import { closeSegment, isOverrun, openSegment, topUp } from "./jpeg-bits";
import { buildTable, clearStatistics, huffmanTable } from "./jpeg-huffman";
import { startArithmetic } from "./jpeg-arithmetic";
import { arithmetic, component, Component, progressive } from "./jpeg-frame";

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

const members: usize = memory.data(16, 4);
let fileEnd: usize = 0;
let interval: i32 = 0;
let untilRestart: i32 = 0;
let nextRestart: i32 = 0;
let resumed: bool = false;

export function setEobRun(blocks: i32): void {
  eobRun = blocks;
}

export function scanMember(index: i32): Component {
  return component(load<i32>(members + (<usize>index << 2)));
}

/** Adds a component to the scan that `jpegStart` will begin. */
export function jpegMember(position: i32, index: i32, dc: i32, ac: i32): void {
  store<i32>(members + (<usize>position << 2), index);
  scanMember(position).dc = huffmanTable(0, dc);
  scanMember(position).ac = huffmanTable(1, ac);
}

/** Begins a scan of `count` members whose entropy-coded data is at `from`. `ah` and `al` as in the scan header. */
export function jpegStart(
  count: i32,
  from: usize,
  end: usize,
  restartInterval: i32,
  ss: i32,
  se: i32,
  ah: i32,
  al: i32,
): void {
  scanCount = count;
  bandStart = ss;
  bandEnd = se;
  refining = ah != 0;
  bitPosition = al;
  fileEnd = end;
  interval = untilRestart = restartInterval;
  nextRestart = 0;
  if (!arithmetic) buildTables();
  begin(from);
  starved = false;
}

function buildTables(): void {
  for (let i = 0; i < scanCount; i++) {
    const member = scanMember(i);
    if (bandStart == 0 && !refining) buildTable(member.dc, 0, progressive, false);
    if (bandEnd > 0) buildTable(member.ac, 1, progressive, member.size < 8 && !progressive);
  }
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
  openSegment(from, fileEnd);
}

/** Comes before each MCU. */
// @ts-ignore: decorator
@inline
export function beginMcu(): void {
  if (interval) {
    if (untilRestart == 0) restart();
    untilRestart--;
  }
  topUp();
}

/** Comes after each MCU that was read. */
// @ts-ignore: decorator
@inline
export function endMcu(): void {
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

function markerAt(at: usize): i32 {
  return at + 1 < fileEnd ? <i32>load<u8>(at + 1) : 0xd9;
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

function nextMarker(at: usize): usize {
  for (; at + 1 < fileEnd; at++) {
    const code = load<u8>(at + 1);
    if (load<u8>(at) == 0xff && code != 0 && code != 0xff) return at;
  }
  return fileEnd;
}
