import { TRAINING_ERRORS, type TrainingErrorCode } from './training-errors.ts';

/** Every error that this example throws: a code of the catalogue; the message says what, where, got and expected. */
export class TrainingError extends Error {
  readonly code: TrainingErrorCode;

  constructor(code: TrainingErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TrainingError';
    this.code = code;
  }

  /** What the reader does about it. */
  get help(): string {
    return TRAINING_ERRORS[this.code].fix;
  }
}
