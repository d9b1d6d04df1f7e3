import { ModelStore, readBars, type Samples, Trainer } from '@millrace/quant';
import type { Settings } from '../config/settings.ts';
import type { ConsoleIo } from '../console/console-io.ts';
import { EXIT, type ExitCode } from '../console/exit-code.ts';
import { labelled, percent } from '../console/figures.ts';
import { misuse, oneOf, readFlags, wholeNumber } from '../console/read-flags.ts';
import { DATA_SET_FACTS, DATA_SETS, type DataSetRequest, openDataSet } from '../market/data-set.ts';
import { requireBars } from '../market/require-bars.ts';
import type { LiveModel } from '../models/live-model.ts';
import { readLiveModel } from '../models/read-live-model.ts';
import type { ModelScore } from '../retrain/retrain-trigger.ts';
import {
  type Candidate,
  type CandidatePlaces,
  trainCandidate,
} from '../retrain/train-candidate.ts';
import { placeOf, settingsOf } from '../serve/open-service.ts';
import { samplesOfBars } from '../train/samples-of-bars.ts';

const USAGE = `usage: npm run retrain -- --data NAME [options]

  Fits a candidate to all but the newest three tenths of the data, holds it against the model in use on those, and promotes
  it only if it is better. A service that runs takes it up within a second.

  --data NAME      aapl, msft, btc (real); edge, no-edge (GENERATED)
  --bars N         at most N bars, at least 1,000; default all, or 20,000
  --seed S         of generated data; default 9
  --model NAME     name of the model in the store; default that of the settings
  --settings FILE  default ml4t.yaml
  --home FOLDER    where the models are; default .millrace
  --help           this text`;

const MIN_BARS = 1000;

const FLAGS = {
  data: { type: 'string' },
  bars: { type: 'string' },
  seed: { type: 'string' },
  model: { type: 'string' },
  settings: { type: 'string' },
  home: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** A retraining by hand. */
export async function retrain(argv: readonly string[], io: ConsoleIo): Promise<ExitCode> {
  const { values } = readFlags(argv, FLAGS);
  if (values.help === true) {
    io.out(USAGE);
    return EXIT.succeeded;
  }
  if (values.data === undefined) throw misuse('--data is missing');
  const data = oneOf('data', DATA_SETS, values.data);
  const bars = wholeNumber('bars', values.bars ?? '0', 0);
  const seed = wholeNumber('seed', values.seed ?? '9', 0);
  const given = { settings: values.settings, home: values.home, model: values.model };
  const settings = await settingsOf(given, io);
  const { store, name } = placeOf(given, settings, io);
  io.out(labelled('Data', DATA_SET_FACTS[data].description));
  const places = { store: new ModelStore(store), name };
  await holdCandidate({ data, bars, seed }, { settings, places }, io);
  return EXIT.succeeded;
}

interface Held {
  readonly settings: Settings;
  readonly places: Pick<CandidatePlaces, 'store' | 'name'>;
}

/** Trains a candidate and says what came of holding it against the model in use. */
async function holdCandidate(
  request: DataSetRequest,
  { settings, places }: Held,
  io: ConsoleIo,
): Promise<void> {
  const samples = await samplesFrom(request, settings);
  const features = [...settings.featureNames, 'side'];
  const read = await readLiveModel(places.store, places.name, { features });
  if (!read.ok) io.notice(`! model-refused: ${read.problem.reason}: ${read.problem.message}`);
  const present = read.ok ? read.live : undefined;
  const { freshShare } = settings.monitor;
  const { origin } = DATA_SET_FACTS[request.data];
  await using trainer = new Trainer({ threads: 1 });
  const candidate = await trainCandidate(
    { samples, present, freshShare, lineageId: 'by-hand', origin },
    { trainer, ...places },
  );
  for (const line of outcomeLines(candidate, present)) io.out(line);
}

async function samplesFrom(request: DataSetRequest, settings: Settings): Promise<Samples> {
  const policy = { faulty: 'drop', duplicate: 'keep-last', outOfOrder: 'sort' } as const;
  const { bars } = readBars(await openDataSet(request), policy);
  requireBars(bars.close.length, MIN_BARS);
  return samplesOfBars(bars, settings);
}

function outcomeLines({ comparison, live, isBetter }: Candidate, present: LiveModel | undefined) {
  const score = ({ accuracy, logLoss }: ModelScore): string =>
    `accuracy ${percent(accuracy)}, log loss ${logLoss.toFixed(4)}`;
  const other =
    comparison.present === undefined || present === undefined
      ? 'no model'
      : `${present.id}: ${score(comparison.present)}`;
  return [
    labelled('Fresh', `${comparison.fresh} samples`),
    labelled('Candidate', `${live.id}: ${score(comparison.candidate)}`),
    labelled('In use', other),
    labelled('Outcome', isBetter ? `${live.id} is promoted` : `${live.id} is kept out`),
  ];
}
