import { expect, test } from '@jest/globals';
import { unitHelp } from './near-unit.ts';

const DURATION = 'timeout must be a duration with a unit, such as "5m"';
const SIZE = 'with.size must be a size with a unit (B, kB), such as "64kB"';

test.each([
  [DURATION, '1min', 'did you mean "1m"?'],
  [DURATION, '5 s', 'did you mean "5s"?'],
  [DURATION, '2 Hours', 'did you mean "2h"?'],
  [DURATION, '250 msecs', 'did you mean "250ms"?'],
  [DURATION, 5, 'say of what: 5ms, 5s, 5m'],
  [DURATION, '5', 'say of what: 5ms, 5s, 5m'],
  [DURATION, 'soon', undefined],
  [DURATION, '5 constructor', undefined],
  [DURATION, true, undefined],
  [SIZE, '64K', 'did you mean "64KiB" (powers of 1,024), or "64kB" (of 1,000)?'],
  [SIZE, '64KB', 'did you mean "64KiB" (powers of 1,024), or "64kB" (of 1,000)?'],
  [SIZE, '1.5 mb', 'did you mean "1.5MiB" (powers of 1,024), or "1.5MB" (of 1,000)?'],
  [SIZE, '2gib', 'did you mean "2GiB"?'],
  [SIZE, '10 bytes', 'did you mean "10B"?'],
  [SIZE, 64, 'say of what: 64B, 64KiB, 64MiB'],
  ['with.count must be a number', '5 s', undefined],
])('%s: %s', (message, value, help) => {
  expect(unitHelp(message, value)).toBe(help);
});
