import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { accepted, placesOf, refusal } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { stageSource } from '../testing-local/stage-source.ts';
import { nodeAt } from '../tree/locate.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({
    'stages/a.ts': stageSource(),
    'millrace.config.yaml': `name: x
params: { date: today, window: 5, extra: { a: 1, b: 2 } }
context: { extra: "\${extra}" }
stages: { a: { uses: ./stages/a.ts, with: { window: "\${window}", label: "\${date}" } } }
`,
  });
});

afterEach(() => project.remove());

describe('a params file', () => {
  test('replaces params, each whole; later files win, and flags over them', async () => {
    await project.write({
      'one.yaml': 'date: 2024-03-14\nwindow: 6\nextra: { b: 3 }\n',
      'sub/two.json': '{ "window": 7 }',
      'empty.yaml': '# nothing yet\n',
    });
    const paramsFiles = ['one.yaml', 'sub/two.json', 'empty.yaml'];
    const { params, tree } = await accepted(project, { paramsFiles, params: { date: 'now' } });
    expect(params).toEqual({ date: 'now', window: 7, extra: { b: 3 } });
    const { span } = nodeAt(tree, ['params', 'window']) ?? tree;
    expect(span.source.layer).toBe('params-file');
    expect(span.source.locate(span.start)).toEqual({ file: 'sub/two.json', line: 1, column: 13 });
  });

  test('may hold placeholders, as the params of the config do', async () => {
    await project.write({ 'one.yaml': `date: "\${env:DAY}"\nwindow: "\${env:W|int}"\n` });
    const { definition } = await accepted(project, {
      paramsFiles: ['one.yaml'],
      env: { DAY: 'monday', W: '9' },
    });
    expect(definition.stages[0]?.with).toEqual({ window: 9, label: 'monday' });
  });

  test('reaches a config that is a function, under the params of the caller', async () => {
    await project.write({
      'one.yaml': 'a: file\nb: file\n',
      'c.mjs': `export default ({ params }) => ({ name: params.a + '-' + params.b, params: { a: 1, b: 2 }, stages: { s: { uses: './stages/a.ts' } } });`,
    });
    const options = { file: 'c.mjs', paramsFiles: ['one.yaml'], params: { b: 'flag' } };
    expect((await accepted(project, options)).definition.name).toBe('file-flag');
  });

  test.each([
    ['with an unknown param', 'one.yaml', 'window: 6\ndaet: x\n', 'PARAM_UNKNOWN one.yaml:2:1'],
    ['with a wrong value', 'one.yaml', 'window: few\n', 'PARAMS_INVALID 4:53'],
    ['that cannot be read', 'one.yaml', 'a: [\n', 'CONFIG_SYNTAX one.yaml:1:4'],
    ['that is a list', 'one.json', '[1]', 'PARAMS_FILE_INVALID one.json:1:1'],
    ['that is a program', 'one.ts', 'throw new Error()', 'PARAMS_FILE_INVALID'],
    ['with an ending of no data', 'one.csv', 'a,b', 'CONFIG_FORMAT'],
    ['that is not there', 'two.yaml', 'window: 6', 'PARAMS_FILE_MISSING'],
  ])('%s is refused at its place', async (_name, file, text, place) => {
    await project.write({ [file]: text });
    const asked = file === 'two.yaml' ? 'tow.yaml' : file;
    expect(placesOf(await refusal(project, { paramsFiles: [asked] }))).toEqual([place]);
  });

  test('that is misspelt, or names a param so, is answered with what was meant', async () => {
    await project.write({ 'prod.yaml': 'windwo: 5\n' });
    const [unknown] = await refusal(project, { paramsFiles: ['prod.yaml'] });
    expect(unknown).toMatchObject({
      help: 'did you mean "window"?',
      expected: 'one of date, window, extra',
    });
    const [missing] = await refusal(project, { paramsFiles: ['./prod.yml'] });
    expect(missing).toMatchObject({ help: 'did you mean "./prod.yaml"?' });
  });
});
