/** What a `uses` names. */
export type UsesTarget =
  | { readonly kind: 'file'; readonly path: string; readonly exportName: string }
  | { readonly kind: 'package'; readonly specifier: string; readonly exportName: string }
  | { readonly kind: 'name'; readonly name: string };

const FILE = /^(?:\.{0,2}[\\/]|[A-Za-z]:[\\/]|file:)/;

/** Reads `./file.ts`, `./file.ts#Export`, `package#Export`, or a registered name; undefined when an export is left empty. */
export function parseUses(uses: string): UsesTarget | undefined {
  const hash = uses.lastIndexOf('#');
  const target = hash === -1 ? uses : uses.slice(0, hash);
  const exportName = hash === -1 ? 'default' : uses.slice(hash + 1);
  if (exportName === '' || target === '') return undefined;
  if (FILE.test(target)) return { kind: 'file', path: target, exportName };
  return hash === -1
    ? { kind: 'name', name: uses }
    : { kind: 'package', specifier: target, exportName };
}
