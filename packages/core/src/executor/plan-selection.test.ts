import { expect, test } from '@jest/globals';
import { MillraceError } from '../base/millrace-error.ts';
import { planSelection } from './plan-selection.ts';
import type { RunSelection } from './run-options.ts';
import { joinedDiamond } from './testing-local/joined-diamond.ts';

function refusalOf(selection: RunSelection): Pick<MillraceError, 'message' | 'help'> {
  try {
    planSelection(joinedDiamond(), selection, new Map());
  } catch (error) {
    if (error instanceof MillraceError) return { message: error.message, help: error.help };
    throw error;
  }
  throw new TypeError('it was not refused');
}

test('a text that the message shows is not told twice', () => {
  expect(refusalOf({ select: ['nobody'] }).message).toBe('there is no stage "nobody" in --select');
  expect(refusalOf({ select: ['+nobody'] }).message).toBe(
    'there is no stage "nobody" in --select +nobody',
  );
});

test('with several problems each has its help', () => {
  const { message, help } = refusalOf({ select: ['!a'], from: ['tag:sorce'] });
  expect(message).toBe(
    'there is no stage "!a" in --select; no stage has the tag "sorce" in --from tag:sorce',
  );
  expect(help).toBe(
    'for "!a": to leave stages out, write --exclude a; for "sorce": did you mean "source"?',
  );
});

test('a help that fits all of them is told once', () => {
  const { help } = refusalOf({ select: ['x*', 'y*'] });
  expect(help).toBe('a glob is compared with the whole id, large and small letters apart');
});
