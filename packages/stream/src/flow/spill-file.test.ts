import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SeededRandom } from '@millrace/core';
import { SpillFile } from './spill-file.ts';

test('texts come out as they went in, however they are mixed, and nothing is left behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-spill-test-'));
  const file = new SpillFile(folder);
  const random = new SeededRandom(3);
  let written = 0;
  let read = 0;
  const textOf = (n: number): string => `${n} ${'é'.repeat((n * 7919) % 3000)}`;
  while (read < 2000) {
    if (written < 2000 && random.next() < 0.6) file.push(textOf(written++));
    else {
      const text = file.shift();
      expect(text).toBe(read < written ? textOf(read) : undefined);
      if (text !== undefined) read++;
    }
    expect(file.size).toBe(written - read);
  }
  file.push(`long ${'x'.repeat(1_000_000)}`);
  expect(file.shift()).toHaveLength(1_000_005);
  file.close();
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

test('what cannot be written waits in memory, in its order, and the file says why', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-spill-test-'));
  const absent = join(folder, 'absent');
  const file = new SpillFile(absent);
  const texts = Array.from({ length: 30 }, (_, n) => `${n} ${'x'.repeat(10_000)}`);
  for (const text of texts.slice(0, 10)) file.push(text);
  expect(file.problem).toMatchObject({ code: 'ENOENT' });
  mkdirSync(absent);
  for (const text of texts.slice(10)) file.push(text);
  expect(file.problem).toBeUndefined();
  expect(texts.map(() => file.shift())).toEqual(texts);
  expect(file.shift()).toBeUndefined();
  file.close();
  expect(readdirSync(absent)).toEqual([]);
  rmSync(folder, { recursive: true });
});
