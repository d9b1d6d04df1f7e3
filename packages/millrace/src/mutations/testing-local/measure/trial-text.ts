import { type Diagnostic, formatLocation } from '@millrace/core';
import type { Trial } from './trial.ts';

/** One mutation and what became of it, for people who want to mend the loader. */
export function trialText({ mutationKind, subject, mutation, outcome }: Trial): string {
  const lines = mutation.text.split('\n');
  const changed = mutation.lines.map((line) => `  ${line} | ${lines[line - 1] ?? ''}`);
  const why =
    'why' in outcome ? outcome.why.map(({ why, stage }) => `  truth: ${stage ?? ''} ${why}`) : [];
  const told = 'diagnostics' in outcome ? outcome.diagnostics.slice(0, 4).map(toldAs) : [];
  return [
    `${outcome.kind}: ${mutationKind} in ${subject}: ${mutation.what}`,
    ...changed.slice(0, 6),
    ...why.slice(0, 3),
    ...told,
  ].join('\n');
}

function toldAs({ code, message, at, help }: Diagnostic): string {
  const place = at === undefined ? 'nowhere' : formatLocation(at);
  return `  told: ${place} ${code} ${message}${help === undefined ? '' : ` (${help})`}`;
}
