import { collectOutputs } from '../attempt/index.ts';
import type { EncodedValue } from '../base/codec/index.ts';
import { problem, type Result, success } from '../base/result.ts';
import type { CheckpointStore, StageRecord, WriteRecord } from '../checkpoint/index.ts';
import type { Cell } from '../context/index.ts';
import { type BoundStage, updateKey } from '../pipeline/index.ts';
import { isOfVersion, isRecordedCode } from '../plan/index.ts';
import type { OutputMigration } from '../stage/index.ts';
import type { HoldsSecret } from './holds-secret.ts';
import { keptCells } from './kept-cells.ts';
import { recordedOutputs } from './recorded-outputs.ts';
import type { RecordedValues } from './recorded-values.ts';
import type { StageViews } from './stage-views.ts';
import { loadCells } from './stored-cell.ts';
import { toWrites } from './to-writes.ts';

interface MigrationSite {
  readonly store: CheckpointStore;
  readonly views: StageViews;
  readonly stage: BoundStage;
  readonly holdsSecret: HoldsSecret | undefined;
}

interface MigratedOutcome {
  readonly record: StageRecord;
  readonly cells: readonly Cell[];
  readonly values: readonly EncodedValue[];
}

/** The version of its class that an outcome was made with, when it is another one and can be migrated. */
export function olderVersion(
  stage: BoundStage,
  { status, fingerprint, basis, items }: StageRecord,
  recorded: RecordedValues,
): string | undefined {
  const { migrations = {} } = stage.blueprint.spec;
  // What is not whole is to be finished, by the present version.
  if (status !== 'succeeded' || (items?.failed ?? 0) > 0) return undefined;
  const code = basis === undefined ? undefined : recorded.get(basis.code);
  const { version: present } = stage.blueprint;
  const known = isRecordedCode(code)
    ? code.version
    : Object.keys(migrations).find((version) => isOfVersion(fingerprint, stage, version));
  return known !== undefined && known !== present && Object.hasOwn(migrations, known)
    ? known
    : undefined;
}

/** Brings the outputs of an older version to the present one; the problem says why they cannot be. */
export async function migrateOutcome(
  { store, views, stage, holdsSecret }: MigrationSite,
  { from, ...record }: StageRecord & { readonly from: string },
): Promise<Result<MigratedOutcome, string>> {
  const migration = stage.blueprint.spec.migrations?.[from];
  const updated = new Set(stage.blueprint.updates.map((name) => updateKey(stage, name)));
  const isUpdate = ({ kind, key }: WriteRecord): boolean => kind === 'patch' || updated.has(key);
  if (migration === undefined || record.writes.some(isUpdate))
    return problem('it changed keys of other stages');
  try {
    const cells = keptCells(store, views, stage.index, record);
    await loadCells(cells);
    const outputs = applyMigration(migration, recordedOutputs(stage, cells));
    const checked = collectOutputs(stage.id, stage.blueprint, outputs);
    if (!checked.ok) return problem(checked.problem.message);
    const writes = toWrites(views, stage, { outputs: checked.value, updates: [] }, holdsSecret);
    if (!writes.ok) return problem(writes.problem.message);
    const { records, values, cells: fresh } = writes.value;
    const { cacheKey: _older, ...kept } = record;
    return success({ record: { ...kept, writes: records }, cells: fresh, values });
  } catch (error) {
    return problem(error instanceof Error ? error.message : String(error));
  }
}

function applyMigration(
  migration: OutputMigration,
  outputs: Readonly<Record<string, unknown>>,
): unknown {
  return typeof migration === 'function' ? migration(outputs) : migration.parse(outputs);
}
