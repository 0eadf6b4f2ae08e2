/** Rewrites RGBA or CMYK pixels as sRGB, in place. RGBA keeps its alpha; CMYK becomes opaque. */
export type Conversion = (pixels: Uint8Array) => void;
