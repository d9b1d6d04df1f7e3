/** `middle` waits for the file `open`, which may come at any instant: it watches before it looks. */
export const WAITING = `
name: waiting
stages:
  first: { uses: ./stages/note.ts }
  middle: { uses: ./stages/wait.ts, needs: [first] }
  last: { uses: ./stages/note.ts, needs: [middle] }
`;

export const WAIT = `
import { once } from 'node:events';
import { appendFileSync, existsSync, watch } from 'node:fs';
import { PipelineStage, type StageScope } from 'millrace';

export default class Wait extends PipelineStage {
  override async run({ stageId }: StageScope<typeof Wait>) {
    appendFileSync('ran.txt', stageId + '\\n');
    const watcher = watch('.');
    while (!existsSync('open')) await once(watcher, 'change');
    watcher.close();
  }
}
`;
