import { type AttemptRequest, type UndoneOutcome, undoneOutputsFailure } from '../attempt/index.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { problem, type Result, success } from '../base/result.ts';
import type { StageRecord } from '../checkpoint/index.ts';
import type { FailureRecord } from '../events/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import { wiredInputs } from '../pipeline/index.ts';
import { type BasisEntry, changedEntries } from '../plan/index.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { inputValues } from './input-values.ts';
import { recordedOutputs } from './recorded-outputs.ts';
import { isCorruptCheckpoint, loadCells } from './stored-cell.ts';
import type { UndoSite } from './undo-site.ts';

/** All that a runner needs to undo the outcome of a stage; a failure when what it returned cannot be read. */
export async function undoRequest(
  site: UndoSite,
  stage: BoundStage,
  record: StageRecord,
): Promise<Result<AttemptRequest, FailureRecord>> {
  const { session, context } = site;
  const { runId, clock, artifacts, logger, random } = session;
  const cells = context.layers.layer(stage.index);
  try {
    await loadCells(cells);
  } catch (error) {
    if (isCorruptCheckpoint(error)) return problem(undoneOutputsFailure(stage.id, error));
    throw error;
  }
  await loadInputs(site, stage);
  const { attempt } = record;
  return success({
    runId,
    stage: stage.id,
    attempt,
    blueprint: stage.blueprint,
    params: stage.params.value,
    context: context.views.ofStage(stage.index),
    inputs: undefined,
    updatable: new Map(),
    mapped: undefined,
    undo: { outputs: recordedOutputs(stage, cells), inputs: inputsThen(site, stage, record) },
    timeoutMs: stage.options.timeoutMs,
    graceMs: stage.options.graceMs,
    services: {
      clock,
      artifacts,
      logger: () => logger.child({ runId, stage: stage.id, attempt }),
      // Nothing of it is told: the stage has ended.
      progress: () => {},
      random,
      idempotencyKey: () => keyThen(site, stage, record),
    },
  });
}

/** Damage is told when the stage asks for its inputs, and then only. */
async function loadInputs({ session, context }: UndoSite, { index }: BoundStage): Promise<void> {
  for (const input of wiredInputs(session.pipeline, index).values()) {
    try {
      await loadCells([context.views.wired(index, input)]);
    } catch (error) {
      if (!isCorruptCheckpoint(error)) throw error;
    }
  }
}

function inputsThen(
  { session, context }: UndoSite,
  { index, id, blueprint }: BoundStage,
  { basis }: StageRecord,
): UndoneOutcome['inputs'] {
  const read = (basis?.inputs ?? []).filter(isValue);
  return () => {
    const changed = changedEntries(read, context.reader.entries(index, read));
    if (changed.length > 0) throw inputsGone(id, changed);
    if (blueprint.inputs === undefined) return undefined;
    const wired = session.pipeline.wiring.inputs.of(index);
    return inputValues(context.views, index, wired.slice(0, blueprint.inputs.length));
  };
}

function isValue([kind]: BasisEntry): boolean {
  return kind === 'input' || kind === 'key';
}

function inputsGone(stage: string, changed: readonly BasisEntry[]): MillraceError {
  const names = changed.map(([, name]) => JSON.stringify(name)).join(', ');
  return new MillraceError(
    'UNDO_INPUTS_GONE',
    `stage ${JSON.stringify(stage)} asked for its inputs to be undone, and ${names} came out otherwise since it ran`,
    {
      details: { stage, inputs: changed.map(([, name]) => name) },
      help: 'let undo rest on the outputs of the stage, and return there what it needs',
    },
  );
}

/** The key that its run had, whatever of the stage is written otherwise by now. */
function keyThen(
  { session, context }: UndoSite,
  stage: BoundStage,
  { basis }: StageRecord,
): string {
  const { runId, undone } = session;
  const declared = (basis?.inputs ?? []).filter(([kind]) => kind === 'input');
  const inputs =
    stage.blueprint.inputs === undefined
      ? [...declared, ...context.reader.allKeys(stage.index)]
      : declared;
  const params = { ...stage.params, hash: basis?.params ?? stage.params.hash };
  return idempotencyKeyOf({
    runId,
    stage: { ...stage, params },
    inputs,
    files: basis?.files ?? [],
    undone: undone.get(stage.id) ?? 0,
  });
}
