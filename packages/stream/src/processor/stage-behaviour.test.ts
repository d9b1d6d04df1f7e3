import { expect, test } from '@jest/globals';
import {
  definePipeline,
  type ItemOf,
  MappedStage,
  type MappedStageScope,
  type ModelPipeline,
  PipelineStage,
  type StageScope,
  VirtualClock,
  z,
} from '@millrace/core';
import { StreamProcessor } from './stream-processor.ts';

const Message = z.object({ n: z.number(), fail: z.string().optional() });
type Message = z.output<typeof Message>;

class First extends PipelineStage.of({
  inputs: z.object({ message: Message }),
  outputs: z.object({ first: z.number() }),
}) {
  run({ inputs }: StageScope<typeof First>) {
    const { n, fail } = inputs.message;
    if (fail === 'first') throw new Error('first fails');
    if (fail === 'shape') return { first: 'text' as never };
    if (fail === 'key') return { frist: 1 } as never;
    return { first: n };
  }
}

class Second extends PipelineStage.of({
  inputs: z.object({ first: z.number().optional() }),
  outputs: z.object({ second: z.number() }),
}) {
  run({ inputs }: StageScope<typeof Second>) {
    return { second: (inputs.first ?? -1) + 1 };
  }
}

class Spare extends PipelineStage.of({
  inputs: z.object({ message: Message }),
  outputs: z.object({ first: z.number() }),
}) {
  run({ inputs }: StageScope<typeof Spare>) {
    if (inputs.message.n < 0) throw new Error('spare fails');
    return { first: 100 };
  }
}

const pairOf = (options: object, second: object = {}): ModelPipeline =>
  definePipeline({
    name: 'pair',
    inputs: ['message'],
    stages: {
      first: { stage: First, ...options },
      second: { stage: Second, needs: ['first'], ...second },
    },
  });

async function run(pipeline: ModelPipeline, value: Message, clock = new VirtualClock()) {
  const processor = new StreamProcessor<Message>({ pipeline, clock });
  await processor.start();
  const pushed = processor.push({ id: 'm', value });
  await clock.advance(120_000);
  const outcome = await pushed;
  await processor.stop();
  return outcome;
}

test('a critical stage fails its message, and what needs it does not run', async () => {
  expect(await run(pairOf({}), { n: 1, fail: 'first' })).toMatchObject({
    status: 'failed',
    outputs: {},
    failure: {
      code: 'STAGE_THREW',
      stage: 'first',
      message: 'stage "first" failed: first fails',
    },
  });
});

test('a message of the wrong shape fails where it comes in', async () => {
  const outcome = await run(pairOf({}), { n: 'one' } as never);
  expect(outcome.failure?.message).toBe(
    'stage "first" got inputs that its schema refuses: message.n: must be a number, got the text "one"',
  );
});

test('outputs of the wrong shape, or under another key, fail as in a run', async () => {
  expect((await run(pairOf({}), { n: 1, fail: 'shape' })).failure).toMatchObject({
    code: 'STAGE_OUTPUT_INVALID',
  });
  expect((await run(pairOf({}), { n: 1, fail: 'key' })).failure?.message).toContain('"first"');
});

test('a fallback value stands in, and the message is degraded', async () => {
  const pipeline = pairOf({ critical: false, fallback: { first: 41 } });
  expect(await run(pipeline, { n: 1, fail: 'first' })).toMatchObject({
    status: 'done',
    outputs: { first: 41, second: 42 },
    degraded: ['first'],
  });
});

test('a fallback stage stands in, and its own failure fails the message with both', async () => {
  const pipeline = pairOf({ fallback: { stage: Spare } });
  expect(await run(pipeline, { n: 1, fail: 'first' })).toMatchObject({
    status: 'done',
    outputs: { second: 101 },
  });
  expect((await run(pipeline, { n: -1, fail: 'first' })).failure?.message).toBe(
    'stage "first" failed: first fails; its fallback failed too: stage "first" failed: spare fails',
  );
});

test('a failure that is not critical skips what needs it, and the rest runs', async () => {
  const pipeline = pairOf({ critical: false });
  expect(await run(pipeline, { n: 1, fail: 'first' })).toMatchObject({
    status: 'done',
    outputs: {},
    degraded: ['first'],
  });
});

test('a condition skips a stage, and one that can do without it runs', async () => {
  const pipeline = pairOf({
    when: ({ inputs }: { inputs: { message: Message } }) => inputs.message.n > 5,
  });
  expect((await run(pipeline, { n: 1 })).outputs).toEqual({ second: 0 });
  expect((await run(pipeline, { n: 6 })).outputs).toEqual({ first: 6, second: 7 });
});

test('keys may be renamed on their way', async () => {
  const pipeline = pairOf({ writes: { first: 'start' } }, { reads: { first: 'start' } });
  expect((await run(pipeline, { n: 1 })).outputs).toEqual({ start: 1, second: 2 });
});

class Twice extends PipelineStage.of({
  inputs: z.object({ message: Message }),
  outputs: z.object({ attempt: z.number() }),
}) {
  async run({ inputs, attempt }: StageScope<typeof Twice>) {
    if (attempt <= inputs.message.n) throw new Error('busy');
    return { attempt };
  }
}

test('a failed call is tried again after its pause', async () => {
  const pipeline = definePipeline({
    name: 'twice',
    inputs: ['message'],
    stages: { twice: { stage: Twice, retry: { attempts: 3, delay: '10s' } } },
  });
  expect((await run(pipeline, { n: 2 })).outputs).toEqual({ attempt: 3 });
  expect((await run(pipeline, { n: 3 })).failure?.message).toBe('stage "twice" failed: busy');
});

const aborted: string[] = [];

class Slow extends PipelineStage.of({
  inputs: z.object({ message: Message }),
  outputs: z.object({ slow: z.number() }),
}) {
  run({ inputs, signal }: StageScope<typeof Slow>): Promise<{ slow: number }> {
    signal.addEventListener('abort', () => aborted.push(String(signal.reason.name)));
    return inputs.message.n > 0 ? Promise.resolve({ slow: 1 }) : new Promise(() => undefined);
  }
}

test('a call that takes too long is aborted, and left behind after its grace period', async () => {
  const pipeline = definePipeline({
    name: 'slow',
    inputs: ['message'],
    stages: { slow: { stage: Slow, timeout: '5s', grace: '1s' } },
  });
  expect((await run(pipeline, { n: 1 })).outputs).toEqual({ slow: 1 });
  const outcome = await run(pipeline, { n: 0 });
  expect(outcome.failure).toMatchObject({ code: 'STAGE_TIMED_OUT', stage: 'slow' });
  expect(outcome.latencyMs).toBe(6000);
  expect(aborted).toEqual(['TimeoutError']);
});

class Each extends MappedStage.of({
  inputs: z.object({ names: z.array(z.string()) }),
  outputs: z.object({ lengths: z.array(z.number()) }),
  map: { over: 'names', into: 'lengths' },
}) {
  runItem(name: ItemOf<typeof Each>, { index }: MappedStageScope<typeof Each>) {
    return name.length + index;
  }
}

class Names extends PipelineStage.of({
  inputs: z.object({ message: Message }),
  outputs: z.object({ names: z.array(z.string()) }),
}) {
  run() {
    return { names: ['a', 'bcd'] };
  }
}

class Rename extends PipelineStage.of({
  updates: z.object({ names: z.array(z.string()) }),
}) {
  run({ context }: StageScope<typeof Rename>) {
    context.update((draft) => {
      draft.names.push('ef');
    });
  }
}

test('a stage that works item by item, and one that updates a key, run as in a run', async () => {
  const pipeline = definePipeline({
    name: 'items',
    inputs: ['message'],
    stages: {
      names: { stage: Names },
      rename: { stage: Rename, needs: ['names'] },
      each: { stage: Each, needs: ['rename'] },
    },
  });
  expect((await run(pipeline, { n: 1 })).outputs).toEqual({
    names: ['a', 'bcd', 'ef'],
    lengths: [1, 4, 4],
  });
});

class Loose extends PipelineStage {
  override run({ inputs, context, ...rest }: StageScope<{ readonly spec: object }>) {
    const { n } = inputs.message as Message;
    return { keys: context.keys(), n, stage: rest.stageId, toString: context.has('toString') };
  }
}

class ReadsLoose extends PipelineStage.of({
  inputs: z.object({ n: z.number(), toString: z.boolean() }),
  outputs: z.object({ seen: z.boolean() }),
}) {
  run({ inputs }: StageScope<typeof ReadsLoose>) {
    return { seen: inputs.toString };
  }
}

test('a stage that declares nothing sees all, and others read what it wrote', async () => {
  const pipeline = definePipeline({
    name: 'loose',
    inputs: ['message'],
    stages: { loose: { stage: Loose }, reads: { stage: ReadsLoose, needs: ['loose'] } },
  });
  expect((await run(pipeline, { n: 3 })).outputs).toEqual({
    keys: ['message'],
    n: 3,
    stage: 'loose',
    toString: false,
    seen: false,
  });
});

const order: string[] = [];

class Wait extends PipelineStage.of({
  params: z.object({ name: z.string(), ms: z.number() }),
  inputs: z.object({ message: Message }),
}) {
  async run({ params, sleep }: StageScope<typeof Wait>) {
    order.push(`${params.name} begins`);
    await sleep(params.ms);
    order.push(`${params.name} ends`);
    return {};
  }
}

test('stages that do not need each other run side by side', async () => {
  const pipeline = definePipeline({
    name: 'waits',
    inputs: ['message'],
    stages: {
      slow: { stage: Wait, with: { name: 'slow', ms: 2000 } },
      quick: { stage: Wait, with: { name: 'quick', ms: 1000 } },
    },
  });
  expect((await run(pipeline, { n: 1 })).latencyMs).toBe(2000);
  expect(order).toEqual(['slow begins', 'quick begins', 'quick ends', 'slow ends']);
});

class Frozen extends PipelineStage.of({
  inputs: z.object({ message: Message }),
  outputs: z.object({ list: z.custom<{ at: Date; deep: number[] }>() }),
}) {
  run() {
    return { list: { at: new Date(0), deep: [1] } };
  }
}

test('outputs are frozen all the way down, and what cannot be frozen is handed on', async () => {
  const pipeline = definePipeline({
    name: 'frozen',
    inputs: ['message'],
    stages: { frozen: { stage: Frozen } },
  });
  const { list } = (await run(pipeline, { n: 1 })).outputs as {
    list: { at: Date; deep: number[] };
  };
  expect([Object.isFrozen(list), Object.isFrozen(list.deep), list.at]).toEqual([
    true,
    true,
    new Date(0),
  ]);
});

test('a stage with limits is refused before anything starts', () => {
  const pipeline = definePipeline({
    name: 'limited',
    inputs: ['message'],
    limits: { vendor: { concurrency: 1 } },
    stages: { first: { stage: First, limits: ['vendor'] } },
  });
  expect(() => new StreamProcessor({ pipeline })).toThrow(
    'stage "first" of pipeline "limited" takes part in limits, which a stream does not keep',
  );
});
