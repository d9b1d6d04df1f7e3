import { PipelineStage, type StageScope, z } from '@millrace/core';
import type { Workload } from '../../workloads/workload.ts';
import { growingStage, plainStage } from '../stage-body.ts';

/** What the stages of this process share: a stage is made by the engine and can be handed nothing. */
export interface StageSetting {
  /** Calls of a stage's body. */
  executed: number;
  /** The place of the stage that fails. */
  failing: number | undefined;
  /** Where the texts of a growing state come from. */
  workload: Workload | undefined;
}

export const setting: StageSetting = { executed: 0, failing: undefined, workload: undefined };

function countCall(place: number): void {
  setting.executed++;
  if (setting.failing === place) throw new RangeError('fails in the first run');
}

/** The names under which {@link Combine} reads the stages before it. */
export const INPUT_NAMES = ['first', 'second', 'third'] as const;

/** Combines three stages at most; each input is checked by its schema, and so is the output. */
export class Combine extends PipelineStage.of({
  version: '1',
  params: z.object({ place: z.int() }),
  inputs: z.object({
    first: z.int().optional(),
    second: z.int().optional(),
    third: z.int().optional(),
  }),
  outputs: z.object({ value: z.int() }),
}) {
  async run({ inputs, params }: StageScope<typeof Combine>) {
    countCall(params.place);
    const before = [inputs.first, inputs.second, inputs.third].filter((one) => one !== undefined);
    return { value: await plainStage(params.place, before) };
  }
}

/** Combines any number of stages, which it reads as one list. */
export class Gather extends PipelineStage.of({
  version: '1',
  params: z.object({ place: z.int() }),
  inputs: z.object({ all: z.array(z.int()) }),
  outputs: z.object({ value: z.int() }),
}) {
  async run({ inputs, params }: StageScope<typeof Gather>) {
    countCall(params.place);
    return { value: await plainStage(params.place, inputs.all) };
  }
}

/** Adds a text to the state. */
export class Grow extends PipelineStage.of({
  version: '1',
  params: z.object({ place: z.int() }),
  inputs: z.object({ value: z.int().optional(), text: z.string().optional() }),
  outputs: z.object({ value: z.int(), text: z.string() }),
}) {
  async run({ inputs: { value, text }, params }: StageScope<typeof Grow>) {
    countCall(params.place);
    if (setting.workload === undefined) throw new RangeError('no workload was set');
    const before = value === undefined || text === undefined ? undefined : { value, text };
    return growingStage(setting.workload, params.place, before);
  }
}
