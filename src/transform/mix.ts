/** (colour × alpha + ground × (255 - alpha)) / 255, rounded; all 0–255. Exact without a division for sums below 2^16. */
export function mix(colour: number, ground: number, alpha: number): number {
  const sum = colour * alpha + ground * (255 - alpha) + 128;
  return (sum + (sum >> 8)) >> 8;
}
