/** reserve -> charge -> ship, of which `ship` needs the file `open`; each notes what it does and undoes. */
export const ORDER = `
name: order
stages:
  reserve: { uses: ./stages/entry.ts }
  charge: { uses: ./stages/entry.ts, needs: [reserve] }
  notify: { uses: ./stages/note.ts, needs: [reserve] }
  ship: { uses: ./stages/note.ts, needs: [charge], with: { need: open } }
`;

export const ENTRY = `
import { appendFileSync, existsSync } from 'node:fs';
import { PipelineStage, type StageScope, type UndoScope } from 'millrace';

export default class Entry extends PipelineStage {
  run({ stageId, idempotencyKey }: StageScope<typeof Entry>) {
    appendFileSync('ledger.txt', 'do ' + stageId + ' ' + idempotencyKey + '\\n');
    return { [stageId]: stageId };
  }

  override undo({ stageId, idempotencyKey }: UndoScope<typeof Entry>) {
    if (existsSync(stageId + '.closed')) throw new Error(stageId + ' is closed');
    appendFileSync('ledger.txt', 'undo ' + stageId + ' ' + idempotencyKey + '\\n');
  }
}
`;
