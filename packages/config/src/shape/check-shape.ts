import type { z } from '@millrace/core';
import {
  asStageId,
  type PipelineDefinition,
  parseAuthoredStage,
  type StageDefinition,
  toDefinition,
  toStageDefinition,
} from '@millrace/core';
import type { ExpandedFacts } from '../expand/expansion.ts';
import { locationOf } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import {
  type ConfigNode,
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
  withEntry,
} from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';
import { toPlain } from '../tree/to-plain.ts';
import {
  knownPipelineKeys,
  knownStageKeys,
  type LoggingConfig,
  PIPELINE_KEYS,
  pipelineSchema,
} from './config-schema.ts';
import { hasSlipOf } from './has-slip-of.ts';
import { firstOfEachPlace, reportIssue } from './report-issue.ts';
import { stageHelp, writtenKey } from './stage-help.ts';
import { isUnavailableStore, storeNotAvailable } from './store-not-available.ts';
import { withWrittenNeeds } from './written-needs.ts';

export interface ShapedConfig {
  /** When something was reported: what can be told, good enough to look for more faults unless these are too many already. */
  readonly definition: PipelineDefinition;
  readonly store: string | undefined;
  readonly logging: LoggingConfig;
  readonly params: Readonly<Record<string, unknown>>;
}

interface ShapeContext {
  readonly problems: Problems;
  /** Values that were already reported. */
  readonly unfilled: ReadonlySet<ConfigNode>;
  /** By stage id: what its fields do not say. */
  readonly facts: ReadonlyMap<string, ExpandedFacts>;
}

/** Checks everything of a pipeline that needs no stage class, and makes its definition. */
export function checkShape(pipeline: MapNode, context: ShapeContext): ShapedConfig {
  const fieldEntries = new Map(pipeline.entries);
  fieldEntries.delete('stages');
  const fields = toPlain(mapNode(fieldEntries, pipeline.span)) as Record<string, unknown>;
  const parsed = pipelineSchema.safeParse(fields);
  if (!parsed.success) reportFields(parsed.error, pipeline, context);
  const stages = childOf(pipeline, 'stages');
  const definitions = stages?.kind === 'map' ? checkStages(stages, pipeline, context) : [];
  const {
    store,
    logging,
    params: _params,
    ...authored
  } = parsed.success ? parsed.data : { name: '' };
  return {
    definition: toDefinition(
      // zod drops keys such as `__proto__` from a record; the config keeps them.
      { ...authored, ...(isRecord(fields.context) ? { context: fields.context } : {}) },
      definitions,
      locationOf(pipeline.span),
    ),
    store,
    logging: logging ?? {},
    params: isRecord(fields.params) ? fields.params : {},
  };
}

function checkStages(
  { entries }: MapNode,
  pipeline: MapNode,
  context: ShapeContext,
): StageDefinition[] {
  const definitions: StageDefinition[] = [];
  for (const [id, entry] of entries) {
    // Of those that follow nothing would be told, and each costs as much as one that is.
    if (context.problems.isFull) break;
    definitions.push(checkStage(id, entry, pipeline, context));
  }
  return definitions;
}

function reportFields(error: z.ZodError, pipeline: MapNode, context: ShapeContext): void {
  for (const issue of firstOfEachPlace(error.issues)) {
    if (isUnavailableStore(issue, pipeline)) {
      context.problems.report(storeNotAvailable(pipeline));
    } else if (isMissing('name', issue, pipeline)) {
      if (hasSlipOf(['name'], pipeline.entries.keys(), PIPELINE_KEYS)) continue;
      context.problems.report({
        code: 'CONFIG_NAME_MISSING',
        message: 'the pipeline has no `name`',
        at: pipeline.span,
        path: ['name'],
        help: 'runs are listed by it: name: my-pipeline',
      });
    } else {
      reportIssue(issue, { ...context, root: pipeline, path: [], knownKeys: knownPipelineKeys });
    }
  }
}

function checkStage(
  id: string,
  entry: MapEntry,
  pipeline: MapNode,
  context: ShapeContext,
): StageDefinition {
  const path = ['stages', id];
  const known = { at: locationOf(entry.keySpan), ...context.facts.get(id) };
  if (entry.value.kind !== 'map') {
    const isNothing = entry.value.kind === 'scalar' && entry.value.value === null;
    context.problems.report({
      code: 'STAGE_WRONG_TYPE',
      message: `stage ${JSON.stringify(id)} must be a map with \`uses\` or \`pipeline\``,
      at: isNothing ? entry.keySpan : entry.value.span,
      path,
      got: describeNode(entry.value),
      help: stageHelp(entry.value, (fields) => `${writtenKey(id)}: { ${fields} }`),
    });
    return toStageDefinition(asStageId(id), { uses: '', needs: [] }, known);
  }
  const node = withWrittenNeeds(entry.value);
  const plain = toPlain(node) as Record<string, unknown>;
  const parsed = parseAuthoredStage(plain);
  if (parsed.success) {
    const fallback = plain.fallback;
    // As for the context above: all keys of the fallback's outputs count.
    const authored = isRecord(fallback) ? { ...parsed.data, fallback } : parsed.data;
    return toStageDefinition(asStageId(id), authored, known);
  }
  const root = withEntry(
    pipeline,
    'stages',
    mapNode(new Map([[id, { ...entry, value: node }]]), pipeline.span),
  );
  for (const issue of firstOfEachPlace(parsed.error.issues)) {
    if (isMissing('uses', issue, node)) {
      if (hasSlipOf(['uses', 'pipeline'], node.entries.keys(), knownStageKeys([]))) continue;
      context.problems.report({
        code: 'STAGE_USES_MISSING',
        message: `stage ${JSON.stringify(id)} does not say what it \`uses\``,
        at: entry.keySpan,
        path: [...path, 'uses'],
        help:
          nearStage({ id, ...entry }, pipeline, context.problems) ??
          "uses: ./stages/my-stage.ts, or 'package#Export'",
      });
    } else {
      reportIssue(issue, { ...context, root, path, knownKeys: knownStageKeys });
    }
  }
  const uses = typeof plain.uses === 'string' ? plain.uses : '';
  return toStageDefinition(asStageId(id), { uses, needs: textItems(plain.needs) }, known);
}

function isMissing(field: string, issue: z.core.$ZodIssue, owner: MapNode): boolean {
  return issue.path.length === 1 && issue.path[0] === field && !owner.entries.has(field);
}

/** A stage of another file or layer that this one was most likely to change. */
function nearStage(
  { id, keySpan }: Pick<MapEntry, 'keySpan'> & { readonly id: string },
  pipeline: MapNode,
  problems: Problems,
): string | undefined {
  const stages = childOf(pipeline, 'stages');
  if (stages?.kind !== 'map') return undefined;
  const others = stages.entries
    .entries()
    .filter(([, other]) => other.keySpan.source !== keySpan.source)
    .map(([other]) => other);
  return problems.suggest(id, others);
}

function textItems(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
