import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '@millrace/core';
import { iterableSource, type MessageSource } from '@millrace/stream';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { firstPostAt, ReplaySource } from './replay-source.ts';
import { ScaledClock } from './scaled-clock.ts';
import { TickerSource } from './ticker-source.ts';

const post = (id: string, text: string, at = 0) => ({ id, author: 'ann', tier: 1, text, at });

async function idsOf(source: MessageSource): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of source.read(new AbortController().signal)) ids.push(id);
  return ids;
}

describe('posts as messages', () => {
  const posts = [
    post('a', '$AAPL and $MSFT'),
    post('b', 'no share'),
    'rubbish',
    post('c', '$AAPL'),
  ];
  const withIds = (acknowledged: string[] = []): MessageSource => ({
    ...iterableSource<unknown>(posts, { id: (_, place) => `${place}` }),
    acknowledge: async (ids) => void acknowledged.push(...ids),
  });

  it('are one for each ticker; the others are counted', async () => {
    const source = new TickerSource(withIds(), []);
    expect(await idsOf(source)).toEqual(['a/AAPL', 'a/MSFT', 'c/AAPL']);
    expect(source.counts).toEqual({ posts: 4, unreadable: 1, withoutTicker: 1, messages: 3 });
    expect(await idsOf(new TickerSource(withIds(), ['AAPL']))).toEqual(['a/MSFT']);
  });

  it('are acknowledged once all their messages are', async () => {
    const acknowledged: string[] = [];
    const source = new TickerSource(withIds(acknowledged), []);
    await idsOf(source);
    // Nothing waits for what gives no message.
    expect(acknowledged).toEqual(['1', '2']);
    await source.acknowledge(['a/AAPL']);
    expect(acknowledged).toHaveLength(2);
    await source.acknowledge(['a/MSFT', 'unknown']);
    expect(acknowledged).toEqual(['1', '2', '0']);
  });
});

describe('a replay', () => {
  const folder = useTemporaryFolder();
  const write = (...lines: readonly unknown[]): string => {
    const file = join(folder(), 'posts.jsonl');
    const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    writeFileSync(file, `${texts.join('\n')}\n`);
    return file;
  };

  it('gives each post at its time', async () => {
    const file = write(post('a', '', 1000), post('b', '', 1000), post('c', '', 61_000));
    expect(firstPostAt(file)).toBe(1000);
    const clock = new VirtualClock(0);
    const ids: string[] = [];
    const reading = (async () => {
      const source = new ReplaySource({ file, clock });
      for await (const { id } of source.read(new AbortController().signal)) ids.push(id);
    })();
    await clock.advance(999);
    expect(ids).toEqual([]);
    await clock.advance(1);
    expect(ids).toEqual(['a', 'b']);
    await clock.advance(60_000);
    expect(ids).toEqual(['a', 'b', 'c']);
    await reading;
  });

  it('goes on behind the last line before which all are acknowledged', async () => {
    const file = write(post('a', ''), post('a', ''), 'rubbish', post('b', ''), post('c', ''));
    const places = new Map<string, number>();
    const position = {
      positionOf: (source: string) => places.get(source) ?? 0,
      moveTo: (source: string, line: number) => void places.set(source, line),
    };
    const clock = new VirtualClock(0);
    const source = new ReplaySource({ file, clock, position });
    expect(await idsOf(source)).toEqual(['a', 'a', 'line 3', 'b', 'c']);
    await source.acknowledge(['c', 'a']);
    expect(await idsOf(new ReplaySource({ file, clock, position }))).toEqual(['line 3', 'b', 'c']);
    await source.acknowledge(['line 3', 'b']);
    expect(await idsOf(new ReplaySource({ file, clock, position }))).toEqual([]);
  });

  it('ends when it is told to while it waits', async () => {
    const file = write(post('a', '', 1000));
    const clock = new VirtualClock(0);
    const over = new AbortController();
    const reading = new ReplaySource({ file, clock }).read(over.signal).next();
    over.abort();
    expect(await reading).toEqual({ done: true, value: undefined });
    expect(clock.pendingTimers).toBe(0);
  });

  it('of a file that is not there says so', async () => {
    const file = join(folder(), 'no.jsonl');
    expect(() => firstPostAt(file)).toThrow('no.jsonl cannot be read');
    const source = new ReplaySource({ file, clock: new VirtualClock(0) });
    await expect(idsOf(source)).rejects.toMatchObject({ code: 'REPLAY_UNREADABLE' });
  });
});

describe('a scaled clock', () => {
  it('begins at its time, shows whole milliseconds, and runs ahead of the real one', async () => {
    const clock = new ScaledClock(1_000_000, 10_000);
    expect(clock.now()).toBeGreaterThanOrEqual(1_000_000);
    const { promise, resolve } = Promise.withResolvers<void>();
    clock.setTimer(20_000, resolve);
    await promise;
    expect(clock.now()).toBeGreaterThanOrEqual(1_019_999);
    expect(Number.isInteger(clock.now())).toBe(true);
  });
});
