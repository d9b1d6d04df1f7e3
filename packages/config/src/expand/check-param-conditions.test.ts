import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { accepted, placesOf, refusal } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { specSource } from '../testing-local/stage-source.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({
    'stages/a.ts': specSource(
      'params: z.object({ n: z.int().default(2), mode: z.string().optional() }), inputs: z.object({ rows: z.unknown().optional() })',
    ),
  });
});

afterEach(() => project.remove());

async function write(stages: string): Promise<void> {
  await project.write({ 'millrace.config.yaml': `name: x\nstages:\n${stages}` });
}

test('a condition over params that has no value is refused at the part that is wrong', async () => {
  await write(`  a: { uses: ./stages/a.ts, when: "params.n > '1'" }
  b: { uses: ./stages/a.ts, when: params.n }
  c: { uses: ./stages/a.ts, when: "params.mode == 'full'" }
`);
  const found = await refusal(project);
  expect(placesOf(found)).toEqual([
    'CONDITION_FAILED 3:36',
    'CONDITION_NOT_BOOLEAN 4:35',
    'CONDITION_FAILED 5:43',
  ]);
  expect(found.map(({ message }) => message)).toEqual([
    'the condition of stage "a" cannot be decided: the two sides of ">" are a number and a text',
    'the condition of stage "b" cannot be decided: its value must be true or false, and is a number',
    'the condition of stage "c" cannot be decided: no such key: mode',
  ]);
  expect(found[1]?.help).toBe('compare it: params.n > 0');
});

test('it is told once for all instances', async () => {
  await write('  a: { uses: ./stages/a.ts, matrix: { k: [1, 2] }, when: params.n }\n');
  expect(placesOf(await refusal(project))).toEqual(['CONDITION_NOT_BOOLEAN 3:58']);
});

test('one that has a value, or asks for inputs as well, is not', async () => {
  await write(`  a: { uses: ./stages/a.ts, when: "params.n > 1" }
  b: { uses: ./stages/a.ts, when: "params.n > '1' || has(inputs.rows)" }
`);
  expect((await accepted(project)).pipeline.stages).toHaveLength(2);
});

test('what fails over inputs tells where it is written', async () => {
  await write('  a: { uses: ./stages/a.ts, when: "inputs.rows > 1" }\n');
  const [stage] = (await accepted(project)).pipeline.stages;
  const ask = (): unknown => stage?.when?.holds({ params: {}, inputs: { rows: [1] } });
  expect(ask).toThrow(
    expect.objectContaining({
      code: 'CONDITION_FAILED',
      details: expect.objectContaining({
        at: { file: 'millrace.config.yaml', line: 3, column: 36 },
      }),
    }),
  );
});
