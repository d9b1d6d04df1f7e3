import { count, labelled, percent, RULE } from '../console/figures.ts';
import type { FoldRow, TrainingOutcome, TrainingValues } from './training-outcome.ts';

/** All that a training has to say, from its bars to its model. */
export function trainingLines(outcome: TrainingOutcome): readonly string[] {
  const { result, values, ran, kept } = outcome;
  const { judgement } = values;
  const majority = Math.max(result.baseRate, 1 - result.baseRate);
  return [
    ...barLines(values),
    ...judgement.folds.map(foldLine),
    RULE,
    labelled('Folds', kept.length === 0 ? `${ran.length} ran` : keptText(kept, ran)),
    labelled(
      'Samples',
      `${count(result.samples)}, worth ${count(Math.round(judgement.effectiveCount))} independent ones in the tests`,
    ),
    labelled(
      'Out of sample',
      `accuracy ${percent(result.accuracy)}, AUC ${auc(result.auc)}, log loss ${result.logLoss.toFixed(4)}`,
    ),
    labelled(
      'Base rate',
      `${percent(result.baseRate)} made money; always saying the commoner label is right in ${percent(majority)}`,
    ),
    labelled(
      'Canary',
      `shuffled labels give AUC ${auc(judgement.canaryAuc ?? null)}; .5 is what they should`,
    ),
    labelled(
      'Importance',
      result.featureImportance
        .map(({ name, share }) => `${name} ${percent(share)}`)
        .slice(0, 5)
        .join(', '),
    ),
    ...verdictLines(values),
  ];
}

function barLines({ barReport }: TrainingValues): readonly string[] {
  const { read, kept, faulty, duplicates, outOfOrder, gaps = 0, withoutVolume } = barReport;
  const faults = Object.values(faulty).reduce((sum, number) => sum + number, 0);
  const found = [
    [faults, 'faulty, dropped'],
    [duplicates, 'repeated, the last kept'],
    [outOfOrder, 'out of order, sorted'],
    [gaps, 'gaps, not filled'],
    [withoutVolume, 'without trades, kept'],
  ] as const;
  const told = found
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${count(number)} ${what}`);
  return [labelled('Bars', [`${count(kept)} of ${count(read)}`, ...told].join('; ')), HEAD];
}

const HEAD = 'fold    trained  purged   tested     AUC  log loss  accuracy  base rate';

function foldLine(row: FoldRow): string {
  return [
    String(row.fold + 1).padStart(4),
    count(row.trained).padStart(11),
    count(row.purged).padStart(8),
    count(row.count).padStart(9),
    auc(row.auc).padStart(8),
    row.logLoss.toFixed(4).padStart(10),
    percent(row.accuracy).padStart(10),
    percent(row.baseRate).padStart(11),
  ].join('');
}

const auc = (value: number | null): string => (value === null ? 'none' : value.toFixed(3));

function keptText(kept: readonly number[], ran: readonly number[]): string {
  return `${kept.length} kept (${spans(kept)}), ${ran.length} ran (${spans(ran)})`;
}

/** 1, 2, 3, 7 as `1-3, 7`. */
function spans(numbers: readonly number[]): string {
  const found: [first: number, last: number][] = [];
  for (const number of numbers) {
    const open = found.at(-1);
    if (open !== undefined && open[1] === number - 1) open[1] = number;
    else found.push([number, number]);
  }
  return found
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
    .join(', ');
}

const SAYS: Readonly<Record<TrainingValues['judgement']['verdict'], string>> = {
  edge: 'EDGE: better than chance, and believable',
  'no-edge': 'NO EDGE: not told from chance; the model is kept, and not used',
  'leak-suspected': 'LEAK SUSPECTED: too good to be true; the model is kept, and not used',
};

function verdictLines({ judgement, savedModel }: TrainingValues): readonly string[] {
  const { id, isPromoted } = savedModel;
  const signs = judgement.leakSigns.map((sign) => labelled('Leak sign', JSON.stringify(sign)));
  return [
    labelled('Verdict', SAYS[judgement.verdict]),
    ...signs,
    labelled('Model', `${id}, ${isPromoted ? 'promoted' : 'not promoted'}`),
  ];
}
