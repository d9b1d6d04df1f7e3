import type { ConfigNode } from '../tree/config-node.ts';
import { setOwnProperty } from '../tree/to-plain.ts';

/** The values of a tree as they may be shown: whatever is made of a secret as the text with its placeholder. */
export function shownValue(node: ConfigNode): unknown {
  if (node.redacted !== undefined) return node.redacted;
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(shownValue);
    case 'map': {
      const shown: Record<string, unknown> = {};
      for (const [key, { value }] of node.entries) setOwnProperty(shown, key, shownValue(value));
      return shown;
    }
  }
}
