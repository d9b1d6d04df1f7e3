import { PipelineStage, type StageScope, z } from 'millrace';
import { ModelSettings, openModel } from '../src/debate/open-model.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { describeResult } from './describe-result.ts';

export default class Health extends PipelineStage.of({
  description: 'Asks whether the debate model can be asked.',
  params: z.object({ model: ModelSettings }),
  outputs: z.object({ health: z.object({ ready: z.boolean() }) }),
  // A model that is down costs the run less than a second.
  timeout: '800ms',
  grace: '100ms',
}) {
  async run(scope: StageScope<typeof Health>) {
    await rehearse(scope);
    const model = openModel(scope.params.model);
    await model.check(scope.signal);
    describeResult(scope, model.name);
    return { health: { ready: true } };
  }
}
