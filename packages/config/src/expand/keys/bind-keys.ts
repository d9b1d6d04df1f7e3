import type { PipelineDefinition, ReadKeys, StageDefinition } from '@millrace/core';
import type { Problems } from '../../source/problems.ts';
import type { MapNode } from '../../tree/config-node.ts';
import { spanAt } from '../../tree/locate.ts';
import type { Expansion } from '../expansion.ts';
import { type Scope, stagesOf } from '../scope.ts';
import { Ancestors } from './ancestors.ts';
import { checkGivenKeys } from './check-given-keys.ts';
import { type DeclaredKeys, declaredKeys } from './declared-keys.ts';
import { isPattern } from './label-pattern.ts';
import { neededHelp } from './needed-help.ts';
import { WrittenKeys } from './written-keys.ts';

interface BindRequest {
  readonly definition: PipelineDefinition;
  readonly expansion: Pick<Expansion, 'scope'>;
  /** By `uses`; empty when the config is refused before any class is loaded. */
  readonly classes: ReadonlyMap<string, unknown>;
  /** For the places of problems. */
  readonly tree: MapNode;
}

export interface BoundKeys {
  readonly definition: PipelineDefinition;
  /** Stages that gather what is not there, which was reported. */
  readonly unsettled: ReadonlySet<string>;
  /** The context keys that are known to be written before a stage. */
  readonly keysBefore: (id: string) => readonly string[];
}

/**
 * Settles the context keys that depend on what classes declare: those that a pipeline inside shares with
 * the one around it, and those that a pattern such as `scores[*]` stands for.
 */
export function bindKeys(
  { definition, expansion, classes, tree }: BindRequest,
  problems: Problems,
): BoundKeys {
  const declaredBy = declarationsIn(classes);
  const shared = withAllSharedKeys(definition.stages, expansion.scope, declaredBy);
  const written = new WrittenKeys(shared, (stage) => declaredBy(stage)?.outputs);
  if (classes.size > 0) checkGivenKeys(expansion.scope, { stages: shared, written, problems });
  const gathering = new Gathering({ stages: shared, written, tree, problems });
  const stages = shared.map((stage) => gathering.settle(stage));
  return {
    definition: { ...definition, stages },
    unsettled: gathering.unsettled,
    keysBefore: (id) => keysBefore(id, stages, written),
  };
}

function keysBefore(
  id: string,
  stages: readonly StageDefinition[],
  written: WrittenKeys,
): readonly string[] {
  const reader = stages.find((stage) => stage.id === id);
  if (reader === undefined) return [];
  const before = new Ancestors(stages).among(new Set(stages.keys()), reader);
  const keys = stages.flatMap((stage, index) =>
    before.has(index) ? (written.of(stage) ?? []) : [],
  );
  return [...new Set(keys)];
}

function declarationsIn(
  classes: ReadonlyMap<string, unknown>,
): (stage: StageDefinition) => DeclaredKeys | undefined {
  const known = new Map(Array.from(classes, ([uses, found]) => [uses, declaredKeys(found)]));
  return ({ uses }) => known.get(uses);
}

function withAllSharedKeys(
  stages: readonly StageDefinition[],
  scope: Scope,
  declaredBy: (stage: StageDefinition) => DeclaredKeys | undefined,
): readonly StageDefinition[] {
  if (scope.planned.every(({ kind }) => kind === 'stage')) return stages;
  const scopes = new Map<string, Scope>();
  for (const planned of stagesOf(scope)) scopes.set(planned.id, planned.scope);
  return stages.map((stage) => withSharedKeys(stage, scopes.get(stage.id), declaredBy(stage)));
}

/** A class that declares nothing may read and write each of them. */
function withSharedKeys(
  stage: StageDefinition,
  scope: Scope | undefined,
  declared: DeclaredKeys | undefined,
): StageDefinition {
  if (scope === undefined || scope.keys.shared.size === 0 || declared === undefined) return stage;
  const { readable, outputs } = declared;
  const reads: [string, ReadKeys][] = [];
  const writes: [string, string][] = [];
  for (const [name, key] of scope.keys.shared) {
    if (readable === undefined || readable.includes(name)) reads.push([name, key]);
    if (typeof key === 'string' && (outputs === undefined || outputs.includes(name)))
      writes.push([name, `${key}${stage.writeSuffix ?? ''}`]);
  }
  return {
    ...stage,
    ...(reads.length === 0 ? {} : { reads: { ...Object.fromEntries(reads), ...stage.reads } }),
    ...(writes.length === 0 ? {} : { writes: { ...Object.fromEntries(writes), ...stage.writes } }),
  };
}

interface GatheringOptions {
  readonly stages: readonly StageDefinition[];
  readonly written: WrittenKeys;
  readonly tree: MapNode;
  readonly problems: Problems;
}

/** Replaces patterns by the keys that they stand for among what a stage can see. */
class Gathering {
  readonly #options: GatheringOptions;
  readonly unsettled = new Set<string>();
  #ancestors: Ancestors | undefined;

  constructor(options: GatheringOptions) {
    this.#options = options;
  }

  settle(stage: StageDefinition): StageDefinition {
    const { reads } = stage;
    if (reads === undefined || !Object.values(reads).flat().some(isPattern)) return stage;
    const settled = Object.entries(reads).map(([name, keys]) => {
      if (typeof keys === 'string' && !isPattern(keys)) return [name, keys] as const;
      return [name, [keys].flat().flatMap((key) => this.#keysOf(key, stage, name))] as const;
    });
    return { ...stage, reads: Object.fromEntries(settled) };
  }

  #keysOf(key: string, stage: StageDefinition, name: string): readonly string[] {
    if (!isPattern(key)) return [key];
    const all = this.#options.written.matching(key);
    this.#ancestors ??= new Ancestors(this.#options.stages);
    const writers = this.#ancestors.among(new Set(all.map(({ writer }) => writer)), stage);
    const seen = all.filter(({ writer }) => writers.has(writer));
    if (seen.length > 0) return [...new Set(seen.map((written) => written.key))];
    this.unsettled.add(stage.id);
    this.#reportEmpty(key, stage, name);
    // Kept, because a list of keys is never empty.
    return [key];
  }

  #patternHelp(pattern: string, name: string, known: readonly string[]): string {
    const { stages, written } = this.#options;
    const key = pattern.replace(LABEL, '');
    if (stages.some((stage) => written.of(stage)?.includes(key)))
      return `${JSON.stringify(key)} is one key, so read it without brackets: reads: { ${name}: ${key} }`;
    return known.length === 0
      ? 'no stage that writes keys is repeated: give the writer a matrix, or name a key without brackets'
      : 'write one of these keys, with [*] for all labels';
  }

  #reportEmpty(pattern: string, { id }: StageDefinition, name: string): void {
    const { stages, written, tree, problems } = this.#options;
    const path = ['stages', id, 'reads', name];
    const elsewhere = written.matching(pattern);
    const all = stages
      .flatMap((stage) => written.of(stage) ?? [])
      .filter((key) => key.endsWith(']'));
    const known = [...new Set(elsewhere.length > 0 ? elsewhere.map(({ key }) => key) : all)];
    const [first] = elsewhere;
    const writers = elsewhere.flatMap(({ writer }) => stages[writer]?.id ?? []);
    problems.report({
      code: 'GATHER_EMPTY',
      message:
        first === undefined
          ? `stage ${JSON.stringify(id)} gathers ${JSON.stringify(pattern)}, but no stage writes such a key`
          : `stage ${JSON.stringify(id)} gathers ${JSON.stringify(pattern)}, but needs no stage that writes it`,
      at: spanAt(tree, path),
      path,
      expected: known.length === 0 ? undefined : `keys such as ${known.slice(0, 5).join(', ')}`,
      help:
        first === undefined
          ? (suggestPattern(pattern, known, problems) ?? this.#patternHelp(pattern, name, known))
          : neededHelp(id, writers),
    });
  }
}

const LABEL = /\[[^[\]]*\]$/;

/** A slip in the name of a pattern is looked for among the patterns of the keys that there are. */
function suggestPattern(
  pattern: string,
  known: readonly string[],
  problems: Problems,
): string | undefined {
  const patterns = new Set(known.map((key) => key.replaceAll(/\[[^[\]]*\]/g, '[*]')));
  return problems.suggest(pattern, patterns) ?? problems.suggest(pattern, known);
}
