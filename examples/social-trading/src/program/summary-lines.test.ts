import { expect, it } from '@jest/globals';
import type { StreamEvent } from '@millrace/stream';
import { eventLine } from './event-lines.ts';
import { conservation } from './summary-lines.ts';

const NOWHERE = { queued: 0, running: 0, buffered: 0, unsent: 0 };

it('tells messages that were given up apart from those with a final status', () => {
  const counts = { ...NOWHERE, received: 10, statuses: { executed: 4, unsent: 5, cancelled: 1 } };
  expect(conservation({ counts, decided: 4 })).toBe(
    '10 messages in = 4 with a final status + 6 given up',
  );
});

it('says where the rest is, and that something is missing', () => {
  const counts = { ...NOWHERE, received: 10, buffered: 3, statuses: { executed: 6 } };
  expect(conservation({ counts, decided: 6 })).toBe(
    '10 messages in ≠ 6 with a final status + 3 not decided yet',
  );
});

it('tells of a sink that stays away ever more seldom', () => {
  const failure = { code: 'STREAM_SINK_FAILED', message: 'disk full' };
  const told = Array.from({ length: 100 }, (_, at) => {
    const event = { type: 'sink.failed', name: 'ledger', failure, attempt: at + 1, delayMs: 1000 };
    return eventLine({ ...event, seq: at + 1, at: 0 } as StreamEvent)?.text;
  }).filter((text) => text !== undefined);
  expect(told).toHaveLength(8);
  expect(told[0]).toBe('✖ ledger failed (attempt 1, again in 1 s): disk full');
});
