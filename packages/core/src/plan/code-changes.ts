import { isPlainObject } from '../base/tracked-object.ts';
import type { BoundStage } from '../pipeline/index.ts';
import type { Reason } from './reason.ts';

/** The code of a stage as the store keeps it. */
export interface RecordedCode {
  readonly uses: string;
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
  readonly packages: Readonly<Record<string, string>>;
}

/** Undefined when the loader knows nothing of the code. */
export function recordedCode({ definition, blueprint }: BoundStage): RecordedCode | undefined {
  const { code, uses } = definition;
  if (code === undefined) return undefined;
  return {
    uses,
    version: blueprint.version,
    files: Object.fromEntries(code.files.map(({ file, hash }) => [file, hash])),
    packages: Object.fromEntries(code.packages.map(({ name, version }) => [name, version])),
  };
}

const UNKNOWN: readonly Reason[] = [{ kind: 'code' }];

/** What of its code is another, as far as two descriptions tell, of which one or both come from the store. */
export function codeChanges(before: unknown, now: unknown): readonly Reason[] {
  if (!isRecordedCode(before) || !isRecordedCode(now)) return UNKNOWN;
  const reasons: Reason[] = [];
  if (before.version !== now.version) {
    reasons.push({ kind: 'version', before: before.version, after: now.version });
  }
  for (const [file, old, hash] of differing(before.files, now.files)) {
    reasons.push({ kind: 'code-file', file, change: changeOf(old, hash) });
  }
  for (const [name, old, version] of differing(before.packages, now.packages)) {
    reasons.push({ kind: 'package', name, before: old, after: version });
  }
  if (reasons.length === 0 && before.uses !== now.uses) {
    reasons.push({ kind: 'uses', before: before.uses, after: now.uses });
  }
  return reasons.length === 0 ? UNKNOWN : reasons;
}

type Texts = Readonly<Record<string, string>>;

function differing(before: Texts, now: Texts): [string, string | undefined, string | undefined][] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names]
    .sort()
    .map((name): [string, string | undefined, string | undefined] => [
      name,
      before[name],
      now[name],
    ])
    .filter(([, old, fresh]) => old !== fresh);
}

function changeOf(
  before: string | undefined,
  now: string | undefined,
): 'changed' | 'added' | 'removed' {
  if (before === undefined) return 'added';
  return now === undefined ? 'removed' : 'changed';
}

export function isRecordedCode(value: unknown): value is RecordedCode {
  if (!isPlainObject(value)) return false;
  const { uses, version, files, packages } = value;
  return (
    typeof uses === 'string' &&
    typeof version === 'string' &&
    isPlainObject(files) &&
    isPlainObject(packages)
  );
}
