import type { RunId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { didYouMean } from '../base/nearest-name.ts';
import type { CheckpointStore, WaitRecord } from '../checkpoint/index.ts';
import { type HoldsSecret, secretInValue } from '../executor/holds-secret.ts';
import { type Redact, redactFailure } from '../executor/redact-outcome.ts';
import { keyVersions } from '../history/key-versions.ts';
import { readRecords } from '../history/run-records.ts';
import type { BoundStage, ModelPipeline } from '../pipeline/index.ts';
import type { Capsule, CapsuleHead, CapsuleStart } from './capsule.ts';
import { artifactNotes, slotNotes, waitNotes } from './capsule-notes.ts';
import { type FoundAttempt, findAttempt } from './find-attempt.ts';
import { type RecordedSettings, recordedSettings } from './recorded-settings.ts';
import { type SeenSlots, seenSlots } from './seen-slots.ts';
import { ValueCollector } from './value-collector.ts';
import { writtenOutputs } from './written-outputs.ts';

export interface CapsuleRequest {
  readonly runId: RunId;
  readonly stage: string;
  /** That of the run: the store holds no graph. */
  readonly pipeline: ModelPipeline;
  /** Default: the newest. */
  readonly attempt?: number | undefined;
  /** Also values of more than 1 MiB that the stage could look up without declaring them. Default false. */
  readonly isWhole?: boolean | undefined;
  /** The config, relative to the folder that the run was started in, for a replay to find it. */
  readonly config?: string | undefined;
  readonly startedWith?: CapsuleStart | undefined;
  /** Version of Millrace that makes it. */
  readonly version?: string | undefined;
  /** Takes secrets out of the failure. Default: nothing. */
  readonly redact?: Redact | undefined;
  /** A value that holds one is left out. Default: none does. */
  readonly holdsSecret?: HoldsSecret | undefined;
}

/**
 * Puts one attempt of a stored run into a capsule: what it was given, how it was set up and how it ended, so
 * that `replayCapsule` tries it again without the store. Reads the store and writes nothing.
 * @throws MillraceError RUN_NOT_FOUND, STAGE_UNKNOWN, STAGE_NOT_STARTED, CAPSULE_ATTEMPT_UNKNOWN,
 * SECRET_IN_VALUE when a name or a text that the capsule must have holds a secret
 */
export async function makeCapsule(
  store: CheckpointStore,
  request: CapsuleRequest,
): Promise<Capsule> {
  const { runId, pipeline, holdsSecret } = request;
  const { run, stages } = await readRecords(store, runId);
  const stage = boundStage(request);
  const ended = stages.find((candidate) => candidate.stage === stage.id);
  const { attempt } = request;
  const found = await findAttempt(store, { run, stage: stage.id, record: ended, attempt });
  const { record, startedAt } = found;
  const versions = keyVersions(store, run, stages);
  const collector = new ValueCollector(store, holdsSecret);
  const of = { store, pipeline, stage, versions, record, startedAt, collector };
  const settings = await recordedSettings(of);
  const slots = await seenSlots({ ...of, isWhole: request.isWhole === true });
  const outputs =
    record?.status === 'succeeded' ? await writtenOutputs(stage, record, versions, collector) : [];
  const waits = (await store.loadWaits(runId)).filter((wait) => wait.stage === stage.id);
  const head = headOf(request, { stage, found, settings, slots, outputs, collector, waits });
  if (holdsSecret?.(JSON.stringify(head)) === true) {
    throw secretInValue(`the capsule of stage ${JSON.stringify(stage.id)}`);
  }
  return { head, values: collector.values };
}

interface HeadParts {
  readonly stage: BoundStage;
  readonly found: FoundAttempt;
  readonly settings: RecordedSettings;
  readonly slots: SeenSlots;
  readonly outputs: CapsuleHead['outputs'];
  readonly collector: ValueCollector;
  /** Of the stage, whatever came of them. */
  readonly waits: readonly WaitRecord[];
}

function headOf(
  { runId, pipeline, config, startedWith, version, redact = (text) => text }: CapsuleRequest,
  { stage, found, settings, slots, outputs, collector, waits }: HeadParts,
): CapsuleHead {
  const { code, files, params } = settings;
  return {
    pipeline: pipeline.name,
    runId,
    stage: stage.id,
    ...attemptFields(found, redact),
    uses: stage.definition.uses,
    ...(config === undefined ? {} : { config }),
    startedWith: startedWith ?? { flags: [] },
    options: optionsOf(stage),
    ...(code === undefined ? {} : { code }),
    files,
    params,
    ...slots,
    artifacts: collector.artifacts,
    outputs,
    notes: [
      ...settings.notes,
      ...slotNotes(slots, found),
      ...artifactNotes(collector),
      ...waitNotes(waits),
    ],
    madeBy: {
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      ...(version === undefined ? {} : { version }),
    },
  };
}

function boundStage({ pipeline, stage, runId }: CapsuleRequest): BoundStage {
  const { graph, stages } = pipeline;
  const bound = stages[graph.indexById.get(stage) ?? -1];
  if (bound !== undefined) return bound;
  throw new MillraceError(
    'STAGE_UNKNOWN',
    `pipeline ${JSON.stringify(pipeline.name)} has no stage ${JSON.stringify(stage)}`,
    {
      details: { runId, stage },
      help: didYouMean(stage, graph.ids) ?? 'name a stage of the pipeline as it is now',
    },
  );
}

type AttemptFields = Pick<
  CapsuleHead,
  'attempt' | 'status' | 'startedAt' | 'durationMs' | 'failure'
>;

function attemptFields(
  { number, status, startedAt, durationMs, failure }: FoundAttempt,
  redact: Redact,
): AttemptFields {
  return {
    attempt: number,
    status,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(failure === undefined ? {} : { failure: redactFailure(failure, redact) }),
  };
}

function optionsOf({ options: { timeoutMs, graceMs } }: BoundStage): CapsuleHead['options'] {
  return timeoutMs === undefined ? { graceMs } : { timeoutMs, graceMs };
}
