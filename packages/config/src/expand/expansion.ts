import type { StageFacts } from '@millrace/core';
import type { StageExpression } from '../condition/check-condition-names.ts';
import type { ConfigNode, MapNode } from '../tree/config-node.ts';
import type { Scope } from './scope.ts';

/** What is known of a stage that its fields do not say. */
export type ExpandedFacts = Pick<
  StageFacts,
  'namespace' | 'writeSuffix' | 'when' | 'files' | 'secrets'
>;

/** The one pipeline that a config comes to: instances and stages of pipelines inside are its stages. */
export interface Expansion {
  /** Placeholders are filled in. Every value has the place where it is written, in whichever file. */
  readonly tree: MapNode;
  /** The same as one file would say it, with stages not yet repeated. Worked out anew with each call. */
  readonly authored: () => MapNode;
  /** Texts whose placeholders were reported, and dependencies that were: what is wrong with them beyond that is a mere consequence. */
  readonly unfilled: ReadonlySet<ConfigNode>;
  /** By stage id. */
  readonly facts: ReadonlyMap<string, ExpandedFacts>;
  /** False when stages are missing because of what was reported, so that dependencies on them prove nothing. */
  readonly isComplete: boolean;
  /** The use of the config's own pipeline, with all pipelines inside it. */
  readonly scope: Scope;
  /** Conditions of stages, whose inputs can be checked only with their classes. */
  readonly expressions: readonly StageExpression[];
}
