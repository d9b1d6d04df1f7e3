import { expect } from '@jest/globals';
import type { Diagnostic } from '@millrace/core';
import { envSecrets, SecretRegistry } from '../../interpolate/secret-registry.ts';
import { layerFileReader } from '../../layers/read-layer-file.ts';
import { readYaml } from '../../parse/yaml-reader.ts';
import { choosePipeline } from '../../shape/choose-pipeline.ts';
import { stagesById } from '../../shape/stages-by-id.ts';
import { ConfigSource } from '../../source/config-source.ts';
import { Problems } from '../../source/problems.ts';
import { mapNode } from '../../tree/config-node.ts';
import { toPlain } from '../../tree/to-plain.ts';
import { expandPipeline } from '../expand-pipeline.ts';
import type { Expansion } from '../expansion.ts';
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
  const { folder = '/nowhere', env = {}, pipeline: wanted } = options;
  const problems = new Problems();
  const root = readYaml(new ConfigSource('file', 'x.yaml', text), problems);
  const empty = mapNode(new Map(), new ConfigSource('file', 'x.yaml').span(0));
  const file = `${folder}/x.yaml`;
  const map = root?.kind === 'map' ? root : empty;
  const chosen = choosePipeline(map, wanted, problems) ?? empty;
  const expansion = await expandPipeline(
    {
      pipeline: stagesById(chosen, problems).pipeline,
      name: wanted,
      home: {
        file,
        real: file,
        given: new Map(),
        root: map,
        environments: undefined,
        environment: undefined,
        paramsFiles: [],
        isComplete: true,
        isWhole: true,
      },
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
