import type { Outcome, Trial } from './trial.ts';

/** How the mutations of one kind, or all, came out. */
export interface Score {
  readonly mutations: number;
  readonly harmless: number;
  readonly legal: number;
  readonly harmful: number;
  readonly caught: number;
  /** Those told at the line that was changed. */
  readonly ownLine: number;
  readonly rightLine: number;
  readonly falseAlarms: number;
  /** Caught ones that a suggestion is due for. */
  readonly slips: number;
  readonly suggested: number;
}

export function scoreOf(trials: readonly Trial[]): Score {
  const outcomes = trials.map(({ outcome }) => outcome);
  const caught = outcomes.filter(isCaught);
  const effects = outcomes.flatMap((outcome) => ('effect' in outcome ? [outcome.effect] : []));
  const slips = caught.filter(({ isSuggested }) => isSuggested !== undefined);
  return {
    mutations: outcomes.length,
    harmless: effects.filter((effect) => effect === 'harmless').length,
    legal: effects.filter((effect) => effect === 'legal').length,
    harmful: outcomes.length - effects.length,
    caught: caught.length,
    ownLine: caught.filter(({ blamed }) => blamed === 'own-line').length,
    rightLine: caught.filter(({ blamed }) => blamed !== 'other-line').length,
    falseAlarms: outcomes.filter(({ kind }) => kind === 'false-alarm').length,
    slips: slips.length,
    suggested: slips.filter(({ isSuggested }) => isSuggested === true).length,
  };
}

export function isCaught(outcome: Outcome): outcome is Extract<Outcome, { kind: 'caught' }> {
  return outcome.kind === 'caught';
}

/** In percent; of nothing, all is right. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 100 : (100 * part) / whole;
}
