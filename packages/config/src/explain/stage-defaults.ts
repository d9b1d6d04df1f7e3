import { type BoundStage, NO_RETRY, type RetryPolicy } from '@millrace/core';
import { subPipelineSchema } from '../expand/authored-expansion.ts';
import { knownStageKeys } from '../shape/config-schema.ts';
import { childOf, type MapNode } from '../tree/config-node.ts';
import { type DefaultValue, writtenDuration } from './default-value.ts';
import type { DefaultGiver } from './explained-value.ts';
import { paramDefaults } from './param-defaults.ts';

/** What a stage gets for the fields that its config leaves out. */
export function stageDefaults(
  id: string,
  stage: MapNode,
  bound: BoundStage | undefined,
): readonly DefaultValue[] {
  const fields = knownStageKeys([])
    .filter((key) => key !== 'uses' && key !== 'with' && key !== 'retry')
    .map((key) => fieldDefault(key, bound));
  const params = bound === undefined ? [unknownField('with')] : paramDefaults(stage, bound);
  return [...params, ...fields, ...retryDefaults(stage, bound)].map(({ path, ...rest }) => ({
    path: ['stages', id, ...path],
    ...rest,
  }));
}

/** A stage that is a pipeline leaves everything else to the stages of that pipeline. */
export function subPipelineDefaults(id: string): readonly DefaultValue[] {
  return Object.keys(subPipelineSchema.shape).map((key) => ({
    path: ['stages', id, key],
    value: key === 'needs' ? [] : undefined,
    by: 'millrace',
  }));
}

function unknownField(key: string): DefaultValue {
  return { path: [key], value: undefined, by: 'unknown' };
}

function fieldDefault(key: string, bound: BoundStage | undefined): DefaultValue {
  if (key === 'needs') return { path: [key], value: [], by: 'millrace' };
  if (bound === undefined) return unknownField(key);
  const authored: unknown = Reflect.get(bound.blueprint.spec, key);
  if (authored !== undefined) return { path: [key], value: shownOption(authored), by: 'class' };
  return { path: [key], value: ownDefault(key, bound), by: 'millrace' };
}

/** Options are data, or functions of the stage's author. */
function shownOption(authored: unknown): unknown {
  return typeof authored === 'function' ? '(a function of its class)' : authored;
}

function ownDefault(key: string, { options }: BoundStage): unknown {
  if (key === 'grace') return writtenDuration(options.graceMs);
  return Reflect.get(options, key);
}

/** A stage's own `retry` stands in for that of its class as a whole. */
function retryDefaults(stage: MapNode, bound: BoundStage | undefined): readonly DefaultValue[] {
  const isWritten = childOf(stage, 'retry') !== undefined;
  const authored = isWritten ? undefined : bound?.blueprint.spec.retry;
  const policy = bound?.options.retry ?? (isWritten ? NO_RETRY : undefined);
  return knownStageKeys(['retry']).map((key) => {
    const path = ['retry', key];
    const own: unknown = authored === undefined ? undefined : Reflect.get(authored, key);
    if (own !== undefined) return { path, value: own, by: 'class' };
    const by: DefaultGiver = policy === undefined ? 'unknown' : 'millrace';
    return { path, value: policy && retryPart(key, policy), by };
  });
}

function retryPart(key: string, policy: RetryPolicy): unknown {
  if (key === 'delay') return writtenDuration(policy.delayMs);
  if (key === 'maxDelay') return writtenDuration(policy.maxDelayMs);
  return Reflect.get(policy, key);
}
