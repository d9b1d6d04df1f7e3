import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { DatabaseSync } from '../../testing-local/database.ts';
import { Workspace } from '../testing-local/workspace.ts';
import { LIST, MAPPED, SCORE } from './testing-local/mapped-config.ts';

// Each test starts processes that work through many items.
jest.setTimeout(600_000);

const ITEMS = 10_000;
/** By chance; it stands in the name of its test, and is given again to see the same. */
const ANYWHERE = Number(process.env.MILLRACE_KILL_AT ?? Math.floor(Math.random() * ITEMS));

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace();
  workspace.write('mapped.pipeline.yaml', MAPPED);
  workspace.write('stages/list.ts', LIST);
  workspace.write('stages/score.ts', SCORE);
});
afterEach(() => workspace.remove());

function writeItems(names: readonly string[]): void {
  workspace.write('items.json', JSON.stringify(names));
}

/** Keys of the items whose result is on record. */
function doneItems(): ReadonlySet<string> {
  const database = new DatabaseSync(workspace.path('.millrace/millrace.db'));
  const rows = database.prepare("SELECT key FROM items WHERE status = 'succeeded'").all();
  database.close();
  return new Set(rows.map(({ key }) => String(key)));
}

async function resultsOf(id: string): Promise<unknown> {
  const { stdout } = await workspace.run(['show', id, '--context', 'scores', '--json']);
  return JSON.parse(stdout);
}

describe(`a map over ${ITEMS} items that is killed`, () => {
  const names = Array.from({ length: ITEMS }, (_, index) => `item-${index}`);

  test.each([0, 9999, ANYWHERE])(
    'at item %i is resumed with exactly what is missing, after 10 came and 3 went',
    async (killAt) => {
      writeItems(names);
      const env = { KILL_AT: String(killAt) };
      const killed = await workspace.run(['run', 'mapped.pipeline.yaml'], env);
      expect(killed.signal).toBe('SIGKILL');
      const done = doneItems();
      // What a turn of the event loop has done is written when it ends: that much a kill can take back.
      expect(done.size).toBeLessThanOrEqual(killAt);
      workspace.write('ran.txt', '');
      const fresh = Array.from({ length: 10 }, (_, index) => `new-${index}`);
      const gone = new Set(['item-1', 'item-5000', 'item-9998']);
      const now = [
        ...fresh.slice(0, 5),
        ...names.filter((name) => !gone.has(name)),
        ...fresh.slice(5),
      ];
      writeItems(now);
      const resumed = await workspace.run(['resume']);
      expect(resumed.code).toBe(0);
      const unfinished = names.filter((name) => !done.has(name) && !gone.has(name));
      const ran = workspace.lines('ran.txt');
      expect(ran).toHaveLength(unfinished.length + 10);
      expect(new Set(ran)).toEqual(new Set([...unfinished, ...fresh]));
      expect(await resultsOf('latest')).toEqual(now.map((name) => name.length));
    },
  );

  test('again and again ends all the same, and no item on record runs twice', async () => {
    writeItems(names.slice(0, 3000));
    let command: readonly string[] = ['run', 'mapped.pipeline.yaml'];
    for (const killAt of [500, 400, 900, 700]) {
      const before = command[0] === 'run' ? new Set<string>() : doneItems();
      workspace.write('ran.txt', '');
      const { signal } = await workspace.run(command, { KILL_AT: String(killAt) });
      expect(signal).toBe('SIGKILL');
      expect(workspace.lines('ran.txt').filter((name) => before.has(name))).toEqual([]);
      command = ['resume'];
    }
    const before = doneItems();
    workspace.write('ran.txt', '');
    expect((await workspace.run(['resume'])).code).toBe(0);
    expect(workspace.lines('ran.txt')).toHaveLength(3000 - before.size);
  });
});
