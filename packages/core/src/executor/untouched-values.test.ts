import { describe, expect, it } from '@jest/globals';
import type { AttemptScope } from '../attempt/index.ts';
import { z } from '../base/zod.ts';
import { execute, sketch, statuses } from './testing-local/run-pipeline.ts';

type Samples = ReturnType<typeof samples>;

function samples() {
  return {
    plain: { a: { b: 1 } },
    array: [[1], [2]],
    map: new Map([['k', { v: 1 }]]),
    set: new Set([1]),
    date: new Date(0),
    typed: Float64Array.of(1, 2),
    buffer: Buffer.from('abc'),
    nested: { inside: [new Map([['deep', new Date(1)]])] },
  };
}

/** Each tries to change what it is handed; where the value is frozen, that throws. */
const attacks: readonly [keyof Samples, (values: Samples) => void][] = [
  ['plain', ({ plain }) => Object.assign(plain.a, { b: 9 })],
  ['plain', ({ plain }) => Object.assign(plain, { more: 9 })],
  ['array', ({ array }) => array[0]?.push(9)],
  ['array', ({ array }) => array.sort().reverse().pop()],
  ['map', ({ map }) => map.set('k', { v: 9 }).set('more', { v: 9 })],
  ['map', ({ map }) => Object.assign(map.get('k') ?? {}, { v: 9 })],
  ['set', ({ set }) => set.clear()],
  ['date', ({ date }) => date.setFullYear(1999)],
  ['typed', ({ typed }) => typed.fill(9)],
  ['typed', ({ typed }) => new Uint8Array(typed.buffer).fill(9)],
  ['buffer', ({ buffer }) => buffer.write('xyz')],
  ['nested', ({ nested }) => nested.inside[0]?.get('deep')?.setTime(9)],
];

const schema = z.object(
  Object.fromEntries(Object.keys(samples()).map((key) => [key, z.any()])),
) as z.ZodObject;

function attempt(attack: (values: Samples) => void, values: unknown): void {
  try {
    attack(values as Samples);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

const readers: readonly [string, (scope: AttemptScope) => unknown][] = [
  ['inputs', ({ inputs }) => inputs],
  [
    'context.get',
    ({ context }) => Object.fromEntries(context.keys().map((k) => [k, context.get(k)])),
  ],
];

describe.each(attacks)('a stage that changes a %s which another wrote', (_key, attack) => {
  it.each(readers)(
    'through %s changes neither what others see nor what is kept',
    async (_how, read) => {
      const { result } = await execute(
        sketch({
          write: { does: { spec: { outputs: schema }, run: samples } },
          attack: { needs: ['write'], does: (scope) => attempt(attack, read(scope)) },
          after: { needs: ['attack'], does: (scope) => ({ seen: read(scope) }) },
          declared: {
            needs: ['attack'],
            does: { spec: { inputs: schema }, run: ({ inputs }) => ({ declared: inputs }) },
          },
        }),
      );
      expect(statuses(result)).toEqual({
        write: 'succeeded',
        attack: 'succeeded',
        after: 'succeeded',
        declared: 'succeeded',
      });
      expect(result.context.get('seen')).toEqual(samples());
      expect(result.context.get('declared')).toEqual(samples());
      for (const [key, value] of Object.entries(samples())) {
        expect(result.context.get(key)).toEqual(value);
      }
    },
  );
});

describe('a caller', () => {
  it('finds its own initial context neither frozen nor changed, and cannot change it afterwards', async () => {
    const mine = samples();
    const { result } = await execute(
      sketch(
        {
          first: ({ inputs }) => {
            mine.map.set('k', { v: 9 });
            mine.plain.a.b = 9;
            mine.buffer.write('xyz');
            return { seen: inputs };
          },
        },
        { inputs: Object.keys(mine) },
      ),
      { context: mine },
    );
    expect(result.context.get('seen')).toEqual(samples());
    expect(Object.isFrozen(mine) || Object.isFrozen(mine.plain)).toBe(false);
    expect(mine.plain).toEqual({ a: { b: 9 } });
  });

  it('cannot change a run through the final context', async () => {
    const { result } = await execute(sketch({ write: samples }));
    for (const [, attack] of attacks) attempt(attack, result.context.toObject());
    expect(result.context.toObject()).toEqual(samples());
  });
});

describe('a stage', () => {
  it('may go on using what it returned, which changes nothing any more', async () => {
    const held = samples();
    const { result } = await execute(
      sketch({
        write: () => held,
        later: {
          needs: ['write'],
          does: ({ inputs }) => {
            for (const [, attack] of attacks) attack(held);
            return { seen: inputs };
          },
        },
      }),
    );
    expect(result.status).toBe('succeeded');
    expect(result.context.get('seen')).toEqual(samples());
    expect(held.plain).toEqual({ a: { b: 9 }, more: 9 });
  });

  it('that changes its params changes them for itself alone', async () => {
    const given = { when: new Date(0), list: [1] };
    const seen: unknown[] = [];
    const does = {
      spec: { params: z.object({ when: z.date(), list: z.array(z.number()) }) },
      run: ({ params }: AttemptScope): void => {
        const own = params as typeof given;
        seen.push(structuredClone(own));
        own.when.setTime(9);
        own.list.push(2);
      },
    };
    const { result } = await execute(
      sketch({ a: { with: given, retry: { attempts: 2, delay: '0ms' }, does } }),
    );
    expect(result.status).toBe('failed');
    expect(seen).toEqual([
      { when: new Date(0), list: [1] },
      { when: new Date(0), list: [1] },
    ]);
    expect(given).toEqual({ when: new Date(0), list: [1] });
    expect(Object.isFrozen(given) || Object.isFrozen(given.list)).toBe(false);
  });

  it('that changes its draft of an update after a failed attempt begins anew', async () => {
    let tries = 0;
    const { result } = await execute(
      sketch({
        a: { does: { spec: { outputs: z.object({ list: z.any() }) }, run: () => ({ list: [1] }) } },
        b: {
          needs: ['a'],
          retry: { attempts: 2, delay: '0ms' },
          does: {
            spec: { updates: z.object({ list: z.any() }) },
            run: ({ context }) => {
              context.update((draft: { list: number[] }) => void draft.list.push(2));
              if (++tries === 1) throw new RangeError('once');
            },
          },
        },
      }),
    );
    expect(result.context.get('list')).toEqual([1, 2]);
  });
});
