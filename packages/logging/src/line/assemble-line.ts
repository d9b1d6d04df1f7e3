import { types } from 'node:util';
import type { LogLevel } from '../log-level.ts';
import type { Redactor } from '../redact/redactor.ts';
import { type BoundFields, bindFields } from './bound-fields.ts';
import type { AddressedLine, LogLine } from './log-line.ts';

export interface LineParts {
  readonly nowMs: number;
  readonly level: LogLevel;
  readonly message: unknown;
  readonly bound: BoundFields;
  readonly fields: unknown;
}

/** Redacts and bounds everything that the caller gave. */
export function assembleLine(parts: LineParts, redactor: Redactor): AddressedLine {
  const all = bindFields(withThrownMessage(parts), parts.fields);
  const line: LogLine = {
    time: new Date(parts.nowMs).toISOString(),
    level: parts.level,
    message: messageText(parts.message, redactor),
    ...(all.runId === undefined ? {} : { runId: redactor.cutText(all.runId) }),
    ...(all.stage === undefined ? {} : { stage: redactor.cutText(all.stage) }),
    ...(all.attempt === undefined ? {} : { attempt: all.attempt }),
    ...(hasKeys(all.rest) ? { fields: redactor.record(all.rest) } : {}),
  };
  return { line, runId: all.runId };
}

/** `logger.error(error)`, as JavaScript callers write it, keeps its stack. */
function withThrownMessage({ bound, message }: LineParts): BoundFields {
  return types.isNativeError(message) ? bindFields(bound, { error: message }) : bound;
}

function messageText(message: unknown, redactor: Redactor): string {
  if (typeof message === 'string') return redactor.cutText(message);
  if (types.isNativeError(message)) return messageText(errorMessage(message), redactor);
  const plain = redactor.data(message);
  return typeof plain === 'string' ? plain : String(JSON.stringify(plain));
}

function errorMessage(error: Error): string {
  try {
    return String(error.message);
  } catch {
    return '[unreadable]';
  }
}

function hasKeys(record: object): boolean {
  for (const _key in record) return true;
  return false;
}
