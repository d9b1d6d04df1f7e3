import { describe, expect, it } from '@jest/globals';
import { type CodedStage, definePipeline } from './define-pipeline.ts';
import { faultsOf, PlainStage, stageOf } from './testing-local/stages.ts';

type ListedStage = CodedStage & { readonly id: string };

/** A chain in which `of` says what each stage is. */
function chain(length: number, of: (at: number) => unknown): ListedStage[] {
  return Array.from({ length }, (_, at) => ({
    id: `s${at}`,
    stage: of(at),
    needs: at === 0 ? [] : [`s${at - 1}`],
  }));
}

function quickest(run: () => void): number {
  const times = Array.from({ length: 3 }, () => {
    const beganMs = performance.now();
    run();
    return performance.now() - beganMs;
  });
  return Math.min(...times);
}

/** How much longer ten times as many stages take: about 10 when linear, 100 when quadratic. */
function growth(
  of: (length: number) => ListedStage[],
  context: Record<string, number> = {},
): number {
  const [small, large] = [of(2000), of(20_000)];
  const build = (stages: ListedStage[]): void =>
    void definePipeline({ name: 'large', context, stages });
  build(small);
  const smallMs = quickest(() => build(small));
  return quickest(() => build(large)) / Math.max(smallMs, 1);
}

const LINEAR_ENOUGH = 40;
const Root = stageOf({ out: ['root'] });
const Nothing = stageOf();

describe('a large pipeline is checked in about linear time', () => {
  it('when all stages of a chain read one key of its head', () => {
    const Reader = stageOf({ in: ['root'] });
    expect(growth((length) => chain(length, (at) => (at === 0 ? Root : Reader)))).toBeLessThan(
      LINEAR_ENOUGH,
    );
  });

  it('when all stages of a chain update one key', () => {
    const Updater = stageOf({ updates: ['log'] });
    expect(growth((length) => chain(length, () => Updater), { log: 0 })).toBeLessThan(
      LINEAR_ENOUGH,
    );
  });

  it('when every tenth stage writes one key and the others read it', () => {
    const Writer = stageOf({ out: ['k'] });
    const Reader = stageOf({ in: ['k'] });
    expect(
      growth((length) => chain(length, (at) => (at % 10 === 0 ? Writer : Reader))),
    ).toBeLessThan(LINEAR_ENOUGH);
  });

  it('when every stage has a class of its own by the same name', () => {
    const classes = Array.from({ length: 20_000 }, () => class Same extends PlainStage {});
    expect(growth((length) => chain(length, (at) => classes[at]))).toBeLessThan(LINEAR_ENOUGH);
  });

  it('when many keys have a few far readers each', () => {
    const groups = Array.from({ length: 2000 }, (_, group) => [
      stageOf({ out: [`k${group}`] }),
      Nothing,
      stageOf({ in: [`k${group}`] }),
    ]);
    const of = (length: number): ListedStage[] =>
      chain(length, (at) => {
        const kinds = groups[Math.floor(at / 10)] ?? [];
        return kinds[Math.min(at % 10, 2)];
      });
    expect(growth(of)).toBeLessThan(LINEAR_ENOUGH);
  });

  it('when a key that all stages read is missing', () => {
    const Reader = stageOf({ in: ['gone'] });
    const [small, large] = [2000, 20_000].map((length) => {
      const stages = chain(length, () => Reader);
      expect(faultsOf(stages)).toHaveLength(length);
      return quickest(() => void faultsOf(stages));
    });
    expect((large as number) / Math.max(small as number, 1)).toBeLessThan(LINEAR_ENOUGH);
  });

  it('when there are very many cycles', () => {
    const [small, large] = [500, 5000].map((pairs) => {
      const stages = Array.from({ length: pairs }, (_, at) => [
        { id: `a${at}`, stage: Nothing, needs: [`b${at}`] },
        { id: `b${at}`, stage: Nothing, needs: [`a${at}`] },
      ]).flat();
      expect(faultsOf(stages)).toHaveLength(pairs);
      return quickest(() => void faultsOf(stages));
    });
    expect((large as number) / Math.max(small as number, 1)).toBeLessThan(LINEAR_ENOUGH);
  });
});
