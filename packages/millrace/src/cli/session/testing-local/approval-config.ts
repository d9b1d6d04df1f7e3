/** `review` waits for "approve", and `publish` goes on with what it was told. `nap` sleeps beside them. */
export const APPROVAL = `
name: approval
params: { nap: 10ms }
stages:
  draft: { uses: ./stages/note.ts }
  review: { uses: ./stages/review.ts, needs: [draft] }
  nap: { uses: ./stages/nap.ts, with: { time: "\${nap}" } }
  publish: { uses: ./stages/note.ts, needs: [review, nap] }
`;

export const REVIEW = `
import { appendFileSync } from 'node:fs';
import { PipelineStage, type StageScope, z } from 'millrace';

const Approval = z.object({ ok: z.boolean(), by: z.string().optional() });

export default class Review extends PipelineStage.of({ outputs: z.object({ approval: Approval }) }) {
  async run({ waitFor, attempt }: StageScope<typeof Review>) {
    const approval = await waitFor('approve', Approval);
    appendFileSync('approved.txt', attempt + ' ' + JSON.stringify(approval) + '\\n');
    return { approval };
  }
}
`;

export const NAP = `
import { appendFileSync } from 'node:fs';
import { PipelineStage, type StageScope, z } from 'millrace';

export default class Nap extends PipelineStage.of({ params: z.object({ time: z.string() }) }) {
  async run({ sleep, params, attempt }: StageScope<typeof Nap>) {
    await sleep(params.time);
    appendFileSync('naps.txt', attempt + '\\n');
  }
}
`;
