import type { KeySpace } from './key-space.ts';
import type { LayeredConfig } from './layered-config.ts';
import type { PlainMap } from './plain.ts';
import type { Values } from './template.ts';

/** One use of a pipeline: the one that is run, or one inside it. */
export interface Scope {
  readonly prefix: string;
  readonly config: LayeredConfig;
  readonly values: Values;
  readonly keys: KeySpace;
  /** The stage that stands for it. */
  readonly owner: Member | undefined;
  /** Files and names of the pipelines that lead here. */
  readonly trail: readonly string[];
  /** In the order of the config; grows while it is read. */
  readonly members: Member[];
}

/** A stage as it is written, one for each instance. */
export interface Member {
  /** In its scope, without a label. */
  readonly name: string;
  /** In the whole config. */
  readonly id: string;
  readonly label: string | undefined;
  /** Its placeholders filled in, its matrix or foreach gone. */
  readonly fields: PlainMap;
  readonly scope: Scope;
  /** Of a stage that is a pipeline. */
  inner: Scope | undefined;
}

/** The stages of a scope and of all inside it that are classes. */
export function classStagesOf(scope: Scope): readonly Member[] {
  return scope.members.flatMap((member) =>
    member.inner === undefined ? [member] : classStagesOf(member.inner),
  );
}
