import { expect, test } from '@jest/globals';
import { LineIndex } from './line-index.ts';

function counted(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

test.each([
  ['nothing', ''],
  ['one line', 'a: 1'],
  ['short lines', 'a: 1\r\n\nb: 2\n'.repeat(500)],
  ['nothing but line ends', '\n'.repeat(5000)],
  ['a line longer than a block', `${'x'.repeat(5000)}\n${'y'.repeat(5000)}`],
])('every place in a text of %s is the one that counting from its start gives', (_name, text) => {
  const index = new LineIndex(text);
  for (let offset = 0; offset <= text.length; offset += 1 + (offset % 37)) {
    expect(index.locate(offset)).toEqual(counted(text, offset));
  }
  expect(index.locate(text.length)).toEqual(counted(text, text.length));
});
