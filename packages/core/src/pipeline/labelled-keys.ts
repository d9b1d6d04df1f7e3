import type { Diagnostic } from '../base/diagnostic.ts';
import { ancestorsMask, type CompactGraph } from '../graph/index.ts';
import { type BoundStage, declaredWrites } from './bound-stage.ts';
import type { WirableStage } from './wiring.ts';

const MOST_SHOWN = 3;

/** A key that a stage reads and that nobody before it writes. */
export interface MissingInput {
  readonly stage: BoundStage;
  /** The stage's own name for it. */
  readonly name: string;
  readonly key: string;
}

interface LabelledKey {
  readonly key: string;
  readonly writer: BoundStage;
}

/**
 * What to say of a key that only instances of a repeated stage write, each with its label behind it;
 * undefined when none do.
 */
export function labelledKeys(
  { stage, name, key }: MissingInput,
  { graph, stages }: { readonly graph: CompactGraph; readonly stages: readonly WirableStage[] },
): Pick<Diagnostic, 'message' | 'expected' | 'help' | 'related'> | undefined {
  const labelled = keysWithLabel(key, stages);
  const [first] = labelled;
  if (first === undefined) return undefined;
  const before = ancestorsMask(graph, [stage.index]);
  const isBefore = labelled.some(({ writer }) => before[writer.index] === 1);
  const shown = labelled.slice(0, MOST_SHOWN).map((one) => inOwnPipeline(one.key, stage));
  const more = labelled.length > MOST_SHOWN ? ', ...' : '';
  const { namespace = '' } = stage.definition;
  const local = inOwnPipeline(key, stage);
  const reads = (text: string): string => `reads: { ${name}: ${JSON.stringify(text)} }`;
  const single = labelled.some((one) => isTwin(one, key, stage))
    ? `that of its own instance: ${reads(`${local}[\${matrix.NAME}]`)}`
    : `one of them: ${reads(inOwnPipeline(first.key, stage))}`;
  const needs = isBefore ? '' : `; and ${needsOf(labelled, namespace)}`;
  return {
    message: `stage ${JSON.stringify(stage.id)} reads ${JSON.stringify(local)}, which is written once for each instance, with its label behind it`,
    expected: `keys such as ${shown.join(', ')}${more}`,
    help: `read all of them as a list: ${reads(`${local}[*]`)}, or ${single}${needs}`,
    related: [{ message: 'its instances write them', path: ['stages', first.writer.id] }],
  };
}

function keysWithLabel(key: string, stages: readonly WirableStage[]): LabelledKey[] {
  return stages.flatMap((writer) => {
    // Of a pipeline in code a bracket is a letter like any other.
    if (writer === undefined || !isOfConfig(writer)) return [];
    const own = declaredWrites(writer).find(
      (written) => written.startsWith(`${key}[`) && written.endsWith(']'),
    );
    return own === undefined ? [] : [{ key: own, writer }];
  });
}

function isOfConfig({ definition: { writeSuffix, namespace } }: BoundStage): boolean {
  return writeSuffix !== undefined || namespace !== undefined;
}

/** Whether the reader is repeated in the same way, so that most likely each reads its own. */
function isTwin(labelled: LabelledKey, key: string, { definition }: BoundStage): boolean {
  return definition.writeSuffix !== undefined && labelled.key === `${key}${definition.writeSuffix}`;
}

function inOwnPipeline(key: string, { definition }: BoundStage): string {
  const { namespace = '' } = definition;
  return key.startsWith(namespace) ? key.slice(namespace.length) : key;
}

/** By the name that the instances share, of them or of the pipeline that they stand in beside the reader. */
function needsOf(labelled: readonly LabelledKey[], namespace: string): string {
  const names = labelled.map(({ writer: { id } }) =>
    id.startsWith(namespace) ? id.slice(namespace.length).replace(/[[/].*$/s, '') : '',
  );
  return names.includes('')
    ? 'let it need the stages that write them'
    : `needs: [${[...new Set(names)].slice(0, MOST_SHOWN).join(', ')}]`;
}
