import type { UnstorableValue } from '../base/codec/index.ts';
import { formatDuration } from '../base/duration.ts';
import type { StageId } from '../base/ids.ts';
import type { FailureRecord, ItemCounts, ValueIssue } from '../events/index.ts';
import { failureRecord, listIssues, thrownFailure } from './failures.ts';

/** An item by its stage and its key. */
export interface NamedItem {
  readonly stage: StageId;
  readonly key: string;
}

/** `runItem` threw or rejected. */
export function itemThrewFailure(item: NamedItem, thrown: unknown): FailureRecord {
  return thrownFailure(`${nameOf(item)} failed`, 'item', thrown);
}

export function itemTimedOutFailure(item: NamedItem, timeoutMs: number): FailureRecord {
  return failureRecord(
    'timed-out',
    'item',
    `${nameOf(item)} did not end within ${formatDuration(timeoutMs)}`,
    { help: 'raise map.timeout, or make the item stop when its signal is aborted' },
  );
}

/** The stage's time for its items was over. */
export function itemOverdueFailure(item: NamedItem, deadlineMs: number): FailureRecord {
  return failureRecord(
    'timed-out',
    'item',
    `${nameOf(item)} was not done when the deadline of ${formatDuration(deadlineMs)} passed`,
    { help: 'resume the run to do the rest, or raise map.deadline or map.concurrency' },
  );
}

export function invalidItemFailure(item: NamedItem, issues: readonly ValueIssue[]): FailureRecord {
  return failureRecord(
    'invalid-output',
    'item',
    `${nameOf(item)} returned what the schema of its output refuses: ${listIssues(issues)}`,
    { issues },
  );
}

export function unstorableItemFailure(item: NamedItem, fault: UnstorableValue): FailureRecord {
  return failureRecord(
    'unstorable-value',
    'item',
    `${nameOf(item)} returned a value that cannot be stored: ${fault.message}`,
    { help: fault.help, issues: [{ path: fault.path, message: fault.message }] },
  );
}

/** What the item returned would put a secret into the store. */
export function secretItemFailure(item: NamedItem): FailureRecord {
  return failureRecord(
    'secret-value',
    'item',
    `${nameOf(item)} returned a secret, which would be stored`,
    { help: 'return what was done with the secret, and never the secret' },
  );
}

/** One item that failed, as the failure of its stage tells of it. */
export interface ToldItem {
  readonly key: string;
  readonly failure: FailureRecord;
}

interface FailedItems extends ItemCounts {
  /** Items that were not begun any more. */
  readonly left: number;
  readonly most: number;
  /** The first ones. */
  readonly told: readonly ToldItem[];
}

/** More items failed than the stage's budget allows. */
export function itemsFailedFailure(stage: StageId, failed: FailedItems): FailureRecord {
  const { total, left, most, told } = failed;
  const allowed = most === 0 ? 'none may' : `${most} may`;
  const rest = left === 0 ? '' : `; ${left} were not begun any more`;
  const causes = told.map(({ failure }) => failure.message);
  return failureRecord(
    'items-failed',
    'run',
    `${failed.failed} of ${total} items of stage ${quote(stage)} failed, and ${allowed}${rest}: ${causes.join('; ')}`,
    {
      help: 'mend what made them fail and resume: items that are done are kept; or raise map.failureBudget',
    },
  );
}

/** Keys come from data, and one message tells of several. */
const LONGEST_KEY = 80;

function nameOf({ stage, key }: NamedItem): string {
  const shown = key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY - 1).toWellFormed()}…` : key;
  return `item ${quote(shown)} of stage ${quote(stage)}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
