import type { Latencies, StreamMetrics } from '@millrace/stream';

export function print(name: string, text: string): void {
  console.log(`${name.padEnd(40)} ${text}`);
}

/** The shortest and the longest of several measurements, and the shortest beside what is asked for. */
export function printBeside(
  name: string,
  measured: readonly number[],
  unit: string,
  required?: { readonly value: number; readonly isMost: boolean },
): void {
  const best = required?.isMost === false ? Math.max(...measured) : Math.min(...measured);
  const spread = `${format(Math.min(...measured))} to ${format(Math.max(...measured))} ${unit}`;
  if (required === undefined) return print(name, spread);
  const { value, isMost } = required;
  const times = isMost ? value / best : best / value;
  const asked = `${isMost ? 'at most' : 'at least'} ${format(value)}`;
  print(name, `${spread}; required ${asked}: ${times.toFixed(1)} times as good`);
}

export function printLatencies(name: string, latencies: Latencies): void {
  const { count, p50Ms, p99Ms, p999Ms, maxMs } = latencies;
  const us = (ms: number | null): string => (ms === null ? '-' : (ms * 1000).toFixed(0));
  print(
    name,
    `p50 ${us(p50Ms)} us, p99 ${us(p99Ms)}, p99.9 ${us(p999Ms)}, max ${us(maxMs)}, n ${count}`,
  );
}

export function printLoop(name: string, { eventLoopDelay: delay }: StreamMetrics): void {
  if (delay === null) return print(name, 'none measured');
  const { meanMs, p99Ms, maxMs } = delay;
  print(
    name,
    `event loop: mean ${meanMs.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)}, max ${maxMs.toFixed(1)}`,
  );
}

function format(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}
