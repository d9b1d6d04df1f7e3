import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type ItemOf, MappedStage, type MappedStageScope } from './mapped-stage.ts';
import { isMappedClass, isStageClass, stageClassFault } from './stage-class.ts';

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only for `true`, which stands for types that are the same. */
function typesAreEqual<A, B>(_equal: Same<A, B>): void {}

const spec = {
  params: z.object({ window: z.int().default(5) }),
  inputs: z.object({
    series: z.array(z.object({ symbol: z.string(), since: z.coerce.date() })),
    rate: z.number().optional(),
  }),
  outputs: z.object({ scores: z.array(z.object({ symbol: z.string(), score: z.number() })) }),
  map: { over: 'series', key: 'symbol', into: 'scores' },
} as const;

// What this file shows is mostly shown by `npm run types`: a wrong type there is a failed test.
describe('a mapped stage made with of', () => {
  it('gets items as the schema of its input gives them, and returns elements of its output', () => {
    class Score extends MappedStage.of(spec) {
      override async runItem(
        item: ItemOf<typeof Score>,
        { inputs, params, key, signal }: MappedStageScope<typeof Score>,
      ) {
        typesAreEqual<typeof item, { symbol: string; since: Date }>(true);
        typesAreEqual<typeof params, { window: number }>(true);
        typesAreEqual<typeof inputs.rate, number | undefined>(true);
        typesAreEqual<typeof key, string>(true);
        typesAreEqual<typeof signal, AbortSignal>(true);
        return { symbol: item.symbol, score: params.window };
      }
    }
    expect(stageClassFault(Score)).toBeUndefined();
    expect(isMappedClass(Score)).toBe(true);
    expect(Score.spec).toBe(spec);
  });

  it.each([
    ['a Set', z.object({ over: z.set(z.number()) })],
    ['a Map', z.object({ over: z.map(z.string(), z.number()) })],
    ['an object', z.object({ over: z.record(z.string(), z.number()) })],
  ])('takes its items from %s', (_, inputs) => {
    class Other extends MappedStage.of({ inputs, map: { over: 'over', into: 'out' } }) {
      override runItem(item: ItemOf<typeof Other>) {
        typesAreEqual<typeof item, number>(true);
        return item;
      }
    }
    expect(isStageClass(Other)).toBe(true);
  });

  it('does not compile with another item, or when it returns something else', () => {
    class WrongItem extends MappedStage.of(spec) {
      // @ts-expect-error an item has no price
      override runItem(item: { price: number }) {
        return { symbol: 'x', score: item.price };
      }
    }
    class WrongResult extends MappedStage.of(spec) {
      // @ts-expect-error a result is an object with a symbol and a score
      override runItem(item: ItemOf<typeof WrongResult>) {
        return item.symbol;
      }
    }
    // @ts-expect-error it says nothing of its items
    const nothing = (): unknown => MappedStage.of({ description: 'x' });
    expect([WrongItem, WrongResult, nothing].every((one) => typeof one === 'function')).toBe(true);
  });
});

describe('a class that extends MappedStage', () => {
  it('needs runItem', () => {
    class Unfinished extends MappedStage.of(spec) {
      declare runItem: never;
    }
    expect(stageClassFault(Unfinished)).toBe('class "Unfinished" has no runItem method');
    expect(stageClassFault(MappedStage)).toBe('MappedStage itself is abstract');
  });

  it('is plain when it has a run method too', () => {
    class Both extends MappedStage.of(spec) {
      override runItem(): never {
        throw new RangeError('unused');
      }
      run(): void {}
    }
    expect(isMappedClass(Both)).toBe(false);
  });
});
