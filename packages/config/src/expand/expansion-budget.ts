import type { Problems } from '../source/problems.ts';
import type { MapEntry } from '../tree/config-node.ts';

/** A config comes to no more stages. */
export const MAX_STAGES = 100_000;

/** Each costs as much as some stages, also when it holds none. */
const MAX_PIPELINES = 10_000;

/** What all stages together may hold; a hundred thousand stages of fifty values are no config. */
const MAX_VALUES = 5_000_000;

const LIMITS = { stages: MAX_STAGES, pipelines: MAX_PIPELINES, values: MAX_VALUES } as const;

type Unit = keyof typeof LIMITS;

/** Keeps what a small file stands for within bounds. */
export class ExpansionBudget {
  readonly #problems: Problems;
  readonly #taken: Record<Unit, number> = { stages: 0, pipelines: 0, values: 0 };
  #isSpent = false;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /** Nothing more may be taken. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** Told once, at the stage that is too much. */
  take(
    unit: Unit,
    count: number,
    { name, entry }: { readonly name: string; readonly entry: MapEntry },
  ): boolean {
    this.#taken[unit] += count;
    if (this.#isSpent) return false;
    if (this.#taken[unit] <= LIMITS[unit]) return true;
    this.#isSpent = true;
    this.#problems.report({
      code: unit === 'values' ? 'CONFIG_EXPANSION' : 'STAGES_TOO_MANY',
      message: `with ${JSON.stringify(name)} the config comes to more ${unit} than ${LIMITS[unit]}`,
      at: entry.keySpan,
      path: ['stages', name],
      help:
        unit === 'values'
          ? 'keep large values in a file that the stage reads'
          : 'let one stage go over many values itself',
    });
    return false;
  }
}
