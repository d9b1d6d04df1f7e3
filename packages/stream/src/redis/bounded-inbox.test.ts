import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BoundedInbox } from './bounded-inbox.ts';

test('an inbox gives what a list gives that loses its oldest beyond the capacity', async () => {
  const moves = fc.array(fc.oneof(fc.constant('take' as const), fc.integer()), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), moves, async (capacity, list) => {
      const inbox = new BoundedInbox<number>(capacity);
      const reader = inbox[Symbol.asyncIterator]();
      const model: number[] = [];
      for (const move of list) {
        if (move !== 'take') {
          model.push(move);
          expect(inbox.push(move)).toBe(model.length > capacity ? 'dropped-oldest' : 'kept');
          if (model.length > capacity) model.shift();
        } else if (model.length > 0) expect((await reader.next()).value).toBe(model.shift());
        expect(inbox.size).toBe(model.length);
      }
    }),
  );
});

test('a reader that waits is woken by the next one, and by the end', async () => {
  const inbox = new BoundedInbox<string>(2);
  const reader = inbox[Symbol.asyncIterator]();
  const first = reader.next();
  inbox.push('a');
  expect(await first).toEqual({ done: false, value: 'a' });
  const second = reader.next();
  inbox.close();
  expect(await second).toEqual({ done: true, value: undefined });
});
