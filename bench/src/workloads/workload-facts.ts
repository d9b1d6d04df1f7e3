import { chain, fan, growingTexts, layered, type PlainNode } from './shapes.ts';
import type { Workload, WorkloadName } from './workload.ts';

/** What is known of a workload before it is made. */
export interface WorkloadFacts {
  readonly title: string;
  readonly kind: Workload['kind'];
  readonly stages: number;
  /** One that takes too long to be run again and again is run once in each process. */
  readonly isRepeated: boolean;
  /** Rounds at most, however many are asked for. */
  readonly mostRounds: number;
  /** Of one cell of the full bench, start of its process included. */
  readonly limitMs: number;
  /** Part of `bench:quick`. */
  readonly isQuick: boolean;
  readonly nodes: () => readonly PlainNode[];
}

const LARGE = { kind: 'plain', isRepeated: false, isQuick: false } as const;
const SMALL = { isRepeated: true, mostRounds: 100, limitMs: 120_000, isQuick: true } as const;

export const WORKLOADS: Readonly<Record<WorkloadName, WorkloadFacts>> = {
  W1: {
    ...SMALL,
    title: 'chain of 1,000',
    kind: 'plain',
    stages: 1_000,
    nodes: () => chain(1_000),
  },
  W2: {
    ...SMALL,
    title: '1 -> 1,000 -> 1',
    kind: 'plain',
    stages: 1_002,
    nodes: () => fan(1_000),
  },
  W3: {
    ...SMALL,
    title: '10 layers of 100, 3 dependencies',
    kind: 'plain',
    stages: 1_000,
    nodes: () => layered(10, 100),
  },
  W4: {
    ...SMALL,
    title: '100 layers of 100, 3 dependencies',
    kind: 'plain',
    stages: 10_000,
    nodes: () => layered(100, 100),
  },
  W5: {
    ...SMALL,
    title: 'chain of 300, each adds 10 KB to the state',
    kind: 'growing',
    stages: 300,
    nodes: () => chain(300),
  },
  'W5-600': {
    ...SMALL,
    title: 'chain of 600, each adds 10 KB to the state',
    kind: 'growing',
    stages: 600,
    nodes: () => chain(600),
  },
  W6: {
    ...SMALL,
    title: 'resume of W3 after a failure in the last layer',
    kind: 'resume',
    stages: 1_000,
    nodes: () => layered(10, 100),
  },
  W7: {
    ...LARGE,
    mostRounds: 3,
    limitMs: 120_000,
    title: '1,000 layers of 100, 3 dependencies',
    stages: 100_000,
    nodes: () => layered(1_000, 100),
  },
  W8: {
    ...LARGE,
    mostRounds: 3,
    limitMs: 300_000,
    title: '10,000 layers of 100, 3 dependencies',
    stages: 1_000_000,
    nodes: () => layered(10_000, 100),
  },
};

export function buildWorkload(name: WorkloadName): Workload {
  const { kind, stages, nodes } = WORKLOADS[name];
  return { name, kind, nodes: nodes(), texts: kind === 'growing' ? growingTexts(stages) : [] };
}

/** How many stages the measured run has to execute: a resume only the one that failed. */
export function stagesToExecute({ kind, nodes }: Workload): number {
  return kind === 'resume' ? 1 : nodes.length;
}
