import { didYouMean, MillraceError } from '@millrace/core';

interface UnknownStage {
  readonly runId: string;
  readonly stage: string;
  /** The stages that there are. */
  readonly known: Iterable<string>;
}

export function stageUnknown({ runId, stage, known }: UnknownStage): MillraceError {
  return new MillraceError(
    'STAGE_UNKNOWN',
    `run ${runId} has nothing recorded of a stage ${JSON.stringify(stage)}`,
    {
      details: { runId, stage },
      help: didYouMean(stage, known) ?? `list its stages: millrace show ${runId}`,
    },
  );
}
