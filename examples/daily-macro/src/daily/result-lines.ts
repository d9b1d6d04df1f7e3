import type { ThrownRecord } from 'millrace';
import { REFERENCE_DATE } from '../data/reference-date.ts';
import { shownLedger } from '../ledger/open-ledger.ts';
import { labelled, summaryLines } from '../report/cli-output.ts';
import type { Places } from './places.ts';
import type { DailyOutcome } from './read-outcome.ts';
import { reasonOf } from './reason-of.ts';

interface ResultContext {
  /** Undefined for a dry run. */
  readonly places: Places | undefined;
  /** Goes on with the run. */
  readonly resume: string;
}

/** Everything below the last stage: figures, status, where it is kept, and after a failure what to do. */
export function resultLines(outcome: DailyOutcome, { places, resume }: ResultContext): string[] {
  const { summary, durationMs, status, failures, cancelled, unfinished } = outcome;
  const lines = summaryLines(summary, durationMs, status);
  if (cancelled) lines.push(labelled('Cancelled', 'before every stage had run'));
  for (const { stage, attempt, failure } of failures) {
    lines.push(labelled('Failed', `${stage}, attempt ${attempt}: ${reasonOf(failure)}`));
    for (let cause = failure.thrown; cause !== undefined; cause = cause.cause) {
      lines.push(labelled('Cause', causeText(cause, cause !== failure.thrown)));
    }
  }
  lines.push(labelled('Data', `shipped; ${REFERENCE_DATE} is the newest date with every series`));
  if (places === undefined) return [...lines, labelled('Stored', 'nothing (dry run)')];
  lines.push(labelled('Stored', `run ${outcome.runId} in ${places.store}`));
  lines.push(labelled('Row', `pipeline_runs in ${shownLedger(places.ledger)}`));
  if (unfinished) lines.push(labelled('Resume', resume));
  return lines;
}

/** What was thrown and the first place of its stack; the message of the outermost one has been told. */
function causeText({ name, code, message, stack }: ThrownRecord, withMessage: boolean): string {
  const place = /^ +at (?:.*\()?(?:file:\/\/)?([^()]+:\d+:\d+)\)?$/m.exec(stack ?? '')?.[1];
  const kind = code === undefined ? name : `${name} ${code}`;
  const what = withMessage ? `${kind}: ${message.split('\n')[0]}` : kind;
  return place === undefined ? what : `${what} at ${place}`;
}
