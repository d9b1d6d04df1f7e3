import { formatPath, type PathSegment, type z } from '@millrace/core';
import { secretPlacesIn } from '../../interpolate/secret-places.ts';
import { environmentFieldsSchema, PIPELINE_KEYS } from '../../shape/config-schema.ts';
import { firstOfEachPlace, reportIssue } from '../../shape/report-issue.ts';
import { withWrittenNeeds } from '../../shape/written-needs.ts';
import type { Problems } from '../../source/problems.ts';
import { type ConfigNode, type MapNode, mapNode } from '../../tree/config-node.ts';
import { toPlain } from '../../tree/to-plain.ts';
import { expansionShape, subPipelineSchema } from '../authored-expansion.ts';

interface CheckContext {
  readonly problems: Problems;
  readonly unfilled: ReadonlySet<ConfigNode>;
}

const STAGE_KEYS = [...Object.keys(subPipelineSchema.shape), ...Object.keys(expansionShape)];

/** Checks a stage that is a pipeline, its placeholders filled in; false when something was reported. */
export function checkPipelineStage(id: string, body: MapNode, context: CheckContext): boolean {
  const uses = body.entries.get('uses');
  if (uses !== undefined) {
    context.problems.report({
      code: 'STAGE_USES_AND_PIPELINE',
      message: `stage ${JSON.stringify(id)} has both \`uses\` and \`pipeline\``,
      at: uses.keySpan,
      path: ['stages', id, 'uses'],
      help: 'a stage is a class or a pipeline, so take one of them out',
    });
    return false;
  }
  if (!hidesSecrets(id, body, context.problems)) return false;
  const parsed = subPipelineSchema.safeParse(toPlain(withWrittenNeeds(body)));
  if (parsed.success) return !holdsUnfilled(body, context.unfilled);
  const path = ['stages', id];
  reportAll(parsed.error, { ...context, path, body, keys: STAGE_KEYS });
  return false;
}

/** Its own params and those of its stages are recorded without secrets; what else it says is not. */
function hidesSecrets(id: string, { entries }: MapNode, problems: Problems): boolean {
  let isSound = true;
  for (const [field, { value }] of entries) {
    if (field === 'params' || field === 'stages') continue;
    for (const { path, node, text } of secretPlacesIn(value, ['stages', id, field])) {
      isSound = false;
      problems.report({
        code: 'SECRET_MISPLACED',
        message: `${formatPath(path)} holds a secret, and is shown and stored as it is`,
        at: node.span,
        path,
        got: text,
        expected: 'secrets under `params`, or under `with` of a stage',
      });
    }
  }
  return isSound;
}

/** Checks the fields of a pipeline inside beside its stages; of those that hold settings of a run nothing is used. */
export function checkInnerFields(fields: MapNode, context: CheckContext): boolean {
  const parsed = environmentFieldsSchema.safeParse(toPlain(fields));
  if (parsed.success) return true;
  reportAll(parsed.error, { ...context, path: [], body: fields, keys: PIPELINE_KEYS });
  return false;
}

interface IssuesContext extends CheckContext {
  readonly path: readonly string[];
  readonly body: MapNode;
  readonly keys: readonly string[];
}

function reportAll(error: z.ZodError, { path, body, keys, ...context }: IssuesContext): void {
  const root = path.reduceRight<ConfigNode>(
    (value, key) => mapNode(new Map([[key, { keySpan: body.span, value }]]), body.span),
    body,
  );
  const knownKeys = (below: readonly PathSegment[]): readonly string[] =>
    below.length === 0 ? keys : [];
  for (const issue of firstOfEachPlace(error.issues))
    reportIssue(issue, { ...context, root, path, knownKeys });
}

/** What a pipeline is given must be known; what it gives its stages is looked at there. */
function holdsUnfilled({ entries }: MapNode, unfilled: ReadonlySet<ConfigNode>): boolean {
  const pipeline = entries.get('pipeline')?.value;
  return pipeline === undefined || unfilled.has(pipeline);
}
