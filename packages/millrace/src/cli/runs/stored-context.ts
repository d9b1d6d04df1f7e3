import {
  type CheckpointStore,
  decodeValue,
  MillraceError,
  type RunRecord,
  viewValue,
  type WriteRecord,
} from '@millrace/core';

/**
 * The context of a run as far as it came, by key: each as its last writer left it. Writers of one key
 * depend on each other, so the order of commit is theirs.
 * @throws MillraceError CHECKPOINT_CORRUPT
 */
export async function readStoredContext(
  store: CheckpointStore,
  run: RunRecord,
): Promise<ReadonlyMap<string, unknown>> {
  const values = new Map<string, unknown>();
  const stages = await store.loadStages(run.id);
  for (const write of [...run.context, ...stages.flatMap(({ writes }) => writes)]) {
    const value = await readValue(store, write);
    values.set(write.key, write.kind === 'value' ? value : patched(values.get(write.key), value));
  }
  return new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function readValue(store: CheckpointStore, { key, hash }: WriteRecord): Promise<unknown> {
  const encoded = await store.loadValue(hash);
  const decoded = encoded === undefined ? undefined : decodeValue(encoded);
  if (decoded?.ok === true) return viewValue(decoded.value);
  const why = decoded?.problem.message ?? 'its value is not in the store';
  throw new MillraceError('CHECKPOINT_CORRUPT', `${JSON.stringify(key)} cannot be read: ${why}`, {
    details: { key, hash },
  });
}

interface Patch {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
}

/** Immer's patches on plain data; a value with anything else in it is stored whole. */
function patched(before: unknown, patches: unknown): unknown {
  const root: Record<string, unknown> = { value: structuredClone(before) };
  for (const { op, path, value } of patches as readonly Patch[]) {
    const steps = ['value', ...path];
    const last = steps.pop() ?? 'value';
    let parent: unknown = root;
    for (const step of steps) parent = Reflect.get(Object(parent), step);
    applyPatch(Object(parent), last, { op, value: structuredClone(value) });
  }
  return root.value;
}

function applyPatch(
  parent: object,
  key: string | number,
  { op, value }: Pick<Patch, 'op' | 'value'>,
): void {
  if (Array.isArray(parent) && op !== 'replace' && key !== 'length') {
    if (op === 'add') parent.splice(Number(key), 0, value);
    else parent.splice(Number(key), 1);
  } else if (op === 'remove') {
    Reflect.deleteProperty(parent, key);
  } else {
    Reflect.set(parent, key, value);
  }
}
