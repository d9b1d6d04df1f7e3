import {
  definePipeline,
  type ModelPipeline,
  PipelineStage,
  type StageScope,
  z,
} from '@millrace/core';

const number = z.number();

class A extends PipelineStage.of({
  inputs: z.object({ message: number }),
  outputs: z.object({ a: number }),
}) {
  run({ inputs }: StageScope<typeof A>) {
    return { a: inputs.message + 1 };
  }
}
class B extends PipelineStage.of({
  inputs: z.object({ a: number }),
  outputs: z.object({ b: number }),
}) {
  run({ inputs }: StageScope<typeof B>) {
    return { b: inputs.a + 1 };
  }
}
class C extends PipelineStage.of({
  inputs: z.object({ b: number }),
  outputs: z.object({ c: number }),
}) {
  run({ inputs }: StageScope<typeof C>) {
    return { c: inputs.b + 1 };
  }
}
class D extends PipelineStage.of({
  inputs: z.object({ c: number }),
  outputs: z.object({ d: number }),
}) {
  run({ inputs }: StageScope<typeof D>) {
    return { d: inputs.c + 1 };
  }
}
class E extends PipelineStage.of({
  inputs: z.object({ d: number }),
  outputs: z.object({ e: number }),
}) {
  run({ inputs }: StageScope<typeof E>) {
    return { e: inputs.d + 1 };
  }
}

class AsyncA extends PipelineStage.of(A.spec) {
  async run({ inputs }: StageScope<typeof A>) {
    return { a: inputs.message + 1 };
  }
}
class AsyncB extends PipelineStage.of(B.spec) {
  async run({ inputs }: StageScope<typeof B>) {
    return { b: inputs.a + 1 };
  }
}
class AsyncC extends PipelineStage.of(C.spec) {
  async run({ inputs }: StageScope<typeof C>) {
    return { c: inputs.b + 1 };
  }
}
class AsyncD extends PipelineStage.of(D.spec) {
  async run({ inputs }: StageScope<typeof D>) {
    return { d: inputs.c + 1 };
  }
}
class AsyncE extends PipelineStage.of(E.spec) {
  async run({ inputs }: StageScope<typeof E>) {
    return { e: inputs.d + 1 };
  }
}

const chainOf = (name: string, classes: readonly [unknown, unknown, unknown, unknown, unknown]) => {
  const [a, b, c, d, e] = classes;
  return definePipeline({
    name,
    inputs: ['message'],
    stages: {
      a: { stage: a },
      b: { stage: b, needs: ['a'] },
      c: { stage: c, needs: ['b'] },
      d: { stage: d, needs: ['c'] },
      e: { stage: e, needs: ['d'] },
    },
  });
};

/** Five stages one after the other, each of which adds one. */
export const SYNC_CHAIN: ModelPipeline = chainOf('sync', [A, B, C, D, E]);
/** The same, and each answers with a promise. */
export const ASYNC_CHAIN: ModelPipeline = chainOf('async', [
  AsyncA,
  AsyncB,
  AsyncC,
  AsyncD,
  AsyncE,
]);

/** The same work written by hand: five async functions, one after the other. */
export async function byHand(message: number): Promise<number> {
  return await addOne(await addOne(await addOne(await addOne(await addOne(message)))));
}

async function addOne(value: number): Promise<number> {
  return value + 1;
}
