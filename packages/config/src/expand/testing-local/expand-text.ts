import { expect } from '@jest/globals';
import type { Diagnostic } from '@millrace/core';
import { envSecrets, SecretRegistry } from '../../interpolate/secret-registry.ts';
import { layerFileReader } from '../../layers/read-layer-file.ts';
import { readYaml } from '../../parse/yaml-reader.ts';
import { choosePipeline } from '../../shape/choose-pipeline.ts';
import { stagesById } from '../../shape/stages-by-id.ts';
import { ConfigSource } from '../../source/config-source.ts';
import { Problems } from '../../source/problems.ts';
import { type MapNode, mapNode } from '../../tree/config-node.ts';
import { toPlain } from '../../tree/to-plain.ts';
import { expandPipeline } from '../expand-pipeline.ts';
import type { Expansion } from '../expansion.ts';
import type { Home } from '../inner/home.ts';
import { InstanceProblems } from '../instance-problems.ts';

interface ExpandOptions {
  /** Absolute; pipelines and files are looked for there. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly pipeline?: string;
}

export interface ExpandedText {
  readonly expansion: Expansion;
  /** By id, as plain data. */
  readonly stages: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly context: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

/** Expands a config given as YAML, as the loader does. */
export async function expandText(text: string, options: ExpandOptions = {}): Promise<ExpandedText> {
  const { folder = '/nowhere', env = {}, pipeline: name } = options;
  const problems = new Problems();
  const source = new ConfigSource('file', 'x.yaml', text);
  const read = readYaml(source, problems);
  const root = read?.kind === 'map' ? read : mapNode(new Map(), source.span(0));
  const chosen = choosePipeline(root, name, problems) ?? root;
  const expansion = await expandPipeline(
    {
      pipeline: stagesById(chosen, problems).pipeline,
      name,
      home: homeIn(folder, root),
      folder,
      env,
      provider: envSecrets(env),
      secrets: new SecretRegistry(),
      environment: undefined,
      read: layerFileReader({
        folder,
        maxBytes: undefined,
        call: { env, params: {} },
        remember: () => {},
      }),
    },
    new InstanceProblems(problems),
  );
  const plain = toPlain(expansion.tree) as Pick<ExpandedText, 'stages' | 'context'>;
  return {
    expansion,
    stages: plain.stages,
    context: plain.context,
    diagnostics: problems.sorted(),
  };
}

function homeIn(folder: string, root: MapNode): Home {
  const file = `${folder}/x.yaml`;
  return {
    file,
    real: file,
    given: new Map(),
    root,
    environments: undefined,
    environment: undefined,
    paramsFiles: [],
    isComplete: true,
    isWhole: true,
  };
}

/** `CODE text` of each problem, with the text from its place on, as long as `length` says; `CODE` where it has no place. */
export function blamedIn(
  text: string,
  { diagnostics }: ExpandedText,
  lengths: readonly number[] = [],
): string[] {
  const lines = text.split('\n');
  return diagnostics.map(({ code, at }, index) => {
    if (at === undefined) return code;
    if (at.file !== 'x.yaml') return `${code} ${at.file}:${at.line}:${at.column}`;
    const rest = lines[at.line - 1]?.slice(at.column - 1) ?? '';
    return `${code} ${rest.slice(0, lengths[index] ?? 20)}`;
  });
}

/** That the problems are these, each `CODE` and the text that its place begins with. */
export function expectBlamed(
  text: string,
  result: ExpandedText,
  expected: readonly string[],
): void {
  const lengths = expected.map((line) => Math.max(line.length - line.indexOf(' ') - 1, 0));
  expect(blamedIn(text, result, lengths)).toEqual(expected);
}
