import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { VirtualClock } from '@millrace/core';
import { iterableSource } from '@millrace/stream';
import { rehearseWith } from '../rehearsal/rehearse.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { openSocial, type Social } from './open-social.ts';

const folder = useTemporaryFolder();
/** A Tuesday, 10:00 in New York. */
const TEN = Date.parse('2016-04-26T14:00:00Z');
let clock: VirtualClock;
let social: Social;
beforeEach(async () => {
  rehearseWith({});
  clock = new VirtualClock(TEN);
  social = await openSocial({
    ...{ home: folder(), durable: false, clock },
    // Open for as long as the test pushes.
    posts: () => ({ ...iterableSource([]), read: untilAborted }),
  });
  await social.processor.start();
});
afterEach(async () => {
  const stopping = social.processor.stop();
  await clock.advance(1);
  await stopping;
  social.close();
});

async function* untilAborted(signal: AbortSignal): AsyncGenerator<never> {
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
}

let pushed = 0;
function push(text: string, ticker = 'MSFT', id = `m${++pushed}`) {
  const value = { id, postId: id, ticker, author: 'ann', tier: 1 as const, text, at: clock.now() };
  return social.processor.push({ id, value });
}

/** As the ledger has it. */
function sentimentOf(id: string): unknown {
  const [row] = social.ledger.rows('SELECT detail FROM results WHERE message_id = ?', id);
  return JSON.parse(String(row?.detail)).sentiment;
}

describe('the buffer', () => {
  it('is flushed 60 seconds after its first message, and not before', async () => {
    const neutral = push('when does $MSFT report?');
    await clock.advance(59_999);
    expect(social.processor.counts).toMatchObject({ buffered: 1, statuses: {} });
    await clock.advance(1);
    // Neutral messages agree on a neutral signal, which risk rejects.
    expect(await neutral).toMatchObject({ status: 'risk_rejected', group: 'MSFT' });
    expect(social.processor.counts).toMatchObject({ buffered: 0 });
  });

  it('is flushed on stop: what was accepted is decided', async () => {
    const waiting = [push('when does $MSFT report?'), push('thoughts on $AAPL?', 'AAPL')];
    await clock.advance(1);
    expect(social.processor.counts.buffered).toBe(2);
    const stopping = social.processor.stop();
    await clock.advance(1);
    await stopping;
    for (const outcome of await Promise.all(waiting)) expect(outcome.status).toBe('risk_rejected');
    const { received, statuses } = social.processor.counts;
    expect([received, statuses]).toEqual([2, { risk_rejected: 2 }]);
  });

  it('decides each ticker by itself, and one that does not agree as no consensus', async () => {
    const split = [push('when does $AAPL report?', 'AAPL'), push('nice quarter $AAPL', 'AAPL')];
    const whole = [push('when does $MSFT report?'), push('watching $MSFT here, no position')];
    await clock.advance(60_000);
    const statuses = (await Promise.all([...split, ...whole])).map(({ status }) => status);
    expect(statuses).toEqual(['no_consensus', 'no_consensus', 'risk_rejected', 'risk_rejected']);
  });

  it('takes nothing that is sure of itself: that is decided at once', async () => {
    const sure = await push('$MSFT is breaking down, I am short and adding');
    expect(sure.group).toBeUndefined();
    expect(sentimentOf(sure.id)).toMatchObject({ direction: 'bearish' });
  });
});

describe('duplicates', () => {
  it('are those of an id, and those of a text within five minutes', async () => {
    const first = push('when does $MSFT report?', 'MSFT', 'one');
    expect((await push('something else about $MSFT', 'MSFT', 'one')).status).toBe('duplicate');
    expect((await push('When does $MSFT report')).status).toBe('duplicate');
    await clock.advance(300_001);
    expect((await first).status).toBe('risk_rejected');
    const later = push('When does $MSFT report');
    await clock.advance(60_000);
    expect((await later).status).toBe('risk_rejected');
  });
});

describe('a hot swap', () => {
  it('puts another analyser in the place of the first while messages flow', async () => {
    const text = 'nice quarter $MSFT';
    const before = push(text);
    await clock.advance(1);
    await social.processor.hotSwap({
      stages: { analyze: { with: { analyzer: { kind: 'lexicon' } } } },
    });
    const after = push(`${text}, really so and in truth`);
    await clock.advance(60_000);
    const [one, two] = [await before, await after];
    expect([one.generation, two.generation]).toEqual([2, 2]);
    expect(sentimentOf(two.id)).not.toEqual(sentimentOf(one.id));
  });
});
