/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

const ABOVE = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
] as const;
const BELOW = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
] as const;
/** From here on a continued fraction is the better one. */
const FAR_OUT = 7.071_067_811_865_47;

/**
 * Distribution function of the standard normal, to some 1e-14: algorithm 5666 of J. F. Hart, Computer Approximations,
 * 1968, as given by G. West, Better approximations to cumulative normal functions, Wilmott, 2005.
 */
export function normalDistribution(x: number): number {
  const distance = Math.abs(x);
  if (distance > 37) return x > 0 ? 1 : 0;
  const density = Math.exp((-distance * distance) / 2);
  const tail =
    distance < FAR_OUT
      ? (density * polynomial(ABOVE, distance)) / polynomial(BELOW, distance)
      : density / (continuedFraction(distance) * Math.sqrt(2 * Math.PI));
  return x > 0 ? 1 - tail : tail;
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

function continuedFraction(x: number): number {
  return [4, 3, 2, 1].reduce((sum, numerator) => x + numerator / sum, x + 0.65);
}
