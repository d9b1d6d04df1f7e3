import type { Diagnostic } from '@millrace/core';
import { locationOf, type Span } from '../../source/config-source.ts';
import { childOf } from '../../tree/config-node.ts';
import { nodeAt } from '../../tree/locate.ts';
import type { Expansion } from '../expansion.ts';
import { stagesOf } from '../scope.ts';

/**
 * A diagnostic of what a stage of a pipeline inside another one reads from around it has the place where
 * that is written: under `reads` of the stage that is the pipeline, or of one further out.
 */
export function atSharedRead(diagnostic: Diagnostic, expansion: Expansion): Diagnostic {
  const [section, id, field, name] = diagnostic.path;
  if (section !== 'stages' || field !== 'reads' || typeof name !== 'string') return diagnostic;
  if (nodeAt(expansion.tree, diagnostic.path) !== undefined) return diagnostic;
  const span = sharedRead(expansion, String(id), name);
  return span === undefined ? diagnostic : { ...diagnostic, at: locationOf(span) };
}

/** A key that is handed on without a word has the same name further out. */
function sharedRead({ scope }: Expansion, id: string, name: string): Span | undefined {
  const stage = stagesOf(scope).find((planned) => planned.id === id);
  for (let here = stage?.scope; here?.owner !== undefined; here = here.owner.scope) {
    const written = childOf(childOf(here.owner.entry.value, 'reads'), name);
    if (written !== undefined) return written.span;
  }
  return undefined;
}
