import type { ErrorCatalog } from 'millrace';

/** Codes of all that this example throws. */
export const ML4T_ERRORS = {
  USAGE: {
    title: 'The command line is wrong',
    when: 'An option is unknown, lacks its value, or does not go with another one.',
    fix: 'Run the command with `--help`.',
  },
  SETTINGS_INVALID: {
    title: 'The settings are wrong',
    when: 'The settings file cannot be read, is no YAML, or has a key or a value that is not known.',
    fix: 'The message names each fault with its path; `ml4t.yaml` lists what there is.',
  },
  DATA_INVALID: {
    title: 'A data file is not what it should be',
    when: 'A file of bars cannot be read, or a row has another number of fields, or no time.',
    fix: 'Restore the file; `tools/extract-data.sh` writes those that are shipped.',
  },
  TOO_FEW_BARS: {
    title: 'There are too few bars to train on',
    when: 'A training got fewer bars than `minBars`.',
    fix: 'Give more history, or a larger `--bars`.',
  },
  TRIGGER_STATE: {
    title: 'A retrain trigger cannot change so',
    when: 'A trigger is completed before it was begun, or begun twice.',
    fix: 'This is a bug of the caller: a trigger goes from created to queued to processing, and ends once.',
  },
  SWITCH_UNKNOWN: {
    title: 'A rehearsal switch names nothing',
    when: 'ML4T_PAUSE_FOLD is no whole number of at least 1.',
    fix: 'Give the number of the fold before which the training waits, such as 7.',
  },
} as const satisfies ErrorCatalog;

/** A code of {@link ML4T_ERRORS}. */
export type Ml4tErrorCode = keyof typeof ML4T_ERRORS;
