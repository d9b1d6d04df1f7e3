import { PipelineStage, STAGE_MARK } from './pipeline-stage.ts';
import type { StageSpec } from './stage-spec.ts';

/** A concrete stage as the engine sees it, its types forgotten. */
export type AnyStage = PipelineStage<never, unknown, never, never>;

/** A class that the engine can make instances of. */
export interface StageClass {
  readonly name: string;
  readonly spec: StageSpec;
  new (): AnyStage;
}

/** Why a value is no stage class, or undefined when it is one. */
export function stageClassFault(value: unknown): string | undefined {
  if (typeof value !== 'function') return `expected a class, got ${describeKind(value)}`;
  if (!(STAGE_MARK in value)) {
    return `class ${JSON.stringify(value.name)} does not extend PipelineStage`;
  }
  if ((value as unknown) === PipelineStage) return 'PipelineStage itself is abstract';
  const prototype: unknown = value.prototype;
  if (typeof prototype !== 'object' || prototype === null || !hasRun(prototype)) {
    return `class ${JSON.stringify(value.name)} has no run method`;
  }
  return undefined;
}

function hasRun(prototype: object): boolean {
  return typeof Reflect.get(prototype, 'run') === 'function';
}

export function isStageClass(value: unknown): value is StageClass {
  return stageClassFault(value) === undefined;
}

function describeKind(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
