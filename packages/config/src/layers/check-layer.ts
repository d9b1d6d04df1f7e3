import type { PathSegment, z } from '@millrace/core';
import { isPatchId } from '../expand/stage-patches.ts';
import {
  environmentFieldsSchema,
  environmentStageSchema,
  knownEnvironmentKeys,
  knownStageKeys,
} from '../shape/config-schema.ts';
import { reportIssue } from '../shape/report-issue.ts';
import { isUnavailableStore, storeNotAvailable } from '../shape/store-not-available.ts';
import { withWrittenNeeds } from '../shape/written-needs.ts';
import type { Problems } from '../source/problems.ts';
import {
  type ConfigNode,
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
} from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';
import { nodeAt } from '../tree/locate.ts';
import { toPlain } from '../tree/to-plain.ts';

interface LayerContext {
  /** What the layer is a part of, for the places of problems. */
  readonly root: MapNode;
  /** Where in the root it stands. */
  readonly path: readonly PathSegment[];
  /** What it is laid over; undefined when that is not known. */
  readonly below: MapNode | undefined;
  readonly problems: Problems;
}

/**
 * Checks what a layer says as far as it can be told without the layers below. Placeholders are not
 * filled in, so their values are left alone.
 */
export function checkLayer(layer: MapNode, context: LayerContext): void {
  new LayerCheck(context).check(layer);
}

class LayerCheck {
  readonly #context: LayerContext;
  readonly #unfilled = new Set<ConfigNode>();

  constructor(context: LayerContext) {
    this.#context = context;
  }

  check(layer: MapNode): void {
    const { path, below } = this.#context;
    collectTemplates(layer, this.#unfilled);
    this.#pipeline(layer, path, below);
    const pipelines = childOf(layer, 'pipelines');
    if (pipelines?.kind !== 'map') return;
    for (const [name, { value }] of pipelines.entries) {
      const own = childOf(childOf(below, 'pipelines'), name);
      if (value.kind === 'map') this.#pipeline(value, [...path, 'pipelines', name], own);
    }
  }

  #pipeline(layer: MapNode, path: readonly PathSegment[], below: ConfigNode | undefined): void {
    const fields = new Map(layer.entries);
    fields.delete('stages');
    fields.delete('pipelines');
    const { error } = environmentFieldsSchema.safeParse(toPlain(mapNode(fields, layer.span)));
    for (const issue of error?.issues ?? []) {
      if (isUnavailableStore(issue, layer)) this.#context.problems.report(storeNotAvailable(layer));
      else this.#report(issue, path, knownEnvironmentKeys);
    }
    const stages = childOf(layer, 'stages');
    if (stages?.kind !== 'map') return;
    for (const [id, entry] of stages.entries)
      this.#stage(entry, [...path, 'stages', id], childOf(below, 'stages'));
  }

  #stage(
    { value, keySpan }: MapEntry,
    path: readonly PathSegment[],
    below: ConfigNode | undefined,
  ): void {
    const { problems } = this.#context;
    const id = String(path.at(-1));
    if (value.kind !== 'map') {
      problems.report({
        code: 'STAGE_WRONG_TYPE',
        message: `stage ${JSON.stringify(id)} must be a map`,
        at: value.span,
        path,
        got: describeNode(value),
      });
      return;
    }
    const { error } = environmentStageSchema.safeParse(toPlain(withWrittenNeeds(value)));
    for (const issue of error?.issues ?? []) this.#report(issue, path, knownStageKeys);
    if (below?.kind !== 'map' || below.entries.has(id) || isPatchId(id, below)) return;
    if (value.entries.has('uses') || value.entries.has('pipeline')) return;
    problems.report({
      code: 'STAGE_USES_MISSING',
      message: `stage ${JSON.stringify(id)} does not say what it \`uses\``,
      at: keySpan,
      path: [...path, 'uses'],
      help: problems.suggest(id, below.entries.keys()) ?? 'only this environment has the stage',
    });
  }

  #report(
    issue: z.core.$ZodIssue,
    path: readonly PathSegment[],
    knownKeys: (path: readonly PathSegment[]) => readonly string[],
  ): void {
    // A choice of schemas is refused where it begins, and a placeholder may be anywhere in it.
    const node = nodeAt(this.#context.root, [...path, ...issue.path.map(String)]);
    if (issue.code === 'invalid_union' && node !== undefined && holdsTemplate(node)) return;
    const { root, problems } = this.#context;
    reportIssue(issue, { root, path, knownKeys, problems, unfilled: this.#unfilled });
  }
}

function collectTemplates(node: ConfigNode, found: Set<ConfigNode>): void {
  if (node.kind === 'list') for (const item of node.items) collectTemplates(item, found);
  else if (node.kind === 'map')
    for (const { value } of node.entries.values()) collectTemplates(value, found);
  else if (typeof node.value === 'string' && node.value.includes('${')) found.add(node);
}

function holdsTemplate(node: ConfigNode): boolean {
  const found = new Set<ConfigNode>();
  collectTemplates(node, found);
  return found.size > 0;
}
