import { encodeValue, sealValue } from '../base/codec/index.ts';
import { fileEntries } from '../executor/file-entries.ts';
import type { BoundStage } from '../pipeline/index.ts';
import {
  codeChanges,
  fileChanges,
  type Reason,
  type RecordedCode,
  recordedCode,
} from '../plan/index.ts';
import type { Capsule } from './capsule.ts';

/** What of the code of a stage, and of the files that it reads, is another than its capsule says. */
export async function capsuleChanges(
  { head }: Capsule,
  stage: BoundStage,
): Promise<readonly Reason[]> {
  const files = fileChanges(head.files, await fileEntries(stage.files));
  const now = recordedCode(stage);
  if (head.code === undefined || now === undefined) return [...files];
  const { uses, version, packages } = head.code;
  const before = { uses, version, files: alike(head.code.files, now.files), packages };
  return hashOf(before) === hashOf(now) ? files : [...codeChanges(before, now), ...files];
}

type Digests = RecordedCode['files'];

/**
 * The recorded files by the paths that they have now. Paths are relative to the working folder of their time, so
 * one that is not there any more is taken for the one of the same name that was not there then.
 */
function alike(before: Digests, now: Digests): Digests {
  const fresh = Object.keys(now).filter((path) => !Object.hasOwn(before, path));
  return Object.fromEntries(
    Object.entries(before).map(([path, digest]) => {
      if (Object.hasOwn(now, path)) return [path, digest];
      const named = fresh.filter((other) => nameOf(other) === nameOf(path));
      const moved = named.find((other) => now[other] === digest) ?? named[0];
      if (moved === undefined) return [path, digest];
      fresh.splice(fresh.indexOf(moved), 1);
      return [moved, digest];
    }),
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Files and packages come in any order. */
function hashOf({ uses, version, files, packages }: RecordedCode): string | undefined {
  const sorted = (texts: Digests): unknown => Object.entries(texts).sort();
  const sealed = sealValue([uses, version, sorted(files), sorted(packages)]);
  return sealed.ok ? encodeValue(sealed.value).hash : undefined;
}
