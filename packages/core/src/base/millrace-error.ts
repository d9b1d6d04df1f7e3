/** Typed facts of an error: ids, values got and expected. Never secrets, never whole payloads. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

export interface MillraceErrorOptions {
  readonly details?: ErrorDetails;
  readonly cause?: unknown;
  /** What the reader should do next, one sentence. */
  readonly help?: string;
}

/**
 * Every error that Millrace throws. `code` is stable, is listed in an {@link ErrorCatalog}, and has a
 * page under docs/errors. The message says what, which id, what was got and what was expected.
 */
export class MillraceError extends Error {
  readonly code: string;
  readonly details: ErrorDetails;
  readonly help: string | undefined;

  constructor(code: string, message: string, options: MillraceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'MillraceError';
    this.code = code;
    this.details = options.details ?? {};
    this.help = options.help;
  }
}
