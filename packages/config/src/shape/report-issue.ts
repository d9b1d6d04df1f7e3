import { formatPath, type PathSegment, wordIssue, type z } from '@millrace/core';
import type { Problem, Problems } from '../source/problems.ts';
import { suggestName } from '../source/suggest-name.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';
import { nodeAt, spanAt } from '../tree/locate.ts';
import { unitHelp } from './near-unit.ts';
import { keyOfOtherName } from './other-names.ts';

type Issue = z.core.$ZodIssue;

interface IssueContext {
  readonly root: ConfigNode;
  /** Where in the root the checked value stands. */
  readonly path: readonly PathSegment[];
  /** Names the schema of a map knows, for slips in keys. */
  readonly knownKeys: (path: readonly PathSegment[]) => readonly string[];
  readonly problems: Problems;
  /** Values that were already reported. */
  readonly unfilled: ReadonlySet<ConfigNode>;
}

/** One value may break several rules of its schema, of which the first says enough; each unknown key counts. */
export function firstOfEachPlace(issues: readonly Issue[]): readonly Issue[] {
  const places = new Set<string>();
  return issues.filter(({ code, path }) => {
    if (code === 'unrecognized_keys') return true;
    const place = JSON.stringify(path.map(String));
    const isFirst = !places.has(place);
    places.add(place);
    return isFirst;
  });
}

/** Reports what a schema found, in words of a config file and at the place of the value or key. */
export function reportIssue(issue: Issue, context: IssueContext): void {
  const path = [...context.path, ...issue.path.map(toSegment)];
  const node = nodeAt(context.root, path);
  if (node !== undefined && context.unfilled.has(node)) return;
  const unknownKeys = unknownKeysOf(issue);
  if (unknownKeys !== undefined) {
    for (const key of unknownKeys) context.problems.report(unknownKey([...path, key], context));
    return;
  }
  const where = formatPath(path);
  const isWrongType =
    node === undefined || issue.code === 'invalid_type' || issue.code === 'invalid_union';
  const pointsAtKey = issue.code === 'invalid_key' || describeNode(node) === 'nothing';
  const { message } = wordIssue(issue, undefined, CONFIG_NAMES);
  context.problems.report({
    code: isWrongType ? 'CONFIG_TYPE' : 'CONFIG_VALUE',
    message: message.startsWith('must ') ? `${where} ${message}` : `${where}: ${message}`,
    at: spanAt(context.root, path, pointsAtKey),
    path,
    got: describeNode(node),
    help: node === undefined ? undefined : (unitHelpFor(message, node) ?? helpFor(issue, node)),
  });
}

/** Also of a choice of which one alternative finds nothing else wrong: that one is meant. */
function unknownKeysOf(issue: Issue): readonly string[] | undefined {
  if (issue.code === 'unrecognized_keys') return issue.keys;
  if (issue.code !== 'invalid_union') return undefined;
  const [keys] = issue.errors.flatMap((issues) => {
    const [only, ...others] = issues;
    const isAtTop = only?.code === 'unrecognized_keys' && only.path.length === 0;
    return isAtTop && others.length === 0 ? [only.keys] : [];
  });
  return keys;
}

function unknownKey(
  path: readonly PathSegment[],
  { root, path: base, knownKeys, problems }: IssueContext,
): Problem {
  const key = String(path.at(-1));
  const known = knownKeys(path.slice(base.length, -1));
  const owner = formatPath(path.slice(0, -1));
  return {
    code: 'CONFIG_UNKNOWN_KEY',
    message: `unknown key ${JSON.stringify(key)}${owner === '' ? '' : ` in ${owner}`}`,
    at: spanAt(root, path, true),
    path,
    expected: known.length === 0 ? undefined : `one of ${known.join(', ')}`,
    help: problems.suggest(key, known) ?? otherNameHelp(key, known),
  };
}

function otherNameHelp(key: string, known: readonly string[]): string | undefined {
  const meant = keyOfOtherName(key, known);
  return meant === undefined ? undefined : `it is called ${JSON.stringify(meant)} here`;
}

/** What code calls an object is a map in a config file. */
const CONFIG_NAMES: ReadonlyMap<string, string> = new Map([
  ['object', 'a map'],
  ['record', 'a map'],
]);

function unitHelpFor(message: string, node: ConfigNode): string | undefined {
  return node.kind === 'scalar' && node.redacted === undefined
    ? unitHelp(message, node.value)
    : undefined;
}

function helpFor(issue: Issue, node: ConfigNode): string | undefined {
  if (node.kind !== 'scalar') return undefined;
  if (issue.code === 'invalid_value' && typeof node.value === 'string') {
    return suggestName(node.value, issue.values.map(String));
  }
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.expected === 'array' && node.value !== null)
    return `write a list: [${node.written ?? node.value}]`;
  if (issue.expected === 'boolean' && /^(?:yes|no|on|off)$/i.test(String(node.value)))
    return 'write true or false';
  if (issue.expected === 'string' && node.value !== null && issue.message.startsWith('Invalid')) {
    return `put it in quotes: "${node.written ?? node.value}"`;
  }
  return undefined;
}

function toSegment(part: PropertyKey): PathSegment {
  return typeof part === 'number' ? part : String(part);
}
