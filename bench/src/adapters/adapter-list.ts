import type { WorkloadName } from '../workloads/workload.ts';
import type { Adapter } from './adapter.ts';

/** What is known of an adapter before its code is loaded, which only the process of a cell does. */
export interface AdapterEntry {
  readonly name: string;
  readonly title: string;
  /** What it needs besides this package: the peers of `bench/peers`, and for some a Redis with that setting. */
  readonly needs: 'nothing' | 'peers' | 'redis-everysec' | 'redis-always';
  readonly isDurable: boolean;
  readonly workloads: readonly WorkloadName[];
  /** Workloads of `bench:quick`. */
  readonly quick: readonly WorkloadName[];
  readonly load: () => Promise<Adapter>;
}

const SMALL = ['W1', 'W2', 'W3', 'W4', 'W5', 'W5-600'] as const;
const EVERY_IN_MEMORY = [...SMALL, 'W7', 'W8'] as const;
const EVERY_DURABLE = [...SMALL, 'W6', 'W7', 'W8'] as const;
const UP_TO_W7 = [...SMALL, 'W6', 'W7'] as const;
const QUICK = ['W1', 'W2', 'W3', 'W4', 'W5'] as const;

const NOTHING = { needs: 'nothing', isDurable: false } as const;
const DURABLE = { needs: 'nothing', isDurable: true } as const;

const FLOORS: readonly AdapterEntry[] = [
  {
    ...NOTHING,
    name: 'kahn',
    title: "bare loop of Kahn's",
    workloads: EVERY_IN_MEMORY,
    quick: QUICK,
    load: async () => (await import('./kahn-adapter.ts')).kahnAdapter,
  },
  {
    ...DURABLE,
    name: 'rows-grouped-full',
    title: 'bare rows, 100 a commit, FULL',
    workloads: EVERY_DURABLE,
    quick: [...QUICK, 'W6'],
    load: rows('FULL', 100),
  },
  {
    ...DURABLE,
    name: 'rows-grouped-normal',
    title: 'bare rows, 100 a commit, NORMAL',
    workloads: UP_TO_W7,
    quick: [],
    load: rows('NORMAL', 100),
  },
  {
    ...DURABLE,
    name: 'rows-each-full',
    title: 'bare rows, one a commit, FULL',
    workloads: SMALL,
    quick: ['W1', 'W5'],
    load: rows('FULL', 1),
  },
  {
    ...DURABLE,
    name: 'rows-each-normal',
    title: 'bare rows, one a commit, NORMAL',
    workloads: SMALL,
    quick: [],
    load: rows('NORMAL', 1),
  },
];

const MILLRACE: readonly AdapterEntry[] = [
  {
    ...NOTHING,
    name: 'millrace',
    title: 'Millrace in memory',
    workloads: EVERY_IN_MEMORY,
    quick: QUICK,
    load: millrace(undefined, 'strict'),
  },
  {
    ...DURABLE,
    name: 'millrace-full',
    title: 'Millrace, SQLite FULL, strict',
    workloads: EVERY_DURABLE,
    quick: [...QUICK, 'W5-600', 'W6'],
    load: millrace('full', 'strict'),
  },
  {
    ...DURABLE,
    name: 'millrace-full-pipelined',
    title: 'Millrace, SQLite FULL, pipelined',
    workloads: UP_TO_W7,
    quick: ['W1', 'W3'],
    load: millrace('full', 'pipelined'),
  },
  {
    ...DURABLE,
    name: 'millrace-normal',
    title: 'Millrace, SQLite NORMAL, strict',
    workloads: UP_TO_W7,
    quick: [],
    load: millrace('normal', 'strict'),
  },
  {
    ...DURABLE,
    name: 'millrace-normal-pipelined',
    title: 'Millrace, SQLite NORMAL, pipelined',
    workloads: UP_TO_W7,
    quick: [],
    load: millrace('normal', 'pipelined'),
  },
];

const PEERS: readonly AdapterEntry[] = [
  {
    name: 'p-graph',
    title: 'p-graph',
    needs: 'peers',
    isDurable: false,
    workloads: EVERY_IN_MEMORY,
    quick: QUICK,
    load: peer('p-graph'),
  },
  {
    name: 'langgraph',
    title: 'LangGraph.js, no saver',
    needs: 'peers',
    isDurable: false,
    workloads: [...SMALL, 'W7'],
    quick: [],
    load: peer('langgraph'),
  },
  {
    name: 'langgraph-sqlite',
    title: 'LangGraph.js, its SQLite saver',
    needs: 'peers',
    isDurable: true,
    workloads: UP_TO_W7,
    quick: ['W3'],
    load: peer('langgraph-sqlite'),
  },
  {
    name: 'langgraph-state',
    title: 'LangGraph.js, StateGraph and SQLite saver',
    needs: 'peers',
    isDurable: true,
    workloads: ['W5', 'W5-600'],
    quick: [],
    load: peer('langgraph-state'),
  },
  {
    name: 'bullmq-everysec',
    title: 'BullMQ, Redis synced every second',
    needs: 'redis-everysec',
    isDurable: true,
    workloads: UP_TO_W7,
    quick: ['W3'],
    load: peer('bullmq-everysec'),
  },
  {
    name: 'bullmq-always',
    title: 'BullMQ, Redis synced with every write',
    needs: 'redis-always',
    isDurable: true,
    workloads: UP_TO_W7,
    quick: [],
    load: peer('bullmq-always'),
  },
];

/** In the order of the report. */
export const ADAPTERS: readonly AdapterEntry[] = [
  ...FLOORS.slice(0, 1),
  ...MILLRACE.slice(0, 1),
  ...PEERS.filter(({ isDurable }) => !isDurable),
  ...FLOORS.slice(1),
  ...MILLRACE.slice(1),
  ...PEERS.filter(({ isDurable }) => isDurable),
];

export function findAdapter(name: string): AdapterEntry {
  const found = ADAPTERS.find((entry) => entry.name === name);
  if (found === undefined) throw new RangeError(`there is no adapter ${name}`);
  return found;
}

function rows(synchronous: 'FULL' | 'NORMAL', rowsPerCommit: number): AdapterEntry['load'] {
  return async () =>
    (await import('./rows-adapter.ts')).rowsAdapter({ synchronous, rowsPerCommit });
}

function millrace(
  synchronous: 'full' | 'normal' | undefined,
  durability: 'strict' | 'pipelined',
): AdapterEntry['load'] {
  const options = synchronous === undefined ? { durability } : { synchronous, durability };
  return async () => (await import('./millrace/millrace-adapter.ts')).millraceAdapter(options);
}

/** The peers have a package of their own, which need not be installed: no static import leads there. */
function peer(name: string): AdapterEntry['load'] {
  const file = new URL(`../../peers/src/${name}.ts`, import.meta.url).href;
  return async () => ((await import(file)) as { readonly adapter: Adapter }).adapter;
}
