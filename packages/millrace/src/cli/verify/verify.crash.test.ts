import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { SeededRandom } from '@millrace/core';
import { Workspace } from '../testing-local/workspace.ts';

// Each torture starts dozens of processes.
jest.setTimeout(600_000);

const BROKEN_STORE = pathToFileURL(join(import.meta.dirname, 'testing-local/broken-store.ts')).href;

const CONFIG = `
name: tortured
stages:
  one: { uses: ./stages/add.ts, reads: { base: start } , writes: { sum: first } }
  two: { uses: ./stages/add.ts, needs: [one], reads: { base: first }, writes: { sum: second } }
  each: { uses: ./stages/each.ts, needs: [two] }
context: { start: 1, parts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] }
`;

const EACH = `import { MappedStage, z } from 'millrace';
export default class Each extends MappedStage.of({
  inputs: z.object({ parts: z.array(z.number()), second: z.number() }),
  outputs: z.object({ results: z.array(z.number()) }),
  map: { over: 'parts', into: 'results', concurrency: 3 },
}) {
  async runItem(part, { inputs }) { await null; return part * inputs.second; }
}
`;

const ADD = `import { PipelineStage, z } from 'millrace';
export default class Add extends PipelineStage.of({
  inputs: z.object({ base: z.number() }),
  outputs: z.object({ sum: z.number() }),
}) {
  run({ inputs }) { return { sum: inputs.base + 1 }; }
}
`;

let workspace: Workspace;

beforeEach(() => {
  workspace = new Workspace();
  workspace.write('stages/add.ts', ADD);
  workspace.write('stages/each.ts', EACH);
  workspace.write('tortured.yaml', CONFIG);
});
afterEach(() => workspace.remove());

interface Told {
  readonly ok: boolean;
  readonly kills: number;
  readonly points: { readonly known: number; readonly tried: number };
  readonly breached: readonly { readonly breaches: readonly { readonly check: string }[] }[];
}

test('a run that is killed at points of it and of its resume comes to the same end', async () => {
  const flags = ['--points', '16', '--instants', '3', '--series', '1', '--seed', '5', '--json'];
  const ended = await workspace.run(['verify', 'tortured.yaml', ...flags]);
  const told: Told = JSON.parse(ended.stdout);
  process.stdout.write(
    `${told.kills} kills, ${told.points.tried} of ${told.points.known} points\n`,
  );
  expect({ stderr: ended.stderr, breached: told.breached }).toEqual({ stderr: '', breached: [] });
  expect(told.points.tried).toBe(16);
  expect(told.kills).toBeGreaterThanOrEqual(16);
  expect(ended.code).toBe(0);
});

describe('a store that is broken is found out', () => {
  const random = new SeededRandom(1);
  const kinds = [
    'lost-sync',
    'torn-values',
    'torn-stages',
    'torn-events',
    'torn-items',
    'reordered',
    'endless',
  ];
  const faults = kinds.map((kind) => `${kind}:${1 + random.integer(3)}`);

  test.each(faults)('%s', async (fault) => {
    const ended = await workspace.run(
      ['verify', 'tortured.yaml', '--points', '8', '--instants', '0', '--series', '0', '--json'],
      // What was broken is kept, and goes with the folder.
      {
        NODE_OPTIONS: `--import ${BROKEN_STORE}`,
        MILLRACE_TEST_FAULT: fault,
        TMPDIR: workspace.folder,
      },
    );
    const isProven = ended.stdout !== '';
    const told: Partial<Told> = isProven ? JSON.parse(ended.stdout) : {};
    const checks = new Set(
      told.breached?.flatMap(({ breaches }) => breaches.map(({ check }) => check)),
    );
    process.stdout.write(
      `${fault}: ${isProven ? [...checks].join(', ') : ended.stderr.split('\n')[0]}\n`,
    );
    expect(ended.code).not.toBe(0);
    expect(told.ok ?? false).toBe(false);
  });
});
