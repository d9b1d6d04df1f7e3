import { expect, test } from '@jest/globals';
import { neededHelp } from './needed-help.ts';

test.each([
  ['j', ['o[north]', 'o[south]'], 'add "o" to the `needs` of stage "j": needs: [o]'],
  ['j[1]', ['o[a/b]', 'p'], 'add "o", "p" to the `needs` of stage "j": needs: [o, p]'],
  ['j', ['in[north]/o', 'in[south]/o'], 'add "in" to the `needs` of stage "j": needs: [in]'],
  ['in/j', ['in/o[1]'], 'add "o" to the `needs` of stage "in/j": needs: [o]'],
  ['in[1]/j', ['o[1]', 'o[2]'], 'add "o" to the `needs` of stage "in": needs: [o]'],
  [
    'in[1]/j',
    ['in[2]/o'],
    'they are written by other instances of "in": gather them in a stage that needs all of these',
  ],
])('%s, for what %j write', (reader, writers, expected) => {
  expect(neededHelp(reader, writers)).toBe(expected);
});
