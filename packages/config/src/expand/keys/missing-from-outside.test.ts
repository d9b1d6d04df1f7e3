import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Diagnostic } from '@millrace/core';
import { placesOf, refusal } from '../../testing-local/outcome.ts';
import { Project } from '../../testing-local/project.ts';
import { specSource } from '../../testing-local/stage-source.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({
    'stages/orders.ts': specSource('outputs: z.object({ orders: z.number() })'),
    'stages/report.ts': specSource('inputs: z.object({ all: z.unknown() })'),
    'shared/inner.yaml': `inputs: [all]
stages:
  rep: { uses: ../stages/report.ts }
  too: { uses: ../stages/report.ts }
`,
    'shared/outer.yaml': 'inputs: [all]\nstages: { mid: { pipeline: ./inner.yaml } }\n',
  });
});

afterEach(() => project.remove());

async function refused(stages: string): Promise<readonly Diagnostic[]> {
  await project.write({ 'millrace.config.yaml': `name: x\nstages:\n${stages}` });
  return refusal(project);
}

test('an input that an inner pipeline is not given is told once, at the stage that is the pipeline', async () => {
  const found = await refused(`  o: { uses: ./stages/orders.ts }
  i1: { pipeline: ./shared/inner.yaml, needs: [o] }
`);
  expect(placesOf(found)).toEqual(['INPUT_MISSING 4:3']);
  expect(found[0]).toMatchObject({
    path: ['stages', 'i1'],
    message: 'the pipeline of stage "i1" takes the input "all", which no stage before it writes',
    expected: 'a key such as orders',
    help: 'name the key that it is to be: reads: { all: orders }, or give "all" under context:',
    related: [{ message: 'a stage inside reads it', at: { file: 'shared/inner.yaml', line: 3 } }],
  });
});

test('through several pipelines the outermost one is blamed', async () => {
  const found = await refused('  i1: { pipeline: ./shared/outer.yaml }\n');
  expect(placesOf(found)).toEqual(['INPUT_MISSING 3:3']);
  expect(found[0]?.help).toBe(
    'name the key that it is to be: reads: { all: ... }, or give "all" under context:',
  );
});

test('keys with labels are read there', async () => {
  const found = await refused(`  o: { uses: ./stages/orders.ts, matrix: { r: [1, 2] } }
  i1: { pipeline: ./shared/inner.yaml, needs: [o], reads: { all: orders } }
`);
  expect(placesOf(found)).toEqual(['INPUT_MISSING 4:66']);
  expect(found[0]?.help).toContain('reads: { all: "orders[*]" }');
});

test('a writer that the pipeline does not need is to be needed by the stage that is the pipeline', async () => {
  const found = await refused(`  o: { uses: ./stages/orders.ts }
  i1: { pipeline: ./shared/inner.yaml, needs: [], reads: { all: orders } }
`);
  expect(placesOf(found)).toEqual(['INPUT_MISSING 4:47']);
  expect(found[0]?.help).toBe('add "o" to the `needs` of stage "i1": needs: [o]');
});
