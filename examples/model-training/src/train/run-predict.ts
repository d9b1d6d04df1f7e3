import { readFile } from 'node:fs/promises';
import type { ModelRecord, ModelRefusal } from '@millrace/quant';
import { ModelStore, modelOf, openModel, rowOf } from '@millrace/quant';
import { dayOf } from '../base/day.ts';
import { counted, percent } from '../base/figures.ts';
import { TrainingError } from '../base/training-error.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { modelPlaces } from './model-places.ts';
import { misuse, parseFlags, requireFilled, wholeFlag } from './parse-flags.ts';
import { fromPerson } from './places.ts';
import { presentFeatures } from './present-features.ts';
import type { TrainingIo } from './training-io.ts';

const usage = `usage: npm run predict -- [options]

  --data NAME       as for train; default sp500
  --version N       a version of the model of that data; default the one in use
  --file FILE       a model file instead
  --days N          so many days up to the newest; default 5
  --home FOLDER     where runs and models are; default .millrace of the example
  --help            this text

exit codes: 0 predicted; 1 the model file or the data is refused; 2 wrong usage, or no model is in use`;

/**
 * The probability of a rise on the day after each of the newest days. No investment advice.
 * @throws TrainingError and MillraceError, MODEL_REFUSED above all
 */
export async function runPredict(argv: readonly string[], io: TrainingIo): Promise<ExitCode> {
  const { values, positionals } = parseFlags(argv, {
    data: { type: 'string', default: 'sp500' },
    version: { type: 'string' },
    file: { type: 'string' },
    days: { type: 'string', default: '5' },
    home: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help === true) {
    io.out(usage);
    return EXIT.succeeded;
  }
  requireFilled(values);
  if (positionals.length > 0) throw misuse(`${JSON.stringify(positionals[0])} is no option`);
  const { data, file, home } = values;
  const wanted = wholeFlag('--days', values.days) ?? 1;
  const present = await presentFeatures(data, io.env);
  const features = present.table.names;
  const version = wholeFlag('--version', values.version);
  const record =
    file === undefined
      ? await storedModel({ home, name: present.name, version, features }, io)
      : await modelInFile(fromPerson(file, io.env), features);
  const model = modelOf(record.model);
  io.out(`${record.id}, ${record.description}`);
  io.out(`${present.title}; probability of a rise on the day after`);
  const count = present.time.length;
  const days = Math.min(count, wanted);
  for (let at = count - days; at < count; at++) {
    const probability = model.predict(rowOf(present.table, at));
    io.out(`${dayOf(present.time[at] ?? 0)}  ${percent(probability).padStart(7)}`);
  }
  io.notice(`${counted(days, 'day')}; no investment advice`);
  return EXIT.succeeded;
}

interface WantedModel {
  readonly home: string | undefined;
  readonly name: string;
  readonly version: number | undefined;
  readonly features: readonly string[];
}

async function storedModel(
  { home, name, version, features }: WantedModel,
  { env }: TrainingIo,
): Promise<ModelRecord> {
  const store = new ModelStore((await modelPlaces(home, env)).models);
  const wanted = { features, ...(version === undefined ? {} : { version }) };
  const read = await store.read(name, wanted);
  if (read.ok) return read.value.record;
  throw refused(`model ${name}@${version ?? (await store.promoted(name))}`, read.problem);
}

async function modelInFile(path: string, features: readonly string[]): Promise<ModelRecord> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new TrainingError('MODEL_FILE_MISSING', `${path} cannot be read`, cause);
  });
  const opened = openModel(text);
  if (!opened.ok) throw refused(path, opened.problem);
  const own = opened.value.model.features.join(', ');
  if (own !== features.join(', ')) {
    const message = `it was fitted to the features ${own}; expected ${features.join(', ')}`;
    throw refused(path, { reason: 'features', message });
  }
  return opened.value;
}

function refused(what: string, { reason, message }: ModelRefusal): TrainingError {
  return new TrainingError('MODEL_REFUSED', `${what} is not used (${reason}): ${message}`);
}
