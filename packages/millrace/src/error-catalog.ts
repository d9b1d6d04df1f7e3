import type { ErrorCatalog } from '@millrace/core';

/** Codes of the facade and of the command line. */
export const CLI_ERRORS = {
  CAPSULE_EXISTS: {
    title: 'The file of a capsule is there already',
    when: '`millrace capsule` was to write a file that is there, by `--out` or by the name that it gives itself. The file is as it was.',
    fix: 'Name another one with --out, or replace it with --force.',
  },
  CAPSULE_UNREADABLE: {
    title: 'A capsule file cannot be read',
    when: '`millrace replay FILE` names a file that is not there, or that may not be read.',
    fix: 'Correct the path.',
  },
  CAPSULE_WITHOUT_CONFIG: {
    title: 'The config of a capsule is not here',
    when: '`millrace replay FILE` was to load the class of the stage from the config that the capsule names, relative to the working folder, and there is none; or the run was started from code, or with a config outside of its working folder.',
    fix: 'Go to the folder that the run was started in, name the config with --config FILE, or the class alone with --uses FILE#Export.',
  },
  CONFIG_PATH_UNKNOWN: {
    title: 'The config has no such value',
    when: '`millrace config --explain PATH` names a path that leads nowhere.',
    fix: 'Correct the path; the message suggests the nearest name, or lists what there is. Write it like stages.score.with.window, ids with dots in quotes.',
  },
  CONTEXT_KEY_UNKNOWN: {
    title: 'The context has no such key',
    when: '`millrace show RUN --context KEY`, `millrace blame KEY` or `millrace diff --key KEY` names a key that nobody has written yet, or that the stage of `--at` could not see; or `millrace run --context KEY=VALUE` one that the pipeline lists neither under `inputs` nor under `context`.',
    fix: 'Correct it; the message suggests the nearest one. `millrace show RUN --context` lists the keys of a run.',
  },
  DRAWING_TOO_LARGE: {
    title: 'The graph is too large for an SVG',
    when: '`millrace graph --format svg` was asked to lay out so many stages, or arrows past so many rows of stages, that it would take minutes and nobody could look at the result.',
    fix: 'Write it as DOT with `--format dot`, which has no limit, and lay it out with Graphviz, for instance with `sfdp`. Or draw a smaller pipeline.',
  },
  EVENTS_UNWRITABLE: {
    title: 'The events file cannot be written',
    when: '`--events FILE` names a file that cannot be opened, or writing to it fails during the run, for instance because the disk is full.',
    fix: 'Correct the path or free space. The run itself is recorded in its store; `millrace show RUN --events` lists its events.',
  },
  FILE_UNWRITABLE: {
    title: 'A file cannot be written',
    when: '`millrace init`, `millrace schema` or `millrace capsule` was to write a file, and the folder or the file refuses it, or the disk is full.',
    fix: 'Correct the path, the permissions or free space, and run the command again.',
  },
  INIT_EXISTS: {
    title: 'The files of a new project are there already',
    when: '`millrace init` was asked for a project in a folder that has a config, or files of the names that it would write. Nothing was written.',
    fix: 'Name another folder, or replace the files with --force. A config of another name or format has to be moved away first.',
  },
  INIT_FOLDER: {
    title: 'A project needs a folder',
    when: '`millrace init DIR` names something else than a folder.',
    fix: 'Name another one; a folder that is not there is made.',
  },
  INIT_MANIFEST: {
    title: 'The package.json cannot be read',
    when: '`millrace init` was to put what is missing into the package.json of the folder, and it is no JSON object. Nothing was written.',
    fix: 'Correct the package.json, or name another folder.',
  },
  INIT_NAME: {
    title: 'A project cannot have this name',
    when: '`millrace init --name NAME` gives a name that npm does not allow for a package.',
    fix: 'Use letters a-z, digits, "-", "_" and "."; the message suggests a name.',
  },
  INSPECTOR_UNAVAILABLE: {
    title: 'The inspector cannot listen',
    when: '`millrace replay --inspect` was to wait for a debugger, and its port is taken.',
    fix: 'End what listens there, or give another port with --inspect-port; 0 takes any that is free.',
  },
  NO_FAILED_STAGE: {
    title: 'No stage of the run failed',
    when: '`millrace capsule` was asked for what failed first, and nothing did.',
    fix: 'Name the stage: `millrace capsule RUN STAGE`.',
  },
  NOTHING_TO_RESUME: {
    title: 'There is no run to resume',
    when: '`millrace resume` was asked to go on with the latest run, of a config or of the whole store, and there is none.',
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
  SAMPLE_EMPTY: {
    title: 'There is no outcome to make once more',
    when: '`millrace verify --sample` was given a run of which no stage succeeded.',
    fix: 'Name another run: `millrace verify CONFIG RUN --sample`.',
  },
  SCHEDULE_INVALID: {
    title: 'A schedule names no times',
    when: '`millrace schedule --cron` was given an expression that cannot be read or that no day fits, or `--tz` a time zone that does not exist.',
    fix: 'Write minute, hour, day, month and weekday, and an IANA zone; `--dry-run` shows the next times.',
  },
  SCHEDULE_STATE: {
    title: 'The state of a schedule cannot be used',
    when: 'The file beside the store in which `millrace schedule` keeps how far it is cannot be read or written, or is damaged.',
    fix: 'Mend its folder or free space. When the file is damaged, delete it: the schedule then begins now, and nothing counts as missed.',
  },
  SCHEMA_NOT_LINKED: {
    title: 'The config cannot name its schema',
    when: '`millrace schema --link` was to put a line into the config, and there is no config, its format has no such line, the path of the schema holds a space, or the config names another schema already. Nothing was written.',
    fix: 'Do what the message says: write the schema elsewhere with --out, or name it in the settings of your editor.',
  },
  STAGE_IMPORT_FAILED: {
    title: 'The class of a stage cannot be imported',
    when: '`millrace replay --uses FILE#Export` names a module that cannot be imported, or an export that is no stage.',
    fix: 'Correct the name; the message tells what the module exports.',
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
  VERIFY_IMPOSSIBLE: {
    title: 'There is nothing to compare a killed run with',
    when: '`millrace verify` runs the pipeline without a kill first, and that run did not come to an end.',
    fix: 'Run it once by itself, with the command that the message gives, and mend what it says.',
  },
} as const satisfies ErrorCatalog;

export type CliErrorCode = keyof typeof CLI_ERRORS;
