import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Workspace } from '../testing-local/workspace.ts';

// Each test starts several processes.

const CONFIG = 'name: x\r\nstages:\n  s: { uses: ./stages/note.ts }\n';
const LINE = '# yaml-language-server: $schema=./.millrace/schema.json';

let workspace: Workspace;

beforeAll(() => {
  workspace = new Workspace('schema');
});
afterAll(() => workspace.remove());

describe('millrace schema', () => {
  test('prints the schema of a config, with the params of its stages', async () => {
    workspace.write('one.yaml', CONFIG);
    const printed = await workspace.run(['schema', 'one.yaml']);
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    const schema = JSON.parse(printed.stdout);
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(schema.definitions.with1.properties).toHaveProperty('gate');
    const asJson = await workspace.run(['schema', 'one.yaml', '--json']);
    expect(JSON.parse(asJson.stdout)).toEqual(schema);
  });

  test('prints the general schema where there is no config', async () => {
    const printed = await workspace.shell(
      'mkdir empty && cd empty && echo {} > package.json && $M schema',
    );
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(printed.stdout).definitions).not.toHaveProperty('with1');
  });

  test('prints the schema alone, whatever the modules of stages print', async () => {
    workspace.write('stages/loud.ts', `console.log('loud'); export { default } from './note.ts';`);
    workspace.write('loud.yaml', 'name: x\nstages: { s: { uses: ./stages/loud.ts } }\n');
    const printed = await workspace.run(['schema', 'loud.yaml']);
    expect(printed).toMatchObject({ code: 0, stderr: 'loud\n' });
    expect(JSON.parse(printed.stdout).definitions).toHaveProperty('with1');
  });

  test('does without a stage that cannot be resolved, and tells why on stderr', async () => {
    workspace.write('two.yaml', `${CONFIG}  t: { uses: ./stages/nope.ts }\n`);
    const printed = await workspace.run(['schema', 'two.yaml', '--out', 'two.json']);
    expect(printed.code).toBe(0);
    expect(printed.stderr).toMatch(
      /error\[USES_FILE_MISSING\][\s\S]*two\.yaml:4:14[\s\S]*1 error in two\.yaml: the schema does without it\n/,
    );
    expect(printed.stdout).toMatch(/^✔ two\.json: two\.yaml, 1 kind of stage\n/);
    expect(JSON.parse(workspace.read('two.json')).definitions).toHaveProperty('with1');
  });

  test('refuses a config that is not there', async () => {
    const refused = await workspace.run(['schema', 'nope.yaml', '--out', 'nope.json']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/error\[CONFIG_NOT_FOUND\]/);
    expect(workspace.read('nope.json')).toBe('');
  });

  test('tells a file that cannot be written', async () => {
    const refused = await workspace.run(['schema', 'one.yaml', '--out', 'package.json/x.json']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/error\[FILE_UNWRITABLE\]: \S+x\.json cannot be written/);
  });
});

describe('a schema in a file', () => {
  test('comes with the line that names it', async () => {
    workspace.write('three.yaml', CONFIG);
    const told = await workspace.run(['schema', 'three.yaml', '--out', 'schemas/three.json']);
    expect(told.stdout).toBe(
      '✔ schemas/three.json: three.yaml, 1 kind of stage\n\nput this line first in three.yaml, or let --link do it:\n# yaml-language-server: $schema=./schemas/three.json\n',
    );
    expect(workspace.read('three.yaml')).toBe(CONFIG);
    const json = await workspace.run(['schema', 'three.yaml', '--out', 'three.json', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      out: 'three.json',
      stages: ['./stages/note.ts'],
      line: '# yaml-language-server: $schema=./three.json',
      isLinked: false,
    });
  });

  test('is named in the first line of the config with --link, once, every byte of which is kept', async () => {
    workspace.write('pipelines/four.yaml', CONFIG.replace('./stages', '../stages'));
    const linked = await workspace.run(['schema', 'pipelines/four.yaml', '--link']);
    expect(linked.stdout).toBe(
      '✔ pipelines/.millrace/schema.json: pipelines/four.yaml, 1 kind of stage\n✔ pipelines/four.yaml: names it in its first line\n',
    );
    const text = `${LINE}\r\n${CONFIG.replace('./stages', '../stages')}`;
    expect(workspace.read('pipelines/four.yaml')).toBe(text);
    const again = await workspace.run(['schema', 'pipelines/four.yaml', '--link']);
    expect(again).toMatchObject({ code: 0, stdout: linked.stdout.split('\n')[0]?.concat('\n') });
    expect(workspace.read('pipelines/four.yaml')).toBe(text);
    expect((await workspace.run(['validate', 'pipelines/four.yaml'])).code).toBe(0);
  });

  test.each([
    [
      'names another schema',
      'a.yaml',
      '# yaml-language-server: $schema=./mine.json\nname: x\nstages: {}\n',
      [],
      /a\.yaml names another schema: \.\/mine\.json/,
    ],
    [
      'has a format without such a line',
      'a.json',
      '{ "name": "x", "stages": {} }',
      [],
      /format of a\.json has no line[\s\S]*by its first key: "\$schema": "\.\/\.millrace\/schema\.json"/,
    ],
    [
      'would name a path with a space',
      'b.yaml',
      CONFIG,
      ['--out', 'my schema.json'],
      /path holds a space: \.\/my schema\.json/,
    ],
  ])('is not written when the config %s', async (_name, file, text, flags, why) => {
    workspace.write(file, text);
    const refused = await workspace.run(['schema', file, '--link', ...flags]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/error\[SCHEMA_NOT_LINKED\]/);
    expect(refused.stderr).toMatch(why);
    expect(workspace.read(file)).toBe(text);
    expect(workspace.read('.millrace/schema.json') + workspace.read('my schema.json')).toBe('');
  });

  test('cannot be named by a config that is not there', async () => {
    const refused = await workspace.shell(
      'mkdir -p bare && cd bare && echo {} > package.json && $M schema --link',
    );
    expect(refused.stderr).toMatch(/SCHEMA_NOT_LINKED\]: there is no config to link/);
  });
});
