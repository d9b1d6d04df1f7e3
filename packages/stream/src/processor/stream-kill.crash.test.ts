import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SeededRandom } from '@millrace/core';
import { SqliteJournal } from '../journal/sqlite-journal.ts';

const CHILD = join(import.meta.dirname, '../testing-local/durable-child.ts');
const MESSAGES = 900;
const REPLAYS = 10;
const KILLS = 10;

interface Story {
  /** Of compiled code: most of the time of a child that is soon killed is its start. */
  readonly cache: string;
  readonly messages: string;
  readonly journal: string;
  readonly sent: string;
}

/** Runs the child until it ends, or until it has sent so many batches and is killed. */
function runChild({ messages, journal, sent, cache }: Story, batches: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, messages, journal, sent], {
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    });
    let seen = 0;
    let errors = '';
    child.stdout.on('data', (data: Buffer) => {
      seen += data.length;
      if (seen >= batches) child.kill('SIGKILL');
    });
    child.stderr.on('data', (data: Buffer) => {
      errors += String(data);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(true);
      else if (signal === 'SIGKILL') resolve(false);
      else reject(new Error(`the child ended with ${code}: ${errors}`));
    });
  });
}

/** One replay, killed again and again, and let end at last. @returns how often it was killed */
async function replay(folder: string, seed: number): Promise<number> {
  const random = new SeededRandom(seed);
  const story = {
    cache: join(folder, 'cache'),
    messages: join(folder, `${seed}.jsonl`),
    journal: join(folder, `${seed}.db`),
    sent: join(folder, `${seed}.sent`),
  };
  const lines = Array.from({ length: MESSAGES }, (_, at) => JSON.stringify({ n: at + 1 }));
  writeFileSync(story.messages, lines.join('\n'));
  writeFileSync(story.sent, '');
  let kills = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    if (!(await runChild(story, 1 + Math.floor(random.next() * 6)))) kills++;
  }
  expect(await runChild(story, Number.POSITIVE_INFINITY)).toBe(true);
  await checkConservation(story);
  return kills;
}

async function checkConservation({ journal: path, sent }: Story): Promise<void> {
  const journal = new SqliteJournal(path);
  const { counts } = await journal.open(Date.now(), { windowMs: 1, limit: 1 });
  const letters = await journal.deadLetters();
  await journal.close();
  const { received, statuses, unfinished } = counts;
  const sum = Object.values(statuses).reduce((total, count) => total + count, 0);
  expect({ unfinished, sum }).toEqual({ unfinished: 0, sum: received });
  const { done = 0, failed = 0, duplicate = 0 } = statuses;
  expect(done + failed + duplicate).toBe(received);
  expect(done + failed).toBe(MESSAGES);
  const all = Array.from({ length: MESSAGES }, (_, at) => `m:${at + 1}`);
  const ended = new Set([
    ...readFileSync(sent, 'utf8').trim().split('\n'),
    ...letters.map(({ id }) => id),
  ]);
  expect(all.filter((id) => !ended.has(id))).toEqual([]);
}

test('a durable replay that is killed a hundred times loses no message that it accepted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-kill-'));
  try {
    let kills = 0;
    for (let seed = 1; seed <= REPLAYS; seed += 2) {
      const both = await Promise.all([replay(folder, seed), replay(folder, seed + 1)]);
      kills += both[0] + both[1];
    }
    expect(kills).toBe(REPLAYS * KILLS);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
