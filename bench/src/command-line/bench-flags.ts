import { parseArgs } from 'node:util';
import { didYouMean } from '@millrace/core';
import { ADAPTERS, type AdapterEntry } from '../adapters/adapter-list.ts';
import { WORKLOAD_NAMES, type WorkloadName } from '../workloads/workload.ts';
import { WORKLOADS } from '../workloads/workload-facts.ts';
import { EXTRA_NAMES, type ExtraName } from './extra-names.ts';

/** What a run of the bench is about. */
export interface BenchFlags {
  readonly isQuick: boolean;
  readonly workloads: readonly WorkloadName[];
  /** Rows of the report that are not cells. */
  readonly extras: readonly ExtraName[];
  readonly adapters: readonly AdapterEntry[];
  /** The adapters were asked for by name: each is measured on all its workloads, also where it has to be quick. */
  readonly adaptersAreNamed: boolean;
  readonly rounds: number;
  /** Where the JSON goes; undefined: to a file named after the commit. */
  readonly json: string | undefined;
}

/** A flag that cannot be followed. The message is for who typed it. */
export class FlagError extends Error {}

const ROUNDS = { full: 5, quick: 2 };
const MOST_ROUNDS = 100;

export const USAGE = `usage: npm run bench -- [flags]

  --only NAMES      workloads and further rows, with commas: ${[...WORKLOAD_NAMES, ...EXTRA_NAMES].join(', ')}
  --adapters NAMES  with commas: ${ADAPTERS.map(({ name }) => name).join(', ')}
  --rounds N        1 to ${MOST_ROUNDS}; ${ROUNDS.full}, or ${ROUNDS.quick} with --quick
  --json FILE       where the measurements go; default bench/results/COMMIT.json
  --quick           what takes less than two minutes
  --help            prints this`;

/** @throws FlagError */
export function readFlags(args: readonly string[]): BenchFlags | 'help' {
  const { only, adapters, rounds, json, quick, help } = parse(args);
  if (help === true) return 'help';
  const isQuick = quick === true;
  const named = only === undefined ? undefined : namesIn('--only', only, ONLY_NAMES);
  const isWanted = (name: string, byDefault: boolean): boolean =>
    named === undefined ? byDefault : named.includes(name);
  return {
    isQuick,
    workloads: WORKLOAD_NAMES.filter((name) => isWanted(name, !isQuick || WORKLOADS[name].isQuick)),
    extras: EXTRA_NAMES.filter((name) =>
      isWanted(name, adapters === undefined && (!isQuick || name === 'processes')),
    ),
    adapters: adaptersNamed(adapters),
    adaptersAreNamed: adapters !== undefined,
    rounds: rounds === undefined ? ROUNDS[isQuick ? 'quick' : 'full'] : readRounds(rounds),
    json,
  };
}

const ONLY_NAMES: readonly string[] = [...WORKLOAD_NAMES, ...EXTRA_NAMES];

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        adapters: { type: 'string' },
        rounds: { type: 'string' },
        json: { type: 'string' },
        quick: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new FlagError(error instanceof Error ? error.message : String(error));
  }
}

function adaptersNamed(given: string | undefined): readonly AdapterEntry[] {
  if (given === undefined) return ADAPTERS;
  const named = namesIn(
    '--adapters',
    given,
    ADAPTERS.map(({ name }) => name),
  );
  return ADAPTERS.filter(({ name }) => named.includes(name));
}

function namesIn(flag: string, given: string, known: readonly string[]): readonly string[] {
  const names = given
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new FlagError(`${flag}: expected names with commas, got none`);
  for (const name of names) {
    if (known.includes(name)) continue;
    const hint = didYouMean(name, known) ?? `known are ${known.join(', ')}`;
    throw new FlagError(`${flag}: there is no ${JSON.stringify(name)}; ${hint}`);
  }
  return names;
}

function readRounds(given: string): number {
  const rounds = Number(given);
  if (Number.isInteger(rounds) && rounds >= 1 && rounds <= MOST_ROUNDS) return rounds;
  throw new FlagError(
    `--rounds: expected a whole number from 1 to ${MOST_ROUNDS}, got ${JSON.stringify(given)}`,
  );
}
