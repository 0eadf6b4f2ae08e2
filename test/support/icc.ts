/** Bytes of an ICC profile made of what a test wants, version 2 unless it says so. */
export interface ProfileParts {
  readonly version?: number;
  readonly kind?: string;
  readonly space: string;
  readonly pcs?: string;
  readonly tags: Readonly<Record<string, readonly number[]>>;
}

const text = (letters: string) => Array.from(letters, (letter) => letter.charCodeAt(0));
const u16 = (value: number) => [(value >> 8) & 255, value & 255];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value)];
const s15 = (value: number) => u32(Math.round(value * 65536));

export function buildProfile({ version = 2, kind = "mntr", space, pcs = "XYZ ", tags }: ProfileParts): Uint8Array {
  const names = Object.keys(tags);
  const table: number[] = [];
  const content: number[] = [];
  for (const name of names) {
    table.push(...text(name), ...u32(132 + names.length * 12 + content.length), ...u32(tags[name].length));
    content.push(...tags[name], ...Array(-tags[name].length & 3).fill(0));
  }
  const body = [...u32(names.length), ...table, ...content];
  const head = [...u32(128 + body.length), 0, 0, 0, 0, version, 0, 0, 0, ...text(kind + space + pcs)];
  const signed = [...head, ...Array(12).fill(0), ...text("acsp")];
  const illuminant = [...s15(0.9642), ...s15(1), ...s15(0.8249)];
  return Uint8Array.from([
    ...signed,
    ...Array(68 - signed.length).fill(0),
    ...illuminant,
    ...Array(48).fill(0),
    ...body,
  ]);
}

const xyz = (x: number, y: number, z: number) => [...text("XYZ "), 0, 0, 0, 0, ...s15(x), ...s15(y), ...s15(z)];
export const gamma = (value: number) => [...text("curv"), 0, 0, 0, 0, ...u32(1), ...u16(Math.round(value * 256))];
export const points = (values: readonly number[]) => [
  ...text("curv"),
  0,
  0,
  0,
  0,
  ...u32(values.length),
  ...values.flatMap(u16),
];
export const parametric = (kind: number, values: readonly number[]) => [
  ...[...text("para"), 0, 0, 0, 0, ...u16(kind), 0, 0],
  ...values.flatMap(s15),
];

/** `lut8Type` of two points a channel: `corner(inputs)` gives L, a, b of each corner, 0 to 255. */
export function lut8(channels: number, corner: (inputs: readonly number[]) => readonly number[]): number[] {
  const identity = Array.from({ length: 256 }, (_, value) => value);
  const one = [...s15(1), ...s15(0), ...s15(0), ...s15(0), ...s15(1), ...s15(0), ...s15(0), ...s15(0), ...s15(1)];
  const inputs = Array.from({ length: 2 ** channels }, (_, index) =>
    Array.from({ length: channels }, (_, channel) => (index >> (channels - 1 - channel)) & 1),
  );
  return [
    ...[...text("mft1"), 0, 0, 0, 0, channels, 3, 2, 0, ...one],
    ...Array(channels).fill(identity).flat(),
    ...inputs.flatMap(corner),
    ...Array(3).fill(identity).flat(),
  ];
}

/** sRGB's curve as a table of 1,024 points. */
const SRGB_CURVE = points(
  Array.from({ length: 1024 }, (_, index) => {
    const value = index / 1023;
    return Math.round(65535 * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  }),
);

const SRGB_COLORANTS = {
  rXYZ: xyz(0.43607, 0.22249, 0.01392),
  gXYZ: xyz(0.38515, 0.71687, 0.09708),
  bXYZ: xyz(0.14307, 0.06061, 0.7141),
};

export const srgbProfile = buildProfile({
  space: "RGB ",
  tags: { ...SRGB_COLORANTS, rTRC: SRGB_CURVE, gTRC: SRGB_CURVE, bTRC: SRGB_CURVE },
});

/** Colorants of sRGB under another curve. */
export function profileOfCurve(curve: readonly number[]): Uint8Array {
  return buildProfile({ space: "RGB ", tags: { ...SRGB_COLORANTS, rTRC: curve, gTRC: curve, bTRC: curve } });
}

/** Display P3: colorants from Apple's profile, sRGB's curve. */
export const p3Profile = buildProfile({
  space: "RGB ",
  tags: {
    ...{
      rXYZ: xyz(0.51512, 0.2412, -0.00105),
      gXYZ: xyz(0.29198, 0.69225, 0.04189),
      bXYZ: xyz(0.1571, 0.06657, 0.78407),
    },
    ...{ rTRC: SRGB_CURVE, gTRC: SRGB_CURVE, bTRC: SRGB_CURVE },
  },
});
