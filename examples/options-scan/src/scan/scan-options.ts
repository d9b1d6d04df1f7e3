import { parseArgs } from 'node:util';
import { dayOf } from '../base/calendar.ts';
import { ScanError } from '../base/scan-error.ts';

const DEFAULT_TICKERS = 3000;
const DEFAULT_SEED = 7;
const MOST_TICKERS = 99_999;

/** What a new run scans. */
export interface NewScan {
  readonly kind: 'new';
  readonly tickers: number;
  readonly seed: number;
  /** A folder with universe.csv that is there already; undefined: one is made. */
  readonly universe: string | undefined;
  /** Undefined: as the config says. */
  readonly date: string | undefined;
}

export type Request =
  | NewScan
  /** `latest` is the newest run that has not succeeded. */
  | { readonly kind: 'resume'; readonly run: string };

export interface ScanOptions {
  readonly request: Request;
  readonly strict: boolean;
  /** Prints the result as JSON and nothing else. */
  readonly json: boolean;
  /** Folder of everything that is written; undefined: as the config says. */
  readonly home: string | undefined;
  /** A config; undefined: pipeline.yaml of the example. */
  readonly config: string | undefined;
  /** Values of the config by their path. */
  readonly set: Readonly<Record<string, unknown>>;
}

export type CommandLine = Omit<ScanOptions, 'request'> & {
  readonly request: Request | { readonly kind: 'help' };
};

/**
 * @param tickers how many there are where none are asked for
 * @throws ScanError USAGE, DATE_INVALID
 */
export function readOptions(argv: readonly string[], tickers = DEFAULT_TICKERS): CommandLine {
  const values = parse(argv);
  const { home, config, resume, help, strict = false, json = false } = values;
  const texts = { home, config, resume, universe: values.universe };
  for (const [name, text] of Object.entries(texts)) {
    if (text === '') throw misuse(`--${name} wants a value`);
  }
  const common = { strict, json, home, config, set: readSettings(values.set ?? []) };
  if (help === true) return { ...common, request: { kind: 'help' } };
  if (resume === undefined) return { ...common, request: newScan(values, tickers) };
  for (const name of ['tickers', 'seed', 'universe', 'date'] as const) {
    if (values[name] !== undefined) {
      throw misuse(`--resume goes on with what its run began with: leave --${name} out`);
    }
  }
  return { ...common, request: { kind: 'resume', run: resume } };
}

function newScan(
  { tickers, seed, universe, date }: ReturnType<typeof parse>,
  usual: number,
): NewScan {
  if (universe !== undefined && (tickers ?? seed) !== undefined) {
    throw misuse('--universe names one that is there: leave --tickers and --seed out');
  }
  if (date !== undefined) dayOf(date);
  return {
    kind: 'new',
    tickers: count('tickers', tickers, { least: 1, most: MOST_TICKERS }) ?? usual,
    seed: count('seed', seed, { least: 0, most: 2 ** 31 - 1 }) ?? DEFAULT_SEED,
    universe,
    date,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        tickers: { type: 'string' },
        seed: { type: 'string' },
        universe: { type: 'string' },
        date: { type: 'string' },
        config: { type: 'string' },
        set: { type: 'string', multiple: true },
        home: { type: 'string' },
        resume: { type: 'string' },
        strict: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (cause) {
    const [sentence = ''] = cause instanceof Error ? cause.message.split('. ') : [String(cause)];
    throw misuse(sentence, cause);
  }
}

function count(
  name: string,
  text: string | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw misuse(
    `--${name} is ${JSON.stringify(text)}, expected a whole number from ${least} to ${most}`,
  );
}

/** `stages.shortlist.with.top=20`: the value is JSON where it can be read as such, else text. */
function readSettings(settings: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf('=');
      if (at < 1) throw misuse(`--set is ${JSON.stringify(setting)}, expected PATH=VALUE`);
      return [setting.slice(0, at), settingValue(setting.slice(at + 1))];
    }),
  );
}

function settingValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function misuse(message: string, cause?: unknown): ScanError {
  const advice = 'npm run scan -- --help lists what there is';
  return new ScanError('USAGE', `${message} (${advice})`, { cause });
}
