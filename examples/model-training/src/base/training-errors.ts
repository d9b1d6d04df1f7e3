interface ErrorPage {
  /** When it happens. */
  readonly when: string;
  /** What the reader does about it. */
  readonly fix: string;
}

/** Codes of all that this example throws. Codes are stable. */
export const TRAINING_ERRORS = {
  USAGE: {
    when: 'The command line has an option that is unknown, lacks a value or contradicts another.',
    fix: 'Add --help to the command to see what there is.',
  },
  SWITCH_UNKNOWN: {
    when: 'MODEL_TRAINING_BREAK or MODEL_TRAINING_PAUSE names no stage.',
    fix: 'Name one of the stages that the message lists.',
  },
  BROKEN_BY_HAND: {
    when: 'MODEL_TRAINING_BREAK names the stage.',
    fix: 'Take the stage out of MODEL_TRAINING_BREAK, and resume the run.',
  },
  DATA_UNKNOWN: {
    when: 'The data set is neither one of those that are shipped or generated, nor a CSV file.',
    fix: 'Give one of the names, or the path of a file that ends in .csv.',
  },
  DATA_UNREADABLE: {
    when: 'The file of bars is missing, empty, cut off, or has another header.',
    fix: 'Restore the file; its header is date,open,high,low,close,volume and its last row ends with a line break.',
  },
  DATA_REFUSED: {
    when: 'Rows of the data fail the schema or a range check, and the policy does not say what to do with such rows.',
    fix: 'Repair the rows that the message names, or set the policy of data-ingestion (faulty, duplicate, outOfOrder, gap, noVolume, move) to what shall become of them.',
  },
  DATA_TOO_SHORT: {
    when: 'There are too few bars, or too few samples in a part, to train and to judge a model.',
    fix: 'Give more history, shorter windows or other shares of the split.',
  },
  CANDIDATES_EMPTY: {
    when: 'No candidate was trained, so there is no model to judge.',
    fix: 'List at least one under context.candidates of the config.',
  },
  MODEL_FILE_MISSING: {
    when: 'A model is to be read from a file that is not there.',
    fix: 'Check the path; `npm run models` lists the versions with their files.',
  },
  MODEL_REFUSED: {
    when: 'A model file is cut off, damaged, of another format version, no model, or of other features.',
    fix: 'Roll back with `npm run models -- rollback`, restore the file, or train the model anew.',
  },
  MODEL_REJECTED: {
    when: 'A version that its evaluation rejected is to be put in use by hand.',
    fix: 'Promote another version, or add --force if you know better.',
  },
  REFERENCE_GONE: {
    when: 'The run that trained the model, and with it what the drift is measured against, is no longer in the store, or holds other samples than the model was fitted to.',
    fix: 'Train the model anew; its run is then kept with it.',
  },
} as const satisfies Readonly<Record<string, ErrorPage>>;

export type TrainingErrorCode = keyof typeof TRAINING_ERRORS;
