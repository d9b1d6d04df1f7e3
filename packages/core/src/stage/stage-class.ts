import { MappedStage } from './mapped-stage.ts';
import { PipelineStage } from './pipeline-stage.ts';
import { STAGE_MARK, type StageLife } from './stage-life.ts';
import type { StageSpec } from './stage-spec.ts';

/** A concrete stage as the engine sees it, its types forgotten. */
export type AnyStage = StageLife<never>;

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
  if (ABSTRACT.includes(value)) return `${value.name} itself is abstract`;
  if (hasMethod(value, 'run')) return undefined;
  if (isMappedClass(value)) return undefined;
  const missing = value.prototype instanceof MappedStage ? 'runItem' : 'run';
  return `class ${JSON.stringify(value.name)} has no ${missing} method`;
}

const ABSTRACT: readonly unknown[] = [PipelineStage, MappedStage];

/** Whether instances of the class work item by item. */
export function isMappedClass(stageClass: object): boolean {
  return hasMethod(stageClass, 'runItem') && !hasMethod(stageClass, 'run');
}

function hasMethod(stageClass: object, method: 'run' | 'runItem'): boolean {
  const prototype: unknown = Reflect.get(stageClass, 'prototype');
  if (typeof prototype !== 'object' || prototype === null) return false;
  return typeof Reflect.get(prototype, method) === 'function';
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
