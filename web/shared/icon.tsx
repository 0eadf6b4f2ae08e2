/** Outlines in a box of 16 by 16. */
const OUTLINES = {
  up: "M8 13V3M4 7l4-4 4 4",
  down: "M8 3v10M4 9l4 4 4-4",
  remove: "M4 4l8 8M12 4l-8 8",
  grip: "M6 3.5h.01M10 3.5h.01M6 8h.01M10 8h.01M6 12.5h.01M10 12.5h.01",
  add: "M8 3v10M3 8h10",
  copy: "M6 6V3h7v7h-3M3 6h7v7H3z",
  done: "M3 8.5 6.5 12 13 4.5",
  crop: "M4.5 1.5v10h10M1.5 4.5h10v10",
  open: "M9 3h4v4M13 3 7.5 8.5M11.5 9.5V13H3V4.5h3.5",
  divide: "M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5",
  upload: "M8 11V3M4.5 6.5 8 3l3.5 3.5M3 13h10",
} as const;

/** Stands beside a word, or in a button that has a name. */
export const Icon = ({ name }: { readonly name: keyof typeof OUTLINES }) => (
  <svg class="outline" viewBox="0 0 16 16" aria-hidden="true">
    <path d={OUTLINES[name]} />
  </svg>
);
