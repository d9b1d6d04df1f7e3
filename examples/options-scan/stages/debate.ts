import { setTimeout } from 'node:timers/promises';
import { duration, type ItemOf, MappedStage, type MappedStageScope, z } from 'millrace';
import { ItemFailure } from '../src/base/item-failure.ts';
import { Finalist } from '../src/debate/finalist.ts';
import { ModelSettings, openModel } from '../src/debate/open-model.ts';
import { runDebate } from '../src/debate/run-debate.ts';
import { Debated } from '../src/debate/thesis.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';

export default class Debate extends MappedStage.of({
  description: 'Bull, bear and risk debate each finalist.',
  params: z.object({
    model: ModelSettings,
    retryAfter: duration().prefault('2s').describe('Pause after an error of the server.'),
  }),
  inputs: z.object({
    finalists: z.array(Finalist).readonly(),
    health: z.object({ ready: z.boolean() }),
  }),
  outputs: z.object({
    debated: z.array(Debated).readonly(),
    debateFailures: z.array(ItemFailure).readonly(),
  }),
  map: {
    over: 'finalists',
    key: 'ticker',
    into: 'debated',
    failures: 'debateFailures',
    failureBudget: '100%',
  },
}) {
  override async runItem(finalist: ItemOf<typeof Debate>, scope: MappedStageScope<typeof Debate>) {
    await rehearse(scope);
    const { params, signal } = scope;
    const wait = (ms: number, until: AbortSignal) => setTimeout(ms, undefined, { signal: until });
    const retryAfterMs = params.retryAfter;
    return runDebate(openModel(params.model), finalist, { retryAfterMs, wait, signal });
  }
}
