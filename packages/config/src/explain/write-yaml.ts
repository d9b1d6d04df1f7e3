import { escapeTemplate } from '../interpolate/template.ts';
import type { ConfigNode, ScalarNode } from '../tree/config-node.ts';

/** Lists of single values that are no wider stay on one line. */
const WIDEST = 80;

/** Texts that YAML reads as themselves, inside brackets as well. */
const PLAIN = /^(?:\.{1,2}\/)?[A-Za-z_][\w./@#-]*(?:[:][\w./@#-]+)*(?: [A-Za-z_][\w./-]*)*$/;
/** `5m`, `1.5s`, `10MiB`: no number, since none has such an end. */
const QUANTITY = /^\d+(?:\.\d+)?[A-Za-z]+$/;
/** What some reader takes for something else than text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
/** Numbers and truth as YAML 1.2 writes them; how they are written is a part of the ids made of them. */
const WRITTEN =
  /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|0x[\da-fA-F]+|0o[0-7]+|true|True|TRUE|false|False|FALSE)$/;
/** What JSON leaves as it is, and our readers refuse or YAML takes for a line end. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * A tree as YAML that reads as the same tree. A value made of secrets is written as the text with its
 * placeholders, and any other `${` as `$${`, so that the whole is a config again.
 */
export function writeYaml(root: ConfigNode): string {
  return root.kind === 'map' && root.entries.size > 0
    ? `${block(root, '').join('\n')}\n`
    : `${inline(root)}\n`;
}

/** The lines of a map or list that is not empty. */
function block(node: ConfigNode, indent: string): string[] {
  const lines: string[] = [];
  if (node.kind === 'map') {
    for (const [key, { value }] of node.entries)
      lines.push(...entryLines(`${indent}${text(key)}:`, value, indent));
  } else if (node.kind === 'list') {
    for (const item of node.items) lines.push(...itemLines(item, indent));
  }
  return lines;
}

function entryLines(head: string, value: ConfigNode, indent: string): string[] {
  return isInline(value, head)
    ? [`${head} ${inline(value)}`]
    : [head, ...block(value, `${indent}  `)];
}

/** The first line of what is in an item stands behind the dash. */
function itemLines(item: ConfigNode, indent: string): string[] {
  if (isInline(item, `${indent}-`)) return [`${indent}- ${inline(item)}`];
  const [first = '', ...rest] = block(item, `${indent}  `);
  return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
}

function isInline(node: ConfigNode, head: string): boolean {
  if (node.redacted !== undefined || node.kind === 'scalar') return true;
  if (node.kind === 'map') return node.entries.size === 0;
  const isFlat = node.items.every((item) => item.kind === 'scalar');
  return node.items.length === 0 || (isFlat && head.length + inline(node).length < WIDEST);
}

function inline(node: ConfigNode): string {
  if (node.redacted !== undefined) return quoted(node.redacted);
  switch (node.kind) {
    case 'scalar':
      return scalar(node);
    case 'list':
      return `[${node.items.map(inline).join(', ')}]`;
    case 'map':
      return '{}';
  }
}

function scalar({ value, written }: ScalarNode): string {
  if (typeof value === 'string') return text(escapeTemplate(value));
  if (written !== undefined && WRITTEN.test(written)) return written;
  if (typeof value !== 'number') return String(value);
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  return String(value);
}

function text(value: string): string {
  const isPlain = PLAIN.test(value) || QUANTITY.test(value);
  return isPlain && !RESERVED.test(value) ? value : quoted(value);
}

function quoted(value: string): string {
  return JSON.stringify(value).replaceAll(
    UNPRINTABLE,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
