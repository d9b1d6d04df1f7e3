import type { StageRecord } from '../checkpoint/index.ts';
import { type KeyVersions, shortHash } from '../history/key-versions.ts';
import { type RecordedRead, RecordedReads } from '../history/recorded-reads.ts';
import { WiredView } from '../history/wired-view.ts';
import { type BoundStage, type ModelPipeline, wiredInputs } from '../pipeline/index.ts';
import type { NamedSlot } from './capsule.ts';
import type { ValueCollector } from './value-collector.ts';

/** So large may a value be that the stage does not declare and can look up nevertheless, unless more is asked for. */
export const MOST_LOOKED_UP_BYTES = 1024 * 1024;

export interface SeenSlots {
  readonly inputs: readonly NamedSlot[];
  readonly updates: readonly NamedSlot[];
  readonly context: readonly NamedSlot[];
}

interface SlotRequest {
  readonly pipeline: ModelPipeline;
  readonly stage: BoundStage;
  readonly versions: KeyVersions;
  /** That of the attempt, if it ended the stage; only of one that succeeded it tells what was read. */
  readonly record: StageRecord | undefined;
  readonly startedAt: number | undefined;
  readonly collector: ValueCollector;
  /** Also large values that the stage does not declare. */
  readonly isWhole: boolean;
}

/**
 * What an attempt read, or could read where no reads are on record. Reads on record go by the hash of the
 * value: a resume may have written the key anew since.
 */
export async function seenSlots(request: SlotRequest): Promise<SeenSlots> {
  const { pipeline, stage } = request;
  const view = new WiredView(pipeline, stage, request.versions);
  const recorded = recordedReads(request, view);
  const declared = new Map(view.declared().map((read) => [read.name, read]));
  const slots: { inputs: NamedSlot[]; updates: NamedSlot[] } = { inputs: [], updates: [] };
  for (const name of wiredInputs(pipeline, stage.index).keys()) {
    const read = recorded?.get(`input ${name}`) ?? declared.get(name);
    const isUpdate = stage.blueprint.updates.includes(name);
    const slot = await slotOf(request, name, read, Number.POSITIVE_INFINITY);
    (isUpdate ? slots.updates : slots.inputs).push(slot);
  }
  return { ...slots, context: await contextSlots(request, view, recorded) };
}

type ReadsByName = ReadonlyMap<string, RecordedRead>;

function recordedReads(
  { record, versions }: SlotRequest,
  view: WiredView,
): ReadsByName | undefined {
  if (record?.basis === undefined) return undefined;
  const reads = new RecordedReads(versions);
  return new Map(
    record.basis.inputs.flatMap((entry) => {
      const [kind, name] = entry;
      if (kind !== 'input' && kind !== 'key') return [];
      return [[`${kind} ${name}`, reads.find(entry, record, view.keyOf(entry))] as const];
    }),
  );
}

async function contextSlots(
  request: SlotRequest,
  view: WiredView,
  recorded: ReadsByName | undefined,
): Promise<readonly NamedSlot[]> {
  const { stage, isWhole } = request;
  // A stage without declared inputs finds all of them here.
  const isBounded = stage.blueprint.inputs !== undefined && !isWhole;
  const mostBytes = isBounded ? MOST_LOOKED_UP_BYTES : Number.POSITIVE_INFINITY;
  const slots = new Map<string, NamedSlot>();
  for (const version of view.visible()) {
    for (const name of namesOf(stage, version.key)) {
      const read = { name, hash: version.cell.hash, version, isKeySure: true };
      const isUnread = recorded !== undefined && !recorded.has(`key ${name}`);
      slots.set(
        name,
        isUnread
          ? { name, kind: 'left-out', why: 'unread' }
          : await slotOf(request, name, read, mostBytes),
      );
    }
  }
  for (const [entry, read] of recorded ?? []) {
    if (!entry.startsWith('key ')) continue;
    slots.set(read.name, await slotOf(request, read.name, read, Number.POSITIVE_INFINITY));
  }
  return [...slots.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function slotOf(
  { collector, startedAt = Number.POSITIVE_INFINITY }: SlotRequest,
  name: string,
  read: RecordedRead | undefined,
  mostBytes: number,
): Promise<NamedSlot> {
  if (read === undefined || read.hash === '') return { name, kind: 'absent' };
  const { version, hash } = read;
  if (version === undefined) return { name, kind: 'left-out', why: 'replaced' };
  const encoded = await collector.add(version, mostBytes);
  if (!encoded.ok) return { name, kind: 'left-out', why: encoded.problem };
  // What is on record to have been read was there, whenever its writer was committed.
  const isOnRecord = hash === shortHash(version.cell.hash);
  return {
    name,
    kind: 'value',
    hash: encoded.value.hash,
    key: version.key,
    writer: version.writer?.stage ?? null,
    isLater: !isOnRecord && (version.writer?.finishedAt ?? 0) > startedAt,
  };
}

/** By which names a stage finds a key of the context: within a pipeline of its own they are others. */
function namesOf({ definition, reads }: BoundStage, key: string): readonly string[] {
  const { namespace } = definition;
  if (namespace === undefined) return [key];
  const renamed = [...reads].flatMap(([name, read]) => (read === key ? [name] : []));
  return key.startsWith(namespace) ? [...renamed, key.slice(namespace.length)] : renamed;
}
