import { appendFileSync } from 'node:fs';
import { PipelineStage, type SetupScope, type StageScope, z } from 'millrace';

const PARTS = ['setup', 'run', 'teardown'] as const;

/** Writes down what is called, and fails or waits where it is told to. */
export default class Life extends PipelineStage.of({
  params: z.object({
    journal: z.string(),
    failIn: z.array(z.enum(PARTS)).default([]),
    waits: z.boolean().default(false),
  }),
}) {
  #journal = '';
  #failIn: readonly string[] = [];

  override setup({ params, stageId }: SetupScope<typeof Life>) {
    this.#journal = params.journal;
    this.#failIn = params.failIn;
    this.#note(stageId, 'setup');
  }

  async run({ params, stageId, signal, logger }: StageScope<typeof Life>) {
    this.#note(stageId, 'run');
    if (!params.waits) return;
    logger.info(`${stageId} waits`);
    const { promise, reject } = Promise.withResolvers<never>();
    // Something must keep the process alive meanwhile.
    const alive = setInterval(() => {}, 60_000);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    await promise.finally(() => clearInterval(alive));
  }

  override teardown({ stageId }: SetupScope<typeof Life>) {
    this.#note(stageId, 'teardown');
  }

  #note(stageId: string, part: (typeof PARTS)[number]): void {
    appendFileSync(this.#journal, `${stageId} ${part}\n`);
    if (this.#failIn.includes(part)) throw new Error(`${stageId} fails in ${part}`);
  }
}
