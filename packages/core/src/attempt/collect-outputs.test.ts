import { describe, expect, it } from '@jest/globals';
import { viewValue } from '../base/codec/index.ts';
import { asStageId } from '../base/ids.ts';
import { z } from '../base/zod.ts';
import { blueprintOf } from '../pipeline/index.ts';
import { PipelineStage } from '../stage/index.ts';
import { collectOutputs } from './collect-outputs.ts';

class Free extends PipelineStage {
  override run(): void {}
}

class Strict extends PipelineStage {
  static override readonly spec = {
    outputs: z.object({
      scores: z.array(z.object({ symbol: z.string() })),
      note: z.string().optional(),
      toString: z.string().optional(),
    }),
  };

  override run(): void {}
}

function collect(stage: typeof Free | typeof Strict, returned: unknown): unknown {
  const result = collectOutputs(asStageId('odd'), blueprintOf(stage), returned);
  if (!result.ok) return result.problem;
  return new Map(result.value.map(({ name, value }) => [name, viewValue(value)]));
}

describe('collectOutputs of a stage that declares outputs', () => {
  it('gives what the schema makes of them', () => {
    expect(collect(Strict, { scores: [{ symbol: 'A' }] })).toEqual(
      new Map([['scores', [{ symbol: 'A' }]]]),
    );
  });

  it('names the path of each fault, with what was got', () => {
    expect(collect(Strict, { scores: [{ symbol: 'A' }, { symbol: 5 }], note: 1 })).toMatchObject({
      reason: 'invalid-output',
      code: 'STAGE_OUTPUT_INVALID',
      phase: 'outputs',
      issues: [
        { path: 'scores[1].symbol', message: expect.stringContaining('got 5') },
        { path: 'note', message: expect.stringContaining('got 1') },
      ],
      message: expect.stringMatching(/^stage "odd" returned .*: scores\[1\]\.symbol: /),
    });
  });

  it('suggests the declared key that an undeclared one most likely means', () => {
    expect(collect(Strict, { scores: [], nose: 'x' })).toMatchObject({
      reason: 'invalid-output',
      issues: [
        { path: 'nose', message: 'is not among the declared outputs; did you mean "note"?' },
      ],
    });
    expect(collect(Strict, { scores: [], elsewhere: 1 })).toMatchObject({
      issues: [{ message: expect.stringContaining('declared are scores, note, toString') }],
    });
  });

  it('refuses a missing output, and does not find an optional one on Object.prototype', () => {
    expect(collect(Strict, {})).toMatchObject({
      issues: [{ path: 'scores', message: expect.stringContaining('got nothing') }],
    });
    expect(collect(Strict, undefined)).toMatchObject({ reason: 'invalid-output' });
    expect(collect(Strict, { scores: [] })).toEqual(new Map([['scores', []]]));
  });

  it('reads a getter once', () => {
    let reads = 0;
    const returned = {
      get scores(): [] {
        reads++;
        return [];
      },
    };
    expect(collect(Strict, returned)).toEqual(new Map([['scores', []]]));
    expect(reads).toBe(1);
  });
});

describe('collectOutputs of any stage', () => {
  it.each([
    ['a string', 'text', '"text"'],
    ['a number', 5, '5'],
    ['an array', [1], '[ 1 ]'],
    ['a function', () => 1, '[Function'],
    ['a class instance', new (class Odd {})(), 'Odd'],
    ['a Map', new Map([['a', 1]]), 'Map(1)'],
    ['a promise in disguise', Object.create(Promise.prototype), 'Promise'],
  ])('refuses %s instead of an object', (_name, returned, got) => {
    expect(collect(Free, returned)).toMatchObject({
      reason: 'invalid-output',
      message: expect.stringContaining('expected an object with one key per output'),
    });
    expect(collect(Free, returned)).toMatchObject({ message: expect.stringContaining(got) });
  });

  it('takes nothing for no outputs', () => {
    for (const nothing of [undefined, null, {}]) expect(collect(Free, nothing)).toEqual(new Map());
  });

  it.each([
    ['a function', { x: () => 1 }, 'x is a function'],
    ['a class instance', { x: { y: new (class Odd {})() } }, 'x.y is an instance of class Odd'],
    ['a symbol', { x: Symbol('s') }, 'x is a symbol'],
    ['a promise', { x: [Promise.resolve(1)] }, 'x[0] is a promise'],
    ['a regular expression', { x: /a/ }, 'x is a regular expression'],
  ])('refuses %s with its path', (_name, returned, finding) => {
    expect(collect(Free, returned)).toMatchObject({
      reason: 'unstorable-value',
      code: 'VALUE_UNSTORABLE',
      phase: 'outputs',
      message: expect.stringContaining(finding),
    });
  });

  it('keeps a circle as it is', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const collected = collect(Free, { x: circle }) as ReadonlyMap<string, { self: unknown }>;
    const kept = collected.get('x');
    expect(kept?.self).toBe(kept);
    expect(kept).not.toBe(circle);
  });

  it('takes then, toString, constructor and __proto__ for ordinary keys', () => {
    const returned = JSON.parse('{"then":1,"toString":2,"constructor":3,"__proto__":4}');
    expect(collect(Free, returned)).toEqual(
      new Map([
        ['then', 1],
        ['toString', 2],
        ['constructor', 3],
        ['__proto__', 4],
      ]),
    );
  });

  it('refuses keys that would be lost: symbols and those that are not enumerable', () => {
    expect(collect(Free, { [Symbol('hidden')]: 1 })).toMatchObject({
      issues: [{ path: 'Symbol(hidden)' }],
    });
    expect(collect(Free, Object.defineProperty({}, 'hidden', { value: 1 }))).toMatchObject({
      issues: [{ path: 'hidden', message: expect.stringContaining('not enumerable') }],
    });
  });

  it('refuses a key that holds half a surrogate pair', () => {
    expect(collect(Free, { 'k\ud800': 1 })).toMatchObject({
      reason: 'invalid-output',
      issues: [{ path: '"k\\ud800"', message: 'holds half a surrogate pair' }],
    });
  });

  it('makes a failure of a getter or proxy that throws', () => {
    const getter = {
      get x(): never {
        throw new RangeError('getter');
      },
    };
    const proxy = new Proxy(
      {},
      {
        ownKeys() {
          throw new RangeError('trap');
        },
      },
    );
    for (const returned of [getter, proxy]) {
      expect(collect(Free, returned)).toMatchObject({ reason: 'threw', phase: 'outputs' });
    }
  });

  it('keeps nothing that the stage still holds', () => {
    const held = { list: [{ a: 1 }], map: new Map([['k', [1]]]) };
    const collected = collect(Free, { held });
    held.list[0] = { a: 2 };
    held.map.get('k')?.push(2);
    expect(Object.isFrozen(held) || Object.isFrozen(held.list)).toBe(false);
    expect(collected).toEqual(
      new Map([['held', { list: [{ a: 1 }], map: new Map([['k', [1]]]) }]]),
    );
  });
});
