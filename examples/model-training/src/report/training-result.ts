import type { RunStatus } from 'millrace';
import type { Deployed } from '../deployment/deploy-model.ts';
import type { Drift } from '../drift/drift.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { Quality } from '../market/check-bars.ts';
import type { DataSource } from '../market/data-source.ts';
import type { Split } from '../market/split-days.ts';
import type { CandidateFit } from '../training/candidate-fit.ts';

export interface StageFailure {
  readonly stage: string;
  readonly attempt: number;
  readonly message: string;
}

/** How a run stands. What its stages have not made yet is undefined. */
export interface TrainingResult {
  readonly runId: string;
  readonly status: RunStatus;
  readonly createdAt: string;
  readonly durationMs: number;
  readonly failures: readonly StageFailure[];
  readonly source: DataSource | undefined;
  readonly quality: Quality | undefined;
  readonly split: Split | undefined;
  readonly fits: readonly CandidateFit[] | undefined;
  readonly drift: Drift | undefined;
  readonly evaluation: Evaluation | undefined;
  readonly deployed: Deployed | undefined;
}
