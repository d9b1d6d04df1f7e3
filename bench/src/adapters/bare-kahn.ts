import type { Adapter } from '../adapter.ts';
import { combine, digestOf } from '../workload.ts';

/** The least that an in-memory engine can do: Kahn's loop over maps, awaiting each stage. */
export const bareKahn: Adapter = {
  async run({ nodes }) {
    const began = performance.now();
    const places = new Map(nodes.map((node, place) => [node.id, place]));
    const missing = nodes.map((node) => node.needs.length);
    const dependants: number[][] = nodes.map(() => []);
    nodes.forEach((node, place) => {
      for (const need of node.needs) dependants[places.get(need) ?? 0]?.push(place);
    });
    const values = new Array<number>(nodes.length).fill(0);
    const ready = missing.flatMap((count, place) => (count === 0 ? [place] : []));
    for (let place = ready.pop(); place !== undefined; place = ready.pop()) {
      const needs = nodes[place]?.needs ?? [];
      const before = needs.map((need) => values[places.get(need) ?? 0] ?? 0);
      values[place] = await Promise.resolve(combine(place, before));
      for (const next of dependants[place] ?? []) {
        missing[next] = (missing[next] ?? 0) - 1;
        if (missing[next] === 0) ready.push(next);
      }
    }
    return { milliseconds: performance.now() - began, digest: digestOf(values) };
  },
};
