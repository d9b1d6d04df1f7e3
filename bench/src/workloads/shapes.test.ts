import { describe, expect, it } from '@jest/globals';
import { expectedDigest } from '../adapters/expected-digest.ts';
import { chain, fan, growingTexts, layered } from './shapes.ts';
import { WORKLOAD_NAMES } from './workload.ts';
import { buildWorkload, WORKLOADS } from './workload-facts.ts';

describe('the workloads', () => {
  it('declare each stage after those that it needs', () => {
    for (const nodes of [chain(5), fan(5), layered(4, 7)]) {
      const known = new Set<string>();
      for (const { id, needs } of nodes) {
        expect(needs.every((need) => known.has(need))).toBe(true);
        known.add(id);
      }
      expect(known.size).toBe(nodes.length);
    }
  });

  it('need three different stages of the layer before', () => {
    const nodes = layered(3, 10);
    expect(nodes.slice(0, 10).every(({ needs }) => needs.length === 0)).toBe(true);
    for (const { needs } of nodes.slice(10)) expect(new Set(needs).size).toBe(3);
  });

  it('are the same every time, so that runs on two days can be compared', () => {
    expect(layered(5, 20)).toEqual(layered(5, 20));
    expect(growingTexts(2)).toEqual(growingTexts(2));
    expect(expectedDigest(buildWorkload('W3'))).toBe(3_773_165_288);
  });

  it('add 10 KB a stage to a growing state', () => {
    expect(growingTexts(3).map((text) => Buffer.byteLength(text))).toEqual([
      10_240, 10_240, 10_240,
    ]);
  });

  it('have as many stages as they say', () => {
    for (const name of WORKLOAD_NAMES.filter((each) => each !== 'W8')) {
      expect(buildWorkload(name).nodes).toHaveLength(WORKLOADS[name].stages);
    }
  });
});
