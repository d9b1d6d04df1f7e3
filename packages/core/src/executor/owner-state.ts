import { readFileSync } from 'node:fs';
import { processLiveness } from '../base/process-identity.ts';
import type { Owner } from '../checkpoint/index.ts';

/**
 * What this process can tell of the owner of a run. `stopped`: it lives and does nothing, after SIGSTOP or
 * Ctrl-Z. `elsewhere`: it is on another machine, and only the beat of its run tells of it.
 */
export type OwnerState = 'running' | 'stopped' | 'dead' | 'elsewhere';

export function ownerState(owner: Owner): OwnerState {
  const liveness = processLiveness(owner);
  if (liveness === 'unknown') return 'elsewhere';
  if (liveness === 'dead') return 'dead';
  return isStopped(owner.pid) ? 'stopped' : 'running';
}

/** Where the system tells it in /proc: `T` is stopped by a signal, `t` by a debugger. */
function isStopped(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name before it may hold spaces and brackets.
    return stat.charAt(stat.lastIndexOf(')') + 2).toLowerCase() === 't';
  } catch {
    return false;
  }
}
