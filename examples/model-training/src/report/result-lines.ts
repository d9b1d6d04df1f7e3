import { count, decimal, percent, seconds } from '../base/figures.ts';
import { driftText } from '../drift/drift-text.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { Figures } from '../evaluation/figures.ts';
import { checkText } from '../evaluation/thresholds.ts';
import type { TrainingResult } from './training-result.ts';

const RULE = '-'.repeat(78);
const DOUBLE_RULE = '='.repeat(78);

export interface ResultPlaces {
  readonly verdict: string;
  readonly store: string;
  readonly models: string;
  readonly page: string;
  /** The command that goes on with it. */
  readonly resume: string;
}

/** What stands above a run. */
export function headerLines(title: string): readonly string[] {
  return [DOUBLE_RULE, title, DOUBLE_RULE];
}

/** What stands below it: what was found, what follows from it, and where it all is. */
export function resultLines(result: TrainingResult, places: ResultPlaces): readonly string[] {
  const { runId, status, durationMs, failures, source, split, drift, deployed } = result;
  const [, validationFrom, testFrom, last] = split?.days ?? [];
  return [
    RULE,
    ...(source === undefined ? [] : [labelled('Data', source.title)]),
    ...(split === undefined
      ? []
      : [labelled('Held back', `${testFrom} to ${last}; validated from ${validationFrom}`)]),
    ...evaluationLines(result.evaluation),
    ...(drift === undefined ? [] : [labelled('Drift', driftText(drift))]),
    ...(deployed === undefined
      ? []
      : [labelled('Model', `${deployed.id}; in use: ${deployed.inUse ?? 'none'}`)]),
    ...failures.map(({ stage, attempt, message }) =>
      labelled('Failed', `${stage}, attempt ${attempt}: ${message}`),
    ),
    labelled('Total', `${seconds(durationMs)} ${places.verdict}`),
    DOUBLE_RULE,
    labelled('Page', places.page),
    labelled('Stored', `run ${runId} in ${places.store}`),
    labelled('Models', places.models),
    ...(status !== 'succeeded' ? [labelled('Resume', places.resume)] : []),
  ];
}

export function labelled(label: string, text: string): string {
  return `${`${label}:`.padEnd(14)}${text}`;
}

function evaluationLines(evaluation: Evaluation | undefined): readonly string[] {
  if (evaluation === undefined) return [];
  const { scores, evidence, canaryAuc, candidate, chance, exposure, checks, reasons } = evaluation;
  const predictions = [
    `accuracy ${percent(scores.accuracy)} (base rate ${percent(scores.baseRate)})`,
    `AUC ${decimal(scores.auc, 3)}`,
    `log loss ${decimal(scores.logLoss, 4)}`,
    evidence,
  ].join(', ');
  const days = `long ${percent(exposure.long, 0)}, short ${percent(exposure.short, 0)} of ${count(scores.count)} days`;
  return [
    labelled('Judged', `${candidate}; shuffled labels give AUC ${decimal(canaryAuc, 3)}`),
    labelled('Predictions', predictions),
    labelled('Positions', `${days}, ${count(exposure.trades)} trades`),
    ...figureTable(evaluation),
    labelled('Chance', `${percent(chance)} of no-skill controls have as good a Sharpe ratio`),
    ...checks.map((check) => labelled(check.passed ? 'Passed' : 'Not passed', checkText(check))),
    ...reasons
      .filter((reason) => !checks.some((check) => checkText(check) === reason))
      .map((reason) => labelled('Rejected', reason)),
  ];
}

/** Figures of returns with how they are shown. */
export const SHOWN_FIGURES: readonly {
  readonly key: keyof Figures;
  readonly title: string;
  readonly isShare: boolean;
}[] = [
  { key: 'sharpe', title: 'Sharpe', isShare: false },
  { key: 'sortino', title: 'Sortino', isShare: false },
  { key: 'annualReturn', title: 'Return a year', isShare: true },
  { key: 'maxDrawdown', title: 'Max drawdown', isShare: true },
  { key: 'calmar', title: 'Calmar', isShare: false },
  { key: 'winRate', title: 'Win rate', isShare: true },
  { key: 'profitFactor', title: 'Profit factor', isShare: false },
  { key: 'valueAtRisk', title: 'VaR, a day', isShare: true },
  { key: 'expectedShortfall', title: 'CVaR, a day', isShare: true },
];

export function figureText(value: number | null, isShare: boolean): string {
  if (value === null) return '–';
  return isShare ? percent(value, 2) : decimal(value);
}

function figureTable({ strategy, buyAndHold, noSkill }: Evaluation): readonly string[] {
  const row = (title: string, cells: readonly string[]): string =>
    `  ${title.padEnd(15)}${cells.map((cell) => cell.padStart(13)).join('')}`;
  return [
    row('', ['strategy', 'buy and hold', 'no skill']),
    ...SHOWN_FIGURES.map(({ key, title, isShare }) =>
      row(
        title,
        [strategy, buyAndHold, noSkill].map((figures) => figureText(figures[key], isShare)),
      ),
    ),
  ];
}
