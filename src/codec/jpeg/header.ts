import type { JpegColour } from "../../engine/jpeg.ts";
import { isMerged, type JpegFrame } from "../../engine/jpeg-layout.ts";
import type { JpegScan } from "../../engine/jpeg-scans.ts";
import type { Header, Orientation } from "../codec.ts";
import { readOrientation } from "../exif.ts";
import { type ColourMarkers, colourOf, readFrame, readScan, type SourceFrame } from "./frame.ts";
import { broken, isFrame, MARKER, readSegment, type Segment, startsWith, uint16 } from "./segments.ts";
import { initialTables, readConditioning, readHuffman, readQuant } from "./tables.ts";

/** What decoding and its prediction need beyond the common header. */
export interface JpegHeader extends Header {
  readonly colour: JpegColour;
  readonly frame: JpegFrame;
  /** As the markers say; 1 where a single scan makes the picture. */
  readonly scanCount: number;
  /** Of a picture of several scans: position of the marker after the data of each, or the length of the file. */
  readonly scanEnds: readonly number[];
}

/** A JPEG whose first scan header was read. */
export interface OpenJpeg {
  readonly header: Omit<JpegHeader, "scanCount" | "scanEnds">;
  readonly firstScan: JpegScan;
  /**
   * The first scan at or after `at`; absent where none follows, or a broken one.
   * @throws HttpError 422 decode_failed where another frame begins
   */
  nextScan(at: number): JpegScan | undefined;
}

/** A JPEG whose scans were counted. */
export interface CountedJpeg extends OpenJpeg {
  readonly header: JpegHeader;
}

/** Far more than any writer needs: keeps a file of empty segments from taking long. */
const MAX_SEGMENTS = 10_000;

/** The header, and the scans of a picture of many counted. @throws HttpError 422, 415 */
export function readJpegHeader(bytes: Uint8Array): JpegHeader {
  const { header, firstScan } = openJpeg(bytes);
  if (!isMerged(header.frame)) return { ...header, scanCount: 1, scanEnds: [] };
  const scanEnds = findScanEnds(bytes, firstScan);
  return { ...header, scanCount: scanEnds.length, scanEnds };
}

/** As a decoder reads them: between restart markers it passes over codes that T.81 reserves, which damage has made. */
function findScanEnds(bytes: Uint8Array, { start, restartInterval }: JpegScan): number[] {
  const ends: number[] = [];
  let [segments, interval, inData] = [0, restartInterval, true];
  for (let segment = readSegment(bytes, start), next = 0; segment; segment = readSegment(bytes, next)) {
    const { marker, body } = segment;
    const isDamage = inData && interval > 0 && marker < MARKER.SOF0;
    next = isDamage ? segment.start : segment.end;
    if (isDamage) continue;
    if (++segments > MAX_SEGMENTS) throw broken("it has too many segments");
    if (inData) ends.push(segment.start - 2);
    inData = marker === MARKER.SOS;
    if (marker === MARKER.DRI && body.length >= 2) interval = uint16(body, 0);
  }
  return inData ? [...ends, bytes.length] : ends;
}

/** Reads up to the first scan. @throws HttpError 422, 415 */
export function openJpeg(bytes: Uint8Array): OpenJpeg {
  if (uint16(bytes, 0) !== 0xffd8) throw broken("it does not begin with SOI");
  const reader = createReader(bytes);
  const firstScan = reader.firstScan();
  const source = reader.frame();
  const height = source.height || readLineCount(bytes, firstScan.start);
  const multiScan = !source.progressive && firstScan.members.length < source.components.length;
  const frame: JpegFrame = { ...source, height, multiScan };
  return { header: toHeader(source, frame, reader), firstScan, nextScan: reader.laterScan };
}

/** The JPEG of which `header` was read, with the scans that were counted. @throws HttpError 422, 415 */
export function openAs(bytes: Uint8Array, { width, height, scanCount, scanEnds }: JpegHeader): CountedJpeg {
  const jpeg = openJpeg(bytes);
  if (jpeg.header.width === width && jpeg.header.height === height)
    return { ...jpeg, header: { ...jpeg.header, scanCount, scanEnds } };
  throw broken("its size is not that of the header");
}

function toHeader(source: SourceFrame, frame: JpegFrame, reader: Reader): OpenJpeg["header"] {
  return {
    format: "jpg",
    width: frame.width,
    height: frame.height,
    orientation: reader.orientation(),
    frameCount: 1,
    alpha: false,
    colour: colourOf(source, reader.colourMarkers()),
    depth: 8,
    progressive: frame.progressive,
    frame,
  };
}

/** The number of lines in the DNL segment after the first scan (T.81 §B.2.5). */
function readLineCount(bytes: Uint8Array, start: number): number {
  const segment = readSegment(bytes, start);
  const lines = segment?.marker === MARKER.DNL && segment.body.length >= 2 ? uint16(segment.body, 0) : 0;
  if (lines === 0) throw broken("it has no rows");
  return lines;
}

interface Reader {
  firstScan(): JpegScan;
  laterScan(at: number): JpegScan | undefined;
  /** @throws HttpError 422 decode_failed before there is one */
  frame(): SourceFrame;
  orientation(): Orientation;
  colourMarkers(): ColourMarkers;
}

/** Reads segments in order and remembers what they set. */
function createReader(bytes: Uint8Array): Reader {
  const tables = initialTables();
  let frame: SourceFrame | undefined;
  let restartInterval = 0;
  let orientation: Orientation | undefined;
  let jfif = false;
  let adobe: number | undefined;
  let segments = 0;

  function apply({ marker, body }: Segment): void {
    if (marker === MARKER.DQT) readQuant(body, tables);
    else if (marker === MARKER.DHT) readHuffman(body, tables);
    else if (marker === MARKER.DAC) readConditioning(body, tables);
    else if (marker === MARKER.DRI && body.length >= 2) restartInterval = uint16(body, 0);
    else if (marker === MARKER.APP0 && startsWith(body, "JFIF\0")) jfif = true;
    else if (marker === MARKER.APP1 && startsWith(body, "Exif\0\0")) orientation ??= readOrientation(body.subarray(6));
    else if (marker === MARKER.APP14 && startsWith(body, "Adobe") && body.length >= 12) adobe = body[11];
    else if (isFrame(marker)) setFrame(marker, body);
  }

  function setFrame(marker: number, body: Uint8Array): void {
    if (frame !== undefined) throw broken("it has two frame headers");
    frame = readFrame(marker, body);
  }

  function currentFrame(): SourceFrame {
    if (frame === undefined) throw broken("a scan comes before the frame header");
    return frame;
  }

  function nextScanSegment(at: number): Segment | undefined {
    for (let segment = readSegment(bytes, at); segment; segment = readSegment(bytes, segment.end)) {
      if (++segments > MAX_SEGMENTS) throw broken("it has too many segments");
      if (segment.marker === MARKER.SOS) return segment;
      apply(segment);
    }
    return undefined;
  }

  function scanOf({ body, end }: Segment): JpegScan {
    return readScan(body, end, currentFrame(), tables, restartInterval);
  }

  function firstScan(): JpegScan {
    const segment = nextScanSegment(2);
    if (segment === undefined) throw broken("it holds no scan");
    return scanOf(segment);
  }

  /** A broken scan ends the picture: what came before is shown. */
  function laterScan(at: number): JpegScan | undefined {
    const segment = nextScanSegment(at);
    try {
      return segment && scanOf(segment);
    } catch {
      return undefined;
    }
  }

  return {
    firstScan,
    laterScan,
    frame: currentFrame,
    orientation: () => orientation ?? 1,
    colourMarkers: () => ({ jfif, adobe }),
  };
}
