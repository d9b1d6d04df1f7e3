import type { ItemFailure } from '../base/item-failure.ts';
import type { Finalist } from './finalist.ts';
import { type Debated, FALLBACK_THESIS, type FinalThesis } from './thesis.ts';

export interface DebateEnd {
  readonly finalists: readonly Finalist[];
  /** Undefined: nobody was asked. */
  readonly debated: readonly Debated[] | undefined;
  readonly failures: readonly ItemFailure[];
}

/** One thesis for each finalist, in their order: what was debated, else the fallback with its cause. */
export function completeTheses({
  finalists,
  debated,
  failures,
}: DebateEnd): readonly FinalThesis[] {
  const done = new Map(debated?.map((one) => [one.ticker, one]));
  const causes = new Map(failures.map(({ key, message }) => [key, message]));
  return finalists.map(({ ticker }) => {
    const one = done.get(ticker);
    if (one !== undefined) return { ...one, cause: null };
    const unasked = debated === undefined ? 'the model was not ready' : 'it was not debated';
    const cause = causes.get(ticker) ?? unasked;
    return { ticker, model: 'fallback', thesis: FALLBACK_THESIS, bull: null, bear: null, cause };
  });
}
