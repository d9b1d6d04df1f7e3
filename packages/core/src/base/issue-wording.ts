import { describeValue } from './describe-value.ts';
import type { z } from './zod.ts';

type ZodIssue = z.core.$ZodIssue;
type SizeIssue = z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig;

/** What a schema found, in words for people. */
export interface IssueWording {
  /** Goes behind the name of the value: `must be a number`. An author's own message is left as it is. */
  readonly message: string;
  /** What was there instead: `the text "x"`. */
  readonly got: string;
}

const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['bigint', 'a bigint'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'an object'],
  ['record', 'an object'],
  ['map', 'a Map'],
  ['set', 'a Set'],
  ['date', 'a Date'],
  ['null', 'null'],
  ['nan', 'NaN'],
  ['never', 'left out'],
  ['undefined', 'left out'],
]);

const MOST_VALUES = 12;
const LONGEST_MESSAGE = 400;
/** The beginnings of zod's own texts; any other text is one that an author wrote. */
const BY_ZOD =
  /^(?:Invalid (?:input|option|number|string|key|discriminator)\b|Too (?:small|big): )/;

/**
 * @param value what stands at the issue's path
 * @param names words for types that are called otherwise where the message is read
 */
export function wordIssue(
  issue: ZodIssue,
  value: unknown,
  names: ReadonlyMap<string, string> = TYPE_NAMES,
): IssueWording {
  const culprit = issue.code === 'invalid_key' ? String(issue.path.at(-1)) : value;
  const message = messageOf(issue, names);
  return {
    message:
      message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE - 3)}...`,
    got:
      typeof culprit === 'string' ? `the text ${describeValue(culprit)}` : describeValue(culprit),
  };
}

function messageOf(issue: ZodIssue, names: ReadonlyMap<string, string>): string {
  const { message } = issue;
  if (message.startsWith('expected ')) return `must be ${message.slice('expected '.length)}`;
  if (issue.code === 'invalid_format') return formatMessage(issue);
  if (!BY_ZOD.test(message)) return message;
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeName(issue, names)}`;
    case 'too_small':
    case 'too_big':
      return `must be ${sized(issue)}`;
    case 'invalid_value':
      return `must be ${oneOf(issue.values)}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_key': {
      const [first] = issue.issues;
      return first === undefined
        ? 'is a key that is not allowed'
        : `the key ${messageOf(first, names)}`;
    }
    case 'invalid_union':
      return unionMessage(issue, names);
    default:
      return message === 'Invalid input' ? 'is not valid' : message;
  }
}

function typeName(issue: z.core.$ZodIssueInvalidType, names: ReadonlyMap<string, string>): string {
  if (Reflect.get(issue, 'received') === 'Infinity') return 'a finite number';
  const { expected } = issue;
  return names.get(expected) ?? TYPE_NAMES.get(expected) ?? `a ${expected}`;
}

/** `Invalid email address`, `Invalid string: must start with "a"`, or what an author wrote. */
function formatMessage({ message, pattern }: z.core.$ZodIssueInvalidStringFormat): string {
  if (message === 'Invalid input') return `must match ${pattern ?? 'its pattern'}`;
  const [, said] = /^Invalid string: (.*)$/s.exec(message) ?? [];
  return said ?? message.replace(/^Invalid (?=.)/, 'must be a valid ');
}

function sized(issue: SizeIssue): string {
  const isMinimum = issue.code === 'too_small';
  const limit = isMinimum ? issue.minimum : issue.maximum;
  const { origin, exact = false, inclusive = true } = issue;
  if (origin === 'date') {
    const side = isMinimum ? 'after' : 'before';
    return `a Date ${inclusive ? `at or ${side}` : side} ${new Date(Number(limit)).toISOString()}`;
  }
  const bound = exact
    ? `exactly ${limit}`
    : inclusive
      ? `${isMinimum ? 'at least' : 'at most'} ${limit}`
      : `${isMinimum ? 'more' : 'less'} than ${limit}`;
  if (origin === 'string') {
    if (isMinimum && Number(limit) === 1 && !exact) return 'text that is not empty';
    return `text of ${bound} ${Number(limit) === 1 ? 'character' : 'characters'}`;
  }
  const container = CONTAINERS.get(origin);
  return container === undefined ? bound : `${container} of ${bound}`;
}

const CONTAINERS: ReadonlyMap<string, string> = new Map([
  ['array', 'a list'],
  ['set', 'a Set'],
  ['map', 'a Map'],
]);

function oneOf(values: readonly unknown[]): string {
  const shown = values.slice(0, MOST_VALUES).map((value) => describeValue(value));
  if (values.length > MOST_VALUES) shown.push(`${values.length - MOST_VALUES} more`);
  return shown.length > 2 ? `one of ${shown.join(', ')}` : shown.join(' or ');
}

function unionMessage(
  { errors, message, ...issue }: z.core.$ZodIssueInvalidUnion,
  names: ReadonlyMap<string, string>,
): string {
  const options: unknown = Reflect.get(issue, 'options');
  if (Array.isArray(options) && options.length > 0) return `must be ${oneOf(options)}`;
  const found = new Set(
    errors.flatMap(([first]) => (first === undefined ? [] : [messageOf(first, names)])),
  );
  if (found.size === 0) return message === 'Invalid input' ? 'is not valid' : message;
  const parts = [...found];
  return parts.every((part) => part.startsWith(MUST_BE))
    ? MUST_BE + parts.map((part) => part.slice(MUST_BE.length)).join(' or ')
    : parts.join(', or ');
}

const MUST_BE = 'must be ';
