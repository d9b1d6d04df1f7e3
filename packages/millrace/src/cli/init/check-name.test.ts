import { expect, test } from '@jest/globals';
import { checkName, nameOfFolder } from './check-name.ts';

test.each(['prices', 'a', '2024', 'daily-macro_2.x'])('%s is a name', (name) => {
  expect(checkName(name)).toBe(name);
});

test.each([
  ['', 'my-pipeline'],
  ['Prices', 'prices'],
  ['my prices', 'my-prices'],
  ['../x', 'x'],
  ['@acme/prices', 'acme-prices'],
  ['.hidden', 'hidden'],
  ['_x', 'x'],
  ['-rf', 'rf'],
  ['größe', 'gro-e'],
  ['價格', 'my-pipeline'],
  ['millrace', 'my-pipeline'],
  ['node_modules', 'my-pipeline'],
  ['a'.repeat(101), 'a'.repeat(100)],
])('%j is no name, and another is suggested', (name, suggested) => {
  expect(() => checkName(name)).toThrow(
    expect.objectContaining({
      code: 'INIT_NAME',
      details: { name },
      help: expect.stringContaining(`--name ${suggested}`),
    }),
  );
});

test.each([
  ['/home/you/Daily Prices', 'daily-prices'],
  ['/home/you/prices', 'prices'],
  ['/', 'my-pipeline'],
])('the folder %s suggests a name', (folder, name) => {
  expect(nameOfFolder(folder)).toBe(name);
});
