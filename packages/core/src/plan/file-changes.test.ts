import { expect, test } from '@jest/globals';
import { type FileEntry, UNREADABLE } from './basis.ts';
import { fileChanges } from './file-changes.ts';

const GONE = `${UNREADABLE}ENOENT`;

function changes(before: readonly FileEntry[], now: readonly FileEntry[]): readonly string[] {
  return fileChanges(before, now).map((reason) =>
    reason.kind === 'file' ? `${reason.file} ${reason.change}` : reason.kind,
  );
}

test('files are told apart by their paths, wherever they stand in the list', () => {
  expect(
    changes(
      [
        ['b', '1'],
        ['c', '2'],
        ['d', '3'],
      ],
      [
        ['a', '0'],
        ['b', '1'],
        ['c', '9'],
      ],
    ),
  ).toEqual(['a added', 'c changed', 'd removed']);
});

test('a file that is named and is not there is gone, and new once it is', () => {
  expect(changes([['a', '1']], [['a', GONE]])).toEqual(['a removed']);
  expect(changes([['a', GONE]], [['a', '1']])).toEqual(['a added']);
  expect(changes([['a', GONE]], [['a', GONE]])).toEqual([]);
  expect(changes([], [['a', GONE]])).toEqual(['a added']);
});

test('one that cannot be read has changed', () => {
  expect(changes([['a', '1']], [['a', `${UNREADABLE}EACCES`]])).toEqual(['a changed']);
});

test('one is known again by its name when it is told from another folder', () => {
  const before: FileEntry[] = [
    ['data/a', '1'],
    ['data/b', '2'],
  ];
  expect(
    changes(before, [
      ['../data/a', '1'],
      ['../data/b', '2'],
    ]),
  ).toEqual([]);
  expect(
    changes(before, [
      ['/p/data/b', '9'],
      ['/p/data/c', '1'],
    ]),
  ).toEqual(['/p/data/b changed', '/p/data/c added', 'data/a removed']);
});
