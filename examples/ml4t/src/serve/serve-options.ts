import { misuse, oneOf, readFlags, wholeNumber } from '../console/read-flags.ts';
import { DATA_SETS, type DataSetName } from '../market/data-set.ts';

export interface ServeOptions {
  readonly settings: string | undefined;
  readonly home: string | undefined;
  /** Name of a model in the store; undefined: as the settings say. */
  readonly model: string | undefined;
  /** Undefined: as the settings say. */
  readonly redis: string | undefined;
  readonly mode: 'streams' | 'pubsub' | undefined;
  /** Signals of these data by direct calls; undefined: from Redis. */
  readonly feed: FeedSpec | undefined;
}

export interface FeedSpec {
  readonly data: DataSetName;
  readonly bars: number;
  readonly seed: number;
}

export const SERVE_USAGE = `usage: npm run serve -- [options]

  --redis URL      signals from a Redis, answers to it; goes on until Ctrl-C
  --mode MODE      streams (default, nothing lost) or pubsub (at most once)
  --data NAME      without Redis: signals of aapl, msft, btc (real) or edge, no-edge (GENERATED), by direct calls;
                   with neither, 2,000 bars of edge
  --bars N         of the data; default all, or 20,000
  --seed S         of generated data; default 8
  --once           one line of JSON for each answer, then end (as it does with --data anyway)
  --model NAME     name of the model in the store; default that of the settings
  --settings FILE  default ml4t.yaml
  --home FOLDER    where the models are; default .millrace
  --help           this text

exit codes
  0 ended; 1 failed; 2 wrong usage; 130 interrupted`;

const FLAGS = {
  redis: { type: 'string' },
  mode: { type: 'string' },
  data: { type: 'string' },
  bars: { type: 'string' },
  seed: { type: 'string' },
  once: { type: 'boolean' },
  model: { type: 'string' },
  settings: { type: 'string' },
  home: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** @returns undefined for --help @throws MillraceError USAGE */
export function readServeOptions(argv: readonly string[]): ServeOptions | undefined {
  const { values, positionals } = readFlags(argv, FLAGS);
  if (values.help === true) return undefined;
  if (positionals.length > 0) throw misuse(`unexpected "${positionals[0]}"`);
  const { redis, mode, data, bars, seed, model, settings, home, once } = values;
  if (redis !== undefined && data !== undefined)
    throw misuse(
      '--data answers by direct calls: leave --redis out, or publish it with npm run feed',
    );
  if (once === true && data === undefined) throw misuse('--once needs --data: a bus has no end');
  const feed =
    data === undefined
      ? undefined
      : {
          data: oneOf('data', DATA_SETS, data),
          bars: wholeNumber('bars', bars ?? '0', 0),
          seed: wholeNumber('seed', seed ?? '8', 0),
        };
  const chosen = mode === undefined ? undefined : oneOf('mode', ['streams', 'pubsub'], mode);
  return { settings, home, model, redis, mode: chosen, feed };
}
