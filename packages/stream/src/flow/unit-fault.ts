import { describeValue } from '@millrace/core';
import type { MessageFailure } from '../message/message-failure.ts';
import { wrongAnswer } from './ask.ts';
import type { Unit } from './routing.ts';

const UNIT = '{ status } or { context }';

/**
 * Why what a function gave is no unit.
 * @param or what else it may give
 */
export function unitFault(
  name: string,
  unit: Unit | undefined,
  or?: string,
): MessageFailure | undefined {
  const given: unknown = unit;
  if (typeof given === 'object' && given !== null) {
    const { status, context } = given as { status?: unknown; context?: unknown };
    if (typeof status === 'string' && status !== '') return undefined;
    if (typeof context === 'object' && context !== null) return undefined;
  }
  const expected = or === undefined ? UNIT : `${or}, ${UNIT}`;
  return wrongAnswer(name, expected, describeValue(given));
}
