import { duration, PipelineStage, type SetupScope, type StageScope, z } from 'millrace';
import { opened } from '../src/base/opened.ts';
import { NearSameTexts } from '../src/message/near-same-texts.ts';
import { SocialMessage } from '../src/message/social-message.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';

export default class Collect extends PipelineStage.of({
  description: 'Finds messages that say what another one has just said.',
  params: z.object({
    similarity: z.number().min(0).max(1).default(0.8),
    window: duration().prefault('5m'),
  }),
  inputs: z.object({ message: SocialMessage }),
  outputs: z.object({ copyOf: z.string().nullable() }),
}) {
  #texts: NearSameTexts | undefined;

  override setup({ params }: SetupScope<typeof Collect>) {
    const { similarity, window } = params;
    this.#texts = new NearSameTexts({ similarity, windowMs: window });
  }

  run({ inputs }: StageScope<typeof Collect>) {
    rehearse('collect');
    return { copyOf: opened(this.#texts).originalOf(inputs.message) ?? null };
  }
}
