import { didYouMean } from '@millrace/core';
import type { CelFault } from './cel.ts';
import { CONDITION_VARIABLES } from './expression.ts';

/** What an expression may call; those of numbers and times aside. */
const FUNCTIONS = [
  'size',
  'has',
  'all',
  'exists',
  'exists_one',
  'filter',
  'map',
  'contains',
  'startsWith',
  'endsWith',
  'matches',
  'string',
  'int',
  'double',
];

const NO_VALUE = /^(?:nul|nil|none|undefined)$/i;
const CALL = /^found no matching overload for '(?:.*\.)?(\w+)\(/s;
/** What people write for operators out of habit with other languages. */
const OPERATORS: readonly (readonly [RegExp, string])[] = [
  [/^===?/, 'write == to compare'],
  [/^=/, 'write == to compare'],
  [/^(?:&|\band\b)/i, 'write && where both must hold'],
  [/^(?:\||\bor\b)/i, 'write || where one of them is enough'],
  [/^not\b/i, 'write ! before what must not hold, and all of it in quotes: "!params.full"'],
];

/** What to do about an expression that cannot be read, or can have no value. */
export function conditionHelp(fault: CelFault, text: string): string | undefined {
  const { unknownVariable: name, message } = fault;
  if (name !== undefined) return variableHelp(name);
  if (fault.kind === 'syntax') return operatorHelp(fault, text);
  const called = CALL.exec(message)?.[1];
  if (called !== undefined) return functionHelp(called);
  return message.startsWith('its value')
    ? `compare it with something: ${comparisonOf(message, text)}`
    : 'both sides must be of one type: params.count == 2, params.mode == "full"';
}

function variableHelp(name: string): string {
  if (NO_VALUE.test(name)) return 'write null for no value';
  return (
    didYouMean(name, CONDITION_VARIABLES) ??
    `write params.${name} for a param, inputs.${name} for an input, or ${JSON.stringify(name)} in quotes for a text`
  );
}

function operatorHelp({ start }: CelFault, text: string): string | undefined {
  // The fault may stand inside the word, at the first sign that fits nothing.
  const before = /\w*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  const rest = [text.slice(start), text.slice(start - before)];
  const previous = /\b(\w+)\s*$/.exec(text.slice(0, start))?.[1] ?? '';
  const found = OPERATORS.find(([sign]) => [...rest, previous].some((part) => sign.test(part)));
  return found?.[1];
}

function functionHelp(name: string): string {
  if (FUNCTIONS.includes(name)) return `${name} cannot be asked of such a value`;
  return didYouMean(name, FUNCTIONS) ?? `there are ${FUNCTIONS.join(', ')}`;
}

/** The text of a short expression as it would be compared. */
function comparisonOf(message: string, text: string): string {
  if (text.length > 40) return 'size(inputs.rows) > 0, params.mode == "full"';
  return /type (?:int|double|uint)/.test(message) ? `${text} > 0` : `${text} == "full"`;
}
