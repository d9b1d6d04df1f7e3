import type { Workload } from '../workloads/workload.ts';
import type { Adapter, Ran, Trial } from './adapter.ts';
import { type Grown, growingStage, needsByPlace, plainStage } from './stage-body.ts';

interface Wiring {
  readonly needs: readonly (readonly number[])[];
  readonly dependants: readonly (readonly number[])[];
}

function wire(workload: Workload): Wiring {
  const needs = needsByPlace(workload);
  const dependants: number[][] = needs.map(() => []);
  needs.forEach((mine, place) => {
    for (const need of mine) dependants[need]?.push(place);
  });
  return { needs, dependants };
}

/** Calls `stage` for each place as soon as nothing is missing, and awaits it. */
async function inOrder(
  { needs, dependants }: Wiring,
  stage: (place: number, needs: readonly number[]) => Promise<void>,
): Promise<number> {
  const missing = needs.map((mine) => mine.length);
  const ready = missing.flatMap((count, place) => (count === 0 ? [place] : []));
  let executed = 0;
  for (let place = ready.pop(); place !== undefined; place = ready.pop()) {
    await stage(place, needs[place] ?? []);
    executed++;
    for (const next of dependants[place] ?? []) {
      missing[next] = (missing[next] ?? 0) - 1;
      if (missing[next] === 0) ready.push(next);
    }
  }
  return executed;
}

async function runPlain(wiring: Wiring): Promise<Ran> {
  const values = new Array<number>(wiring.needs.length).fill(0);
  const executed = await inOrder(wiring, async (place, needs) => {
    values[place] = await plainStage(
      place,
      needs.map((need) => values[need] ?? 0),
    );
  });
  return { values, executed };
}

async function runGrowing(workload: Workload, wiring: Wiring): Promise<Ran> {
  const grown: Grown[] = [];
  const executed = await inOrder(wiring, async (place, [before]) => {
    const last = before === undefined ? undefined : grown[before];
    grown[place] = await growingStage(workload, place, last);
  });
  return { values: grown.map(({ value }) => value), executed };
}

/** The least that an engine in memory can do: Kahn's loop, awaiting each stage. */
export const kahnAdapter: Adapter = {
  begin(workload): Trial {
    let wiring: Wiring = { needs: [], dependants: [] };
    return {
      build() {
        wiring = wire(workload);
      },
      run: () => (workload.kind === 'growing' ? runGrowing(workload, wiring) : runPlain(wiring)),
      close() {},
    };
  },
};
