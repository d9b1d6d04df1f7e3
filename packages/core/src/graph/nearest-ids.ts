import { nearestName } from '../base/nearest-name.ts';

/** Names compared before suggestions stop: about a third of a second. */
const COMPARISON_BUDGET = 1_000_000;

/** Nearest ids for many unknown names; each name is looked up once, within a bounded time in total. */
export class NearestIds {
  readonly #ids: readonly string[];
  readonly #found = new Map<string, string | undefined>();
  #budget = COMPARISON_BUDGET;

  constructor(ids: readonly string[]) {
    this.#ids = ids;
  }

  /** The id most like `typed`, other than `except`; undefined too when the budget is spent. */
  nearest(typed: string, except: string): string | undefined {
    if (!this.#found.has(typed)) this.#found.set(typed, this.#lookUp(typed, this.#ids));
    const found = this.#found.get(typed);
    if (found !== except) return found;
    return this.#lookUp(
      typed,
      this.#ids.filter((id) => id !== except),
    );
  }

  #lookUp(typed: string, ids: readonly string[]): string | undefined {
    if (this.#budget <= 0) return undefined;
    this.#budget -= ids.length;
    return nearestName(typed, ids);
  }
}
