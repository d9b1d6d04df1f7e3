import { expect, test } from '@jest/globals';
import { asStageId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { conditionFailure } from './failures.ts';

const STAGE = asStageId('score');

test('a condition of a config is told with its place and its help, and without the stack of the engine', () => {
  const thrown = new MillraceError('CONDITION_FAILED', 'no such key: x', {
    help: 'ask first',
    details: { at: { file: 'pipeline.yaml', line: 4, column: 7 } },
  });
  const failure = conditionFailure(STAGE, 'inputs.x > 1', thrown);
  expect(failure).toMatchObject({
    code: 'STAGE_CONDITION_FAILED',
    message:
      'the condition of stage "score" cannot be decided: when inputs.x > 1 (pipeline.yaml:4:7): no such key: x',
    help: 'ask first',
  });
  expect(failure.thrown?.stack).toBeUndefined();
});

test('a condition that is code keeps the stack that leads to it', () => {
  const failure = conditionFailure(STAGE, '(code)', new TypeError('rows is undefined'));
  expect(failure.message).toBe(
    'the condition of stage "score" cannot be decided: when (code): rows is undefined',
  );
  expect(failure.thrown?.stack).toContain('condition-failure.test.ts');
  expect(failure.help).toBeUndefined();
});
