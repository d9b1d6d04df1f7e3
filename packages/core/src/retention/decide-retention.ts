import type { RunId } from '../base/ids.ts';
import type { RunRecord } from '../checkpoint/index.ts';
import type {
  KeepReason,
  RetainedStatus,
  RetentionPolicy,
  RetentionRequest,
  RunVerdict,
} from './retention-policy.ts';

const UNFINISHED: ReadonlySet<RetainedStatus> = new Set(['interrupted', 'failed', 'cancelled']);

/**
 * Decides for each run whether it goes, and why it is kept if it is. Pure: a dry run and the clean-up after it
 * come to the same. The last run of each pipeline that succeeded is always kept, unless it is asked for by name.
 */
export function decideRetention(request: RetentionRequest): readonly RunVerdict[] {
  const { runs, policy } = request;
  const lastSuccesses = lastSuccessesOf(runs);
  const ranks = new Map<string, number>();
  const named = new Set(policy.keepRuns ?? []);
  const asked = policy.deleteRuns === undefined ? undefined : new Set(policy.deleteRuns);
  /** By the run that a kept fork was made of; a fork is newer, and so was decided before. */
  const forks = new Map<RunId, RunId>();
  return runs.map((run) => {
    const live = liveReason(run, request);
    const status = live === undefined ? statusOf(run, request) : run.status;
    const verdict = (keep: KeepReason | undefined): RunVerdict => {
      const { forkedFrom } = run.source;
      const isOpen = status === 'running' || status === 'waiting' || UNFINISHED.has(status);
      if (forkedFrom !== undefined && isOpen && keep !== undefined) forks.set(forkedFrom, run.id);
      return { run, status, keep };
    };
    if (live !== undefined) return verdict(live);
    if (named.has(run.id)) return verdict({ kind: 'named' });
    if (asked !== undefined) {
      return verdict(asked.has(run.id) ? undefined : { kind: 'not-asked-for' });
    }
    const safe = safetyReason(run, status, policy, lastSuccesses);
    if (safe !== undefined) return verdict(safe);
    const by = forks.get(run.id);
    if (by !== undefined) return verdict({ kind: 'forked', by });
    const rank = (ranks.get(run.pipeline) ?? 0) + 1;
    ranks.set(run.pipeline, rank);
    return verdict(ruleReason(run, rank, request));
  });
}

/** Of a run that nobody executes. */
function statusOf({ id, status }: RunRecord, { waiting }: RetentionRequest): RetainedStatus {
  if (status !== 'running') return status;
  return waiting.has(id) ? 'waiting' : 'interrupted';
}

/** What keeps a run whatever its age. */
function safetyReason(
  { id, pipeline }: RunRecord,
  status: RetainedStatus,
  policy: RetentionPolicy,
  lastSuccesses: ReadonlySet<RunId>,
): KeepReason | undefined {
  if (policy.pipeline !== undefined && policy.pipeline !== pipeline) {
    return { kind: 'other-pipeline' };
  }
  if (policy.keepStatuses?.includes(status) === true) return { kind: 'status', status };
  if (policy.unfinished !== true && UNFINISHED.has(status)) return { kind: 'unfinished', status };
  if (policy.waiting !== true && status === 'waiting') return { kind: 'unfinished', status };
  return lastSuccesses.has(id) ? { kind: 'last-success' } : undefined;
}

/** @param rank among the runs of its pipeline that nothing else keeps, 1 for the newest */
function ruleReason(
  { finishedAt, createdAt }: RunRecord,
  rank: number,
  { policy: { keep, keepMs }, now }: RetentionRequest,
): KeepReason | undefined {
  if (keep !== undefined && rank <= keep) return { kind: 'newest', rank, of: keep };
  const ageMs = Math.max(0, now - (finishedAt ?? createdAt));
  if (keepMs !== undefined && ageMs < keepMs) return { kind: 'recent', ageMs, ofMs: keepMs };
  return undefined;
}

function liveReason({ owner }: RunRecord, { stateOf }: RetentionRequest): KeepReason | undefined {
  if (owner === undefined) return undefined;
  const state = stateOf(owner);
  switch (state) {
    case 'dead':
      return undefined;
    case 'elsewhere':
      return { kind: 'elsewhere', host: owner.host, pid: owner.pid };
    case 'running':
    case 'stopped':
      return { kind: 'live', state, pid: owner.pid };
    default:
      return state satisfies never;
  }
}

/** The newest run of each pipeline that succeeded; where none did, the newest that is degraded. */
function lastSuccessesOf(runs: readonly RunRecord[]): ReadonlySet<RunId> {
  const last = new Map<string, RunRecord>();
  for (const run of runs) {
    if (run.status !== 'succeeded' && run.status !== 'degraded') continue;
    const known = last.get(run.pipeline);
    const isBetter = known?.status === 'degraded' && run.status === 'succeeded';
    if (known === undefined || isBetter) last.set(run.pipeline, run);
  }
  return new Set(Array.from(last.values(), ({ id }) => id));
}
