export const RATINGS = ["g", "pg", "r", "x"] as const;
/** For whom a picture is fit, from everybody on. */
export type Rating = (typeof RATINGS)[number];
