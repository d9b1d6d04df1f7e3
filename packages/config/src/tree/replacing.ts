import type { ConfigNode } from './config-node.ts';

/**
 * A value that remembers what it replaced, after whatever it had replaced before. A base that is
 * extended by several ways is remembered once, or the memory would double with each way.
 */
export function replacing(upper: ConfigNode, lower: ConfigNode | undefined): ConfigNode {
  if (lower === undefined) return upper;
  const above = chainOf(upper);
  const known = new Set(above.map(placeOf));
  const below = chainOf(lower).filter((node) => !known.has(placeOf(node)));
  return [...above, ...below].reduceRight<ConfigNode | undefined>(overlaid, undefined) ?? upper;
}

function overlaid(lower: ConfigNode | undefined, { over: _, ...node }: ConfigNode): ConfigNode {
  return lower === undefined ? node : { ...node, over: lower };
}

/** The value itself, then what it replaced, newest first. */
export function chainOf(node: ConfigNode): ConfigNode[] {
  const chain: ConfigNode[] = [];
  for (let here: ConfigNode | undefined = node; here !== undefined; here = here.over)
    chain.push(here);
  return chain;
}

function placeOf({ span }: ConfigNode): string {
  return `${span.source.layer} ${span.source.name} ${span.start}`;
}
