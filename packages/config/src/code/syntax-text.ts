import { isSyntaxNode, type SyntaxNode, withoutParentheses } from './syntax-tree.ts';

/** Where a node stands and how it was spelled. */
const UNWRITTEN = new Set(['type', 'start', 'end', 'raw', 'sourceType']);

/**
 * One text for all ways to format the same program: two programs have the same text only when they
 * mean the same. White space, comments, semicolons, trailing commas, needless parentheses, quotes
 * (also around the names of properties) and the spelling of numbers are gone.
 * `visit` gets the nodes, a node before its parts.
 */
export function syntaxText(program: SyntaxNode, visit: (node: SyntaxNode) => void): string {
  let text = '';

  const writeNode = (node: SyntaxNode): void => {
    visit(node);
    text += `${node.type}(`;
    if (node.type === 'Literal') text += literalText(node);
    else writeFields(node);
    text += ')';
  };

  const writeFields = (node: SyntaxNode): void => {
    for (const name in node) {
      const value = node[name];
      // So that a parser which tells more about newer syntax writes the same for older syntax.
      if (UNWRITTEN.has(name) || value === null || value === undefined || value === false) continue;
      if (Array.isArray(value) && value.length === 0) continue;
      text += `${name}:`;
      if (name === 'key' && node.computed !== true) writeKey(value);
      else if (name === 'left' && isUnnamingTarget(node)) text += `(${nameOf(value)})`;
      else writeValue(value);
      text += ',';
    }
  };

  const writeKey = (key: unknown): void => {
    const name = propertyName(key);
    if (name === undefined) writeValue(key);
    else text += JSON.stringify(name);
  };

  const writeValue = (value: unknown): void => {
    if (Array.isArray(value)) {
      text += '[';
      for (const item of value) {
        if (isWithoutEffect(item)) continue;
        writeValue(item);
        text += ',';
      }
      text += ']';
      return;
    }
    const inner = withoutParentheses(value);
    if (isSyntaxNode(inner)) writeNode(inner);
    // A string, true, a hole of an array, or the `raw` and `cooked` of a template.
    else text += JSON.stringify(inner);
  };

  writeNode(program);
  return text;
}

/** By value; tagged, because `1`, `'1'` and `1n` differ. Lone surrogates survive as escapes. */
function literalText({ value, regex, bigint }: SyntaxNode): string {
  if (typeof regex === 'object' && regex !== null && 'pattern' in regex && 'flags' in regex) {
    return `/${String(regex.pattern)}/${Array.from(String(regex.flags)).sort().join('')}`;
  }
  if (typeof value === 'string') return JSON.stringify(value);
  return `${typeof value} ${String(value ?? bigint)}`;
}

/** `{ a: 1 }` and `{ 'a': 1 }` are the same, and formatters turn one into the other. */
function propertyName(key: unknown): string | undefined {
  if (!isSyntaxNode(key)) return undefined;
  if (key.type === 'Identifier') return String(key.name);
  return key.type === 'Literal' ? String(key.value) : undefined;
}

/** `;` on its own, and `export {}`, which is what remains of an export of types. */
function isWithoutEffect(item: unknown): boolean {
  if (!isSyntaxNode(item)) return false;
  if (item.type === 'EmptyStatement') return true;
  return (
    item.type === 'ExportNamedDeclaration' &&
    !item.declaration &&
    !item.source &&
    Array.isArray(item.specifiers) &&
    item.specifiers.length === 0
  );
}

/** The one place where parentheses mean something: `(f) = () => {}` does not name the function `f`. */
function isUnnamingTarget({ type, left, right }: SyntaxNode): boolean {
  if (type !== 'AssignmentExpression' && type !== 'AssignmentPattern') return false;
  if (!isSyntaxNode(left) || left.type !== 'ParenthesizedExpression') return false;
  const value = withoutParentheses(right);
  return nameOf(left) !== undefined && isSyntaxNode(value) && isAnonymous(value);
}

function isAnonymous({ type, id }: SyntaxNode): boolean {
  if (type === 'ArrowFunctionExpression') return true;
  return (type === 'FunctionExpression' || type === 'ClassExpression') && !id;
}

function nameOf(target: unknown): string | undefined {
  const inner = withoutParentheses(target);
  return isSyntaxNode(inner) && inner.type === 'Identifier' ? String(inner.name) : undefined;
}
