import type { ErrorCatalog } from '@millrace/core';

/** Codes of the facade and of the command line. */
export const CLI_ERRORS = {
  CONTEXT_KEY_UNKNOWN: {
    title: 'The context has no such key',
    when: '`millrace show RUN --context KEY` names a key that nobody has written yet, or `millrace run --context KEY=VALUE` one that the pipeline lists neither under `inputs` nor under `context`.',
    fix: 'Correct it; the message suggests the nearest one. `millrace show RUN --context` lists the keys of a run.',
  },
  EVENTS_UNWRITABLE: {
    title: 'The events file cannot be written',
    when: '`--events FILE` names a file that cannot be opened, or writing to it fails during the run, for instance because the disk is full.',
    fix: 'Correct the path or free space. The run itself is recorded in its store; `millrace show RUN --events` lists its events.',
  },
  NOTHING_TO_RESUME: {
    title: 'There is no unfinished run',
    when: '`millrace resume` was asked for the latest unfinished run, and every run of the store has succeeded, or there is none.',
    fix: 'Start a new run with `millrace run CONFIG`. Give --store when the run is in another store.',
  },
  OUTPUT_UNWRITABLE: {
    title: 'The output cannot be written',
    when: 'Standard output leads to a file or device that refuses what is written, for instance because the disk is full.',
    fix: 'Free space. A run is recorded in its store all the same: `millrace show RUN`.',
  },
  RUN_AMBIGUOUS: {
    title: 'Several runs begin or end like this',
    when: 'A run was named by a part of its id that fits more than one run of the store.',
    fix: 'Give more of the id; the message lists the runs that fit.',
  },
  RUN_WITHOUT_CONFIG: {
    title: 'The run does not say which config it came from',
    when: 'A run that was started from code, not from a config file, is to be resumed, planned or drawn by its id.',
    fix: 'Give the config of the same pipeline with --config FILE, or resume it from the program that started it.',
  },
  STORE_UNKNOWN: {
    title: 'There is no such kind of store',
    when: 'A store was named by something else than `sqlite:PATH` or `memory`.',
    fix: 'Use one of the kinds that the message lists.',
  },
  USAGE: {
    title: 'The command line is not understood',
    when: 'A command, an argument or an option is unknown, missing, or has a value that it cannot have.',
    fix: 'Correct it; the message suggests the nearest name. `millrace COMMAND --help` lists what there is.',
  },
} as const satisfies ErrorCatalog;

export type CliErrorCode = keyof typeof CLI_ERRORS;
