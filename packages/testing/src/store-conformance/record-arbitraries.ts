import {
  ATTEMPT_STATUSES,
  type AttemptRecord,
  asRunId,
  asStageId,
  BASIS_KINDS,
  type FailureRecord,
  ITEM_STATUSES,
  type ItemCounts,
  type ItemRecord,
  type NewRun,
  type PlanCounts,
  type RunEvent,
  type RunSource,
  type StageBasis,
  type StageOrigin,
  type StageRecord,
  type ThrownRecord,
  type WriteRecord,
} from '@millrace/core';
import { fc } from '../fast-check.ts';
import { newRun, RUN, WEIRD_NAMES } from './samples.ts';

/** Objects as a program makes them; without it some have no prototype. */
const PLAIN = { noNullPrototype: true } as const;

/** Any id that core accepts: well-formed, without control characters, not blank at its ends. */
const name = fc.oneof(
  fc.constantFrom(...WEIRD_NAMES),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => text === text.trim() && !/\p{C}/u.test(text)),
);
const stage = name.map(asStageId);
/** Messages come from anywhere: half surrogates and NUL among them. */
const anyText = fc.string({ unit: 'binary', maxLength: 30 });
const timeMs = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
const durationMs = fc.double({ min: 0, max: 1e9, noNaN: true });
const count = fc.integer({ min: 1, max: 2 ** 31 });
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);

const write = fc.record<WriteRecord>(
  { key: name, kind: fc.constantFrom('value', 'patch'), hash },
  PLAIN,
);

const thrown: fc.Arbitrary<ThrownRecord> = fc.letrec<{ thrown: ThrownRecord }>((tie) => ({
  thrown: fc.record(
    {
      name: anyText,
      message: anyText,
      code: anyText,
      stack: anyText,
      cause: fc.oneof({ maxDepth: 3 }, tie('thrown'), tie('thrown')),
    },
    { ...PLAIN, requiredKeys: ['name', 'message'] },
  ),
})).thrown;

const failure: fc.Arbitrary<FailureRecord> = fc.record(
  {
    reason: fc.constantFrom('threw', 'timed-out', 'invalid-output'),
    code: fc.constantFrom('STAGE_THREW', 'STAGE_TIMED_OUT'),
    phase: fc.constantFrom('setup', 'run', 'teardown'),
    message: anyText,
    help: anyText,
    thrown,
    issues: fc.array(fc.record({ path: anyText, message: anyText }, PLAIN), { maxLength: 3 }),
  },
  { ...PLAIN, requiredKeys: ['reason', 'code', 'phase', 'message'] },
);

/** Through JSON, because overrides are plain data as they come from a file. */
const overrides = fc
  .dictionary(name, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
  .map((data): Record<string, unknown> => JSON.parse(JSON.stringify(data)));

const source: fc.Arbitrary<RunSource> = fc.record(
  { file: name, cwd: name, overrides },
  { ...PLAIN, requiredKeys: [] },
);

export const anyRun: fc.Arbitrary<NewRun> = fc
  .record(
    { pipeline: name, source, context: fc.array(write, { maxLength: 5 }), createdAt: timeMs },
    PLAIN,
  )
  .map(newRun);

const basis: fc.Arbitrary<StageBasis> = fc.record(
  {
    code: fc.oneof(fc.constant(''), hash),
    params: fc.oneof(fc.constant(''), hash),
    read: fc.array(anyText, { maxLength: 3 }),
    inputs: fc.array(
      fc.tuple(fc.constantFrom(...BASIS_KINDS), anyText, fc.oneof(fc.constant(''), hash)),
      { maxLength: 4 },
    ),
    files: fc.array(fc.tuple(anyText, anyText), { maxLength: 3 }),
  },
  { ...PLAIN, requiredKeys: ['code', 'params', 'inputs'] },
);

const origin = fc.record<StageOrigin>({ runId: name.map(asRunId), attempt: fc.nat() }, PLAIN);

const items = fc.record<ItemCounts>({ total: fc.nat(), failed: fc.nat(), kept: fc.nat() }, PLAIN);

export const anyItems: fc.Arbitrary<ItemRecord[]> = fc.uniqueArray(
  fc.record<ItemRecord>(
    {
      stage: fc.constant(asStageId('map')),
      key: anyText.filter((text) => text.isWellFormed()),
      attempt: count,
      status: fc.constantFrom(...ITEM_STATUSES),
      tries: fc.nat(),
      startedAt: timeMs,
      durationMs,
      itemHash: fc.oneof(fc.constant(''), hash),
      basis: hash,
      result: hash,
      failure,
    },
    {
      ...PLAIN,
      requiredKeys: [
        'stage',
        'key',
        'attempt',
        'status',
        'tries',
        'startedAt',
        'durationMs',
        'itemHash',
        'basis',
      ],
    },
  ),
  { selector: (record) => record.key, maxLength: 6 },
);

export const anyStages: fc.Arbitrary<StageRecord[]> = fc.uniqueArray(
  fc.record<StageRecord>(
    {
      stage,
      status: fc.constantFrom('succeeded', 'failed', 'skipped', 'cancelled'),
      attempt: fc.nat(),
      fence: count,
      startedAt: timeMs,
      finishedAt: timeMs,
      durationMs,
      fingerprint: fc.oneof(fc.constant(''), hash),
      writes: fc.array(write, { maxLength: 4 }),
      fallback: fc.boolean(),
      failure,
      reason: name,
      basis,
      cacheKey: fc.oneof(name, hash),
      origin,
      items,
    },
    {
      ...PLAIN,
      requiredKeys: [
        'stage',
        'status',
        'attempt',
        'fence',
        'finishedAt',
        'durationMs',
        'fingerprint',
        'writes',
        'fallback',
      ],
    },
  ),
  { selector: (record) => record.stage, maxLength: 6 },
);

export const anyAttempts: fc.Arbitrary<AttemptRecord[]> = fc.uniqueArray(
  fc.record<AttemptRecord>(
    {
      stage,
      attempt: count,
      fence: count,
      status: fc.constantFrom(...ATTEMPT_STATUSES),
      startedAt: timeMs,
      finishedAt: timeMs,
      failure,
    },
    { ...PLAIN, requiredKeys: ['stage', 'attempt', 'fence', 'status', 'startedAt'] },
  ),
  { selector: (record) => `${record.attempt} ${record.stage}`, maxLength: 6 },
);

const planCounts = fc.record<PlanCounts>(
  { run: fc.nat(), reuse: fc.nat(), skip: fc.nat(), undecided: fc.nat() },
  PLAIN,
);

/** Events that between them have every kind of field. */
export const anyEvents: fc.Arbitrary<RunEvent[]> = fc
  .array(
    fc.oneof(
      fc.record({ type: fc.constant('run.started'), pipeline: name, stages: fc.nat() }, PLAIN),
      fc.record({ type: fc.constant('run.resumed'), pipeline: name, plan: planCounts }, PLAIN),
      fc.record(
        { type: fc.constant('stage.started'), stage, attempt: count, reason: anyText },
        { ...PLAIN, requiredKeys: ['type', 'stage', 'attempt'] },
      ),
      fc.record(
        {
          type: fc.constant('stage.skipped'),
          stage,
          reason: anyText,
          condition: fc.constant(true),
        },
        { ...PLAIN, requiredKeys: ['type', 'stage', 'reason'] },
      ),
      fc.record(
        { type: fc.constant('stage.reused'), stage, reason: anyText, from: name.map(asRunId) },
        { ...PLAIN, requiredKeys: ['type', 'stage', 'reason'] },
      ),
      fc.record(
        {
          type: fc.constant('stage.progress'),
          stage,
          attempt: count,
          fraction: fc.double({ min: 0, max: 1, noNaN: true }),
          message: anyText,
        },
        { ...PLAIN, requiredKeys: ['type', 'stage', 'attempt'] },
      ),
      fc.record(
        {
          type: fc.constant('stage.failed'),
          stage,
          attempt: count,
          durationMs,
          failure,
          critical: fc.boolean(),
          fallback: fc.boolean(),
        },
        PLAIN,
      ),
    ),
    { maxLength: 6 },
  )
  .map((events) =>
    events.map((event, place) => ({ ...event, seq: place + 1, at: 1e12, runId: RUN }) as RunEvent),
  );
