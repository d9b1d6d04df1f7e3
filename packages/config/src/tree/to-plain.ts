import type { ConfigNode } from './config-node.ts';

/** The values of a tree without their places. Every key is an own property, `__proto__` as well. */
export function toPlain(node: ConfigNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(toPlain);
    case 'map': {
      const plain: Record<string, unknown> = {};
      for (const [key, { value }] of node.entries) setOwnProperty(plain, key, toPlain(value));
      return plain;
    }
  }
}

/** Sets a key of any name, `__proto__` as well. */
export function setOwnProperty(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value;
  // A plain assignment would replace the prototype instead.
  else
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
}
