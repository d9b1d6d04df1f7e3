import { describe, expect, it } from '@jest/globals';
import { normals, seededRandom, xoshiro128 } from './random.ts';

describe('seeded random numbers', () => {
  it('gives the outputs of xoshiro128** worked by hand from the state 1, 2, 3, 4', () => {
    // rotl(2 x 5, 7) x 9 = 1280 x 9; then the second word is 0; then rotl(1029 x 5, 7) x 9 = 658,560 x 9.
    const next = xoshiro128([1, 2, 3, 4]);
    expect([next(), next(), next()]).toEqual([11_520, 0, 5_927_040]);
  });

  it('repeats itself for the same seed and differs for another', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, seededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('stays strictly between 0 and 1 and is uniform in mean and variance', () => {
    const draws = Array.from({ length: 100_000 }, seededRandom(1));
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(Math.min(...draws.slice(0, 50_000))).toBeGreaterThan(0);
    expect(Math.max(...draws.slice(0, 50_000))).toBeLessThan(1);
    // The mean of 100,000 uniforms has a deviation of .2887 / 316 = .0009.
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  it('turns two uniforms into two normals as Box and Muller do', () => {
    // radius sqrt(-2 ln .5) = 1.1774, angle a quarter turn: cosine 0, sine 1.
    const uniforms = [0.5, 0.25];
    const normal = normals(() => uniforms.shift() ?? Number.NaN);
    expect(normal()).toBeCloseTo(0, 12);
    expect(normal()).toBeCloseTo(1.177_410_022_515_474_7, 12);
  });
});
