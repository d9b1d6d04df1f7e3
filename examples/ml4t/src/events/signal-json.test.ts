import { describe, expect, test } from '@jest/globals';
import { generateBars } from '@millrace/quant';
import { signalOver } from '../testing-local/signals.ts';
import { decodeSignal, encodeSignal } from './signal-json.ts';

const event = {
  ...signalOver(generateBars({ count: 120, seed: 1 }), [0, 120]),
  timestamp: 1_700_000_000_123_456_789n,
};

test('an event comes back over JSON as it was, the nanoseconds to the last', () => {
  const text = JSON.stringify(encodeSignal(event));
  expect(text).toContain('"timestamp":"1700000000123456789"');
  expect(decodeSignal(JSON.parse(text))).toEqual({ kind: 'signal', event });
});

test('a price that is NaN stays one, so that it is counted and not taken for 0', () => {
  const close = event.bars.close.slice();
  close[5] = Number.NaN;
  const decoded = decodeSignal(
    JSON.parse(JSON.stringify(encodeSignal({ ...event, bars: { ...event.bars, close } }))),
  );
  expect(decoded.kind === 'signal' && decoded.event.bars.close[5]).toBeNaN();
});

describe('what is no event is refused with the field', () => {
  const text = encodeSignal(event);
  test.each([
    [undefined, /the message/],
    ['hello', /the message/],
    [{ ...text, signal: 3 }, /signal/],
    [{ ...text, timestamp: 17 }, /timestamp/],
    [{ ...text, timestamp: '-1' }, /decimal string/],
    [{ ...text, timestamp: '9999999999999999999' }, /below 2\^63/],
    [{ ...text, bars: { ...text.bars, open: 'x' } }, /bars.open/],
    [{ ...text, instrumentId: '' }, /instrumentId/],
  ])('%#', (value, message) => {
    expect(decodeSignal(value)).toMatchObject({
      kind: 'refused',
      reason: 'not-a-signal',
      message: expect.stringMatching(message),
    });
  });
});
