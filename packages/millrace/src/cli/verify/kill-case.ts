import { SeededRandom } from '@millrace/core';

/** One way to kill a run before it is resumed to its end. */
export type KillCase =
  /** Named points, one for each session that is killed. */
  | { readonly kind: 'points'; readonly points: readonly string[] }
  /** As shares of the time that a run without a kill takes, one for each session that is killed. */
  | { readonly kind: 'instants'; readonly shares: readonly number[] };

export interface CaseChoice {
  /** The named points that a new run passes. */
  readonly runPoints: readonly string[];
  /** Those that a resume passes after a kill at `middle`. */
  readonly resumePoints: readonly string[];
  readonly middle: string;
  /** At most so many of all these points, drawn by chance; undefined for all. */
  readonly mostPoints: number | undefined;
  /** Kills at an instant drawn by chance. */
  readonly instants: number;
  /** Runs that are killed several times, one session after the other. */
  readonly series: number;
  readonly seed: number;
}

/** Sessions of a series that are killed before the run may end. */
const KILLS_A_SERIES = 5;

/** The cases of a torture, the same for the same seed. */
export function chooseCases(choice: CaseChoice): readonly KillCase[] {
  const { runPoints, resumePoints, middle, mostPoints, instants, series, seed } = choice;
  const random = new SeededRandom(seed);
  // Drawn by their names: in which order neighbours are passed is a matter of timing.
  const byPoint = [
    ...runPoints.toSorted().map((point): KillCase => ({ kind: 'points', points: [point] })),
    ...resumePoints
      .toSorted()
      .map((point): KillCase => ({ kind: 'points', points: [middle, point] })),
  ];
  const drawn = new Set(random.shuffled(byPoint).slice(0, mostPoints));
  const atInstants = (count: number): KillCase => ({
    kind: 'instants',
    shares: Array.from({ length: count }, () => random.next()),
  });
  return [
    ...byPoint.filter((killCase) => drawn.has(killCase)),
    ...Array.from({ length: instants }, () => atInstants(1)),
    ...Array.from({ length: series }, () => atInstants(KILLS_A_SERIES)),
  ];
}

/** As people are told of it. */
export function caseName(killCase: KillCase): string {
  if (killCase.kind === 'points') return killCase.points.join(', then ');
  const instants = killCase.shares.map((share) => `${Math.round(share * 100)} %`);
  return `at ${instants.join(', then ')} of its time`;
}
