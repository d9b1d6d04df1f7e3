import { formatDuration } from '@millrace/core';
import { printable } from '../terminal/printable.ts';
import { markOf } from '../terminal/status-style.ts';
import type { Paint } from '../terminal/terminal.ts';
import type { SampledStage } from '../verify/sample-stage.ts';
import { outputJson, outputLines } from './replay-report.ts';
import { countOf } from './words.ts';

/** What became of a sample of stored outcomes. */
export interface SampleReport {
  /** None came out otherwise. */
  readonly ok: boolean;
  readonly run: string;
  readonly seed: number;
  /** So many outcomes the run has. */
  readonly of: number;
  readonly stages: readonly SampledStage[];
}

const MARKS = { same: 'succeeded', differs: 'failed', unknown: 'undecided' } as const;
const TEXTS = { same: 'the same', differs: 'differs', unknown: 'cannot be told' } as const;

/** One stage, and where its outputs differ. */
export function sampledLines(
  { stage, verdict, why, outputs, durationMs }: SampledStage,
  paint: Paint,
): string[] {
  const time = durationMs === 0 ? '' : paint('dim', ` after ${formatDuration(durationMs)}`);
  const reason = why === undefined ? '' : `: ${printable(why)}`;
  const others = outputs.filter((output) => output.verdict !== 'same');
  return [
    `${markOf(MARKS[verdict], paint)} ${stage}: ${TEXTS[verdict]}${reason}${time}`,
    ...others.flatMap((output) => outputLines(output, paint)),
  ];
}

export function sampleTotal({ ok, of, run, seed, stages }: SampleReport, paint: Paint): string {
  const count = (verdict: SampledStage['verdict']): number =>
    stages.filter((stage) => stage.verdict === verdict).length;
  const parts = [
    `${count('same')} the same`,
    `${count('differs')} other`,
    ...(count('unknown') === 0 ? [] : [`${count('unknown')} that cannot be told`]),
  ];
  const status = ok ? (count('same') === 0 ? 'undecided' : 'succeeded') : 'failed';
  return `\n${markOf(status, paint)} ${stages.length} of ${countOf(of, 'outcome')} of run ${run} made once more, seed ${seed}: ${parts.join(', ')}`;
}

export function sampleJson({ stages, ...rest }: SampleReport): Readonly<Record<string, unknown>> {
  return {
    ...rest,
    stages: stages.map(({ outputs, ...stage }) => ({ ...stage, outputs: outputs.map(outputJson) })),
  };
}
