import { ModelStore, rowCount, takeRows } from '@millrace/quant';
import { dayOf } from '../base/day.ts';
import { counted, decimal } from '../base/figures.ts';
import { driftText } from '../drift/drift-text.ts';
import { measureDrift } from '../drift/measure-drift.ts';
import { readReference } from '../drift/read-reference.ts';
import { labelled } from '../report/result-lines.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { modelPlaces } from './model-places.ts';
import { misuse, parseFlags, requireFilled, wholeFlag } from './parse-flags.ts';
import { type PresentFeatures, presentFeatures } from './present-features.ts';
import type { TrainingIo } from './training-io.ts';

const usage = `usage: npm run drift -- [options]

  --data NAME       as for train; default sp500
  --model NAME      the model; default that of the data
  --version N       one of its versions; default the one in use
  --days N          so many days up to --until; default 500
  --until DATE      the newest day that counts; default the last one
  --threshold X     mean stability index above which it alerts; default 0.25
  --strict          exit 3 for an alert
  --home FOLDER     where runs and models are; default .millrace of the example
  --help            this text

exit codes: 0 measured; 1 failed; 2 wrong usage, or no such model; 3 an alert with --strict`;

/** Holds the features of recent days against those that a model was trained on. @throws TrainingError, MillraceError */
export async function runDrift(argv: readonly string[], io: TrainingIo): Promise<ExitCode> {
  const options = readDriftOptions(argv);
  if (options === undefined) {
    io.out(usage);
    return EXIT.succeeded;
  }
  const present = await presentFeatures(options.data, io.env);
  const { names } = present.table;
  const version = options.version === undefined ? {} : { version: options.version };
  const { store, models } = await modelPlaces(options.home, io.env);
  const { record } = await new ModelStore(models).load(options.model ?? present.name, {
    features: names,
    ...version,
  });
  const trained = await readReference(store, record);
  const [from, to] = daysOf(present, options);
  const recent = takeRows(present.table, range(from, to));
  const drift = measureDrift(trained, recent, options.threshold);
  const dayAt = (at: number): string => dayOf(present.time[at] ?? 0);
  io.out(labelled('Model', `${record.id}, trained on ${counted(rowCount(trained), 'day')}`));
  io.out(labelled('Days', `${dayAt(from)} to ${dayAt(to - 1)} of ${present.title}`));
  for (const [name, index] of Object.entries(drift.byFeature)) {
    io.out(`  ${name.padEnd(26)}${decimal(index, 3).padStart(8)}`);
  }
  io.out(labelled('Drift', `${driftText(drift)} (threshold ${options.threshold})`));
  return drift.isAlert && options.strict ? EXIT.degraded : EXIT.succeeded;
}

/** The bars that are compared, `to` not included. @throws TrainingError USAGE where there are none */
function daysOf(
  { name, time }: PresentFeatures,
  { until, days }: { readonly until: string; readonly days: number },
): readonly [from: number, to: number] {
  const to = time.filter((one) => dayOf(one) <= until).length;
  if (to === 0) throw misuse(`${name} has no day up to ${until}`);
  return [Math.max(0, to - days), to];
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

function readDriftOptions(argv: readonly string[]) {
  const { values, positionals } = parseFlags(argv, {
    data: { type: 'string', default: 'sp500' },
    model: { type: 'string' },
    version: { type: 'string' },
    days: { type: 'string', default: '500' },
    until: { type: 'string', default: '9999-12-31' },
    threshold: { type: 'string', default: '0.25' },
    strict: { type: 'boolean', default: false },
    home: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help === true) return undefined;
  requireFilled(values);
  if (positionals.length > 0) throw misuse(`${JSON.stringify(positionals[0])} is no option`);
  const threshold = Number(values.threshold);
  if (!(threshold > 0))
    throw misuse(`--threshold is ${values.threshold}, expected a number above 0`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(values.until)) {
    throw misuse(`--until is ${JSON.stringify(values.until)}, expected a day such as 2008-12-31`);
  }
  return {
    ...values,
    threshold,
    days: wholeFlag('--days', values.days) ?? 1,
    version: wholeFlag('--version', values.version),
  };
}
