import type { Diagnostic } from '@millrace/core';
import type { ConfigNode } from '../tree/config-node.ts';
import { nodeAt } from '../tree/locate.ts';
import { usedAsWell } from './used-as-well.ts';

/** What is wrong with a class, whichever stage uses it. */
const CLASS_CODES: ReadonlySet<string> = new Set(['STAGE_SPEC_INVALID', 'STAGE_NOT_A_STAGE']);

/** Tells what is wrong with a class once, at the first stage that uses it, with the others beside it. */
export function withoutSameClass(
  diagnostics: readonly Diagnostic[],
  root: ConfigNode,
): readonly Diagnostic[] {
  const firsts = new Map<string, Diagnostic>();
  const others = new Map<Diagnostic, Diagnostic[]>();
  const told = diagnostics.filter((diagnostic) => {
    const fault = classFaultOf(diagnostic, root);
    const first = fault === undefined ? undefined : firsts.get(fault);
    if (fault !== undefined && first === undefined) firsts.set(fault, diagnostic);
    if (first === undefined) return true;
    // Instances are written once.
    if (nodeAt(root, first.path)?.span !== nodeAt(root, diagnostic.path)?.span)
      others.set(first, [...(others.get(first) ?? []), diagnostic]);
    return false;
  });
  return told.map((diagnostic) => {
    const alike = others.get(diagnostic);
    if (alike === undefined) return diagnostic;
    const used = usedAsWell(
      alike.map(({ path }) => path),
      root,
    );
    return { ...diagnostic, related: [...(diagnostic.related ?? []), ...used] };
  });
}

/** The code with the `uses`, both the same for all stages of the class. */
function classFaultOf({ code, path }: Diagnostic, root: ConfigNode): string | undefined {
  const node = CLASS_CODES.has(code) ? nodeAt(root, path) : undefined;
  return node?.kind === 'scalar' ? JSON.stringify([code, node.value]) : undefined;
}
