import { conditionHolds, type Drawn, type DrawnStage, INITIAL_KEYS } from './drawn-pipeline.ts';
import { type NaiveCell, NaiveContext, type NaiveReads } from './naive-context.ts';

/** An outcome that succeeded, and all that it rests on. */
export interface NaiveRecord {
  readonly stage: DrawnStage;
  readonly reads: NaiveReads;
  readonly cells: readonly NaiveCell[];
  readonly attempt: number;
}

export interface NaiveRequest {
  readonly drawn: Drawn;
  /** By stage. */
  readonly records: ReadonlyMap<string, NaiveRecord>;
  /** Newest attempt of each stage so far. */
  readonly attempts: ReadonlyMap<string, number>;
  /** Outcomes that may be taken over. */
  readonly pool: readonly NaiveRecord[];
  /** Undefined: all. */
  readonly selected: ReadonlySet<string> | undefined;
  readonly isForced: boolean;
  /** Stages that are not selected and cannot be kept as they were. */
  readonly dropped: ReadonlySet<string>;
}

export type NaiveEnd = 'ran' | 'kept' | 'taken' | 'skipped' | 'left out';

export interface NaiveOutcome {
  readonly end: NaiveEnd;
  readonly record: NaiveRecord | undefined;
  /** Names of what it read that is another now; undefined when it never succeeded or is another itself. */
  readonly changed: readonly string[] | undefined;
}

export interface NaivePlan {
  readonly outcomes: ReadonlyMap<string, NaiveOutcome>;
  readonly context: Readonly<Record<string, unknown>>;
  /** Every stage that runs gets the inputs that it asks for, and no plan is refused for want of a writer. */
  readonly isSound: boolean;
}

const SKIPPED: NaiveOutcome = { end: 'skipped', record: undefined, changed: undefined };
const LEFT_OUT: NaiveOutcome = { end: 'left out', record: undefined, changed: undefined };

/** What a run, or the rest of one, comes to when nothing fails: decided stage after stage, by what is read. */
export function planNaively(request: NaiveRequest): NaivePlan {
  const context = new NaiveContext(request.drawn);
  const outcomes = new Map<string, NaiveOutcome>();
  let isSound = true;
  for (const stage of request.drawn.stages) {
    const outcome = decide(stage, request, { context, outcomes });
    outcomes.set(stage.id, outcome);
    isSound &&= !lacksWriter(stage, context);
    isSound &&= outcome.end !== 'ran' || !lacksInput(stage, context);
    const attempt = outcome.record?.attempt ?? request.attempts.get(stage.id) ?? 0;
    context.write({ id: stage.id, cells: outcome.record?.cells ?? [], attempt });
  }
  const final = [...context.view()].map(([key, { value }]) => [key, value]);
  return { outcomes, context: Object.fromEntries(final), isSound };
}

/** What a new run comes to, without outcomes of others. */
export function runNaively(drawn: Drawn): NaivePlan {
  const none = { records: new Map(), attempts: new Map(), pool: [], dropped: new Set<string>() };
  return planNaively({ drawn, ...none, selected: undefined, isForced: false });
}

/** A pipeline in which nobody may write what a stage asks for is refused. */
function lacksWriter(stage: DrawnStage, context: NaiveContext): boolean {
  const { id, reads, update } = stage;
  if (context.isBelowUndeclared(id)) return false;
  const asked = (reads ?? []).filter(({ optional }) => !optional).flatMap(({ keys }) => keys);
  const keys = update === undefined ? asked : [...asked, update];
  return keys.some(
    (key) =>
      !INITIAL_KEYS.some((initial) => initial === key) && context.provider(id, key) === undefined,
  );
}

function lacksInput({ id, reads }: DrawnStage, context: NaiveContext): boolean {
  return (reads ?? []).some(
    ({ keys, gathers, optional }) =>
      !gathers && !optional && context.declared(id, keys[0] ?? '') === undefined,
  );
}

interface SoFar {
  readonly context: NaiveContext;
  readonly outcomes: ReadonlyMap<string, NaiveOutcome>;
}

function decide(stage: DrawnStage, request: NaiveRequest, soFar: SoFar): NaiveOutcome {
  const { records, selected, dropped, attempts, pool, isForced } = request;
  const { context } = soFar;
  const { id } = stage;
  const record = records.get(id);
  const reads = context.reads(stage);
  if (selected !== undefined && !selected.has(id)) {
    const isLeft = record === undefined || dropped.has(id);
    return isLeft ? LEFT_OUT : { end: 'kept', record, changed: [] };
  }
  const blocked = blockedBy(stage, soFar);
  if (blocked !== undefined) return blocked;
  if (!conditionHolds(stage, conditionInputs(stage, context))) return SKIPPED;
  const isSame = record !== undefined && isSameStage(record, stage);
  const changed = isSame ? changedNames(record.reads, reads) : undefined;
  if (!isForced && record !== undefined && changed?.length === 0)
    return { end: 'kept', record, changed };
  const attempt = attempts.get(id) ?? 0;
  const found = isForced || !stage.cacheable ? undefined : findCached(stage, reads, pool);
  if (found !== undefined)
    return { end: 'taken', changed, record: { stage, reads, cells: found.cells, attempt } };
  const cells = context.perform(stage);
  return { end: 'ran', changed, record: { stage, reads, cells, attempt: attempt + 1 } };
}

/** Left out for want of what is not selected, or skipped with what a condition skipped. */
function blockedBy(stage: DrawnStage, { context, outcomes }: SoFar): NaiveOutcome | undefined {
  const ends = new Map(stage.needs.map((need) => [need, outcomes.get(need)?.end]));
  if ([...ends.values()].includes('left out')) return LEFT_OUT;
  const skipped = stage.needs.filter((need) => ends.get(need) === 'skipped');
  return skipped.every((need) => doesWithout(stage, need, context)) ? undefined : SKIPPED;
}

/** It reads something of the other, and all of that is optional and alone. */
function doesWithout(stage: DrawnStage, other: string, context: NaiveContext): boolean {
  if (context.isBelowUndeclared(stage.id)) return false;
  const isFrom = (key: string): boolean => context.provider(stage.id, key) === other;
  if (stage.update !== undefined && isFrom(stage.update)) return false;
  const read = (stage.reads ?? []).filter(({ keys }) => keys.some(isFrom));
  return read.length > 0 && read.every(({ optional, gathers }) => optional && !gathers);
}

function conditionInputs(
  { id, reads }: DrawnStage,
  context: NaiveContext,
): Record<string, unknown> {
  return Object.fromEntries(
    (reads ?? []).flatMap(({ keys, gathers }, at): [string, unknown][] => {
      if (gathers) return [[`i${at}`, keys.map((key) => context.declared(id, key)?.value)]];
      const cell = context.declared(id, keys[0] ?? '');
      return cell === undefined ? [] : [[`i${at}`, cell.value]];
    }),
  );
}

/** Code, params that were read, which there are, what is written, and the file. */
function isSameStage({ stage: before }: NaiveRecord, stage: DrawnStage): boolean {
  const names = (params: DrawnStage['params']): string => Object.keys(params).sort().join();
  return (
    before.version === stage.version &&
    before.output?.key === stage.output?.key &&
    before.file === stage.file &&
    names(before.params) === names(stage.params) &&
    before.paramsRead.every((name) => before.params[name] === stage.params[name])
  );
}

/** What was read then and is another now, and what is read now and was not then. */
function changedNames(before: NaiveReads, now: NaiveReads): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => {
    const isNew = !Object.hasOwn(before, name);
    // A key that is gone from the declaration counts as one that nobody wrote.
    return isNew ? !name.startsWith('key') : before[name] !== (now[name] ?? '');
  });
}

/** By everything but what the stage needs without reading it. */
function findCached(
  stage: DrawnStage,
  reads: NaiveReads,
  pool: readonly NaiveRecord[],
): NaiveRecord | undefined {
  const declared = (all: NaiveReads): string =>
    JSON.stringify(Object.entries(all).filter(([name]) => name.startsWith('input ')));
  return pool.find(
    (record) =>
      record.stage.id === stage.id &&
      record.stage.cacheable &&
      isSameStage(record, stage) &&
      declared(record.reads) === declared(reads) &&
      changedNames(record.reads, reads).every((name) => name === 'needs'),
  );
}
