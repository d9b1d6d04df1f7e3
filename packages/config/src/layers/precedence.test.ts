import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { SeededRandom } from '@millrace/core';
import { accepted } from '../testing-local/outcome.ts';
import { Project } from '../testing-local/project.ts';
import { stageSource } from '../testing-local/stage-source.ts';
import { nodeAt } from '../tree/locate.ts';
import { chainOf } from '../tree/replacing.ts';

let project: Project;

beforeEach(async () => {
  project = await Project.create({ 'stages/a.ts': stageSource() });
});

afterEach(() => project.remove());

/** All that can give a value, lowest first, and the layer that its values are of. */
const GIVERS = [
  ['deep', 'base'],
  ['first', 'base'],
  ['second', 'base'],
  ['file', 'file'],
  ['section', 'environment'],
  ['beside', 'environment'],
  ['params 1', 'params-file'],
  ['params 2', 'params-file'],
  ['--param', 'flag'],
  ['--set', 'flag'],
] as const;

type Giver = (typeof GIVERS)[number][0];

const PATHS: readonly (readonly string[])[] = [
  ['concurrency'],
  ['description'],
  ['context', 'deep', 'er'],
  ['context', 'deep', 'est'],
  ['stages', 'a', 'with', 'window'],
  ['stages', 'a', 'with', 'label'],
  ['stages', 'b', 'with', 'window'],
  ['params', 'p'],
  ['params', 'q'],
];

/** Whose values are params alone. */
const PARAMS_ONLY: readonly Giver[] = ['params 1', 'params 2', '--param'];

/** Which givers give which path in one trial. */
type Given = ReadonlyMap<string, readonly Giver[]>;

function randomGivers(random: SeededRandom): Given {
  return new Map(
    PATHS.map((path) => [
      path.join('.'),
      GIVERS.map(([giver]) => giver).filter(
        (giver) => random.next() < 0.4 && (path[0] === 'params' || !PARAMS_ONLY.includes(giver)),
      ),
    ]),
  );
}

/** A value that tells who gave it, in the type that the path wants. */
function valueFrom(giver: Giver, path: readonly string[]): unknown {
  const rank = GIVERS.findIndex(([name]) => name === giver) + 2;
  return ['concurrency', 'window'].includes(path.at(-1) ?? '') ? rank : `from ${giver}`;
}

function contentOf(giver: Giver, given: Given): Record<string, unknown> {
  const content: Record<string, unknown> = {};
  for (const path of PATHS) {
    if (given.get(path.join('.'))?.includes(giver) !== true) continue;
    let here = content;
    for (const part of path.slice(0, -1)) {
      here[part] ??= {};
      here = here[part] as Record<string, unknown>;
    }
    here[path.at(-1) ?? ''] = valueFrom(giver, path);
  }
  return content;
}

function paramsOf(giver: Giver, given: Given): Record<string, unknown> {
  return (contentOf(giver, given).params ?? {}) as Record<string, unknown>;
}

/** `uses` and the params are declared at the bottom, so that any layer may change them. */
async function write(given: Given): Promise<void> {
  const files: Record<string, unknown> = {
    'bottom.json': {
      params: { p: 'bottom', q: 'bottom' },
      stages: { a: { uses: './stages/a.ts' }, b: { uses: './stages/a.ts' } },
    },
    'deep.json': { extends: 'bottom.json', ...contentOf('deep', given) },
    'first.json': { extends: 'deep.json', ...contentOf('first', given) },
    'second.json': contentOf('second', given),
    'p.json': {
      extends: ['first.json', 'second.json'],
      name: 'p',
      ...contentOf('file', given),
      environments: { prod: contentOf('section', given) },
    },
    'p.prod.json': contentOf('beside', given),
    'params-1.json': paramsOf('params 1', given),
    'params-2.json': paramsOf('params 2', given),
  };
  await project.write(
    Object.fromEntries(Object.entries(files).map(([name, json]) => [name, JSON.stringify(json)])),
  );
}

test('of any layers the highest that gives a value wins, and remembers all below in their order', async () => {
  const random = new SeededRandom(7);
  for (let trial = 0; trial < 40; trial++) {
    const given = randomGivers(random);
    await write(given);
    const set = [...given].filter(([, givers]) => givers.includes('--set'));
    const { tree } = await accepted(project, {
      file: 'p.json',
      environment: 'prod',
      paramsFiles: ['params-1.json', 'params-2.json'],
      params: paramsOf('--param', given),
      set: Object.fromEntries(set.map(([path]) => [path, valueFrom('--set', path.split('.'))])),
    });
    for (const path of PATHS) {
      const node = nodeAt(tree, path);
      const found = (node === undefined ? [] : chainOf(node)).map((one) => [
        one.kind === 'scalar' ? one.value : one.kind,
        one.span.source.layer,
      ]);
      const givers = given.get(path.join('.')) ?? [];
      const expected = GIVERS.filter(([giver]) => givers.includes(giver))
        .toReversed()
        .map(([giver, layer]) => [valueFrom(giver, path), layer]);
      if (path[0] === 'params') expected.push(['bottom', 'base']);
      expect({ trial, path, found }).toEqual({ trial, path, found: expected });
    }
  }
});
