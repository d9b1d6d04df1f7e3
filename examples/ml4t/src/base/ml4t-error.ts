import { MillraceError, type MillraceErrorOptions } from 'millrace';
import { ML4T_ERRORS, type Ml4tErrorCode } from './ml4t-errors.ts';

/** Every error of this example itself; the message says what, which id, what was got and what was expected. */
export function ml4tError(
  code: Ml4tErrorCode,
  message: string,
  options: MillraceErrorOptions = {},
): MillraceError {
  return new MillraceError(code, message, { help: ML4T_ERRORS[code].fix, ...options });
}
