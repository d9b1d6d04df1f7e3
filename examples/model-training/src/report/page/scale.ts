/** Maps values of a chart to places in its picture. */
export interface Scale {
  readonly at: (value: number) => number;
  /** Round values within the range. */
  readonly ticks: readonly number[];
}

/** @param from smallest value, @param to largest; @param places where they are drawn */
export function linearScale(
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
  wanted = 4,
): Scale {
  const span = to - from || 1;
  const step = roundStep(span / wanted);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor((from + span) / step + 1e-9);
  return {
    at: (value) => start + ((value - from) / span) * (end - start),
    ticks: Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step),
  };
}

/** 1, 2 or 5 times a power of ten, not below the wish. */
function roundStep(wish: number): number {
  const power = 10 ** Math.floor(Math.log10(wish));
  const factor = [1, 2, 5, 10].find((one) => one * power >= wish * (1 - 1e-9)) ?? 10;
  return factor * power;
}
