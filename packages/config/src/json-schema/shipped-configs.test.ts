import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { configJsonSchema } from './config-json-schema.ts';
import { fileSchema } from './file-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { schemaFaults } from './testing-local/schema-faults.ts';
import { yamlValue } from './testing-local/yaml-value.ts';

// The stages of an example are imported.

const ROOT = resolve(import.meta.dirname, '../../../..');
const DAILY = join(ROOT, 'examples/daily-macro/pipeline.yaml');
const daily = readFileSync(DAILY, 'utf8');

interface Shown {
  readonly name: string;
  readonly text: string;
}

/** The configs of a page that `millrace validate` accepts; `docs/tools/README.md` tells the fences. */
function configsOf(page: string): Shown[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const fences = text.matchAll(/^```(yaml|json) file=(\S+)\n([\s\S]*?)^```/gm);
  return Array.from(fences, ([, , file = '', config = '']) => ({
    name: `${page}: ${file}`,
    text: config,
  })).filter(({ name }) => /(?:millrace|pipeline)[^/]*\.(?:yaml|json)$/.test(name));
}

const pages = globSync(['README.md', 'docs/*.md', 'docs/guides/*.md'], { cwd: ROOT });
const shown = pages.flatMap(configsOf);

describe('the general schema accepts', () => {
  const { schema } = fileSchema({ classes: [], ids: [] });

  test.each(shown)('$name', ({ text }) => {
    expect(schemaFaults(schema, yamlValue(text))).toEqual([]);
  });

  test('many of them', () => {
    expect(shown.length).toBeGreaterThan(15);
  });
});

describe('the schema of the daily macro example', () => {
  let schema: JsonSchema = {};

  beforeAll(async () => {
    const made = await configJsonSchema({ file: DAILY, env: {} });
    expect(made.diagnostics).toEqual([]);
    expect(made.stages).toHaveLength(8);
    schema = made.schema;
  });

  const faultsAfter = (before: string | RegExp, after: string): string[] => {
    const changed = daily.replace(before, after);
    expect(changed).not.toBe(daily);
    return schemaFaults(schema, yamlValue(changed));
  };

  test('accepts it', () => {
    expect(schemaFaults(schema, yamlValue(daily))).toEqual([]);
  });

  test.each([
    ['a placeholder for a number', 'name: daily-macro', `name: daily-macro\nconcurrency: "\${n}"`],
    ['a placeholder in a duration', 'critical: false', `timeout: "\${n}s"`],
    ['a placeholder for a choice', 'stopAt: FAIL', `stopAt: "\${grade}"`],
    ['a placeholder for a map', '{ dir: .millrace/logs }', `"\${logging}"`],
    ['a placeholder for a flag', 'critical: false', `critical: "\${flag}"`],
    [
      'another stage of an unknown class',
      'critical: false',
      'critical: false\n  x: { uses: ./x.ts }',
    ],
  ])('accepts %s', (_name, before, after) => {
    expect(faultsAfter(before, after)).toEqual([]);
  });

  test.each([
    ['no name', 'name: daily-macro\n', ''],
    ['a name that is a number', 'name: daily-macro', 'name: 5'],
    ['an empty name', 'name: daily-macro', 'name: ""'],
    ['a slip in a key', 'description:', 'desciption:'],
    ['a store of an unknown kind', 'sqlite:.millrace', 'redis:.millrace'],
    ['a store that is a map', 'store: sqlite:.millrace/millrace.db', 'store: {}'],
    ['a slip in the logging', '{ dir:', '{ dri:'],
    ['a level of logging that is none', '{ dir:', '{ level: loud, dir:'],
    ['a durability that is none', 'params:', 'durability: maybe\nparams:'],
    ['a failure mode that is none', 'params:', 'failureMode: stop\nparams:'],
    ['no concurrency', 'params:', 'concurrency: 0\nparams:'],
    ['a concurrency that is no whole number', 'params:', 'concurrency: 1.5\nparams:'],
    ['a concurrency that is a text', 'params:', 'concurrency: four\nparams:'],
    ['params that are a list', /params:\n.*\n.*\n/, 'params: [date]\n'],
    ['a param with a space', 'date: "2000-05-15"', '"the date": "2000-05-15"'],
    ['a context that is a list', 'book: null', '- book'],
    ['inputs that are a text', 'params:', 'inputs: prices\nparams:'],
    ['no stages', /stages:[\s\S]*/, ''],
    ['stages that are a text', /stages:[\s\S]*/, 'stages: all\n'],
    ['a stage that is nothing', /ingest:\n.*\n.*\n/, 'ingest:\n'],
    ['a stage without a class', 'uses: ./stages/quality.ts', 'description: what'],
    ['a class that is a list', 'uses: ./stages/quality.ts', 'uses: [./stages/quality.ts]'],
    ['a slip in a key of a stage', 'needs: [quality]', 'need: [quality]'],
    ['needs that are a text', 'needs: [quality]', 'needs: quality'],
    ['a param that is a number', 'folder: data', 'folder: 5'],
    ['a slip in a param', 'folder: data', 'foldre: data'],
    ['a param that is missing', `{ date: "\${date}", folder: data }`, '{ folder: data }'],
    ['params that are missing', `with: { date: "\${date}", folder: data }`, ''],
    ['a choice that is none', 'stopAt: FAIL', 'stopAt: NEVER'],
    ['a flag that is a text', 'critical: false', 'critical: maybe'],
    ['a timeout without a unit', 'critical: false', 'timeout: 5'],
    ['a timeout in an unknown unit', 'critical: false', 'timeout: 5 minutes'],
    ['a retry that is a number', 'critical: false', 'retry: 3'],
    ['too few attempts', 'critical: false', 'retry: { attempts: 0 }'],
    ['a backoff that is none', 'critical: false', 'retry: { backoff: quadratic }'],
    ['a slip in the retry', 'critical: false', 'retry: { attemps: 3 }'],
    ['an input that the stage has not', 'critical: false', 'reads: { riks: risk }'],
    ['an output that the stage has not', 'critical: false', 'writes: { sumary: s }'],
    ['a fallback of other outputs', 'critical: false', 'fallback: { sumary: {} }'],
    ['pipelines beside stages', 'stages:', 'pipelines: {}\nstages:'],
  ])('refuses %s', (_name, before, after) => {
    expect(faultsAfter(before, after)).not.toEqual([]);
  });
});
