import { type BoundStage, type ModelPipeline, recordedParams } from '../pipeline/index.ts';
import type { FileEntry, StageBasis } from './basis.ts';
import { codeChanges, recordedCode } from './code-changes.ts';
import { fileChanges } from './file-changes.ts';
import { changedParts, fingerprintOf } from './fingerprint.ts';
import { paramChanges } from './param-changes.ts';
import type { Reason } from './reason.ts';

interface Recorded {
  readonly fingerprint: string;
  readonly basis?: StageBasis;
}

interface Present {
  readonly pipeline: ModelPipeline;
  /** A stored value that a basis names; undefined when it cannot be read. */
  readonly recorded: (hash: string) => unknown;
  readonly files: readonly FileEntry[];
}

/** What changed of a stage itself since its record was made: code, params that it read, keys, files. */
export function ownChanges(
  stage: BoundStage,
  { fingerprint, basis }: Recorded,
  { pipeline, recorded, files }: Present,
): readonly Reason[] {
  const parts = changedParts(fingerprint, fingerprintOf(pipeline, stage.index));
  const reasons: Reason[] = [];
  if (parts.includes('code'))
    reasons.push(...codeChanges(basis && recorded(basis.code), recordedCode(stage)));
  if (parts.includes('params')) {
    reasons.push(...paramReasons(stage, basis, { pipeline, recorded }));
  }
  if (parts.includes('wiring')) reasons.push({ kind: 'wiring' });
  return [...reasons, ...fileChanges(basis?.files, files)];
}

function paramReasons(
  stage: BoundStage,
  basis: StageBasis | undefined,
  { pipeline, recorded }: Pick<Present, 'pipeline' | 'recorded'>,
): readonly Reason[] {
  if (basis === undefined) return [{ kind: 'params' }];
  const before = basis.params === '' ? {} : recorded(basis.params);
  if (before === undefined) return [{ kind: 'params' }];
  return paramChanges(before, recordedParams(stage), basis.read).map(
    ({ path, before: old, after: now }) => ({
      kind: 'param',
      path,
      before: old,
      after: now,
      at: pipeline.locate(['stages', stage.id, 'with', ...path]),
    }),
  );
}
