import {
  constantString,
  isSyntaxNode,
  type SyntaxNode,
  withoutParentheses,
} from './syntax-tree.ts';

/** A place that names another module. */
export interface ImportSite {
  readonly kind: 'import' | 'require';
  /** Undefined when it is computed. */
  readonly specifier: string | undefined;
  /** From 1. */
  readonly line: number;
}

const STATIC = new Set(['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration']);

/** The import that a node makes, if any. */
export function importSiteOf(node: SyntaxNode, text: string): ImportSite | undefined {
  if (STATIC.has(node.type)) return node.source ? site('import', node.source) : undefined;
  if (node.type === 'ImportExpression') return site('import', node.source);
  // In an ES module too, where `require` is mostly made by createRequire.
  if (node.type !== 'CallExpression' || !Array.isArray(node.arguments)) return undefined;
  const callee = withoutParentheses(node.callee);
  return isSyntaxNode(callee) && callee.name === 'require' && node.arguments.length > 0
    ? site('require', node.arguments[0])
    : undefined;

  function site(kind: ImportSite['kind'], source: unknown): ImportSite {
    return { kind, specifier: constantString(source), line: lineAt(text, node.start) };
  }
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}
