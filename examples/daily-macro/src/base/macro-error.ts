/** Every error that this example throws. `code` is stable; the message says what, which id, got and expected. */
export class MacroError extends Error {
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'MacroError';
    this.code = code;
  }
}
