import { describe, expect, test } from '@jest/globals';
import { authoredStageSchema } from './authored-schema.ts';
import { parseAuthoredStage } from './parse-authored-stage.ts';

describe('a stage as its author wrote it', () => {
  test.each<[string, Record<string, unknown>]>([
    ['with nothing but its class', { uses: 'A' }],
    [
      'with all that most name',
      { uses: 'A', needs: ['b'], with: { x: 1 }, reads: { a: ['b', 'c'] } },
    ],
    ['with options', { uses: 'A', retry: { attempts: 3, delay: '1s' }, timeout: '5m' }],
    ['with a field that is undefined', { uses: 'A', tags: undefined }],
    ['without a class', { needs: ['b'] }],
    ['with a field of another type', { uses: 'A', needs: 'b' }],
    ['with a field that nobody knows', { uses: 'A', neds: ['b'] }],
    ['with a field of every object', { uses: 'A', constructor: 1 }],
    ['with nothing', {}],
  ])('%s is read as by the whole schema', (_what, fields) => {
    const whole = authoredStageSchema.safeParse(fields);
    for (let time = 0; time < 2; time++) {
      const parsed = parseAuthoredStage(fields);
      expect(parsed.data).toEqual(whole.data);
      expect(parsed.error?.issues).toEqual(whole.error?.issues);
    }
  });

  test('is read whatever fields came before', () => {
    for (let other = 0; other < 400; other++) parseAuthoredStage({ uses: 'A', [`x${other}`]: 1 });
    expect(parseAuthoredStage({ uses: 'A', when: true, files: ['a'] }).data).toEqual({
      uses: 'A',
      needs: [],
      when: true,
      files: ['a'],
    });
  });
});
