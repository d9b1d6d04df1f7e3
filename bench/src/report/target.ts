import { formatNumber } from './format-number.ts';
import type { Results, Source } from './results.ts';
import { median, ratioOf } from './statistics.ts';

/** What a run of the bench is held against. */
export interface Target {
  /** The workload, or what else is measured. */
  readonly of: string;
  readonly title: string;
  judge(results: Results): Judgement;
}

export interface Judgement {
  readonly measured: string;
  readonly verdict: 'met' | 'missed' | 'not measured';
}

const NOT_MEASURED: Judgement = { measured: '-', verdict: 'not measured' };

interface RatioTarget {
  readonly of: string;
  readonly title: string;
  readonly above: Source;
  readonly below: Source;
}

/** The one takes at most so many times what the other takes. */
export function atMostTimes(most: number, { of, title, above, below }: RatioTarget): Target {
  const judge = (results: Results): Judgement =>
    judgeRatio(above(results), below(results), (ratio) => ratio <= most);
  return { of, title: `${title} <= ${most} x`, judge };
}

/** The one takes at least so many times what the other takes. */
export function atLeastTimes(least: number, { of, title, above, below }: RatioTarget): Target {
  const judge = (results: Results): Judgement =>
    judgeRatio(above(results), below(results), (ratio) => ratio >= least);
  return { of, title: `${title} >= ${least} x`, judge };
}

function judgeRatio(
  above: readonly number[],
  below: readonly number[],
  isMet: (ratio: number) => boolean,
): Judgement {
  const { value, min, max } = ratioOf(above, below);
  if (!Number.isFinite(value)) return NOT_MEASURED;
  const measured = `${formatNumber(value)} x (${formatNumber(min)} to ${formatNumber(max)})`;
  return { measured, verdict: isMet(value) ? 'met' : 'missed' };
}

/** The median is at most so much, of a unit. */
export function atMost(
  most: number,
  unit: string,
  { of, title, source }: { readonly of: string; readonly title: string; readonly source: Source },
): Target {
  const judge = (results: Results): Judgement => {
    const value = median(source(results));
    if (!Number.isFinite(value)) return NOT_MEASURED;
    return {
      measured: `${formatNumber(value)} ${unit}`,
      verdict: value <= most ? 'met' : 'missed',
    };
  };
  return { of, title: `${title} <= ${most.toLocaleString('en-US')} ${unit}`, judge };
}

/** The one minus the other, round by round. */
export function difference(above: Source, below: Source): Source {
  return (results) => {
    const others = below(results);
    return above(results).flatMap((number, round) => {
      const other = others[round];
      return other === undefined ? [] : [number - other];
    });
  };
}

/** Of several the one with the least median. */
export function fastest(sources: readonly Source[]): Source {
  return (results) =>
    sources
      .map((source) => source(results))
      .filter((numbers) => numbers.length > 0)
      .reduce<readonly number[]>(
        (best, numbers) => (best.length === 0 || median(numbers) < median(best) ? numbers : best),
        [],
      );
}
