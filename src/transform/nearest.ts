/**
 * Finds the nearest of `points` (three coordinates each) by its index. Points are tried outwards from the nearest
 * first coordinate; a difference in that one alone that exceeds the best distance ends the search.
 */
export function createSearch(points: Float32Array): (x: number, y: number, z: number) => number {
  const count = points.length / 3;
  const order = Uint16Array.from({ length: count }, (_, index) => index);
  order.sort((a, b) => points[a * 3] - points[b * 3]);
  const xs = Float32Array.from(order, (index) => points[index * 3]);
  const ys = Float32Array.from(order, (index) => points[index * 3 + 1]);
  const zs = Float32Array.from(order, (index) => points[index * 3 + 2]);

  return (x, y, z) => {
    let best = Number.POSITIVE_INFINITY;
    let place = 0;
    const start = lowerBound(xs, x);
    for (let step = -1, at = start - 1; step <= 1; step += 2, at = start)
      for (; at >= 0 && at < count; at += step) {
        const dx = xs[at] - x;
        if (dx * dx >= best) break;
        const dy = ys[at] - y;
        const dz = zs[at] - z;
        const distance = dx * dx + dy * dy + dz * dz;
        if (distance >= best) continue;
        best = distance;
        place = at;
      }
    return order[place];
  };
}

/** The first index of ascending `values` whose value is at least `value`. */
function lowerBound(values: Float32Array, value: number): number {
  let low = 0;
  for (let high = values.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
