import { decimal } from '../base/figures.ts';
import { z } from '../base/schema.ts';

const Limit = z
  .strictObject({ min: z.number().exactOptional(), max: z.number().exactOptional() })
  .refine(({ min, max }) => (min ?? max) !== undefined, { error: 'must have `min`, `max` or both' })
  .readonly()
  .exactOptional();

/** What a threshold may be set for: figures of the strategy, and of the predictions themselves. */
const LIMITS = {
  sharpe: Limit,
  sortino: Limit,
  maxDrawdown: Limit,
  calmar: Limit,
  winRate: Limit,
  profitFactor: Limit,
  valueAtRisk: Limit,
  expectedShortfall: Limit,
  totalReturn: Limit,
  annualReturn: Limit,
  annualVolatility: Limit,
  auc: Limit,
  accuracy: Limit,
  logLoss: Limit,
  /** Accuracy less that of always saying the commoner label. */
  accuracyGain: Limit,
  /** Sharpe ratio less that of buying and holding. */
  sharpeGain: Limit,
  /** Share of the no-skill controls that do as well. */
  chance: Limit,
};

const Figure = z.object(LIMITS).keyof();
export const JUDGED_FIGURES = Figure.options;
export type JudgedFigure = z.infer<typeof Figure>;
export type JudgedFigures = Readonly<Record<JudgedFigure, number | null>>;

const WRITE =
  'must set at least one threshold, or every model would pass: write `thresholds: { sharpe: { min: 0.5 }, maxDrawdown: { max: 0.3 }, auc: { min: 0.52 } }`';

/** No default: what is good enough is for whoever deploys to say. */
export const Thresholds = z
  .strictObject(LIMITS, { error: ({ input }) => (input === undefined ? WRITE : undefined) })
  .refine((limits) => Object.keys(limits).length > 0, {
    error: WRITE,
    // A name that is mistyped is told by itself.
    when: ({ issues }) => issues.length === 0,
  })
  .readonly();
export type Thresholds = z.infer<typeof Thresholds>;

/** A threshold and what was got. */
export const Check = z
  .object({
    figure: Figure,
    got: z.number().nullable(),
    min: z.number().exactOptional(),
    max: z.number().exactOptional(),
    passed: z.boolean(),
  })
  .readonly();
export type Check = z.infer<typeof Check>;

/** A figure that could not be computed passes nothing. */
export function checkThresholds(figures: JudgedFigures, thresholds: Thresholds): readonly Check[] {
  return JUDGED_FIGURES.flatMap((figure): Check[] => {
    const limit = thresholds[figure];
    if (limit === undefined) return [];
    const got = figures[figure];
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = limit;
    return [{ figure, got, ...limit, passed: got !== null && got >= min && got <= max }];
  });
}

/** `sharpe is 0.12, expected at least 0.5`. */
export function checkText({ figure, got, min, max }: Check): string {
  const wanted = [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ];
  const value = got === null ? 'cannot be computed' : `is ${decimal(got, 3)}`;
  return `${figure} ${value}, expected ${wanted.join(' and ')}`;
}
