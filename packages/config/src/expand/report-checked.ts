import type { Diagnostic } from '@millrace/core';
import { unitHelp } from '../shape/near-unit.ts';
import type { Problems } from '../source/problems.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { nodeAt, withPlaces } from '../tree/locate.ts';
import { withoutSameClass } from '../uses/without-same-class.ts';
import type { Expansion } from './expansion.ts';
import { atSharedRead } from './keys/at-shared-read.ts';
import type { BoundKeys } from './keys/bind-keys.ts';
import { MissingFromOutside } from './keys/missing-from-outside.ts';

interface CheckedContext extends Pick<BoundKeys, 'unsettled' | 'keysBefore'> {
  readonly expansion: Expansion;
}

/** Reports what the engine finds wrong with the pipeline, at the places of the config, without what follows from other problems. */
export function reportChecked(
  diagnostics: readonly Diagnostic[],
  { expansion, unsettled, keysBefore }: CheckedContext,
  problems: Problems,
): void {
  const { tree, unfilled, scope } = expansion;
  const outside = new MissingFromOutside({ scope, tree, keysBefore });
  for (const diagnostic of withoutSameClass(diagnostics, tree)) {
    const { code, path } = diagnostic;
    const node = nodeAt(tree, path);
    const isReported =
      (node !== undefined && unfilled.has(node)) ||
      (code === 'INPUT_MISSING' && unsettled.has(String(path[1])));
    const placed = isReported ? undefined : outside.placed(withUnitHelp(diagnostic, node));
    if (placed !== undefined) problems.add(withPlaces(atSharedRead(placed, expansion), tree));
  }
}

/** Params are read by the schemas of stages, which do not know how units are spelt elsewhere. */
function withUnitHelp(diagnostic: Diagnostic, node: ConfigNode | undefined): Diagnostic {
  if (diagnostic.code !== 'PARAMS_INVALID' || diagnostic.help !== undefined) return diagnostic;
  if (node?.kind !== 'scalar' || node.redacted !== undefined) return diagnostic;
  const help = unitHelp(diagnostic.message, node.value);
  return help === undefined ? diagnostic : { ...diagnostic, help };
}
