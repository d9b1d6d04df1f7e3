import { ModelStore, readBars, Trainer } from '@millrace/quant';
import type { ConsoleIo } from '../console/console-io.ts';
import { EXIT, type ExitCode } from '../console/exit-code.ts';
import { labelled, percent } from '../console/figures.ts';
import { misuse, oneOf, readFlags, wholeNumber } from '../console/read-flags.ts';
import { DATA_SET_FACTS, DATA_SETS, openDataSet } from '../market/data-set.ts';
import { requireBars } from '../market/require-bars.ts';
import { readLiveModel } from '../models/read-live-model.ts';
import type { ModelScore } from '../retrain/retrain-trigger.ts';
import { trainCandidate } from '../retrain/train-candidate.ts';
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

/** A retraining by hand. */
export async function retrain(argv: readonly string[], io: ConsoleIo): Promise<ExitCode> {
  const { values } = readFlags(argv, {
    data: { type: 'string' },
    bars: { type: 'string' },
    seed: { type: 'string' },
    model: { type: 'string' },
    settings: { type: 'string' },
    home: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
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
  const { store: folder, name } = placeOf(given, settings, io);
  const policy = { faulty: 'drop', duplicate: 'keep-last', outOfOrder: 'sort' } as const;
  const read = readBars(await openDataSet({ data, bars, seed }), policy);
  requireBars(read.bars.close.length, MIN_BARS);
  const store = new ModelStore(folder);
  const present = await readLiveModel(store, name, {
    features: [...settings.featureNames, 'side'],
  });
  io.out(labelled('Data', DATA_SET_FACTS[data].description));
  if (!present.ok)
    io.notice(`! model-refused: ${present.problem.reason}: ${present.problem.message}`);
  await using trainer = new Trainer({ threads: 1 });
  const candidate = await trainCandidate(
    {
      samples: samplesOfBars(read.bars, settings),
      present: present.ok ? present.live : undefined,
      freshShare: settings.monitor.freshShare,
      lineageId: 'by-hand',
      origin: DATA_SET_FACTS[data].origin,
    },
    { trainer, store, name },
  );
  const { comparison, live, isBetter } = candidate;
  const score = ({ accuracy, logLoss }: ModelScore): string =>
    `accuracy ${percent(accuracy)}, log loss ${logLoss.toFixed(4)}`;
  io.out(labelled('Fresh', `${comparison.fresh} samples`));
  io.out(labelled('Candidate', `${live.id}: ${score(comparison.candidate)}`));
  if (comparison.present !== undefined && present.ok)
    io.out(labelled('In use', `${present.live.id}: ${score(comparison.present)}`));
  io.out(labelled('Outcome', isBetter ? `${live.id} is promoted` : `${live.id} is kept out`));
  return EXIT.succeeded;
}
