import type { UnstorableValue } from '../base/codec/index.ts';
import { formatDuration } from '../base/duration.ts';
import type { StageId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { formatLocation, type SourceLocation } from '../base/source-location.ts';
import {
  FAILURE_CODES,
  type FailurePhase,
  type FailureReason,
  type FailureRecord,
  type ValueIssue,
} from '../events/index.ts';
import { toThrownRecord } from './thrown-record.ts';

type Extras = Pick<FailureRecord, 'help' | 'thrown' | 'issues'>;

export function failureRecord(
  reason: FailureReason,
  phase: FailurePhase,
  message: string,
  extras: Extras = {},
): FailureRecord {
  return { reason, code: FAILURE_CODES[reason], phase, message, ...extras };
}

/** Thrown by the engine's own methods that a stage calls: what they refuse is worth no retry. */
const REASON_OF_CODE: Readonly<Record<string, FailureReason>> = {
  [FAILURE_CODES['undeclared-update']]: 'undeclared-update',
  [FAILURE_CODES['unstorable-value']]: 'unstorable-value',
  [FAILURE_CODES['secret-value']]: 'secret-value',
  [FAILURE_CODES['inputs-gone']]: 'inputs-gone',
  [FAILURE_CODES['invalid-input']]: 'invalid-input',
  [FAILURE_CODES['lost-checkpoint']]: 'lost-checkpoint',
  // A wait that is over is over at once in the next attempt, too.
  [FAILURE_CODES['wait-timed-out']]: 'wait-timed-out',
};

/** The stage threw or rejected. */
export function threwFailure(stage: StageId, phase: FailurePhase, thrown: unknown): FailureRecord {
  const where = phase === 'run' ? '' : ` in ${phase}`;
  return thrownFailure(`stage ${quote(stage)} failed${where}`, phase, thrown);
}

/** @param what failed, as the beginning of a sentence that tells what was thrown */
export function thrownFailure(what: string, phase: FailurePhase, thrown: unknown): FailureRecord {
  const record = toThrownRecord(thrown);
  const told =
    record.name === 'NonError' ? `threw ${record.message}, which is no Error` : record.message;
  const own = isMillraceError(thrown) ? thrown : undefined;
  return failureRecord(REASON_OF_CODE[own?.code ?? ''] ?? 'threw', phase, `${what}: ${told}`, {
    thrown: record,
    ...(own?.help === undefined ? {} : { help: own.help }),
  });
}

/** A thrown proxy may throw again when it is asked for its class. */
function isMillraceError(thrown: unknown): thrown is MillraceError {
  try {
    return thrown instanceof MillraceError;
  } catch {
    return false;
  }
}

/**
 * The condition of the stage threw, so that nobody can tell whether it is to run. One of a config says
 * where it is written, which then stands for a stack that would show the engine only.
 */
export function conditionFailure(stage: StageId, text: string, thrown: unknown): FailureRecord {
  const { stack, ...record } = toThrownRecord(thrown);
  const own = isMillraceError(thrown) ? thrown : undefined;
  const at = writtenAt(own);
  return failureRecord(
    'condition',
    'condition',
    `the condition of stage ${quote(stage)} cannot be decided: when ${text}${at === undefined ? '' : ` (${formatLocation(at)})`}: ${record.message}`,
    {
      thrown: at !== undefined || stack === undefined ? record : { ...record, stack },
      ...(own?.help === undefined ? {} : { help: own.help }),
    },
  );
}

function writtenAt(error: MillraceError | undefined): SourceLocation | undefined {
  const at = error?.details.at;
  const isPlace = typeof at === 'object' && at !== null && 'file' in at && 'line' in at;
  return isPlace ? (at as SourceLocation) : undefined;
}

/** The stage would use a limit whose circuit is open, and is not to wait for it. */
export function circuitOpenFailure(what: string, limit: string): FailureRecord {
  return failureRecord(
    'circuit-open',
    'limits',
    `${what} did not start: the circuit of the limit ${quote(limit)} is open after failures in a row`,
    { help: 'resume the run once it works again, or give the limit breaker.onOpen: wait' },
  );
}

/** What the stage returned would put a secret into the store. */
export function secretValueFailure(stage: StageId, key: string): FailureRecord {
  return failureRecord(
    'secret-value',
    'outputs',
    `stage ${quote(stage)} returned a secret in ${quote(key)}, which would be stored`,
    { help: 'return what was done with the secret, and never the secret' },
  );
}

export function timedOutFailure(
  stage: StageId,
  phase: FailurePhase,
  timeoutMs: number,
): FailureRecord {
  return failureRecord(
    'timed-out',
    phase,
    `stage ${quote(stage)} did not end its ${phase} within ${formatDuration(timeoutMs)}`,
    {
      help: 'raise its timeout, or make it stop when signal is aborted',
    },
  );
}

export function cancelledFailure(stage: StageId, phase: FailurePhase): FailureRecord {
  return failureRecord('cancelled', phase, `stage ${quote(stage)} was cancelled in ${phase}`);
}

export function invalidInputFailure(stage: StageId, issues: readonly ValueIssue[]): FailureRecord {
  return failureRecord(
    'invalid-input',
    'inputs',
    `stage ${quote(stage)} got inputs that its schema refuses: ${listIssues(issues)}`,
    { issues },
  );
}

export function invalidOutputFailure(stage: StageId, issues: readonly ValueIssue[]): FailureRecord {
  return failureRecord(
    'invalid-output',
    'outputs',
    `stage ${quote(stage)} returned what its schema refuses: ${listIssues(issues)}`,
    { issues },
  );
}

export function unstorableFailure(stage: StageId, fault: UnstorableValue): FailureRecord {
  return failureRecord(
    'unstorable-value',
    'outputs',
    `stage ${quote(stage)} returned a value that cannot be stored: ${fault.message}`,
    {
      help: fault.help,
      issues: [{ path: fault.path, message: fault.message }],
    },
  );
}

export function writeConflictFailure(stage: StageId, key: string, other: string): FailureRecord {
  return failureRecord(
    'write-conflict',
    'outputs',
    `stage ${quote(stage)} wrote ${quote(key)}, which stage ${quote(other)} writes too, and neither needs the other`,
    { help: `let one need the other, or return the value under another key` },
  );
}

export function lostCheckpointFailure(stage: StageId, damage: MillraceError): FailureRecord {
  return failureRecord(
    'lost-checkpoint',
    'inputs',
    `stage ${quote(stage)} cannot read its inputs: ${damage.message}`,
    {
      ...(damage.help === undefined ? {} : { help: damage.help }),
    },
  );
}

/** What the stage had returned cannot be read, and without it nothing can be undone. */
export function undoneOutputsFailure(stage: StageId, damage: MillraceError): FailureRecord {
  return failureRecord(
    'lost-checkpoint',
    'undo',
    `stage ${quote(stage)} cannot be undone: ${damage.message}`,
  );
}

const SHOWN_ISSUES = 3;

export function listIssues(issues: readonly ValueIssue[]): string {
  const shown = issues
    .slice(0, SHOWN_ISSUES)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  const more = issues.length - shown.length;
  return more > 0 ? `${shown.join('; ')}; and ${more} more` : shown.join('; ');
}

function quote(text: string): string {
  return JSON.stringify(text);
}
