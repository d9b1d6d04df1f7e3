import type { WorkloadName } from '../workloads/workload.ts';
import { bytesOnDisk, peakMb, usAStage, warmMs, warmRunMs } from './measurements.ts';
import { cell, line, type Source } from './results.ts';
import { SERIES } from './series-names.ts';
import { atLeastTimes, atMost, atMostTimes, difference, fastest, type Target } from './target.ts';

const DURABLE_PEERS = ['langgraph-sqlite', 'bullmq-everysec', 'bullmq-always'];

const us = (workload: WorkloadName, adapter: string): Source => cell(workload, adapter, usAStage);

function inMemory(): readonly Target[] {
  return [
    ...(['W1', 'W2', 'W3', 'W4'] as const).map((workload) =>
      atMostTimes(1, {
        of: workload,
        title: 'millrace / p-graph',
        above: us(workload, 'millrace'),
        below: us(workload, 'p-graph'),
      }),
    ),
    atMostTimes(5, {
      of: 'W4',
      title: 'millrace / kahn',
      above: us('W4', 'millrace'),
      below: us('W4', 'kahn'),
    }),
  ];
}

function durable(): readonly Target[] {
  return (['W2', 'W3', 'W4'] as const).flatMap((workload) => [
    atMostTimes(3, {
      of: workload,
      title: 'millrace-full / rows-grouped-full',
      above: us(workload, 'millrace-full'),
      below: us(workload, 'rows-grouped-full'),
    }),
    atLeastTimes(15, {
      of: workload,
      title: 'fastest durable peer / millrace-full',
      above: fastest(DURABLE_PEERS.map((peer) => us(workload, peer))),
      below: us(workload, 'millrace-full'),
    }),
  ]);
}

function chains(): readonly Target[] {
  return [
    atMostTimes(1.3, {
      of: 'W1',
      title: 'millrace-full / rows-each-full',
      above: us('W1', 'millrace-full'),
      below: us('W1', 'rows-each-full'),
    }),
    atMostTimes(3, {
      of: 'W1',
      title: 'millrace-full-pipelined / rows-grouped-full',
      above: us('W1', 'millrace-full-pipelined'),
      below: us('W1', 'rows-grouped-full'),
    }),
    atMostTimes(1.3, {
      of: 'W5',
      title: 'bytes: millrace-full / rows-each-full',
      above: cell('W5', 'millrace-full', bytesOnDisk),
      below: cell('W5', 'rows-each-full', bytesOnDisk),
    }),
    // A strict chain commits each stage by itself, so it is held against the rows that do.
    atMostTimes(2, {
      of: 'W5',
      title: 'time: millrace-full / rows-each-full',
      above: us('W5', 'millrace-full'),
      below: us('W5', 'rows-each-full'),
    }),
    atMostTimes(2.2, {
      of: 'W5',
      title: 'millrace-full: time(600) / time(300)',
      above: cell('W5-600', 'millrace-full', warmMs),
      below: cell('W5', 'millrace-full', warmMs),
    }),
  ];
}

function resume(): readonly Target[] {
  return [
    atMost(30, 'ms', {
      of: 'W6',
      title: 'millrace-full: open to done, 1 of 1,000 executed',
      source: cell('W6', 'millrace-full', warmRunMs),
    }),
  ];
}

function large(): readonly Target[] {
  return [
    atMostTimes(1, {
      of: 'W7',
      title: 'time: millrace / p-graph',
      above: us('W7', 'millrace'),
      below: us('W7', 'p-graph'),
    }),
    atMostTimes(1, {
      of: 'W7',
      title: 'peak memory: millrace / p-graph',
      above: cell('W7', 'millrace', peakMb),
      below: cell('W7', 'p-graph', peakMb),
    }),
    atMostTimes(1.5, {
      of: 'W7',
      title: 'millrace: us a stage of W7 / of W3',
      above: us('W7', 'millrace'),
      below: us('W3', 'millrace'),
    }),
    atMostTimes(11, {
      of: 'W8',
      title: 'millrace-full: time(1,000,000) / time(100,000)',
      above: cell('W8', 'millrace-full', warmMs),
      below: cell('W7', 'millrace-full', warmMs),
    }),
    atMost(60_000, 'ms', {
      of: 'W8',
      title: 'millrace-full: build and run',
      source: cell('W8', 'millrace-full', warmMs),
    }),
    atMost(1_500, 'MB', {
      of: 'W8',
      title: 'millrace-full: peak memory',
      source: cell('W8', 'millrace-full', peakMb),
    }),
  ];
}

function processes(): readonly Target[] {
  return [
    atMostTimes(1.5, {
      of: 'cold process',
      title: 'W3: millrace-full / rows-grouped-full',
      above: line(SERIES.coldMillraceMs),
      below: line(SERIES.coldRowsMs),
    }),
    atMostTimes(1.5, {
      of: 'CLI',
      title: 'millrace --version / node -e 0',
      above: line(SERIES.versionMs),
      below: line(SERIES.emptyNodeMs),
    }),
    atMost(500, 'ms', {
      of: 'CLI',
      title: 'millrace run of 10 stages, minus node -e 0',
      source: difference(line(SERIES.tenStagesMs), line(SERIES.emptyNodeMs)),
    }),
  ];
}

function items(): readonly Target[] {
  return [
    atMost(10, 'us', {
      of: 'items',
      title: 'an item of 1,000,000 in memory',
      source: line(SERIES.itemsInMemoryUs),
    }),
    atMost(40, 'us', {
      of: 'items',
      title: 'an item of 100,000 durable',
      source: line(SERIES.itemsDurableUs),
    }),
  ];
}

/** What Millrace holds itself to. They are printed, and never fail a run. */
export const TARGETS: readonly Target[] = [
  ...inMemory(),
  ...durable(),
  ...chains(),
  ...resume(),
  ...large(),
  ...processes(),
  ...items(),
];
