import { describe, expect, it } from '@jest/globals';
import { type BenchFlags, FlagError, readFlags } from './bench-flags.ts';

function read(...args: readonly string[]): BenchFlags {
  const flags = readFlags(args);
  if (flags === 'help') throw new RangeError('asked for help');
  return flags;
}

describe('the flags of the bench', () => {
  it('mean everything where there are none', () => {
    const { workloads, extras, adapters, rounds, isQuick } = read();
    expect(workloads).toEqual(['W1', 'W2', 'W3', 'W4', 'W5', 'W5-600', 'W6', 'W7', 'W8']);
    expect(extras).toEqual(['processes', 'plan', 'items', 'config']);
    expect(adapters.map(({ name }) => name)).toContain('bullmq-always');
    expect({ rounds, isQuick }).toEqual({ rounds: 5, isQuick: false });
  });

  it('leave out what takes long when it has to be quick', () => {
    const { workloads, extras, rounds } = read('--quick');
    expect(workloads).not.toContain('W7');
    expect(extras).toEqual(['processes']);
    expect(rounds).toBe(2);
  });

  it('name workloads and further rows, in any order and with blanks', () => {
    const { workloads, extras } = read('--only', 'plan, W3,W1');
    expect(workloads).toEqual(['W1', 'W3']);
    expect(extras).toEqual(['plan']);
  });

  it('measure only cells where adapters are named', () => {
    const { adapters, extras } = read('--adapters', 'millrace,kahn');
    expect(adapters.map(({ name }) => name)).toEqual(['kahn', 'millrace']);
    expect(extras).toEqual([]);
  });

  it('are refused with what is wrong with them', () => {
    const message = (...args: readonly string[]): string => {
      try {
        readFlags(args);
      } catch (error) {
        if (error instanceof FlagError) return error.message;
      }
      return 'no error';
    };
    expect(message('--adapters', 'milrace')).toContain('did you mean "millrace"?');
    expect(message('--only', 'everything')).toContain('known are W1, W2');
    expect(message('--only', ',')).toContain('got none');
    expect(message('--rounds', '1.5')).toContain('got "1.5"');
    expect(message('--rounds', '0')).toContain('from 1 to 100');
    expect(message('--fast')).toContain('--fast');
    expect(message('W3')).toContain('W3');
  });
});
