import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from '../graph/index.ts';
import { ReadyQueue } from './ready-queue.ts';

function queueOf(priority: readonly number[], tieBreak?: readonly number[]): ReadyQueue {
  return new ReadyQueue({
    priority: Float64Array.from(priority),
    tieBreak: Int32Array.from(tieBreak ?? priority.keys()),
  });
}

function takeAll(queue: ReadyQueue): number[] {
  const taken: number[] = [];
  for (let next = queue.take(); next !== undefined; next = queue.take()) taken.push(next);
  return taken;
}

describe('ReadyQueue', () => {
  it('gives the longest remaining path first', () => {
    const queue = queueOf([3, 10, 1, 7]);
    for (const stage of [2, 0, 3, 1]) queue.add(stage);
    expect(queue.size).toBe(4);
    expect(takeAll(queue)).toEqual([1, 3, 0, 2]);
    expect(queue.size).toBe(0);
    expect(queue.take()).toBeUndefined();
  });

  it('settles equal priorities by the given order and not by the order of adding', () => {
    const added = [4, 2, 0, 3, 1];
    for (const tieBreak of [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
      [2, 0, 4, 1, 3],
    ]) {
      const queue = queueOf([5, 5, 5, 5, 5], tieBreak);
      for (const stage of added) queue.add(stage);
      const expected = added.toSorted((a, b) => (tieBreak[a] ?? 0) - (tieBreak[b] ?? 0));
      expect(takeAll(queue)).toEqual(expected);
    }
  });

  it('agrees with a sorted list while stages come and go in any order', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = new SeededRandom(seed);
      const count = 1 + random.integer(80);
      // Few distinct priorities, so that most are equal.
      const priority = Array.from({ length: count }, () => random.integer(6));
      const tieBreak = random.shuffled(Array.from({ length: count }, (_, stage) => stage));
      const queue = queueOf(priority, tieBreak);
      const waiting = random.shuffled(tieBreak);
      const reference: number[] = [];
      while (waiting.length > 0 || reference.length > 0) {
        const next = random.next() < 0.6 ? waiting.pop() : undefined;
        if (next !== undefined) {
          queue.add(next);
          reference.push(next);
          reference.sort(
            (a, b) =>
              (priority[b] as number) - (priority[a] as number) ||
              (tieBreak[a] as number) - (tieBreak[b] as number),
          );
        } else {
          expect(queue.take()).toBe(reference.shift());
        }
        expect(queue.size).toBe(reference.length);
      }
    }
  });
});
