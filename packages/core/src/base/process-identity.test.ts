import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { currentProcess, processLiveness } from './process-identity.ts';

const self = currentProcess();
const tellsStart = self.processStart !== '';

describe('processLiveness', () => {
  it('knows that this process is alive', () => {
    expect(self.pid).toBe(process.pid);
    expect(processLiveness(self)).toBe('alive');
    expect(currentProcess()).toEqual(self);
  });

  it('knows that a child that ended is dead', () => {
    const child = spawnSync(process.execPath, ['-e', '']);
    expect(child.status).toBe(0);
    expect(processLiveness({ ...self, pid: child.pid })).toBe('dead');
  });

  it('knows nothing of a process on another machine', () => {
    expect(processLiveness({ ...self, host: `not-${self.host}` })).toBe('unknown');
  });

  (tellsStart ? it : it.skip)(
    'takes a process for dead whose pid was given to another (needs /proc)',
    () => {
      expect(self.processStart).toContain(
        readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim(),
      );
      expect(processLiveness({ ...self, processStart: `${self.processStart}0` })).toBe('dead');
      const otherBoot = self.processStart.replace(/^[^:]+/, 'another-boot');
      expect(processLiveness({ ...self, processStart: otherBoot })).toBe('dead');
    },
  );

  it('takes it for alive where the system told no start', () => {
    expect(processLiveness({ ...self, processStart: '' })).toBe('alive');
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 40])(
    'takes the pid %d, which no process has, for dead',
    (pid) => {
      expect(processLiveness({ ...self, pid })).toBe('dead');
    },
  );
});
