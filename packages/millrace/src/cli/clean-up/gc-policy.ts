import {
  type CheckpointStore,
  didYouMean,
  MillraceError,
  parseDurationMs,
  type RetainedStatus,
  type RetentionPolicy,
  type RunId,
} from '@millrace/core';
import { findRun } from '../runs/find-run.ts';

/** Options that say which runs are kept. */
export interface RetentionFlags {
  readonly keep?: number;
  readonly keepDays?: number;
  /** A duration with a unit, as written. */
  readonly olderThan?: string;
  /** Statuses, with commas between them. */
  readonly keepStatus?: readonly string[];
  /** Ids, or parts of them. */
  readonly keepRun?: readonly string[];
  readonly deleteRun?: readonly string[];
  readonly unfinished?: boolean;
  readonly waiting?: boolean;
  readonly pipeline?: string;
}

const DAY_MS = 86_400_000;
/** What is kept when nothing is said of number or age. */
const DEFAULT_KEEP = 20;
const DEFAULT_KEEP_MS = 30 * DAY_MS;

const STATUSES: readonly RetainedStatus[] = [
  'succeeded',
  'degraded',
  'failed',
  'cancelled',
  'interrupted',
  'waiting',
];

/**
 * What the options of a command mean, but for the runs that they name.
 * @throws MillraceError USAGE
 */
export function gcRules(flags: RetentionFlags): RetentionPolicy {
  const { keep, pipeline, unfinished = false, waiting = false } = flags;
  return {
    ...rulesOf(keep, keepMsOf(flags)),
    keepStatuses: statusesOf(flags.keepStatus ?? []),
    unfinished,
    waiting,
    ...(pipeline === undefined ? {} : { pipeline }),
  };
}

/**
 * The runs that the options name.
 * @param place the store as people write it
 * @throws MillraceError RUN_NOT_FOUND, RUN_AMBIGUOUS
 */
export async function namedRuns(
  store: CheckpointStore,
  { keepRun = [], deleteRun }: RetentionFlags,
  place: string,
): Promise<Pick<RetentionPolicy, 'keepRuns' | 'deleteRuns'>> {
  const idsOf = async (texts: readonly string[]): Promise<readonly RunId[]> => {
    const ids: RunId[] = [];
    for (const text of texts) ids.push((await findRun(store, text, place)).id);
    return ids;
  };
  const keepRuns = await idsOf(keepRun);
  return deleteRun === undefined ? { keepRuns } : { keepRuns, deleteRuns: await idsOf(deleteRun) };
}

function rulesOf(
  keep: number | undefined,
  keepMs: number | undefined,
): Pick<RetentionPolicy, 'keep' | 'keepMs'> {
  if (keep === undefined && keepMs === undefined) {
    return { keep: DEFAULT_KEEP, keepMs: DEFAULT_KEEP_MS };
  }
  return { ...(keep === undefined ? {} : { keep }), ...(keepMs === undefined ? {} : { keepMs }) };
}

function keepMsOf({ keepDays, olderThan }: RetentionFlags): number | undefined {
  if (olderThan === undefined) return keepDays === undefined ? undefined : keepDays * DAY_MS;
  const read = parseDurationMs(olderThan);
  if (read.ok) return read.value;
  throw new MillraceError(
    'USAGE',
    `--older-than ${JSON.stringify(olderThan)} is no duration: ${read.problem}`,
    { details: { option: '--older-than', got: olderThan } },
  );
}

function statusesOf(texts: readonly string[]): readonly RetainedStatus[] {
  const names = texts.flatMap((text) => text.split(',')).map((name) => name.trim());
  return names.map((name) => {
    const status = STATUSES.find((known) => known === name);
    if (status !== undefined) return status;
    throw new MillraceError(
      'USAGE',
      `--keep-status ${JSON.stringify(name)} is no status of a run`,
      {
        details: { option: '--keep-status', got: name, expected: STATUSES },
        help: didYouMean(name, STATUSES) ?? `use one of: ${STATUSES.join(', ')}`,
      },
    );
  });
}
