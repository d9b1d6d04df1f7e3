import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names a process for as long as the machine runs: a pid alone is given to another one later. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** Boot and start time of the process; empty where the system tells none. */
  readonly processStart: string;
}

export function currentProcess(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, processStart: processStart(process.pid) ?? '' };
}

/** Whether the process still lives; `unknown` for one on another machine. */
export function processLiveness(identity: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  if (identity.host !== hostname()) return 'unknown';
  if (!pidExists(identity.pid)) return 'dead';
  const start = processStart(identity.pid);
  if (start === undefined || identity.processStart === '') return 'alive';
  return start === identity.processStart ? 'alive' : 'dead';
}

function pidExists(pid: number): boolean {
  // 0 and below mean whole groups of processes, of which one always lives.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to another user.
    return error instanceof Error && Reflect.get(error, 'code') === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat is the start in clock ticks since boot; fields before it may hold spaces in brackets. */
function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not looked yet.
    if (fields[0] === 'Z' || fields[0] === 'X') return 'ended';
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot}:${fields[19]}`;
  } catch {
    return undefined;
  }
}
