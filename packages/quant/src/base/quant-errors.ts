import type { ErrorCatalog } from '@millrace/core';

/** Codes of all that the package throws. */
export const QUANT_ERRORS = {
  QUANT_ARGUMENT: {
    title: 'An argument is outside of its range',
    when: 'A function or a stage of `@millrace/quant` got a number that its formula has no meaning for: a window of 0, a share above 1, NaN.',
    fix: 'Give a value in the range that the message states.',
  },
  COLUMNS_UNEQUAL: {
    title: 'Columns differ in length',
    when: 'Columns that describe the same rows, such as the closes and the volumes of bars, do not have as many entries as each other.',
    fix: 'Find out which rows are missing in the shorter column; the message names both and their lengths.',
  },
  BARS_INVALID: {
    title: 'Bars hold values that no market gives',
    when: 'A bar has a price that is no positive number, a high below its low, a negative volume, or a time that is repeated or goes back, and the policy given says to refuse it.',
    fix: 'Repair the source, or give `readBars` a policy that drops, sorts or keeps one of two such bars; the report then counts them.',
  },
  SERIES_TOO_SHORT: {
    title: 'There are too few values',
    when: 'A calculation needs more values than it was given, such as a walk-forward of five folds over four samples.',
    fix: 'Give more history, or a smaller window or fewer folds; the message states the minimum.',
  },
  SAMPLES_INVALID: {
    title: 'Samples cannot be learned from',
    when: 'Labels other than 0 and 1, weights that are negative or not finite, spans that end before they start, or samples that are not in the order of their starts.',
    fix: 'Build the samples with `selectSamples`, or correct the row that the message names.',
  },
  TRAINING_ONE_CLASS: {
    title: 'All labels of the training part are equal',
    when: 'A model is fitted to samples that are all 0 or all 1: there is nothing to tell apart.',
    fix: 'Train on a longer part, or change the barriers so that both outcomes occur.',
  },
  TRAINING_WORKER_FAILED: {
    title: 'The training thread ended without a model',
    when: 'The worker thread that fits models threw an error or was stopped, for instance for want of memory.',
    fix: 'Look at the cause; fewer samples, features or trees need less memory.',
  },
  FEATURES_MISMATCH: {
    title: 'The features are not those of the model',
    when: 'A model is asked for a prediction with another number of features, or is loaded for features of other names or another order, than it was fitted with.',
    fix: 'Compute the features that the message lists in that order, or train a model for the present ones.',
  },
  MODEL_NAME_INVALID: {
    title: 'The name cannot be that of a model',
    when: 'A name of a model is empty, too long, or holds characters that do not belong in the name of a folder.',
    fix: 'Use letters, digits, dots, dashes and underscores, beginning with a letter or a digit.',
  },
  MODEL_NOT_FOUND: {
    title: 'There is no such model version',
    when: 'A version of a model is read or promoted that the store does not have.',
    fix: 'List the versions with `versions(name)`, or save a model first.',
  },
  MODEL_REFUSED: {
    title: 'A model file is not used',
    when: 'The file is truncated, damaged, of another format version, of an unknown kind, or of another feature schema. `details.reason` says which.',
    fix: 'Roll back to an earlier version, restore the file, or train the model anew.',
  },
  MODEL_NO_EARLIER: {
    title: 'There is no version to roll back to',
    when: 'A rollback is asked for, and no version was promoted before the present one.',
    fix: 'Promote the version that you want by its number.',
  },
  MODEL_STORE_UNWRITABLE: {
    title: 'The model store cannot be written',
    when: 'The folder of the store cannot be created, is read-only, or the disk is full. What was there is unchanged.',
    fix: 'Check the permissions of the folder and free some space.',
  },
} as const satisfies ErrorCatalog;

export type QuantErrorCode = keyof typeof QUANT_ERRORS;
