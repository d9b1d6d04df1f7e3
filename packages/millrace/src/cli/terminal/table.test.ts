import { expect, test } from '@jest/globals';
import { cutTo, printable, widthOf } from './printable.ts';
import { table } from './table.ts';

const plain = (_style: unknown, text: string): string => text;

test('columns are as wide as their widest cell on the screen, and empty ones are left out', () => {
  const columns = [
    { title: 'stage' },
    { title: 'n', right: true },
    { title: 'empty' },
    { title: 'note' },
  ];
  const rows = [
    ['\u001b[31m日本\u001b[39m', '7', '', 'wide'],
    ['café', '1234', '', ''],
  ];
  expect(table(columns, rows, plain)).toBe(
    ['stage     n  note', '\u001b[31m日本\u001b[39m      7  wide', 'café   1234'].join('\n'),
  );
});

test('text of a stage can neither colour the terminal nor move its cursor', () => {
  expect(printable('a\u001b[31mred\u001b[0m\r\u0007b\u202ec\td\ne')).toBe('aredbc  d\ne');
});

test('a text is cut to columns, not to signs', () => {
  expect(cutTo('日本語です', 5)).toBe('日本…');
  expect(widthOf('日本…')).toBe(5);
  expect(cutTo('short', 5)).toBe('short');
});
