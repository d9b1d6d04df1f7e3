import { duplicateKey } from '../parse/duplicate-key.ts';
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
import { writtenText } from '../tree/written-text.ts';
import { knownStageKeys, PIPELINE_KEYS } from './config-schema.ts';
import { hasSlipOf } from './has-slip-of.ts';
import { stageHelp, writtenKey } from './stage-help.ts';

export interface StagedPipeline {
  readonly pipeline: MapNode;
  /** False when a stage was left out, so that dependencies on it prove nothing. */
  readonly isComplete: boolean;
}

/** The pipeline with its stages as a map by id: a list of stages with `id` becomes one. */
export function stagesById(pipeline: MapNode, problems: Problems): StagedPipeline {
  const stages = pipeline.entries.get('stages');
  if (stages === undefined) {
    reportMissing(pipeline, problems);
    return { pipeline, isComplete: false };
  }
  const { value } = stages;
  if (value.kind === 'map') return { pipeline, isComplete: true };
  if (value.kind === 'list') {
    const { byId, isComplete } = fromList(value.items, problems);
    return {
      pipeline: withEntry(pipeline, 'stages', mapNode(byId, value.span, value)),
      isComplete,
    };
  }
  problems.report({
    code: 'STAGES_WRONG_TYPE',
    message: '`stages` must be a map from ids to stages, or a list of stages with `id`',
    at: value.value === null ? stages.keySpan : value.span,
    path: ['stages'],
    got: describeNode(value),
  });
  return { pipeline, isComplete: false };
}

/**
 * A config, or a layer of one, with each of its lists of stages as a map by id, so that layers can be
 * laid over each other stage by stage.
 */
export function stagesAsMaps(layer: MapNode, problems: Problems): StagedPipeline {
  const own = layer.entries.get('stages')?.value;
  const listed = own?.kind === 'list' ? fromList(own.items, problems) : undefined;
  let pipeline =
    own === undefined || listed === undefined
      ? layer
      : withEntry(layer, 'stages', mapNode(listed.byId, own.span, own));
  let isComplete = listed?.isComplete ?? true;
  const pipelines = layer.entries.get('pipelines')?.value;
  if (pipelines?.kind !== 'map') return { pipeline, isComplete };
  let staged = pipelines;
  for (const [name, { value }] of pipelines.entries) {
    if (childOf(value, 'stages')?.kind !== 'list' || value.kind !== 'map') continue;
    const inner = stagesAsMaps(value, problems);
    isComplete &&= inner.isComplete;
    staged = withEntry(staged, name, inner.pipeline);
  }
  if (staged !== pipelines) pipeline = withEntry(pipeline, 'pipelines', staged);
  return { pipeline, isComplete };
}

function reportMissing(pipeline: MapNode, problems: Problems): void {
  // A slip such as `stage:` is reported as an unknown key, which says all.
  if (hasSlipOf(['stages', 'pipelines'], pipeline.entries.keys(), PIPELINE_KEYS)) return;
  problems.report({
    code: 'STAGES_MISSING',
    message: 'the pipeline has no `stages`, and the file has no `pipelines`',
    at: pipeline.span,
    path: ['stages'],
    help: 'stages: { my-stage: { uses: ./stages/my-stage.ts } }',
  });
}

function helpForId({ entries }: MapNode): string {
  const isSlip = hasSlipOf(['id'], entries.keys(), ['id', ...knownStageKeys([])]);
  if (isSlip) return 'did you mean "id"?';
  const [[key, { value }] = [undefined, {}]] = entries;
  return key !== undefined && entries.size === 1 && value?.kind === 'map'
    ? `write ${writtenKey(key)} as its id, - { id: ${writtenKey(key)}, ... }, or make \`stages\` a map without "-"`
    : 'add one: - { id: my-stage, ... }';
}

interface ListedStages {
  readonly byId: Map<string, MapEntry>;
  readonly isComplete: boolean;
}

function fromList(items: readonly ConfigNode[], problems: Problems): ListedStages {
  const byId = new Map<string, MapEntry>();
  let duplicates = 0;
  for (const [index, item] of items.entries()) {
    if (item.kind !== 'map') {
      problems.report({
        code: 'STAGE_WRONG_TYPE',
        message: `entry ${index + 1} of \`stages\` must be a map with \`id\`, and \`uses\` or \`pipeline\``,
        at: item.span,
        path: ['stages', index],
        got: describeNode(item),
        help: stageHelp(item, (fields) => `- { id: my-stage, ${fields} }`),
      });
      continue;
    }
    const id = item.entries.get('id');
    const text = id === undefined ? undefined : writtenText(id.value);
    if (id === undefined || text === undefined) {
      problems.report({
        code: 'STAGE_ID_MISSING',
        message: `entry ${index + 1} of \`stages\` has no \`id\` that is text`,
        at: id?.value.span ?? item.span,
        path: ['stages', index],
        got: id === undefined ? undefined : describeNode(id.value),
        help: id === undefined ? helpForId(item) : 'put it in quotes, or name the stage otherwise',
      });
      continue;
    }
    const first = byId.get(text);
    if (first !== undefined) {
      problems.report(
        duplicateKey({ path: ['stages', text], at: id.value.span, firstAt: first.keySpan }),
      );
      duplicates += 1;
      continue;
    }
    const rest = new Map(item.entries);
    rest.delete('id');
    byId.set(text, { keySpan: id.value.span, value: mapNode(rest, item.span) });
  }
  return { byId, isComplete: byId.size + duplicates === items.length };
}
