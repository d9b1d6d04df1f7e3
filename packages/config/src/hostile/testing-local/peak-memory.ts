import { readFileSync, writeFileSync } from 'node:fs';

const KB_PER_MB = 1024;

/** Makes the peak begin anew, where the system can; elsewhere it is that of all loads so far. */
export function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {}
}

/**
 * The most memory that this program took; undefined when nobody knows. On Linux `getrusage` does not: what
 * it tells begins with the memory of the process that started this one, which for a test is Jest's.
 */
export function peakRssMb(): number | undefined {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / KB_PER_MB;
  const [, own] = /^VmHWM:\s*(\d+) kB$/m.exec(ownStatus()) ?? [];
  return own === undefined ? undefined : Number(own) / KB_PER_MB;
}

function ownStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8');
  } catch {
    return '';
  }
}
