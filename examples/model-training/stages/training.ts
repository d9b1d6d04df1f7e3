import { type Samples, SamplesSchema, shareSamples, Trainer } from '@millrace/quant';
import { type ItemOf, MappedStage, type MappedStageScope, type SetupScope, z } from 'millrace';
import { Parts } from '../src/features/part-samples.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';
import { Candidate } from '../src/training/candidate.ts';
import { CandidateFit } from '../src/training/candidate-fit.ts';
import { CurveTeller } from '../src/training/curve-teller.ts';
import { fitCandidate } from '../src/training/fit-candidate.ts';

type Progress = SetupScope<typeof Training>['progress'];

export default class Training extends MappedStage.of({
  description: 'Trains each candidate; each is kept as soon as it is done.',
  params: z.object({
    tellEvery: z
      .int()
      .min(1)
      .default(10)
      .describe('Trees from one line of the learning curve to the next.'),
  }),
  inputs: z.object({
    samples: SamplesSchema,
    parts: Parts,
    candidates: z.array(Candidate).min(1).readonly(),
  }),
  outputs: z.object({ fits: z.array(CandidateFit).readonly() }),
  map: { over: 'candidates', key: 'name', into: 'fits', concurrency: 2 },
}) {
  #trainer: Trainer | undefined;
  #samples: Samples | undefined;
  #progress: Progress | undefined;

  override setup({ progress }: SetupScope<typeof Training>) {
    this.#trainer = new Trainer({ threads: 2 });
    // Items report nothing by themselves: the learning curve is told on behalf of the stage.
    this.#progress = progress;
  }

  override async runItem(
    candidate: ItemOf<typeof Training>,
    scope: MappedStageScope<typeof Training>,
  ) {
    await rehearse(scope);
    const { inputs, params, signal, logger } = scope;
    this.#samples ??= shareSamples(inputs.samples);
    this.#trainer ??= new Trainer({ threads: 2 });
    const teller = new CurveTeller(candidate.name, params.tellEvery, (message) => {
      // Progress may be thinned out where it comes fast; the log has every line.
      this.#progress?.({ done: 0, message });
      logger.info(message);
    });
    const fit = await fitCandidate(this.#samples, inputs.parts, candidate, {
      trainer: this.#trainer,
      signal,
      onPoint: (point) => teller.point(point),
    });
    teller.done(fit);
    return fit;
  }

  override async teardown() {
    await this.#trainer?.close();
  }
}
