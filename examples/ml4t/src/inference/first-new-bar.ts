/**
 * Where the bars begin that come after the one last seen. Looks from the end, so that a signal with one new bar costs one
 * comparison however many bars it carries.
 * @param times of the bars of a signal; may hold NaN, repeated and late ones
 * @param lastTime of the newest bar taken so far
 * @returns undefined where the last bar is not among them: they do not join what was seen
 */
export function firstNewBar(times: Float64Array, lastTime: number): number | undefined {
  let at = times.length - 1;
  while (at >= 0 && times[at] !== lastTime) at -= 1;
  return at < 0 ? undefined : at + 1;
}
