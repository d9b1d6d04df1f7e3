import { expect, test } from '@jest/globals';
import { readYaml } from '../parse/yaml-reader.ts';
import { ConfigSource } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import { refuseForeignStages } from './refuse-foreign-stages.ts';

/** What is reported of so many stages, all alike. */
function refusalOf(count: number, stage: string): string[] {
  const stages = Array.from({ length: count }, (_, index) => `  s${index}: ${stage}\n`).join('');
  const problems = new Problems();
  const root = readYaml(new ConfigSource('file', 'x.yaml', `stages:\n${stages}`), problems);
  if (root?.kind !== 'map') throw new TypeError('the text is no map');
  const isRefused = refuseForeignStages(root, problems);
  const found = problems.sorted();
  expect(isRefused).toBe(found.length > 0);
  return found.map(({ code, message, at }) => `${code} ${at?.line}:${at?.column} ${message}`);
}

test('more stages with unknown keys than are told of are refused as they stand', () => {
  const found = refusalOf(1500, '{ uses: ./a.ts, usess: 1, jobs: [] }');
  expect(found.slice(0, 3)).toEqual([
    'CONFIG_UNKNOWN_KEY 2:23 unknown key "usess" in stages.s0',
    'CONFIG_UNKNOWN_KEY 2:33 unknown key "jobs" in stages.s0',
    'CONFIG_UNKNOWN_KEY 3:23 unknown key "usess" in stages.s1',
  ]);
  expect(found.length).toBe(1001);
  expect(found.at(-1)).toMatch('at least 2000 more problems');
});

test('as many as are told of are left to be checked with the rest', () => {
  expect(refusalOf(1000, '{ usess: 1 }')).toEqual([]);
});

test('the keys of every kind of stage are known', () => {
  expect(refusalOf(1500, '{ pipeline: p, params: {}, stages: {}, matrix: {} }')).toEqual([]);
  expect(refusalOf(1500, '{ uses: ./a.ts, with: { any: 1 }, foreach: {}, files: [] }')).toEqual([]);
  expect(refusalOf(1500, './a.ts')).toEqual([]);
});
