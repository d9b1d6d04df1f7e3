import type { AdapterEntry } from '../adapters/adapter-list.ts';
import type { CellOutcome } from '../cell/cell-result.ts';
import type { BenchFlags } from '../command-line/bench-flags.ts';
import { Measurements } from '../report/measurements.ts';
import type { WorkloadName } from '../workloads/workload.ts';
import { WORKLOADS } from '../workloads/workload-facts.ts';
import type { PeerServices } from './peer-services.ts';
import { runCell } from './run-cell.ts';

const FULL = { mostRepeats: 5, repeatBudgetMs: 2_000 };
const QUICK = { mostRepeats: 3, repeatBudgetMs: 300 };
const QUICK_LIMIT_MS = 20_000;

/** Which adapters are measured on a workload. */
export function adaptersOf(
  workload: WorkloadName,
  { adapters, adaptersAreNamed, isQuick }: BenchFlags,
): readonly AdapterEntry[] {
  const isShort = isQuick && !adaptersAreNamed;
  return adapters.filter(({ quick, workloads }) =>
    (isShort ? quick : workloads).includes(workload),
  );
}

/**
 * Measures all cells, round by round, each in a process of its own: what the machine does beside it meets all of
 * them alike. A cell that was not measured in one round is not tried in the next.
 * @param tell told of what is measured next
 */
export async function runRounds(
  flags: BenchFlags,
  services: PeerServices,
  tell: (line: string) => void,
): Promise<Measurements> {
  const cells = new Measurements();
  for (let round = 0; round < flags.rounds; round++) {
    for (const workload of flags.workloads) {
      if (round >= WORKLOADS[workload].mostRounds) continue;
      for (const entry of adaptersOf(workload, flags)) {
        const earlier = cells.of(workload, entry.name);
        if (earlier.some(({ outcome }) => outcome.kind !== 'measured')) continue;
        tell(`round ${round + 1} of ${flags.rounds}: ${workload} ${entry.name}`);
        const outcome = await measure(workload, entry, flags, services);
        cells.add({ workload, adapter: entry.name, round, outcome });
      }
    }
  }
  return cells;
}

async function measure(
  workload: WorkloadName,
  entry: AdapterEntry,
  { isQuick }: BenchFlags,
  services: PeerServices,
): Promise<CellOutcome> {
  const reason = services.reasonAgainst(entry);
  if (reason !== undefined) return { kind: 'unavailable', reason };
  const repeats = isQuick ? QUICK : FULL;
  const limitMs = isQuick ? QUICK_LIMIT_MS : WORKLOADS[workload].limitMs;
  return runCell({
    request: { workload, adapter: entry.name, mode: 'measure', ...repeats },
    limitMs,
    env: services.env,
  });
}
