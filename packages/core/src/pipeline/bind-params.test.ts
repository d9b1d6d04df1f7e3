import { describe, expect, it } from '@jest/globals';
import type { Diagnostic } from '../base/diagnostic.ts';
import { z } from '../base/zod.ts';
import { bindParams } from './bind-params.ts';

function bind(
  schema: z.ZodType | undefined,
  given: unknown,
): { bound: ReturnType<typeof bindParams>; faults: Diagnostic[] } {
  const faults: Diagnostic[] = [];
  const report = (fault: Diagnostic): void => void faults.push(fault);
  const path = ['stages', 's', 'with'];
  return { bound: bindParams(schema, given, { owner: 'stage "s"', path, report }), faults };
}

const Window = z.object({ window: z.int().min(2).default(20), symbols: z.array(z.string()) });

describe('bindParams', () => {
  it('hands on what the schema made, frozen, and shares nothing with what was given', () => {
    const given = { symbols: ['A'] };
    const { bound } = bind(Window, given);
    expect(bound?.value).toEqual({ window: 20, symbols: ['A'] });
    given.symbols.push('B');
    expect(bound?.value).toEqual({ window: 20, symbols: ['A'] });
    const { symbols } = (bound?.value ?? {}) as { symbols?: string[] };
    expect(Object.isFrozen(symbols)).toBe(true);
    expect(Object.isFrozen(given)).toBe(false);
  });

  it('gives equal params equal hashes and others other ones', () => {
    const hash = (given: unknown): string | undefined => bind(Window, given).bound?.hash;
    expect(hash({ symbols: ['A'] })).toBe(hash({ symbols: ['A'], window: 20 }));
    expect(hash({ symbols: ['A'] })).not.toBe(hash({ symbols: ['B'] }));
    // The schema's own order counts, not that of the config.
    expect(hash({ symbols: [], window: 3 })).toBe(hash({ window: 3, symbols: [] }));
    expect(bind(undefined, {}).bound?.hash).toBe('');
  });

  it('reports each wrong param with its path, what was got and what was meant', () => {
    const strict = z.strictObject({ window: z.int(), nested: z.object({ deep: z.number() }) });
    const { bound, faults } = bind(strict, { window: 'x', nested: { deep: null }, windw: 1 });
    expect(bound).toBeUndefined();
    expect(faults.map(({ path, got, help }) => [path.slice(2).join('/'), got, help])).toEqual([
      ['with/window', 'the text "x"', undefined],
      ['with/nested/deep', 'null', undefined],
      ['with/windw', '1', 'did you mean "window"?'],
    ]);
    for (const { code } of faults) expect(code).toBe('PARAMS_INVALID');
    expect(faults[0]?.message).toMatch(/^stage "s" has a wrong param with\.window: /);
  });

  it('reports a misspelt name once: not also as a param that is missing', () => {
    for (const make of [z.object, z.strictObject]) {
      const nested = z.object({ rows: z.int() });
      const schema = make({ window: z.int(), source: z.string(), limits: nested });
      const { faults } = bind(schema, { windw: 1, limits: { rwos: 2 } });
      const told = faults.map(({ path, help }) => [path.slice(3).join('/'), help]);
      expect(told.sort()).toEqual([
        ['limits/rwos', 'did you mean "rows"?'],
        ['source', undefined],
        ['windw', 'did you mean "window"?'],
      ]);
    }
  });

  it('reports keys that a schema would drop in silence, at any depth', () => {
    const schema = z.object({
      window: z.int().optional(),
      rules: z.array(z.object({ name: z.string() })).default([]),
      byName: z.record(z.string(), z.object({ n: z.number() })).optional(),
      free: z.looseObject({}).optional(),
    });
    const { bound, faults } = bind(schema, {
      windw: 1,
      rules: [{ name: 'a' }, { name: 'b', nme: 'c' }],
      byName: JSON.parse('{"x":{"n":1,"m":2},"__proto__":{"n":1}}'),
      free: { anything: 1 },
    });
    expect(bound).toBeUndefined();
    expect(faults.map(({ path, help }) => [path.slice(3).join('/'), help])).toEqual([
      ['windw', 'did you mean "window"?'],
      ['rules/1/nme', 'did you mean "name"?'],
      ['byName/x/m', undefined],
      ['byName/__proto__', undefined],
    ]);
    expect(faults[0]).toMatchObject({
      code: 'PARAMS_INVALID',
      pointsAtKey: true,
      message: 'stage "s" has an unknown param "windw"',
      expected: 'one of window, rules, byName, free',
    });
    expect(faults[1]?.message).toBe('stage "s" has an unknown param "rules[1].nme"');
  });

  it.each([
    ['a transform', z.object({ a: z.number() }).transform(({ a }) => ({ b: a })), { b: 1 }],
    ['a preprocess', z.preprocess(() => ({ b: 2 }), z.object({ b: z.number() })), { b: 2 }],
    ['a union', z.union([z.object({ a: z.number() }), z.string()]), { a: 1 }],
    ['a default', z.object({ a: z.number() }).default({ a: 5 }), { a: 1 }],
  ])('does not take the keys that %s reads for unknown ones', (_, schema, value) => {
    const { bound, faults } = bind(schema, { a: 1 });
    expect(faults).toEqual([]);
    expect(bound?.value).toEqual(value);
  });

  it('still sees an unknown key in front of a transform', () => {
    const schema = z.object({ a: z.number() }).transform(({ a }) => new Map([['a', a]]));
    expect(bind(schema, { a: 1, b: 2 }).faults.map(({ path }) => path.at(-1))).toEqual(['b']);
  });

  it('keeps params that have no keys of their own but are something all the same', () => {
    class Clock {
      #now = 5;
      now(): number {
        return this.#now;
      }
    }
    const made = bind(
      z.object({}).transform(() => new Clock()),
      {},
    ).bound?.value;
    expect((made as Clock).now()).toBe(5);
    expect(bind(z.array(z.string()), []).bound?.value).toEqual([]);
    const map = bind(
      z.object({ a: z.number() }).transform(({ a }) => new Map([[a, a]])),
      { a: 1 },
    );
    expect(map.bound?.value).toEqual(new Map([[1, 1]]));
    expect(bind(z.coerce.date(), '2020-03-31').bound?.value).toEqual(new Date('2020-03-31'));
  });

  it('gives each attempt a Date or Map of its own', () => {
    const { bound } = bind(z.object({ at: z.coerce.date() }), { at: 0 });
    const first = bound?.value as { at: Date } | undefined;
    first?.at.setTime(99);
    expect(bound?.value).toEqual({ at: new Date(0) });
  });

  it('takes any params of a stage without a schema', () => {
    expect(bind(undefined, { anything: [1] }).bound?.value).toEqual({ anything: [1] });
    expect(bind(undefined, 5).bound?.value).toBe(5);
  });

  it.each([
    ['throws', z.object({}).transform(() => JSON.parse('{'))],
    ['is asynchronous', z.object({}).refine(async () => true)],
  ])('reports a schema that %s instead of throwing', (_, schema) => {
    const { bound, faults } = bind(schema, {});
    expect(bound).toBeUndefined();
    expect(faults).toMatchObject([{ code: 'PARAMS_INVALID', path: ['stages', 's', 'with'] }]);
    expect(faults[0]?.message).toMatch(/^the params schema of stage "s" threw: /);
  });

  it('does not loop on a schema that refers to itself', () => {
    const tree: z.ZodType = z.object({
      get child(): z.ZodType {
        return tree.optional();
      },
    });
    const round: z.ZodType = z.lazy(() => z.lazy(() => z.object({ a: z.number() })));
    expect(bind(tree, { child: { child: { chld: {} } } }).faults).toHaveLength(1);
    expect(bind(round, { a: 1, b: 1 }).faults).toHaveLength(1);
  });
});
