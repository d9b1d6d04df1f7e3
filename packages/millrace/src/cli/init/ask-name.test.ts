import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { askName } from './ask-name.ts';

async function answered(
  answer: string | undefined,
): Promise<{ readonly name: string | undefined; readonly asked: string }> {
  const input = new PassThrough();
  const output = new PassThrough();
  const name = askName({ suggested: 'prices', input, output });
  input.end(answer);
  return { name: await name, asked: String(output.read()) };
}

test('a name is asked for, and an empty answer takes the suggested one', async () => {
  expect(await answered('other\n')).toEqual({ name: 'other', asked: 'name (prices): ' });
  expect((await answered('  other  \n')).name).toBe('other');
  expect((await answered('\n')).name).toBe('prices');
});

test('a person who ends the input has given up', async () => {
  expect((await answered(undefined)).name).toBeUndefined();
});
