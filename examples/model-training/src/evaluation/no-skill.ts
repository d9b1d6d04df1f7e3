import { seededRandom } from '@millrace/quant';
import { type FigureSettings, type Figures, figuresOf } from './figures.ts';
import { strategyReturns } from './strategy-returns.ts';

export interface NoSkillOptions {
  readonly cost: number;
  readonly seed: number;
  /** Controls that are tried. */
  readonly tries: number;
  readonly settings: FigureSettings;
}

export interface NoSkill {
  /** Of the control whose Sharpe ratio is the median. */
  readonly figures: Figures;
  readonly returns: Float64Array;
  /** Share of the controls, the strategy itself counted among them, whose Sharpe ratio is as good or better. */
  readonly chance: number;
}

/**
 * The positions of a strategy moved by a random number of days, those at the end coming round to the beginning: as many
 * days in the market and as many trades, and no knowledge of the day.
 * @param own Sharpe ratio of the strategy; null counts as the worst
 */
export function noSkill(
  positions: Int8Array,
  returns: Float64Array,
  own: number | null,
  { cost, seed, tries, settings }: NoSkillOptions,
): NoSkill {
  const random = seededRandom(seed);
  const controls = Array.from({ length: tries }, () => {
    const by = 1 + Math.floor(random() * (positions.length - 1));
    const earned = strategyReturns(rotate(positions, by), returns, cost);
    return { returns: earned, figures: figuresOf(earned, settings) };
  });
  const worth = (sharpe: number | null): number => sharpe ?? Number.NEGATIVE_INFINITY;
  const asGood = controls.filter(({ figures }) => worth(figures.sharpe) >= worth(own)).length;
  const sorted = controls.toSorted((a, b) => worth(a.figures.sharpe) - worth(b.figures.sharpe));
  const median = sorted[Math.floor(tries / 2)];
  const earned = median?.returns ?? new Float64Array(returns.length);
  return {
    figures: median?.figures ?? figuresOf(earned, settings),
    returns: earned,
    chance: (asGood + 1) / (tries + 1),
  };
}

function rotate(positions: Int8Array, by: number): Int8Array {
  return positions.map((_, at) => positions[(at + by) % positions.length] ?? 0);
}
