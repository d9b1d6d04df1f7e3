import type { Foreseen } from '../edits/edit.ts';
import type { EditReport, ResumeReport } from '../process/edit-report.ts';

/** What is wrong with the run as a whole after an edit. */
export function wrongSession(report: EditReport, foreseen: Foreseen): readonly string[] {
  const { resumed, left, planned } = report;
  const unfinished = left.map((text) => `afterwards there is work left: ${text}`);
  if (typeof resumed !== 'string')
    return [
      ...wrongEnd(resumed),
      ...otherPlan(report, resumed),
      ...otherContext(report, resumed),
      ...wrongEffect(foreseen, resumed),
      ...unfinished,
    ];
  const isIdle = planned.every(({ decision }) => decision === 'reuse' || decision === 'skip');
  const isRefusedRightly = resumed === 'RUN_ALREADY_SUCCEEDED' && isIdle;
  return [...(isRefusedRightly ? [] : [`the resume was refused: ${resumed}`]), ...unfinished];
}

function wrongEnd({ status, attempts, started }: ResumeReport): readonly string[] {
  const isOnce = attempts === Object.keys(started).length;
  return [
    ...(status === 'succeeded' ? [] : [`the run ${status}`]),
    ...(isOnce ? [] : ['a stage was started more than once']),
  ];
}

/** A resume makes its own plan, a moment after the one that was shown. */
function otherPlan({ planned }: EditReport, { plan }: ResumeReport): readonly string[] {
  return plan.flatMap(({ stage, decision, explanation }, at) => {
    const shown = planned[at];
    return shown?.decision === decision && shown.explanation === explanation
      ? []
      : [`the resume itself planned ${stage}: ${decision}: ${explanation}`];
  });
}

function otherContext({ fresh }: EditReport, { context }: ResumeReport): readonly string[] {
  if (fresh === undefined) return [];
  const keys = [...new Set([...Object.keys(fresh), ...Object.keys(context)])];
  return keys
    .filter((key) => fresh[key] !== context[key])
    .map((key) => `a fresh run leaves another ${key}`);
}

function wrongEffect(
  { runs = {}, effect }: Foreseen,
  { started }: ResumeReport,
): readonly string[] {
  const others = Object.keys(started).filter((stage) => !(stage in runs));
  if (effect === 'kept' && others.length > 0) return [`others ran as well: ${others.join(', ')}`];
  return effect === 'spreads' && others.length === 0 ? ['nobody else ran'] : [];
}
