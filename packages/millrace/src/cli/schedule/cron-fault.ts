import { didYouMean } from '@millrace/core';
import { countOf } from '../report/words.ts';

interface CronPart {
  readonly name: string;
  readonly expected: string;
}

const SECOND: CronPart = { name: 'second', expected: '0-59' };
const PARTS: readonly CronPart[] = [
  { name: 'minute', expected: '0-59' },
  { name: 'hour', expected: '0-23' },
  { name: 'day of the month', expected: '1-31, or L for the last' },
  { name: 'month', expected: '1-12, or JAN-DEC' },
  { name: 'weekday', expected: '0-7, or SUN-SAT' },
];
const NICKNAMES = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@hourly'];

/**
 * What is wrong with a cron expression, in words of our own: whoever reads it counts its parts aloud, so that each is
 * tried by itself.
 * @param isValid whether an expression can be read
 */
export function cronFault(expression: string, isValid: (expression: string) => boolean): string {
  const words = expression.split(/\s+/).filter((word) => word !== '');
  const [nickname = ''] = words;
  if (nickname.startsWith('@')) {
    const hint = didYouMean(nickname, NICKNAMES) ?? `there are ${NICKNAMES.join(', ')}`;
    return `there is no ${JSON.stringify(nickname)}; ${hint}`;
  }
  const parts = words.length === PARTS.length + 1 ? [SECOND, ...PARTS] : PARTS;
  if (words.length !== parts.length) {
    return `it has ${countOf(words.length, 'part')}, and 5 are expected, or 6 with the second first`;
  }
  for (const [place, { name, expected }] of parts.entries()) {
    const alone = words.map((word, other) => (other === place ? word : '*')).join(' ');
    if (isValid(alone)) continue;
    return `its ${name} ${JSON.stringify(words[place])} is not understood; expected ${expected}, a list, a range such as 1-5, or */N`;
  }
  return 'its parts do not go together';
}
