import { type Clock, systemClock } from '../base/clock.ts';
import { encodeValue, sealValue } from '../base/codec/index.ts';
import { asStageId, type RunId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type { CheckpointStore, WaitRecord } from '../checkpoint/index.ts';
import type { ValueIssue } from '../events/index.ts';
import { signalFits } from './fitting-signals.ts';
import { openWaits } from './open-waits.ts';
import { signalNameFault } from './signal-name.ts';
import { refuseUnknownStage } from './target-stage.ts';
import { payloadIssues } from './wait-schema.ts';

export interface SignalRequest {
  /** As the stage gives it to `waitFor`. */
  readonly name: string;
  /** Any value that a stage could return; undefined where the name says enough. */
  readonly data?: unknown;
  /** Only for this stage. Default: each stage that waits for the name gets it. */
  readonly stage?: string | undefined;
  /** Who sent it, for the record. */
  readonly sender?: string;
  readonly clock?: Pick<Clock, 'now'>;
}

/** A signal on record. */
export interface SentSignal {
  /** Counts from 1 within the run. */
  readonly number: number;
  /** All that the run waited for when it was sent; none of these need have its name. */
  readonly waits: readonly WaitRecord[];
  /** Those of them that it is for. */
  readonly answers: readonly WaitRecord[];
}

/**
 * Gives an event of the world outside, or the answer of a person, to a run: to what waits for it now, or will. The
 * run need not be executed at the moment.
 * @throws MillraceError RUN_NOT_FOUND, SIGNAL_INVALID, SIGNAL_REFUSED, SIGNAL_TOO_LATE, STAGE_UNKNOWN, STORE_WRITE_FAILED
 */
export async function sendSignal(
  store: CheckpointStore,
  runId: RunId,
  { name, data, stage, sender, clock = systemClock }: SignalRequest,
): Promise<SentSignal> {
  const fault = signalNameFault(name);
  if (fault !== undefined) throw invalidSignal(`its name ${JSON.stringify(name)} ${fault}`);
  const sealed = sealValue(data, 'data');
  if (!sealed.ok) throw invalidSignal(sealed.problem.message, sealed.problem.help);
  const target = stage === undefined ? {} : { stage: asStageId(stage) };
  const waits = await openWaits(store, runId);
  if (stage !== undefined) await refuseUnknownStage(store, { runId, name, stage, waits });
  const answers = waits.filter(
    (wait) => wait.kind === 'signal' && signalFits({ name, ...target }, wait),
  );
  for (const wait of answers) refuseUnfit(runId, wait, data);
  const sent = await store.sendSignal({
    runId,
    name,
    ...target,
    payload: encodeValue(sealed.value),
    sentAt: clock.now(),
    ...(sender === undefined ? {} : { sender }),
  });
  switch (sent.kind) {
    case 'sent':
      return { number: sent.number, waits, answers };
    case 'succeeded':
      throw new MillraceError(
        'SIGNAL_TOO_LATE',
        `run ${runId} has succeeded; nothing of it waits for ${JSON.stringify(name)} any more`,
        { details: { runId, name }, help: 'name another run, or start a new one' },
      );
    case 'missing':
      throw new MillraceError('RUN_NOT_FOUND', `${store.name} has no run ${runId}`, {
        details: { runId },
      });
  }
}

function refuseUnfit(runId: RunId, { stage, name, schema }: WaitRecord, data: unknown): void {
  const issues = schema === undefined ? [] : payloadIssues(schema, data);
  if (issues.length === 0) return;
  throw new MillraceError(
    'SIGNAL_REFUSED',
    `stage ${JSON.stringify(stage)} waits for ${JSON.stringify(name)} with other data: ${listed(issues)}`,
    {
      details: { runId, stage, name, issues, schema: JSON.parse(schema ?? 'null') },
      help: 'nothing was sent; correct the data, or name the stage that it is for',
    },
  );
}

function listed(issues: readonly ValueIssue[]): string {
  return issues.map(({ path, message }) => `${path || 'the data'} ${message}`).join('; ');
}

function invalidSignal(what: string, help?: string): MillraceError {
  return new MillraceError('SIGNAL_INVALID', `the signal cannot be sent: ${what}`, {
    ...(help === undefined ? {} : { help }),
  });
}
