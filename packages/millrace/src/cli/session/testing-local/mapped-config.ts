/** `list` reads items.json; `score` notes each item that it runs and kills its process at the one KILL_AT counts. */
export const MAPPED = `
name: mapped
stages:
  list: { uses: ./stages/list.ts }
  score: { uses: ./stages/score.ts, needs: [list], map: { concurrency: 8 } }
`;

export const LIST = `
import { readFileSync } from 'node:fs';
import { PipelineStage, z } from 'millrace';

export default class List extends PipelineStage.of({
  outputs: z.object({ names: z.array(z.string()) }),
  files: () => ['items.json'],
}) {
  override run() {
    return { names: JSON.parse(readFileSync('items.json', 'utf8')) };
  }
}
`;

export const SCORE = `
import { appendFileSync } from 'node:fs';
import { MappedStage, z } from 'millrace';

const killAt = Number(process.env.KILL_AT ?? Infinity);
let begun = 0;

export default class Score extends MappedStage.of({
  inputs: z.object({ names: z.array(z.string()) }),
  outputs: z.object({ scores: z.array(z.number()) }),
  map: { over: 'names', into: 'scores' },
}) {
  override async runItem(name: string) {
    if (begun++ >= killAt) process.kill(process.pid, 'SIGKILL');
    await null;
    appendFileSync('ran.txt', name + '\\n');
    return name.length;
  }
}
`;
