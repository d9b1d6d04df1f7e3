import type { Manifest } from './manifests.ts';

/** What the `imports` of a package.json put in place of `#name`; undefined when they name nothing. */
export function packageImport(
  specifier: string,
  { imports = {} }: Manifest,
  kind: 'import' | 'require',
): string | undefined {
  const conditions = new Set(['node', 'node-addons', 'module-sync', 'default', kind]);
  if (Object.hasOwn(imports, specifier) && !specifier.includes('*')) {
    return choose(imports[specifier], conditions) ?? undefined;
  }
  let best: { pattern: string; prefix: string; rest: string } | undefined;
  for (const pattern of Object.keys(imports)) {
    const [prefix = '', suffix, ...more] = pattern.split('*');
    if (suffix === undefined || more.length > 0) continue;
    if (!specifier.startsWith(prefix) || !specifier.endsWith(suffix)) continue;
    if (specifier.length < pattern.length) continue;
    // The longest prefix wins, then the longest pattern, as in node.
    const isBetter =
      best === undefined ||
      prefix.length > best.prefix.length ||
      (prefix.length === best.prefix.length && pattern.length > best.pattern.length);
    const rest = specifier.slice(prefix.length, specifier.length - suffix.length);
    if (isBetter) best = { pattern, prefix, rest };
  }
  if (best === undefined) return undefined;
  const { pattern, rest } = best;
  return choose(imports[pattern], conditions)?.replaceAll('*', () => rest);
}

/** The first target whose conditions hold; null is a choice too: the name is closed. */
function choose(target: unknown, conditions: ReadonlySet<string>): string | null | undefined {
  if (typeof target === 'string' || target === null) return target;
  if (typeof target !== 'object') return undefined;
  if (Array.isArray(target)) {
    return target.map((item) => choose(item, conditions)).find((item) => typeof item === 'string');
  }
  for (const [name, value] of Object.entries(target)) {
    const chosen = conditions.has(name) ? choose(value, conditions) : undefined;
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}
