import type { RunId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { didYouMean } from '../base/nearest-name.ts';
import type { CheckpointStore, WaitRecord } from '../checkpoint/index.ts';

interface Target {
  readonly runId: RunId;
  readonly name: string;
  readonly stage: string;
  readonly waits: readonly WaitRecord[];
}

/**
 * A signal for a stage that the run does not have would wait for ever. A store knows no graph, but how many stages there
 * are: only once all of them are on record is it certain that this one is none, for it may yet begin.
 * @throws MillraceError STAGE_UNKNOWN
 */
export async function refuseUnknownStage(
  store: CheckpointStore,
  { runId, name, stage, waits }: Target,
): Promise<void> {
  const records = [
    ...(await store.loadStages(runId)),
    ...(await store.loadAttempts(runId)),
    ...waits,
  ];
  const known = new Set<string>(Array.from(records, (record) => record.stage));
  if (known.has(stage)) return;
  const total = await stageCount(store, runId);
  if (total === undefined || known.size < total) return;
  const waiting = waits.filter((wait) => wait.kind === 'signal' && wait.name === name);
  const who = [...new Set(waiting.map((wait) => JSON.stringify(wait.stage)))].join(', ');
  throw new MillraceError(
    'STAGE_UNKNOWN',
    `run ${runId} has no stage ${JSON.stringify(stage)}; nothing was sent`,
    {
      details: { runId, stage },
      help:
        didYouMean(stage, known) ??
        (who === ''
          ? `it has ${[...known].join(', ')}`
          : `${who} waits for ${JSON.stringify(name)}`),
    },
  );
}

/** Stages of the pipeline as the newest session has it; undefined where it has told of none. */
async function stageCount(store: CheckpointStore, id: RunId): Promise<number | undefined> {
  const run = await store.findRun(id);
  if (run === undefined) return undefined;
  const [first] = await store.loadEvents(id, run.sessionStartSeq, 1);
  if (first?.type === 'run.started') return first.stages;
  if (first?.type !== 'run.resumed') return undefined;
  const { run: toRun, reuse, skip, undecided } = first.plan;
  return toRun + reuse + skip + undecided;
}
