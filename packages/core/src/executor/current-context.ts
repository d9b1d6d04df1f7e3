import type { EncodedValue } from '../base/codec/index.ts';
import type { CheckpointStore, RunRecord, WriteRecord } from '../checkpoint/index.ts';
import type { Cell } from '../context/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import type { ContextChange } from '../plan/index.ts';
import type { HoldsSecret } from './holds-secret.ts';
import { RecordedValues } from './recorded-values.ts';
import { sealContext } from './seal-initial-context.ts';
import { StoredCell } from './stored-cell.ts';

/** What the initial context of a run is from now on, where it differs from what is on record. */
export interface ContextUpdate {
  readonly records: readonly WriteRecord[];
  readonly values: readonly EncodedValue[];
}

/** The initial context that a run goes on with. */
export interface CurrentContext {
  readonly cells: readonly Cell[];
  /** Undefined when nothing changed. */
  readonly update: ContextUpdate | undefined;
  /** By key. */
  readonly changes: ReadonlyMap<string, ContextChange>;
}

/**
 * What is on record, and over it what the definition gives otherwise by now, or does not give any more. A key
 * that the caller gave when the run was started keeps its value.
 * @throws MillraceError SECRET_IN_VALUE, VALUE_UNSTORABLE
 */
export async function currentContext(
  store: CheckpointStore,
  { definition }: ModelPipeline,
  { context, source }: RunRecord,
  holdsSecret: HoldsSecret | undefined,
): Promise<CurrentContext> {
  const given = new Set(source.given ?? []);
  const earlier = new Map(context.map((write) => [write.key, write]));
  const own = Object.entries(definition.context).filter(([key]) => !given.has(key));
  const sealed = sealContext(own, holdsSecret);
  const fresh = sealed.cells.filter(({ key, hash }) => earlier.get(key)?.hash !== hash);
  const isKept = ({ key }: WriteRecord): boolean =>
    given.has(key) || Object.hasOwn(definition.context, key);
  const kept = context.filter(isKept);
  const stored = (write: WriteRecord): Cell => new StoredCell(store, write, undefined, undefined);
  if (fresh.length === 0 && kept.length === context.length) {
    return { cells: context.map(stored), update: undefined, changes: new Map() };
  }
  // They explain only: one that cannot be read counts as unknown.
  const recorded = new RecordedValues(store);
  const cells = new Map<string, Cell>(kept.map((write) => [write.key, stored(write)]));
  const changes = new Map<string, ContextChange>();
  for (const write of context) {
    if (isKept(write)) continue;
    const before = await recorded.load(write.hash, write.short);
    changes.set(write.key, { before, after: undefined });
  }
  for (const cell of fresh) {
    const { hash = '', short } = earlier.get(cell.key) ?? {};
    const before = await recorded.load(hash, short);
    changes.set(cell.key, { before, after: cell.sealed.value });
    cells.set(cell.key, cell);
  }
  const isFresh = new Set(fresh.map(({ hash }) => hash));
  const records = [...cells.values()].map(
    ({ key, hash }): WriteRecord => ({ key, kind: 'value', hash }),
  );
  const values = sealed.values.filter(({ hash }) => isFresh.has(hash));
  return { cells: [...cells.values()], update: { records, values }, changes };
}
