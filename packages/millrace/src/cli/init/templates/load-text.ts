export const LOAD_TEXT = `import { type FileHandle, open } from 'node:fs/promises';
import { PipelineStage, type SetupScope, type StageScope, z } from 'millrace';

// A stage is a class. What it declares here is checked while the pipeline runs, and TypeScript takes
// the types of \`params\`, of \`inputs\` and of what \`run\` must return from it.
export default class Load extends PipelineStage.of({
  description: 'Reads the closing prices of a CSV file.',
  // What the config gives under \`with\`. Editors show the descriptions.
  params: z.object({
    file: z.string().describe('CSV file with the columns day and close.'),
  }),
  // The keys that \`run\` returns. Every stage that needs this one can read them.
  outputs: z.object({ closes: z.array(z.number()) }),
  // What the files hold counts like an input: when it changes, a resume runs this stage again.
  files: ({ file }: { readonly file: string }) => [file],
}) {
  // Each attempt is a new instance, so fields are never shared.
  #file: FileHandle | undefined;

  // Before \`run\`: opens what the attempt works with.
  override async setup({ params }: SetupScope<typeof Load>) {
    this.#file = await open(params.file);
  }

  async run({ signal, logger }: StageScope<typeof Load>) {
    const closes: number[] = [];
    for await (const line of this.#file?.readLines({ autoClose: false }) ?? []) {
      // Aborted by a timeout and by Ctrl-C: a stage that takes long should look at it.
      signal.throwIfAborted();
      const close = Number.parseFloat(line.split(',')[1] ?? '');
      if (Number.isFinite(close)) closes.push(close);
    }
    logger.info('loaded', { days: closes.length });
    return { closes };
  }

  // Always, once \`setup\` has begun: after a success, a failure, a timeout and a cancel.
  override async teardown() {
    await this.#file?.close();
  }
}
`;
