import type { GraphDirection, StageStatus } from '@millrace/core';

/**
 * `kept`: it succeeded in an earlier session. `retrying`: it waits for its next attempt. `lost`: its
 * process ended while it ran.
 */
export type DrawnStatus = StageStatus | 'kept' | 'retrying' | 'lost';

export interface DrawnStage {
  readonly id: string;
  readonly needs: readonly string[];
  /** Undefined where a pipeline is drawn, not a run of it. */
  readonly status: DrawnStatus | undefined;
  readonly durationMs: number | undefined;
  /** What a pointer on the stage shows beside its id, such as why it failed. */
  readonly note: string | undefined;
}

/** What is to be drawn, for every format. Secrets have been taken out of all texts. */
export interface Drawing {
  readonly title: string;
  /** What is drawn, such as a run's id and status. */
  readonly subtitle: string | undefined;
  readonly direction: GraphDirection;
  /** In the order of declaration. */
  readonly stages: readonly DrawnStage[];
}
