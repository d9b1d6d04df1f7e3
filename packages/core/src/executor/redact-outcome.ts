import type { AttemptOutcome } from '../attempt/index.ts';
import type { FailureRecord, ThrownRecord } from '../events/index.ts';

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/** An outcome whose failures hold no secret any more: they are stored and shown. */
export function redactOutcome(outcome: AttemptOutcome, redact: Redact): AttemptOutcome {
  const { teardownFailure } = outcome;
  const clean =
    teardownFailure === undefined
      ? outcome
      : { ...outcome, teardownFailure: redactFailure(teardownFailure, redact) };
  if (clean.kind === 'succeeded') return clean;
  return { ...clean, failure: redactFailure(clean.failure, redact) };
}

/** The same for one failure. */
export function redactFailure(failure: FailureRecord, redact: Redact): FailureRecord {
  const { message, help, thrown, issues } = failure;
  return {
    ...failure,
    message: redact(message),
    ...(help === undefined ? {} : { help: redact(help) }),
    ...(thrown === undefined ? {} : { thrown: redactThrown(thrown, redact) }),
    ...(issues === undefined
      ? {}
      : {
          issues: issues.map(({ path, message: text }) => ({
            path: redact(path),
            message: redact(text),
          })),
        }),
  };
}

function redactThrown(thrown: ThrownRecord, redact: Redact): ThrownRecord {
  const { name, message, code, stack, cause, retryAfterMs } = thrown;
  return {
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    name: redact(name),
    message: redact(message),
    ...(code === undefined ? {} : { code: redact(code) }),
    ...(stack === undefined ? {} : { stack: redact(stack) }),
    ...(cause === undefined ? {} : { cause: redactThrown(cause, redact) }),
  };
}
