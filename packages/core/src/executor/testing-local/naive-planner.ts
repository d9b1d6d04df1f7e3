import { conditionHolds, type DrawnStage } from './drawn-pipeline.ts';
import { type NaiveCell, NaiveContext, type NaiveReads } from './naive-context.ts';

/** An outcome that succeeded, and all that it rests on. */
export interface NaiveRecord {
  readonly stage: DrawnStage;
  readonly reads: NaiveReads;
  readonly cells: readonly NaiveCell[];
  readonly attempt: number;
}

export interface NaiveRequest {
  readonly stages: readonly DrawnStage[];
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
  /** Some stage ran without an input that it asks for, and so fails. */
  readonly isStarved: boolean;
}

const SKIPPED: NaiveOutcome = { end: 'skipped', record: undefined, changed: undefined };
const LEFT_OUT: NaiveOutcome = { end: 'left out', record: undefined, changed: undefined };

/** What a run, or the rest of one, comes to when nothing fails: decided stage after stage, by what is read. */
export function planNaively(request: NaiveRequest): NaivePlan {
  const context = new NaiveContext(request.stages);
  const outcomes = new Map<string, NaiveOutcome>();
  let isStarved = false;
  for (const stage of request.stages) {
    const outcome = decide(stage, request, { context, outcomes });
    outcomes.set(stage.id, outcome);
    isStarved ||= outcome.end === 'ran' && lacksInput(stage, context);
    const attempt = outcome.record?.attempt ?? request.attempts.get(stage.id) ?? 0;
    context.write({ id: stage.id, cells: outcome.record?.cells ?? [], attempt });
  }
  const final = [...context.view()].map(([key, { value }]) => [key, value]);
  return { outcomes, context: Object.fromEntries(final), isStarved };
}

/** What a new run comes to, without outcomes of others. */
export function runNaively(stages: readonly DrawnStage[]): NaivePlan {
  const none = { records: new Map(), attempts: new Map(), pool: [], dropped: new Set<string>() };
  return planNaively({ stages, ...none, selected: undefined, isForced: false });
}

function lacksInput({ id, reads }: DrawnStage, context: NaiveContext): boolean {
  const view = context.view(id);
  return (reads ?? []).some(
    ({ keys, gathers, optional }) => !gathers && !optional && !view.has(keys[0] ?? ''),
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
  const view = context.view(id);
  return Object.fromEntries(
    (reads ?? []).flatMap(({ keys, gathers }, at): [string, unknown][] => {
      if (gathers) return [[`i${at}`, keys.map((key) => view.get(key)?.value)]];
      const cell = view.get(keys[0] ?? '');
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
