import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { formatPath } from '@millrace/core';
import { renderDiagnostics } from '../report/render-diagnostics.ts';
import { accepted, placesOf, refusal } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { specSource } from '../testing-local/stage-source.ts';
import { nodeAt } from '../tree/locate.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({ 'any.ts': specSource('params: z.unknown()') });
});

afterEach(() => project.remove());

const CONFIG = 'millrace.config.yaml';

async function write(value: string, more = ''): Promise<void> {
  await project.write({
    [CONFIG]: `name: x\n${more}stages:\n  a:\n    uses: ./any.ts\n    with: { v: ${JSON.stringify(value)} }\n`,
  });
}

async function valueFor(text: string, env: Record<string, string> = {}): Promise<unknown> {
  await write(text);
  const { definition } = await accepted(project, { env });
  return Reflect.get(definition.stages[0]?.with as object, 'v');
}

describe('a placeholder with a type', () => {
  test.each([
    ['text', '5', '5'],
    ['int', '5432', 5432],
    ['int', '-7', -7],
    ['int', '007', 7],
    ['number', '0.5', 0.5],
    ['number', '-1.5e3', -1500],
    ['number', '3', 3],
    ['boolean', 'true', true],
    ['boolean', 'FALSE', false],
    ['json', '["a", { "b": [1, null] }]', ['a', { b: [1, null] }]],
    ['json', '"text"', 'text'],
    [
      'json',
      '{ "__proto__": { "polluted": 1 } }',
      JSON.parse('{ "__proto__": { "polluted": 1 } }'),
    ],
    ['duration', '1.5m', '1.5m'],
    ['size', '10MiB', '10MiB'],
  ])('reads %s from %j', async (type, text, expected) => {
    expect(await valueFor(`\${env:V|${type}}`, { V: text })).toEqual(expected);
    expect(await valueFor(`\${secret:V|${type}}`, { V: text })).toEqual(expected);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test.each([
    ['int', '5.5', 'a whole number, such as 8080'],
    ['int', '9007199254740993', 'a whole number, such as 8080'],
    ['int', ' 5', 'a whole number, such as 8080'],
    ['int', '0x10', 'a whole number, such as 8080'],
    ['int', '', 'a whole number, such as 8080'],
    ['number', 'many', 'a number, such as 0.5'],
    ['number', '1e999', 'a number, such as 0.5'],
    ['number', 'NaN', 'a number, such as 0.5'],
    ['number', '12345678901234567890', 'a number, such as 0.5'],
    ['boolean', 'yes', 'true or false'],
    ['boolean', '1', 'true or false'],
    ['json', '{ "a": 1, "a": 2 }', 'JSON, such as ["a", "b"]'],
    ['json', 'text', 'JSON, such as ["a", "b"]'],
    ['json', '', 'JSON, such as ["a", "b"]'],
    ['json', '['.repeat(5000), 'JSON, such as ["a", "b"]'],
    ['duration', '5', 'a duration with a unit, such as 5m'],
    ['size', '10M', 'a size with a unit, such as 10MiB'],
  ])('refuses as %s what is %j', async (type, text, expected) => {
    await write(`\${env:VAR|${type}}`);
    expect(await refusal(project, { env: { VAR: text } })).toMatchObject([
      {
        code: 'ENV_TYPE',
        message: `the environment variable VAR does not fit the type ${type} in stages.a.with.v`,
        got: expect.stringMatching(/^the text /),
        expected,
        at: { line: 5, column: 17 },
      },
    ]);
    await write(`\${secret:VAR|${type}}`);
    const secret = await refusal(project, { env: { VAR: text } });
    expect(placesOf(secret)).toEqual(['SECRET_TYPE 5:17']);
    expect(secret[0]?.message).toMatch(/^the secret "VAR" does not fit the type/);
    expect(Object.keys(secret[0] ?? {})).not.toContain('got');
  });

  test('stands with its default for what is not set; a default that does not fit is refused always', async () => {
    expect(await valueFor(`\${env:PORT|int:-8080}`)).toBe(8080);
    expect(await valueFor(`\${env:PORT|int:-8080}`, { PORT: '' })).toBe(8080);
    expect(await valueFor(`\${env:PORT|int:-8080}`, { PORT: '90' })).toBe(90);
    expect(await valueFor(`\${env:LIST|json:-[1, 2]}`)).toEqual([1, 2]);
    await write(`\${env:PORT|int:-http}`);
    for (const env of [{}, { PORT: '90' }]) {
      expect(await refusal(project, { env })).toMatchObject([
        {
          code: 'ENV_TYPE',
          message: `the default of \${env:PORT|int:-http} does not fit its type int in stages.a.with.v`,
          got: 'the text "http"',
        },
      ]);
    }
  });

  test('inside a text is checked and written as it was given, where it is a single value', async () => {
    const env = { P: '007', R: '1.50', B: 'true' };
    expect(await valueFor(`p\${env:P|int}-\${env:R|number}-\${env:B|boolean}`, env)).toBe(
      'p007-1.50-true',
    );
    for (const type of ['json', 'duration', 'size']) {
      await write(`a \${env:V|${type}}`);
      const found = await refusal(project, { env: { V: type === 'json' ? '[]' : '1B' } });
      expect([type, ...placesOf(found)]).toEqual([
        type,
        type === 'duration' ? 'ENV_TYPE 5:19' : 'PLACEHOLDER_NOT_TEXT 5:19',
      ]);
    }
  });

  test('that is unknown is answered with the one that was meant', async () => {
    const helpFor = async (text: string): Promise<unknown> => {
      await write(text);
      const [first] = await refusal(project);
      return [first?.code, first?.help];
    };
    expect(await helpFor(`\${env:V|itn}`)).toEqual(['PLACEHOLDER_SYNTAX', 'did you mean "int"?']);
    expect(await helpFor(`\${secret:V|date}`)).toEqual([
      'PLACEHOLDER_SYNTAX',
      'the types are text, int, number, boolean, json, duration, size',
    ]);
    expect(await helpFor(`\${v|int}`)).toEqual([
      'PLACEHOLDER_SYNTAX',
      `write $\${ for a plain \${`,
    ]);
  });
});

test('a value that is a wrong param is told with the place where the param is set', async () => {
  await write('x', `params: { t: "\${u}", u: 5 }\n`);
  const text = (await refusal(project, { set: { 'stages.a.timeout': `\${t}` } }))[0];
  expect(text).toMatchObject({
    code: 'CONFIG_TYPE',
    path: ['stages', 'a', 'timeout'],
    related: [{ message: 'params.u is set here', at: { file: CONFIG, line: 2, column: 25 } }],
  });
});

describe('a value that is made of secrets', () => {
  const env = {
    TOKEN: 'hunter-two',
    USER: 'ann',
    DB: '{ "user": "scott", "pass": "tiger-tiger" }',
  };
  const text = `name: x
store: "sqlite:\${secret:TOKEN}.db"
params: { auth: "Bearer \${secret:TOKEN}", plain: 1 }
stages:
  a:
    uses: ./any.ts
    with:
      header: "\${auth}"
      url: "https://\${env:USER}:\${secret:TOKEN}@host/$\${x}"
      list: [1, "\${secret:TOKEN|text}"]
      db: "\${secret:DB|json}"
      plain: "\${plain}"
    fallback: { uses: ./any.ts, with: { token: "\${secret:TOKEN}" } }
`;

  test('is known by its path, with the text that may be shown instead', async () => {
    await project.write({ [CONFIG]: text });
    const { secretPlaces, tree, definition } = await accepted(project, { env });
    expect(Object.fromEntries(secretPlaces)).toEqual({
      store: `sqlite:\${secret:TOKEN}.db`,
      'params.auth': `Bearer \${secret:TOKEN}`,
      'stages.a.with.header': `Bearer \${secret:TOKEN}`,
      'stages.a.with.url': `https://ann:\${secret:TOKEN}@host/$\${x}`,
      'stages.a.with.list[1]': `\${secret:TOKEN|text}`,
      'stages.a.with.db': `\${secret:DB|json}`,
      'stages.a.fallback.with.token': `\${secret:TOKEN}`,
    });
    expect(definition.stages[0]?.with).toMatchObject({
      header: 'Bearer hunter-two',
      db: { pass: 'tiger-tiger' },
    });
    expect(nodeAt(tree, ['stages', 'a', 'with', 'url'])?.raw).toBe(
      `https://\${env:USER}:\${secret:TOKEN}@host/$\${x}`,
    );
    expect(formatPath(['stages', 'a', 'with', 'list', 1])).toBe('stages.a.with.list[1]');
  });

  test('is redacted in all its forms: parts of JSON, and numbers as they print', async () => {
    await project.write({
      [CONFIG]: text.replace(`"\${plain}"`, `"\${secret:N|number}"`),
    });
    const { secrets } = await accepted(project, { env: { ...env, N: '1.25e4' } });
    expect(secrets.redact('hunter-two tiger-tiger scott 12500 1.25e4')).toBe(
      '[secret] [secret] [secret] [secret] [secret]',
    );
  });

  const SECRET = `"x \${secret:TOKEN}"`;
  const misplaced = (stage: string, top: string): string =>
    `name: x\nstages:\n  a:\n    uses: ./any.ts\n    ${stage}\n${top}\n`;

  test.each([
    ['the context', '', `context: { a: { b: ${SECRET} } }`, 'SECRET_IN_CONTEXT 6:20'],
    [
      'the context by a param',
      '',
      `params: { p: ${SECRET} }\ncontext: { b: "\${p}" }`,
      'SECRET_IN_CONTEXT 7:15',
    ],
    ['the outputs of a fallback', `fallback: { x: ${SECRET} }`, '', 'SECRET_IN_CONTEXT 5:20'],
    ['the class of a fallback', `fallback: { uses: ${SECRET} }`, '', 'SECRET_MISPLACED 5:23'],
    ['a dependency', `needs: [${SECRET}]`, '', 'SECRET_MISPLACED 5:13'],
    ['a description', '', `description: ${SECRET}`, 'SECRET_MISPLACED 6:14'],
    ['the folder of logs', '', `logging: { dir: ${SECRET} }`, 'SECRET_MISPLACED 6:17'],
  ])('is refused in %s, where it would be kept in clear', async (_name, stage, top, place) => {
    await project.write({ [CONFIG]: misplaced(stage, top) });
    const found = await refusal(project, { env: { TOKEN: 'any-secret' } });
    expect(placesOf(found)).toContain(place);
    expect(JSON.stringify(found)).not.toContain('any-secret');
  });

  test('shows in no diagnostic', async () => {
    await project.write({
      'strict.ts': specSource('params: z.object({ db: z.object({ user: z.number() }) })'),
      [CONFIG]: `name: x\nstages:\n  a: { uses: ./strict.ts, with: { db: "\${secret:DB|json}" } }\n`,
    });
    const found = await refusal(project, { env });
    expect(new Set(placesOf(found))).toEqual(new Set(['PARAMS_INVALID 3:39']));
    expect(renderDiagnostics(found)).not.toMatch(/scott|tiger/);
  });
});
