import type { StageId } from '../base/ids.ts';
import type { Mutable } from '../base/mutable.ts';
import type { SourceLocation } from '../base/source-location.ts';
import type { AuthoredPipelineFields, AuthoredStage, stageOptionShape } from './authored-schema.ts';
import { DEFAULT_CONCURRENCY } from './default-concurrency.ts';
import type { LimitDefinition, LimitUse } from './limit-definition.ts';
import type { MapOptions } from './map-options.ts';
import type {
  FallbackDefinition,
  PipelineDefinition,
  StageDefinition,
  StageOptions,
} from './pipeline-definition.ts';
import { NO_RETRY, type RetryPolicy } from './retry-policy.ts';
import { constantCondition } from './stage-condition.ts';

/** Turns checked authored fields and stages into a definition; defaults are filled in here only. */
export function toDefinition(
  fields: AuthoredPipelineFields,
  stages: readonly StageDefinition[],
  at?: SourceLocation,
): PipelineDefinition {
  return {
    name: fields.name,
    ...(fields.description === undefined ? {} : { description: fields.description }),
    concurrency: fields.concurrency ?? DEFAULT_CONCURRENCY,
    durability: fields.durability ?? 'strict',
    failureMode: fields.failureMode ?? 'no-new',
    onFailure: fields.onFailure ?? 'keep',
    ...(fields.limits === undefined ? {} : { limits: toLimits(fields.limits) }),
    context: fields.context ?? {},
    inputs: fields.inputs ?? [],
    stages,
    ...(at === undefined ? {} : { at }),
  };
}

/** What is known of a stage beside what its author wrote. */
export type StageFacts = Pick<
  StageDefinition,
  'at' | 'code' | 'when' | 'files' | 'namespace' | 'writeSuffix' | 'secrets'
>;

/** Turns one checked authored stage into its definition. */
export function toStageDefinition(
  id: StageId,
  stage: AuthoredStage,
  known: StageFacts = {},
): StageDefinition {
  const definition: Mutable<StageDefinition> = {
    id,
    uses: stage.uses,
    with: stage.with ?? {},
    needs: stage.needs,
    options: toOptions(stage),
  };
  if (stage.reads !== undefined) definition.reads = stage.reads;
  if (stage.writes !== undefined) definition.writes = stage.writes;
  if (stage.tags !== undefined) definition.tags = stage.tags;
  if (typeof stage.when === 'boolean') definition.when = constantCondition(stage.when);
  if (stage.map !== undefined) definition.map = toMapOptions(stage.map);
  if (stage.fallback !== undefined) definition.fallback = toFallback(stage.fallback);
  return Object.assign(definition, known);
}

/** Shared by the many stages that say nothing of them. */
const NO_OPTIONS: Partial<StageOptions> = Object.freeze({});

/** The options that an author wrote; what is left out stays out, so that defaults can come later. */
export function toOptions(
  authored: Pick<AuthoredStage, keyof typeof stageOptionShape>,
): Partial<StageOptions> {
  const options: Partial<Mutable<StageOptions>> = {};
  if (authored.retry !== undefined) options.retry = toRetryPolicy(authored.retry);
  if (authored.timeout !== undefined) options.timeoutMs = authored.timeout;
  if (authored.grace !== undefined) options.graceMs = authored.grace;
  if (authored.critical !== undefined) options.critical = authored.critical;
  if (authored.cacheable !== undefined) options.cacheable = authored.cacheable;
  if (authored.limits !== undefined) options.limits = toLimitUses(authored.limits);
  return Object.keys(options).length === 0 ? NO_OPTIONS : options;
}

function toLimits(limits: NonNullable<AuthoredPipelineFields['limits']>): LimitDefinition[] {
  return Object.entries(limits).map(([name, { concurrency, rate, breaker }]) => ({
    name,
    concurrency,
    rate: rate && { calls: rate.calls, perMs: rate.per },
    breaker: breaker && {
      failures: breaker.failures,
      resetMs: breaker.reset,
      onOpen: breaker.onOpen ?? 'wait',
    },
  }));
}

function toLimitUses(limits: NonNullable<AuthoredStage['limits']>): LimitUse[] {
  if (Array.isArray(limits)) return [...new Set(limits)].map((name) => ({ name, cost: 1 }));
  return Object.entries(limits).map(([name, cost]) => ({ name, cost }));
}

/** The same for the options of a mapped stage. */
export function toMapOptions(authored: NonNullable<AuthoredStage['map']>): Partial<MapOptions> {
  const { over, key, into, failures, concurrency, failureBudget, retry, timeout, deadline } =
    authored;
  return {
    ...(over === undefined ? {} : { over }),
    ...(key === undefined ? {} : { key }),
    ...(into === undefined ? {} : { into }),
    ...(failures === undefined ? {} : { failures }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(failureBudget === undefined ? {} : { failureBudget }),
    ...(retry === undefined ? {} : { retry: toRetryPolicy(retry) }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(deadline === undefined ? {} : { deadlineMs: deadline }),
  };
}

function toRetryPolicy(authored: NonNullable<AuthoredStage['retry']>): RetryPolicy {
  const { attempts, backoff, delay, maxDelay, jitter, on, notOn } = authored;
  return {
    attempts: attempts ?? NO_RETRY.attempts,
    backoff: backoff ?? NO_RETRY.backoff,
    delayMs: delay ?? NO_RETRY.delayMs,
    maxDelayMs: maxDelay ?? Math.max(NO_RETRY.maxDelayMs, delay ?? 0),
    jitter: jitter ?? NO_RETRY.jitter,
    ...(on === undefined ? {} : { on }),
    ...(notOn === undefined ? {} : { notOn }),
  };
}

function toFallback(fallback: NonNullable<AuthoredStage['fallback']>): FallbackDefinition {
  if (typeof fallback.uses === 'string') {
    return { kind: 'stage', uses: fallback.uses, with: fallback.with ?? {} };
  }
  return { kind: 'value', outputs: fallback };
}
