import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WaitingLine } from './waiting-line.ts';

describe('a waiting line', () => {
  it('has who came first in front, in whatever order they join, and passes over who left', () => {
    const entry = fc.record({ order: fc.nat(), isWaiting: fc.boolean() });
    const entries = fc.uniqueArray(entry, { selector: ({ order }) => order });
    fc.assert(
      fc.property(entries, (list) => {
        const line = new WaitingLine<{ order: number; isWaiting: boolean }>();
        for (const each of list) line.add(each);
        const expected = list.filter(({ isWaiting }) => isWaiting);
        expected.sort((a, b) => a.order - b.order);
        expect(line.all()).toEqual(expected);
        const served: unknown[] = [];
        for (let first = line.first(); first !== undefined; first = line.first()) {
          served.push(first);
          line.removeFirst();
        }
        expect(served).toEqual(expected);
      }),
    );
  });
});
