import type { CelNode } from './cel.ts';

/** One name that an expression looks up in a variable: `count` of `inputs.count`. */
export interface MentionedName {
  readonly name: string;
  /** Of the expression's text. */
  readonly start: number;
  readonly end: number;
}

export interface Mentions {
  /** Whether the variable occurs at all. */
  readonly isMentioned: boolean;
  /** The names that are looked up in it by a literal name, each at its first place. */
  readonly names: readonly MentionedName[];
}

/** What an expression looks at in one of its variables. */
export function mentionedNames(tree: CelNode, variable: string): Mentions {
  const names = new Map<string, MentionedName>();
  let isMentioned = false;
  for (const node of nodesOf(tree)) {
    if (node.op === 'id' && node.args === variable) isMentioned = true;
    const name = literalNameIn(node, variable);
    if (name !== undefined && !names.has(name)) {
      names.set(name, { name, start: node.start, end: node.end });
    }
  }
  return { isMentioned, names: [...names.values()] };
}

function literalNameIn(node: CelNode, variable: string): string | undefined {
  if (node.op !== '.' && node.op !== '[]') return undefined;
  const [owner, key] = node.args;
  if (owner.op !== 'id' || owner.args !== variable) return undefined;
  if (typeof key === 'string') return key;
  return key.op === 'value' && typeof key.args === 'string' ? key.args : undefined;
}

/** Iterative: an expression may be as long as its author likes. */
function* nodesOf(tree: CelNode): Generator<CelNode> {
  const waiting: unknown[] = [tree];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) {
      for (const inner of next.toReversed()) waiting.push(inner);
    } else if (isNode(next)) {
      yield next;
      waiting.push(next.args);
    }
  }
}

function isNode(value: unknown): value is CelNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
