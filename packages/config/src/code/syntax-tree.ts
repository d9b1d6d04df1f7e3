/** The only file of the package that imports the JavaScript parser. */
import { parse } from 'acorn';

/** A node of ESTree: fields by name, which differ from type to type. */
export interface SyntaxNode {
  readonly type: string;
  /** Offset in the text. */
  readonly start: number;
  readonly [field: string]: unknown;
}

/** How node reads a file: what `import` means in it, and whether it is strict. */
export type ModuleKind = 'module' | 'commonjs';

/** Parentheses are kept as nodes of their own. Throws a SyntaxError. */
export function parseModule(text: string, kind: ModuleKind): SyntaxNode {
  const program: object = parse(text, {
    ecmaVersion: 'latest',
    sourceType: kind,
    preserveParens: true,
  });
  return program as SyntaxNode;
}

export function isSyntaxNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

export function withoutParentheses(node: unknown): unknown {
  let inner = node;
  while (isSyntaxNode(inner) && inner.type === 'ParenthesizedExpression') inner = inner.expression;
  return inner;
}

/** The text of a string, or of a template without holes; undefined when it is computed. */
export function constantString(value: unknown): string | undefined {
  const node = withoutParentheses(value);
  if (!isSyntaxNode(node)) return undefined;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis)) return undefined;
  const [only, ...others]: { value?: { cooked?: unknown } }[] = node.quasis;
  const text = only?.value?.cooked;
  return others.length === 0 && typeof text === 'string' ? text : undefined;
}
