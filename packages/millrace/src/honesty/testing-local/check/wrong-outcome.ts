import type { PlannedStage, ResumeReport } from '../process/edit-report.ts';

/** What became of a stage against what the plan said; undefined when they agree. */
export function wrongOutcome(
  planned: PlannedStage,
  { started, reused, skipped }: ResumeReport,
): string | undefined {
  const { stage, decision, open, awaits } = planned;
  const reason = started[stage];
  const isSkipped = stage in skipped;
  if (isSkipped && reason !== undefined) return 'it ran and was skipped';
  switch (decision) {
    case 'run':
      return reason === undefined ? 'it did not run' : undefined;
    case 'reuse':
    case 'skip':
      return reason === undefined ? undefined : 'it ran';
    case 'undecided': {
      if (isSkipped) return mayBeSkipped(planned, skipped);
      if (awaits.length > 0) return reason === undefined ? 'it was kept' : undefined;
      const changed = open.filter(({ isChanged }) => isChanged);
      if (changed.length > 0)
        return reason === undefined
          ? `it did not run, though ${namesOf(changed)} changed`
          : wrongReason(changed, reason, started);
      if (reason !== undefined) return `it ran because ${reason}, though nothing changed`;
      return reused[stage] === UNCHANGED ? undefined : `it was kept because ${reused[stage]}`;
    }
    default:
      return decision satisfies never;
  }
}

/** By its own condition, asked once it was ready, or with a stage that it cannot do without. */
function mayBeSkipped(
  { stage }: PlannedStage,
  skipped: ResumeReport['skipped'],
): string | undefined {
  const reason = skipped[stage] ?? '';
  const isByCondition = /^when .* does not hold$/.test(reason);
  const isWithAnother = /^it needs what was skipped after "/.test(reason);
  return isByCondition || isWithAnother ? undefined : `it was skipped: ${reason}`;
}

const UNCHANGED = 'what it reads came out the same';

/** The event of a stage that was undecided and ran names every change, and who made it. */
function wrongReason(
  changed: PlannedStage['open'],
  reason: string,
  started: ResumeReport['started'],
): string | undefined {
  // A long reason ends before it has named all.
  if (/; and \d+ more$/.test(reason)) return undefined;
  const parts = reason.split('; ');
  const isNamed = ({ name, isDeclared }: PlannedStage['open'][number]): boolean =>
    parts.some((part) => {
      if (!isDeclared) return part === `input ${name} changed`;
      const [, input = '', writer] = /^(?:input (.*) changed because )?"(.*?)" /.exec(part) ?? [];
      return input === name && writer !== undefined && writer in started;
    });
  return changed.every(isNamed)
    ? undefined
    : `it ran because ${reason}, though ${namesOf(changed)} changed`;
}

function namesOf(open: PlannedStage['open']): string {
  return open.map(({ name, from }) => name || `what ${from} writes`).join(', ');
}
