import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadConfig, loadConfigOrThrow } from '../load-config.ts';
import { refusal } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { specSource } from '../testing-local/stage-source.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({
    'stages/a.ts': specSource(`params: z.object({
      count: z.int().optional(),
      said: z.string().refine(() => false, { error: ({ input }) => 'is ' + JSON.stringify(input) }).optional(),
      login: z.strictObject({ user: z.string(), pin: z.boolean() }).optional(),
    })`),
    'stages/loud.ts': `throw new Error('broken by ' + process.env.LOUD_SECRET + ' '.repeat(400));`,
  });
});

afterEach(() => project.remove());

async function refused(params: string, env: Record<string, string>): Promise<string> {
  await project.write({
    'millrace.config.yaml': `name: x\nstages: { a: { uses: ./stages/a.ts, with: ${params} } }\n`,
  });
  const diagnostics = await refusal(project, { env });
  expect(diagnostics.length).toBeGreaterThan(0);
  return JSON.stringify(diagnostics);
}

describe('a diagnostic of a value that holds a secret', () => {
  const odd = 'a"b\\c\nd☃e'.repeat(12);

  test.each([
    ['of the wrong type', `{ count: "\${secret:A}" }`],
    ['that its schema quotes', `{ said: "\${secret:A}" }`],
    ['that a list of its stage holds', `{ login: { user: "\${secret:A}", pin: "\${secret:A}" } }`],
    ['that no schema knows', `{ unheard: ["\${secret:A}"] }`],
  ])('%s shows nothing of it, however it is quoted and cut', async (_, params) => {
    const shown = await refused(params, { A: odd });
    for (const piece of ['a\\"b', 'a\\\\\\"b', 'c\\nd', 'd☃e']) expect(shown).not.toContain(piece);
  });

  test('shows its placeholder, also of one that is too short to be searched for', async () => {
    const shown = await refused(`{ count: "x \${secret:A}" }`, { A: '~1' });
    expect(shown).toContain(`"got":"x \${secret:A}"`);
    expect(shown).not.toContain('~1');
  });

  test('tells of a list or map with secrets in it how large it is, and no more', async () => {
    const shown = await refused(`{ login: ["\${secret:A}", 1] }`, { A: '~1' });
    expect(shown).toContain('"got":"a list of 2"');
  });
});

test('what a path made of a secret would lead to is not looked for', async () => {
  await project.write({
    'millrace.config.yaml': `name: x\nstages: { a: { uses: "./\${secret:A}.ts" } }\n`,
  });
  const diagnostics = await refusal(project, { env: { A: 'dir/part#other' } });
  expect(diagnostics.map(({ code }) => code)).toEqual(['SECRET_MISPLACED']);
});

test('whoever prints hears of the secrets before a stage module is imported', async () => {
  await project.write({
    'millrace.config.yaml': `name: x\nstages: { a: { uses: ./stages/loud.ts, with: { a: "\${secret:LOUD_SECRET}" } } }\n`,
  });
  const heard: string[] = [];
  process.env.LOUD_SECRET = 'hunter2hunter2';
  try {
    const options = {
      cwd: project.folder,
      onSecrets: (values: readonly string[]) => heard.push(...values),
    };
    const loaded = await loadConfig(options);
    expect(heard).toEqual(['hunter2hunter2']);
    expect(loaded.ok ? '' : loaded.problem.diagnostics[0]?.message).toContain('broken by [secret]');
    await expect(loadConfigOrThrow(options)).rejects.not.toThrow('hunter2');
  } finally {
    delete process.env.LOUD_SECRET;
  }
});
