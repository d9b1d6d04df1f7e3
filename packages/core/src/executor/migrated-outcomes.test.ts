import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import { definePipeline, type ModelPipeline } from '../pipeline/index.ts';
import { stageOf } from '../runner/testing-local/stage-of.ts';
import type { StageSpec } from '../stage/index.ts';
import { execute, explanations, statuses } from './testing-local/run-pipeline.ts';

const ran: string[] = [];

/** `price` gave a number in version 1, and gives an amount with a currency in version 2; `report` reads it. */
function pipeline(
  price: StageSpec & { readonly result: unknown },
  isBroken: boolean,
  reads: z.ZodType = z.any(),
): ModelPipeline {
  const { result, ...spec } = price;
  const note = (name: string, work: () => unknown) => (): unknown => {
    ran.push(name);
    return work();
  };
  const report = (): object => {
    if (isBroken) throw new RangeError('the printer is out of paper');
    return { done: true };
  };
  return definePipeline({
    name: 'prices',
    stages: {
      price: {
        stage: stageOf({
          name: 'Price',
          spec: { outputs: z.object({ price: z.any() }), ...spec },
          run: note('price', () => ({ price: result })),
        }),
      },
      report: {
        needs: ['price'],
        stage: stageOf({
          name: 'Report',
          spec: { inputs: z.object({ price: reads }), outputs: z.object({ done: z.boolean() }) },
          run: note('report', report),
        }),
      },
    },
  });
}

const Amount = z.object({ price: z.object({ value: z.number(), currency: z.string() }) });
const VERSION_TWO = { version: '2', outputs: Amount, result: { value: 9, currency: 'EUR' } };
const toAmount = ({ price }: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  price: { value: price, currency: 'USD' },
});

async function resumed(spec: StageSpec & { readonly result: unknown }, first: unknown = 9) {
  const store = new MemoryStore();
  const { handle } = await execute(pipeline({ result: first }, true), { store });
  ran.length = 0;
  const ended = await execute(pipeline(spec, false), { store, resume: handle.id });
  return { ...ended, store, why: explanations(ended.handle.plan)[0] };
}

describe('an outcome of an older version', () => {
  it('is brought to the present one by a function, and those that read it get the new form', async () => {
    const { result, why, store, handle, events } = await resumed({
      ...VERSION_TWO,
      migrations: { '1': toAmount },
    });
    expect(ran).toEqual(['report']);
    expect(why).toBe('its outputs of version 1 were migrated to 2');
    expect(result.context.get('price')).toEqual({ value: 9, currency: 'USD' });
    expect(statuses(result)).toEqual({ price: 'reused', report: 'succeeded' });
    const told = events.find(({ type }) => type === 'stage.reused');
    expect(told).toMatchObject({ stage: 'price', reason: why });
    expect(told).not.toHaveProperty('from');
    const record = store.loadStages(handle.id).find(({ stage }) => stage === 'price');
    expect(record).toMatchObject({ status: 'succeeded', attempt: 1 });
    expect(record).not.toHaveProperty('origin');
  });

  it('is kept as it is by the next resume', async () => {
    const spec = { ...VERSION_TWO, migrations: { '1': toAmount } };
    const { store, handle } = await resumed(spec);
    const again = execute(pipeline(spec, false), { store, resume: handle.id });
    await expect(again).rejects.toMatchObject({ code: 'RUN_ALREADY_SUCCEEDED' });
  });

  it('is brought to the present one by a codec', async () => {
    const codec = z.codec(z.object({ price: z.number() }), Amount, {
      decode: ({ price }) => ({ price: { value: price, currency: 'USD' } }),
      encode: ({ price }) => ({ price: price.value }),
    });
    const { result } = await resumed({ ...VERSION_TWO, migrations: { '1': codec } });
    expect(ran).toEqual(['report']);
    expect(result.context.get('price')).toEqual({ value: 9, currency: 'USD' });
  });

  it.each([
    ['without a migration from it', {}, 'its code changed'],
    [
      'that has one from another version only',
      { migrations: { '0': toAmount } },
      'its code changed',
    ],
    [
      'whose migration throws',
      {
        migrations: {
          '1': () => {
            throw new RangeError('no rate');
          },
        },
      },
      'its outputs of version 1 cannot be migrated: no rate',
    ],
    [
      'whose migration gives what the schema refuses',
      { migrations: { '1': () => ({ price: 'nine' }) } },
      /^its outputs of version 1 cannot be migrated: stage "price" returned what its schema refuses: price:/,
    ],
  ])('of a class %s is made anew', async (_, spec, why) => {
    const { result, why: told } = await resumed({ ...VERSION_TWO, ...spec });
    expect(ran).toEqual(['price', 'report']);
    expect(told).toEqual(typeof why === 'string' ? why : expect.stringMatching(why));
    expect(result.context.get('price')).toEqual({ value: 9, currency: 'EUR' });
  });

  it('is taken over by a fork in its new form', async () => {
    const store = new MemoryStore();
    const { handle, executor } = await execute(pipeline({ result: 9 }, true), { store });
    ran.length = 0;
    const fork = await executor.fork(
      handle.id,
      pipeline({ ...VERSION_TWO, migrations: { '1': toAmount } }, false),
    );
    const { context, status } = await fork.result;
    expect([status, ran, context.get('price')]).toEqual([
      'succeeded',
      ['report'],
      { value: 9, currency: 'USD' },
    ]);
  });
});
