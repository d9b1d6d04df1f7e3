/** Wall and processor seconds of one call; threads that it waits for are counted too. */
export async function timed<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  print(name, `${wall.toFixed(2)} s wall, ${((user + system) / 1e6).toFixed(2)} s of processors`);
  return result;
}

/** Median, p99 and largest of durations in milliseconds, printed in microseconds. */
export function printLatencies(name: string, durationsMs: Float64Array): void {
  const sorted = durationsMs.toSorted();
  const at = (share: number): string => {
    const place = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
    return ((sorted[place] ?? 0) * 1000).toFixed(1);
  };
  print(name, `p50 ${at(0.5)} us, p99 ${at(0.99)} us, max ${at(1)} us, n ${sorted.length}`);
}

export function print(name: string, text: string): void {
  console.log(`${name.padEnd(34)} ${text}`);
}
