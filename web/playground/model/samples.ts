/** Pictures that `npm start` draws. */
export const SAMPLES = ["landscape.jpg", "badge.png", "orbit.gif", "bokeh.webp"] as const;
