import type { ConfigNode } from './config-node.ts';

const LONGEST = 60;

/** What was written, in the words of a config file: `text "yes"`, `the number 0`, `a list of 3`. */
export function describeNode(node: ConfigNode | undefined): string {
  if (node === undefined) return 'nothing';
  switch (node.kind) {
    case 'list':
      return node.items.length === 0 ? 'an empty list' : `a list of ${node.items.length}`;
    case 'map':
      return node.entries.size === 0 ? 'an empty map' : `a map of ${node.entries.size}`;
    case 'scalar':
      if (node.value === null) return 'nothing';
      if (typeof node.value === 'string') return `the text ${quote(node.value)}`;
      if (typeof node.value === 'number') return `the number ${node.written ?? node.value}`;
      return String(node.value);
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 3)}...`);
}
