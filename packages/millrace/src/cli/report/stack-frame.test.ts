import { expect, test } from '@jest/globals';
import { userFrame } from './stack-frame.ts';

const at = (...frames: readonly string[]): string =>
  ['Error: x', ...frames.map((frame) => `    at ${frame}`)].join('\n');

test.each([
  [
    at('Score.run (file:///repo/stages/score.ts:31:11)'),
    { file: 'stages/score.ts', line: 31, column: 11 },
  ],
  [
    at('async Score.run (file:///repo/stages/score.ts?v=2:31:11)'),
    { file: 'stages/score.ts', line: 31, column: 11 },
  ],
  [at('file:///repo/my%20stages/a.ts:1:2'), { file: 'my stages/a.ts', line: 1, column: 2 }],
  [at('Object.<anonymous> (/other/b.cjs:7:8)'), { file: '/other/b.cjs', line: 7, column: 8 }],
  [
    at(
      'parse (node:internal/x:1:1)',
      'z (/repo/node_modules/zod/z.js:1:1)',
      'new A (/repo/a.ts:2:3)',
    ),
    { file: 'a.ts', line: 2, column: 3 },
  ],
  [at('node:internal/x:1:1'), undefined],
  [undefined, undefined],
])('%#: the first frame outside of Node and libraries is found', (stack, place) => {
  expect(userFrame(stack, '/repo')).toEqual(place);
});
