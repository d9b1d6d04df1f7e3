import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { VirtualClock } from '@millrace/core';
import { FileSource } from './file-source.ts';

interface Tick {
  readonly at: number;
}

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-file-'));
  path = join(folder, 'ticks.jsonl');
  writeFileSync(path, '{"at":0}\n{"at":1000}\n\n{"at":5000}\n');
});

afterEach(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();

async function idsOf(source: FileSource<Tick>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of source.read(signal)) ids.push(id);
  return ids;
}

test('each line is a message, named by its place', async () => {
  const source = new FileSource<Tick>({ path, name: 'ticks' });
  expect(await idsOf(source)).toEqual(['ticks:1', 'ticks:2', 'ticks:4']);
  expect(source.acknowledge).toBeUndefined();
});

test('messages come as far apart as they happened, or faster', async () => {
  const clock = new VirtualClock();
  const source = new FileSource<Tick>({ path, time: ({ at }) => at, speed: 10, clock });
  const seen: [number, number][] = [];
  const reading = (async () => {
    for await (const { value } of source.read(signal)) seen.push([value.at, clock.monotonic()]);
  })();
  // The file is read in real time.
  while (seen.length === 0) await clock.advance(0);
  await clock.advance(99);
  expect(seen).toHaveLength(1);
  await clock.advance(401);
  await reading;
  expect(seen).toEqual([
    [0, 0],
    [1000, 100],
    [5000, 500],
  ]);
});

test('a later reading begins behind what was acknowledged without a gap', async () => {
  const position = join(folder, 'position');
  const source = new FileSource<Tick>({ path, name: 't', position });
  await idsOf(source);
  await source.acknowledge?.(['t:1', 't:4']);
  const later = new FileSource<Tick>({ path, name: 't', position });
  expect(await idsOf(later)).toEqual(['t:2', 't:4']);
  await later.acknowledge?.(['t:2', 't:4']);
  expect(await idsOf(new FileSource<Tick>({ path, name: 't', position }))).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual(['position', 'ticks.jsonl']);
});

test('a line that is no message is named', async () => {
  writeFileSync(path, '{"at":0}\n{"at":\n');
  await expect(idsOf(new FileSource<Tick>({ path }))).rejects.toMatchObject({
    code: 'MESSAGE_FILE_INVALID',
    details: { line: 2 },
  });
});

test('a position does not pass the first of two lines with one id', async () => {
  const path = join(folder, 'twice.jsonl');
  const position = join(folder, 'twice.position');
  writeFileSync(path, '"x"\n"a"\n"b"\n"a"\n');
  const options = { path, position, id: (value: unknown) => String(value) };
  const source = new FileSource(options);
  const read = async (from: FileSource): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { id } of from.read(new AbortController().signal)) ids.push(id);
    return ids;
  };
  expect(await read(source)).toEqual(['x', 'a', 'b', 'a']);
  await source.acknowledge?.(['x']);
  expect(await read(new FileSource(options))).toEqual(['a', 'b', 'a']);
});
