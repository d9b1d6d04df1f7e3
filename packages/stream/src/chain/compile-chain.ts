import {
  ABSENT,
  type BoundStage,
  FROM_INITIAL,
  LOOKED_UP,
  MillraceError,
  type ModelPipeline,
  toleratesSkip,
  type WiredInput,
  writeKey,
} from '@millrace/core';
import { quote } from '../base/quote.ts';
import type { StreamSettings } from '../settings/stream-settings.ts';
import { changesValues } from './changes-values.ts';
import type { Chain, Link, LinkInput } from './link.ts';

type Check = StreamSettings['check'];

/**
 * Works out once what every message needs to know of a pipeline.
 * @throws MillraceError STREAM_STAGE_UNSUPPORTED
 */
export function compileChain(pipeline: ModelPipeline, check: Check): Chain {
  const { order } = pipeline.graph;
  const places = new Map<number, number>(Array.from(order, (stage, place) => [stage, place]));
  const links: Link[] = [];
  for (const index of order) {
    const bound = pipeline.stages[index];
    if (bound !== undefined) links.push(compileLink({ pipeline, bound, places, links, check }));
  }
  const { context, failureMode } = pipeline.definition;
  return { name: pipeline.name, links, context, failureMode };
}

interface LinkSite {
  readonly pipeline: ModelPipeline;
  readonly bound: BoundStage;
  /** Place in the chain by index in the pipeline. */
  readonly places: ReadonlyMap<number, number>;
  /** Those before it. */
  readonly links: readonly Link[];
  readonly check: Check;
}

function compileLink(site: LinkSite): Link {
  const { pipeline, bound, places, links, check } = site;
  const { blueprint, index } = bound;
  refuseUnsupported(pipeline, bound);
  const needed = needsOf(pipeline, index);
  const needs = needed.map((need) => places.get(need) ?? 0);
  const inputs = inputsOf(site);
  const ancestors = new Set(needs.flatMap((place) => [...(links[place]?.ancestors ?? []), place]));
  const link: Link = {
    place: links.length,
    id: bound.id,
    bound,
    needs,
    tolerates: needed.map((need) => toleratesSkip(pipeline, index, need)),
    inputs,
    ancestors: [...ancestors].sort((a, b) => a - b),
    checksInputs: blueprint.spec.inputs !== undefined && mustCheckInputs(inputs, bound, check),
    checksOutputs: blueprint.spec.outputs !== undefined && mustCheckOutputs(bound, check),
    outputs: blueprint.outputs && new Set(blueprint.outputs),
    renames: renamesOf(bound),
    isWhole: bound.map !== undefined || blueprint.updates.length > 0,
    standIn: undefined,
    isStandIn: false,
  };
  return { ...link, standIn: standInOf(link, check) };
}

/** It gets what the failed stage would have got, and gives what that would have given. */
function standInOf(link: Link, check: Check): Link | undefined {
  const { fallback } = link.bound;
  if (fallback?.kind !== 'stage') return undefined;
  const { blueprint, params } = fallback;
  const bound = { ...link.bound, blueprint, params, fallback: undefined, map: undefined };
  const inputs = blueprint.inputs?.map(
    ({ name, optional }): LinkInput =>
      link.inputs?.find((input) => input.name === name) ?? {
        name,
        key: name,
        optional,
        source: link.inputs === undefined ? LOOKED_UP : ABSENT,
        parts: undefined,
      },
  );
  return {
    ...link,
    bound,
    inputs,
    checksInputs: blueprint.spec.inputs !== undefined && mustCheckInputs(inputs, bound, check),
    checksOutputs: blueprint.spec.outputs !== undefined && mustCheckOutputs(bound, check),
    outputs: blueprint.outputs && new Set(blueprint.outputs),
    isWhole: false,
    isStandIn: true,
  };
}

function needsOf({ graph }: ModelPipeline, index: number): number[] {
  const { dependencies, dependencyOffsets } = graph;
  return Array.from(dependencies.subarray(dependencyOffsets[index], dependencyOffsets[index + 1]));
}

function inputsOf({ pipeline, bound, places }: LinkSite): readonly LinkInput[] | undefined {
  const declared = bound.blueprint.inputs;
  if (declared === undefined) return undefined;
  const toInput = ({ name, key, optional, provider, parts }: WiredInput): LinkInput => ({
    name,
    key,
    optional,
    source: provider >= 0 ? (places.get(provider) ?? 0) : provider,
    parts: parts?.map(toInput),
  });
  // Behind the inputs stand the updates, which a whole attempt reads by itself.
  return pipeline.wiring.inputs.of(bound.index).slice(0, declared.length).map(toInput);
}

function mustCheckInputs(
  inputs: readonly LinkInput[] | undefined,
  { blueprint }: BoundStage,
  check: Check,
): boolean {
  if (check === 'always' || inputs === undefined) return true;
  const isFromOutside = ({ source, parts = [] }: LinkInput): boolean =>
    source === FROM_INITIAL || source === LOOKED_UP || parts.some(isFromOutside);
  const schema = blueprint.spec.inputs;
  return inputs.some(isFromOutside) || (schema !== undefined && changesValues(schema));
}

function mustCheckOutputs({ blueprint }: BoundStage, check: Check): boolean {
  const schema = blueprint.spec.outputs;
  return check === 'always' || (schema !== undefined && changesValues(schema));
}

function renamesOf(bound: BoundStage): ReadonlyMap<string, string> | undefined {
  const { outputs } = bound.blueprint;
  const { writes, definition } = bound;
  const isPlain =
    writes.size === 0 && definition.namespace === undefined && definition.writeSuffix === undefined;
  if (isPlain || outputs === undefined) return undefined;
  return new Map(outputs.map((name) => [name, writeKey(bound, name)]));
}

/** What a stream cannot keep is refused before it starts, rather than left out without a word. */
function refuseUnsupported(pipeline: ModelPipeline, { id, options }: BoundStage): void {
  if (options.limits.length === 0) return;
  throw new MillraceError(
    'STREAM_STAGE_UNSUPPORTED',
    `stage ${quote(id)} of pipeline ${quote(pipeline.name)} takes part in limits, which a stream does not keep`,
    {
      details: { stage: id, pipeline: pipeline.name },
      help: 'take `limits` out, and bound the calls with the concurrency of the stream',
    },
  );
}
