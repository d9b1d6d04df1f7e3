const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / ROOT_TWO_PI;
}

/** Coefficients of J. F. Hart, Computer Approximations (1968), algorithm 5666, highest power first. */
const NUMERATOR = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
] as const;
const DENOMINATOR = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
] as const;

/** Beyond it the rational approximation loses to the continued fraction. */
const FAR = 7.07106781186547;
const NOTHING_BEYOND = 37;

const polynomial = (coefficients: readonly number[], x: number): number => {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
};

/**
 * Share of the standard normal distribution below x, to 1e-15; the tail beyond 7 deviations to 1e-8 of itself.
 * Source: G. West, Better approximations to cumulative normal functions, Wilmott Magazine (2005), after Hart.
 */
export function normalShareBelow(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const distance = Math.abs(x);
  const upper = upperShare(distance);
  return x > 0 ? 1 - upper : upper;
}

function upperShare(distance: number): number {
  if (distance > NOTHING_BEYOND) return 0;
  const bell = Math.exp((-distance * distance) / 2);
  if (distance < FAR) {
    return (bell * polynomial(NUMERATOR, distance)) / polynomial(DENOMINATOR, distance);
  }
  let fraction = distance + 0.65;
  for (let level = 4; level >= 1; level--) fraction = distance + level / fraction;
  return bell / fraction / ROOT_TWO_PI;
}
