/** Four stages: `sum` fails until the file `fixed` is there; `report` needs it, `extra` does not. */
export const FIXABLE = `
name: fixable
failureMode: continue
stages:
  ingest: { uses: ./stages/note.ts }
  sum: { uses: ./stages/note.ts, needs: [ingest], with: { need: fixed } }
  report: { uses: ./stages/note.ts, needs: [sum] }
  extra: { uses: ./stages/note.ts }
`;

/** `middle` waits for the file `open`. */
export const GATED = `
name: gated
stages:
  first: { uses: ./stages/note.ts }
  middle: { uses: ./stages/note.ts, needs: [first], with: { gate: open } }
  last: { uses: ./stages/note.ts, needs: [middle] }
`;

export const DEGRADED = `
name: degraded
stages:
  main: { uses: ./stages/note.ts }
  side: { uses: ./stages/note.ts, critical: false, with: { need: nothing } }
`;

/** `total` needs the context key \`prices\` from its caller; it fails until the file \`fixed\` is there. */
export const GIVEN = `
name: given
inputs: [prices]
context: { scale: 1 }
stages:
  total: { uses: ./stages/total.ts }
`;

export const TOTAL = `
import { existsSync } from 'node:fs';
import { PipelineStage, type StageScope, z } from 'millrace';

export default class Total extends PipelineStage.of({
  inputs: z.object({ prices: z.array(z.number()), scale: z.number() }),
  outputs: z.object({ total: z.number() }),
}) {
  run({ inputs }: StageScope<typeof Total>) {
    if (!existsSync('fixed')) throw new Error('not yet');
    return { total: inputs.prices.reduce((sum, price) => sum + price, 0) * inputs.scale };
  }
}
`;
