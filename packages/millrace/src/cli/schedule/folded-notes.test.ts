import { expect, test } from '@jest/globals';
import { FoldedNotes } from './folded-notes.ts';

const AT = Date.parse('2026-11-20T12:00:00Z');

test('times that are skipped in a row are told by the first one and by how many follow', () => {
  const lines: string[] = [];
  const notes = new FoldedNotes((line) => lines.push(line.replace(/\d{4}-\S+ \d\d:/, '')));
  const skip = (second: number, because: 'overlap' | 'too-many'): void =>
    notes.tell({ kind: 'skipped', at: AT + second * 1000, because });
  for (let second = 1; second <= 50; second++) skip(second, 'overlap');
  notes.tell({ kind: 'ended', at: AT, code: 0 });
  for (const second of [51, 52]) skip(second, 'overlap');
  skip(53, 'too-many');
  notes.end();
  notes.end();
  expect(lines).toEqual([
    '00:01: skipped, the run before it is still executed',
    '49 more times until 00:50: skipped',
    '00:00: ended',
    '00:51: skipped, the run before it is still executed',
    '00:52: skipped, the run before it is still executed',
    expect.stringMatching(/^00:53: skipped, too many times wait/),
  ]);
});
