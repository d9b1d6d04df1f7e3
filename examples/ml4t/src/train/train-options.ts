import { misuse, oneOf, readFlags, wholeNumber } from '../console/read-flags.ts';
import { DATA_SETS, type DataSetName } from '../market/data-set.ts';

export interface NewTraining {
  readonly kind: 'new';
  readonly data: DataSetName;
  /** At most so many; 0: all. */
  readonly bars: number;
  readonly seed: number;
  /** Name in the store; undefined: that of the data. */
  readonly model: string | undefined;
}

export interface TrainOptions {
  readonly training: NewTraining | { readonly kind: 'resume'; readonly run: string };
  /** Folder of store, models and logs; undefined: `.millrace` of the example. */
  readonly home: string | undefined;
}

export const TRAIN_USAGE = `usage: npm run train -- [options]

  --data NAME     aapl, msft, btc: real minute bars (default aapl); edge, no-edge: GENERATED bars
  --bars N        at most N bars, at least 1,000 are needed; generated: exactly N (default 20,000)
  --seed S        of the generator; default 7
  --model NAME    name of the model in the store; default that of the data
  --resume RUN    go on with an unfinished training; 'latest' for the newest
  --home FOLDER   where runs, models and logs are kept; default .millrace
  --help          this text

environment
  ML4T_PAUSE_FOLD N waits before fold N, so that it can be killed there

exit codes
  0 trained; 1 failed; 2 wrong usage; 130 cancelled`;

/** @returns undefined for --help @throws MillraceError USAGE */
export function readTrainOptions(argv: readonly string[]): TrainOptions | undefined {
  const { values, positionals } = readFlags(argv, {
    data: { type: 'string' },
    bars: { type: 'string' },
    seed: { type: 'string' },
    model: { type: 'string' },
    resume: { type: 'string' },
    home: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help === true) return undefined;
  if (positionals.length > 0) throw misuse(`unexpected "${positionals[0]}"`);
  const { data, bars, seed, model, resume, home } = values;
  if (resume === undefined) {
    const training = {
      kind: 'new',
      data: oneOf('data', DATA_SETS, data ?? 'aapl'),
      bars: wholeNumber('bars', bars ?? '0', 0),
      seed: wholeNumber('seed', seed ?? '7', 0),
      model,
    } as const;
    return { training, home };
  }
  if ([data, bars, seed, model].some((given) => given !== undefined))
    throw misuse('--resume goes on with the data of its run: leave the other options out');
  return { training: { kind: 'resume', run: resume }, home };
}
