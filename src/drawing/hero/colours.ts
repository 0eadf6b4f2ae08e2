import { hex } from "../colour.ts";

const pairs = (texts: readonly (readonly [string, string])[]) =>
  texts.map(([light, dark]) => [hex(light), hex(dark)] as const);

/** Each with its shadow. */
export const SKINS = pairs([
  ["#ffd9b8", "#eab48c"],
  ["#e8b48a", "#c98f66"],
  ["#b97f56", "#94613f"],
  ["#935f42", "#734830"],
  ["#a5cf7a", "#7fab58"],
  ["#9fc3ee", "#7a9fd0"],
  ["#d9d4e8", "#b3abc9"],
  ["#f0a090", "#cf7a6c"],
]);

export const HAIRS = pairs([
  ["#5b3a26", "#42281a"],
  ["#f2c45a", "#cf9a35"],
  ["#d9622e", "#b04a20"],
  ["#f1eef7", "#c6c0d6"],
  ["#3f3a5c", "#2d2946"],
  ["#b04a78", "#8a3560"],
  ["#4f8f8a", "#386d69"],
  ["#8a6bd1", "#6b4fae"],
]);

export const CLOTHES = pairs([
  ["#d94f45", "#ad3934"],
  ["#3f79d1", "#2c5ca8"],
  ["#3f9a5a", "#2c7843"],
  ["#8a56c9", "#6a3ea3"],
  ["#e08a2e", "#b56a1e"],
  ["#2f9aa0", "#217579"],
  ["#d65b94", "#ad4274"],
  ["#6a7486", "#505868"],
]);

export const METALS = pairs([
  ["#d5dbe6", "#9aa5b8"],
  ["#eec65a", "#c1933a"],
  ["#8fb4de", "#6288b8"],
  ["#7f8a9e", "#5d6679"],
]);

export const TRIMS = ["#ffd24a", "#ffffff", "#ff8a5c", "#6fe0d0", "#f7a8d0", "#c9f06a"].map(hex);
export const GLOWS = ["#ff5d6c", "#4fd8ff", "#7cf08a", "#ffb03a", "#e08aff"].map(hex);

/** Sky and floor. Ink stands apart from either by more than 3 : 1. */
export const SCENES = [
  ["#bfe3f2", "#8fc4a0"],
  ["#f7dca8", "#d9ae72"],
  ["#d3c8f2", "#a698d6"],
  ["#c8ecd6", "#8fc9a4"],
  ["#f9cfc6", "#dd9d93"],
  ["#cfd8e3", "#a3b1c2"],
  ["#f5e6b8", "#c9bd7c"],
  ["#f3c9e0", "#d099bb"],
  ["#b4e4e4", "#80bfc0"],
  ["#aebbe8", "#8693cc"],
].map((pair) => pair.map(hex));
