import { describe, expect, it } from '@jest/globals';
import { inExample } from '../base/example-folder.ts';
import { useTemporaryHome } from '../testing-local/temporary-home.ts';
import { guarded } from './guarded.ts';
import { runTraining } from './run-training.ts';

const home = useTemporaryHome();
const broken = (name: string): string => inExample(`src/testing-local/configs/${name}.yaml`);

/** What the command prints for a config that it refuses. It has no home: nothing is written. */
async function refusal(...argv: readonly string[]) {
  const notices: string[] = [];
  const io = {
    out: () => {},
    notice: (line: string) => notices.push(line),
    env: { INIT_CWD: '/' },
  };
  const exitCode = await guarded(runTraining, argv, io);
  return { exitCode, text: notices.join('\n') };
}

describe('a config that is wrong is refused with exit 2 and an error of its own', () => {
  it.each([
    [
      'no pipelines section',
      ['--pipeline', 'weekly'],
      'PIPELINES_MISSING',
      'the file has no `pipelines` section',
    ],
    [
      'no config at all',
      ['--config', '/nowhere/pipeline.yaml'],
      'CONFIG_NOT_FOUND',
      'there is no config file',
    ],
    [
      'an empty pipelines section',
      ['--config', broken('empty')],
      'PIPELINES_WRONG_TYPE',
      'must be a map from names to pipelines',
    ],
    [
      'an unknown name',
      ['--config', broken('two-pipelines'), '--pipeline', 'dialy'],
      'PIPELINE_UNKNOWN',
      'did you mean "daily"?',
    ],
    [
      'several pipelines and no name',
      ['--config', broken('two-pipelines')],
      'PIPELINE_NOT_CHOSEN',
      'one of daily, weekly',
    ],
    [
      'stages of the wrong type',
      ['--config', broken('stages-wrong-type')],
      'STAGES_WRONG_TYPE',
      '`stages` must be a map',
    ],
    [
      'a stage of the wrong type',
      ['--config', broken('stage-wrong-type')],
      'STAGE_WRONG_TYPE',
      'stage "data-ingestion" must be a map',
    ],
    [
      'a missing name of the pipeline',
      ['--config', broken('name-missing')],
      'CONFIG_NAME_MISSING',
      'the pipeline has no `name`',
    ],
    [
      'a missing name of a stage',
      ['--config', broken('id-missing')],
      'STAGE_ID_MISSING',
      'has no `id`',
    ],
    [
      'a stage without module and class',
      ['--config', broken('uses-missing')],
      'STAGE_USES_MISSING',
      'does not say what it `uses`',
    ],
    [
      'a missing module',
      ['--config', broken('module-missing')],
      'USES_FILE_MISSING',
      'did you mean "../../../stages/data-ingestion.ts"?',
    ],
    [
      'a module that cannot be imported',
      ['--config', broken('import-fails')],
      'USES_IMPORT_FAILED',
      'import-fails.ts:4:23',
    ],
    [
      'a class that is not in its module',
      ['--config', broken('class-missing')],
      'USES_EXPORT_MISSING',
      'exports no "DataIngestoin"',
    ],
    [
      'a class that is no stage',
      ['--config', broken('no-stage')],
      'STAGE_NOT_A_STAGE',
      'class "Ingestion" does not extend PipelineStage',
    ],
    [
      'thresholds that are left out',
      ['--config', broken('thresholds-left-out')],
      'PARAMS_INVALID',
      'write `thresholds: { sharpe: { min: 0.5 }',
    ],
    [
      'no single threshold',
      ['--set', 'stages.evaluation.with.thresholds={}'],
      'PARAMS_INVALID',
      'must set at least one threshold',
    ],
    [
      'an unknown threshold',
      ['--set', 'stages.evaluation.with.thresholds={"sharp":{"min":1}}'],
      'PARAMS_INVALID',
      'sharp',
    ],
    [
      'a split that leaves nothing',
      ['--set', 'stages.data-ingestion.with.split.train=0.9'],
      'PARAMS_INVALID',
      'must leave .05 or more',
    ],
  ])('%s', async (_, argv, code, text) => {
    const printed = await refusal(...argv);
    expect(printed.exitCode).toBe(2);
    expect(printed.text.match(/error\[(\w+)\]/g)).toEqual([`error[${code}]`]);
    expect(printed.text).toContain(text);
  });
});

describe('the command line', () => {
  it.each([
    ['an unknown option', ['--dta', 'ge'], 'USAGE', "Unknown option '--dta'"],
    ['an option without its value', ['--data', ''], 'USAGE', '--data wants a value'],
    [
      'data together with a resume',
      ['--resume', 'latest', '--data', 'ge'],
      'USAGE',
      'leave --data out',
    ],
    ['a setting without a value', ['--set', 'x'], 'USAGE', 'expected PATH=VALUE'],
    [
      'data that is not known',
      ['--data', 'sp600'],
      'DATA_UNKNOWN',
      'expected one of sp500, aapl, ge, edge, no-edge',
    ],
  ])('refuses %s', async (_, argv, code, text) => {
    const { exitCode, notices } = await home().train(...argv);
    expect(exitCode).toBe(2);
    expect(notices).toContain(`error ${code}: `);
    expect(notices).toContain(text);
    expect(notices).toContain('help: ');
  });

  it('refuses a switch that names no stage, before anything runs', async () => {
    const env = { MODEL_TRAINING_BREAK: 'trainig' };
    const { exitCode, notices } = await home().command(runTraining, [], env);
    expect(exitCode).toBe(2);
    expect(notices).toMatch(
      /error SWITCH_UNKNOWN: MODEL_TRAINING_BREAK names no stage with "trainig"/,
    );
  });

  it('explains itself', async () => {
    const { exitCode, out } = await home().train('--help');
    expect(exitCode).toBe(0);
    expect(out).toContain('usage: npm run train');
  });
});
