import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type CodedPipeline, definePipeline } from './define-pipeline.ts';
import type { ModelPipeline } from './model-pipeline.ts';
import { faultsOf, PlainStage, stageOf } from './testing-local/stages.ts';
import { ABSENT, FROM_INITIAL, LOOKED_UP } from './wiring.ts';

const NAMED = new Map([
  [FROM_INITIAL, 'initial'],
  [ABSENT, 'absent'],
  [LOOKED_UP, 'looked up'],
]);

function build(
  stages: CodedPipeline['stages'],
  fields: Partial<CodedPipeline> = {},
): ModelPipeline {
  return definePipeline({ name: 'test', ...fields, stages });
}

/** Input or update by name, and the id of the stage that provides it. */
function providers(pipeline: ModelPipeline, id: string): Record<string, string | undefined> {
  const wired = pipeline.wiring.inputs.of(pipeline.stage(id).index);
  return Object.fromEntries(
    wired.map(({ name, provider }) => [name, NAMED.get(provider) ?? pipeline.graph.ids[provider]]),
  );
}

describe('the provider of an input', () => {
  it('is the nearest ancestor that writes the key, however far', () => {
    const writes = stageOf({ out: ['k'] });
    const pipeline = build({
      a: { stage: writes },
      b: { stage: stageOf(), needs: ['a'] },
      c: { stage: writes, needs: ['b'] },
      d: { stage: stageOf({ in: ['k'] }), needs: ['c'] },
      e: { stage: stageOf({ in: ['k'] }), needs: ['d'] },
      early: { stage: stageOf({ in: ['k'] }), needs: ['b'] },
    });
    expect(providers(pipeline, 'd')).toEqual({ k: 'c' });
    expect(providers(pipeline, 'e')).toEqual({ k: 'c' });
    expect(providers(pipeline, 'early')).toEqual({ k: 'a' });
    expect(pipeline.wiring.writersOf.get('k')).toEqual([0, 2]);
  });

  it('is never a stage beside or after the reader, even when it is declared first', () => {
    const pipeline = build(
      {
        beside: { stage: stageOf({ out: ['k'] }), needs: ['reader'] },
        reader: { stage: stageOf({ in: ['k'] }) },
      },
      { context: { k: 1 } },
    );
    expect(providers(pipeline, 'reader')).toEqual({ k: 'initial' });
  });

  it('is the initial context when no ancestor writes it, given or listed as an input', () => {
    const stages = { a: { stage: stageOf({ in: ['k'] }) } };
    expect(providers(build(stages, { context: { k: 1 } }), 'a')).toEqual({ k: 'initial' });
    expect(providers(build(stages, { inputs: ['k'] }), 'a')).toEqual({ k: 'initial' });
  });

  it('may be absent for an optional input only', () => {
    const pipeline = build({ a: { stage: stageOf({ in: ['k?'] }) } });
    expect(providers(pipeline, 'a')).toEqual({ k: 'absent' });
    // z.unknown() takes an absent key too, yet nobody called it optional.
    const inputs = z.object({ k: z.unknown(), d: z.number().default(1), n: z.number().nullish() });
    const [fault, ...others] = faultsOf({ a: { stage: stageOf({}, { inputs }) } });
    expect(fault?.message).toBe('stage "a" reads "k", which no stage before it writes');
    expect(others).toEqual([]);
  });

  it('is looked up later below a stage that declares nothing', () => {
    const pipeline = build(
      {
        plain: { stage: PlainStage },
        writer: { stage: stageOf({ out: ['k'] }), needs: ['plain'] },
        reader: { stage: stageOf({ in: ['k', 'any'], updates: ['log'] }), needs: ['writer'] },
        beside: { stage: stageOf({ in: ['k'] }) },
      },
      { context: { k: 0 } },
    );
    expect(providers(pipeline, 'reader')).toEqual({
      k: 'looked up',
      any: 'looked up',
      log: 'looked up',
    });
    expect(providers(pipeline, 'beside')).toEqual({ k: 'initial' });
    expect(pipeline.wiring.hasUndeclared).toBe(true);
  });

  it('of an update is the update before it', () => {
    const updates = stageOf({ updates: ['log'] });
    const pipeline = build({
      start: { stage: stageOf({ out: ['log'] }) },
      a: { stage: updates, needs: ['start'] },
      b: { stage: updates, needs: ['a'] },
    });
    expect(providers(pipeline, 'a')).toEqual({ log: 'start' });
    expect(providers(pipeline, 'b')).toEqual({ log: 'a' });
    expect(pipeline.wiring.hasUndeclared).toBe(false);
  });

  it('follows renames, so that one class can be used twice', () => {
    const doubles = stageOf({ in: ['from'], out: ['to'], updates: ['log'] });
    const pipeline = build(
      {
        first: { stage: doubles, reads: { from: 'x', log: 'log 1' }, writes: { to: '__proto__' } },
        second: {
          stage: doubles,
          needs: ['first'],
          reads: { from: '__proto__', log: 'log 1' },
          writes: { to: 'constructor' },
        },
        third: { stage: stageOf({ in: ['constructor'] }), needs: ['second'] },
      },
      { context: { x: 1, 'log 1': 1 } },
    );
    expect(providers(pipeline, 'first')).toEqual({ from: 'initial', log: 'initial' });
    expect(providers(pipeline, 'second')).toEqual({ from: 'first', log: 'first' });
    expect(providers(pipeline, 'third')).toEqual({ constructor: 'second' });
    expect([...pipeline.wiring.writersOf.keys()]).toEqual(['__proto__', 'log 1', 'constructor']);
  });

  it.each(['constructor', 'toString', 'then', 'größe', 'a key'])('works for the key %j', (key) => {
    const pipeline = build({
      w: { stage: stageOf({ out: [key] }) },
      r: { stage: stageOf({ in: [key] }), needs: ['w'] },
    });
    expect(providers(pipeline, 'r')).toEqual({ [key]: 'w' });
    const [fault] = faultsOf({ r: { stage: stageOf({ in: [key] }) } });
    expect(fault?.code).toBe('INPUT_MISSING');
  });
});

describe('a missing input', () => {
  const reader = stageOf({ in: ['bars'] });

  it.each([
    [
      'points at a writer that is not before it',
      { ingest: { stage: stageOf({ out: ['bars'] }) }, score: { stage: reader } },
      'stage "ingest" writes it: add it to needs',
    ],
    [
      'warns of a writer that comes after it',
      {
        score: { stage: reader },
        late: { stage: stageOf({ out: ['bars'] }), needs: ['score'] },
      },
      'stage "late" writes it, but needs this stage: turn their order round, or give a first value under context:',
    ],
    [
      'says so when only the stage itself writes it',
      { score: { stage: stageOf({ in: ['bars'], out: ['bars'] }) } },
      'only the stage itself writes it: give a first value under context:',
    ],
    [
      'suggests a near key that the stage sees',
      {
        ingest: { stage: stageOf({ out: ['bar'] }) },
        score: { stage: reader, needs: ['ingest'] },
      },
      'did you mean "bar"?',
    ],
    [
      'lists the ways out otherwise',
      { score: { stage: reader } },
      'give it under context:, list it in inputs:, or add a stage that writes it',
    ],
  ])('%s', (_, stages, help) => {
    const [fault, ...others] = faultsOf(stages as CodedPipeline['stages']);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({
      code: 'INPUT_MISSING',
      message: 'stage "score" reads "bars", which no stage before it writes',
      path: expect.arrayContaining(['stages', 'score']),
      help,
    });
  });

  it('is told at the dependencies where one more would do', () => {
    const ingest = { stage: stageOf({ out: ['bars'] }) };
    const [fault] = faultsOf({ ingest, score: { stage: reader, needs: [] } });
    expect(fault?.path).toEqual(['stages', 'score', 'needs']);
  });

  it('is told where it is renamed', () => {
    const [fault] = faultsOf({ score: { stage: reader, reads: { bars: 'brs' } } });
    expect(fault).toMatchObject({
      message: 'stage "score" reads "brs", which no stage before it writes',
      path: ['stages', 'score', 'reads', 'bars'],
      pointsAtKey: false,
    });
  });

  it('is reported for an update too, and once per key', () => {
    const faults = faultsOf({ a: { stage: stageOf({ in: ['x'], updates: ['y'] }) } });
    expect(faults.map(({ message }) => message)).toEqual([
      'stage "a" reads "x", which no stage before it writes',
      'stage "a" reads "y", which no stage before it writes',
    ]);
  });
});

describe('writers of one key', () => {
  const writes = stageOf({ out: ['k'] });

  it('may follow each other, also at a distance', () => {
    const pipeline = build({
      c: { stage: writes, needs: ['mid'] },
      mid: { stage: stageOf(), needs: ['a'] },
      a: { stage: writes },
    });
    expect(pipeline.wiring.writersOf.get('k')).toEqual([2, 0]);
  });

  it('are refused when no dependency orders them, with both named and a way out', () => {
    const [fault, ...others] = faultsOf({
      root: { stage: stageOf() },
      left: { stage: writes, needs: ['root'] },
      right: { stage: stageOf({ out: ['sum'] }), needs: ['root'], writes: { sum: 'k' } },
      join: { stage: stageOf({ in: ['k'] }), needs: ['left', 'right'] },
    });
    expect(others).toEqual([]);
    expect(fault).toMatchObject({
      code: 'WRITE_CONFLICT',
      message: 'stages "left" and "right" both write "k", and neither needs the other',
      path: ['stages', 'right'],
      help: 'let one need the other, or rename the key of one: writes: { "sum": "k_2" }',
      related: [{ message: 'the other writer', path: ['stages', 'left'] }],
    });
  });

  it('are told once per key, however many there are', () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`s${at}`, { stage: stageOf({ out: ['k', 'm'] }) }]),
    );
    expect(faultsOf(many).map(({ code }) => code)).toEqual(['WRITE_CONFLICT', 'WRITE_CONFLICT']);
  });

  it('include those that update it, which no rename can part', () => {
    const updates = stageOf({ updates: ['log'] });
    const [fault] = faultsOf(
      { a: { stage: updates }, b: { stage: updates } },
      { context: { log: 0 } },
    );
    expect(fault).toMatchObject({ code: 'WRITE_CONFLICT', help: 'let one need the other' });
  });

  it.each([
    ['two outputs', { out: ['a', 'b'] }, { writes: { b: 'a' } }, 'as "a" and "b"', 'writes/b'],
    ['an output and an update', { out: ['a'], updates: ['a'] }, {}, 'as "a" and "a"', ''],
    [
      'a renamed update',
      { out: ['a'], updates: ['log'] },
      { reads: { log: 'a' } },
      'as "a" and "log"',
      'reads/log',
    ],
  ])('must be one within a stage as well: %s', (_, keys, renames, what, place) => {
    const faults = faultsOf(
      { s: { stage: stageOf(keys), ...renames } },
      { context: { a: 0, log: 0 } },
    );
    expect(faults).toMatchObject([
      { code: 'WRITE_CONFLICT', message: `stage "s" writes "a" twice, ${what}` },
    ]);
    expect(faults[0]?.path.join('/')).toBe(`stages/s${place === '' ? '' : `/${place}`}`);
  });
});
