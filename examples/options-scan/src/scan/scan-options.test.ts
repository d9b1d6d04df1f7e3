import { describe, expect, it } from '@jest/globals';
import { checkSwitches, readPause } from '../rehearsal/switches.ts';
import { readOptions } from './scan-options.ts';

describe('the command line', () => {
  it('scans 3,000 tickers of seed 7 unless it is told otherwise', () => {
    expect(readOptions([])).toEqual({
      ...{ strict: false, json: false, home: undefined, config: undefined, set: {} },
      request: { kind: 'new', tickers: 3000, seed: 7, universe: undefined, date: undefined },
    });
    const argv = ['--tickers=20', '--seed', '0', '--date', '2014-12-31', '--strict', '--json'];
    expect(readOptions(argv)).toMatchObject({
      ...{ strict: true, json: true },
      request: { tickers: 20, seed: 0, date: '2014-12-31' },
    });
    expect(readOptions(['--resume', 'latest']).request).toEqual({ kind: 'resume', run: 'latest' });
    expect(readOptions(['-h']).request).toEqual({ kind: 'help' });
  });

  it('takes values of the config, as JSON where they can be read so', () => {
    const set = ['a.b=3', 'c="3"', 'd=text', 'e={"x":1}', 'f='].flatMap((one) => ['--set', one]);
    const expected = { 'a.b': 3, c: '3', d: 'text', e: { x: 1 }, f: '' };
    expect(readOptions(set).set).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ["Unknown option '--ticker'", ['--ticker', '3']],
    ["Unexpected argument '300'", ['300']],
    ['--tickers is "many", expected a whole number from 1 to 99999', ['--tickers', 'many']],
    ['--tickers is "0"', ['--tickers', '0']],
    ['--tickers is "1e3"', ['--tickers', '1e3']],
    ['--seed is "-1"', ['--seed=-1']],
    ['"2015-02-30" is not a date', ['--date', '2015-02-30']],
    ['--set is "top", expected PATH=VALUE', ['--set', 'top']],
    ['--home wants a value', ['--home', '']],
    ['leave --tickers out', ['--resume', 'x', '--tickers', '3']],
    ['leave --tickers and --seed out', ['--universe', 'x', '--seed', '3']],
  ])('refuses %s', (message, argv) => {
    expect(() => readOptions(argv)).toThrow(message);
  });
});

describe('the switches of the rehearsal', () => {
  it('pause a stage, at an item, while a file is there', () => {
    const pause = (text: string) => readPause({ OPTIONS_SCAN_PAUSE: text });
    expect(pause('debate')).toEqual({ stage: 'debate', item: 0, file: undefined });
    expect(pause('data:1700')).toEqual({ stage: 'data', item: 1700, file: undefined });
    expect(pause('data:3@/tmp/a:b')).toEqual({ stage: 'data', item: 3, file: '/tmp/a:b' });
    expect(readPause({})).toBeUndefined();
  });

  it('are refused when they name no stage', () => {
    const stages = ['data', 'debate'];
    const check = (env: Readonly<Record<string, string>>) => () => checkSwitches(env, stages);
    expect(check({ OPTIONS_SCAN_PAUSE: 'date:3' })).toThrow('the stages are data, debate');
    expect(check({ OPTIONS_SCAN_PAUSE: 'data:x' })).toThrow('OPTIONS_SCAN_PAUSE');
    expect(check({ OPTIONS_SCAN_BREAK: 'data/AAPL,debat' })).toThrow('"debat"');
    expect(check({ OPTIONS_SCAN_BREAK: 'data/AAPL', OPTIONS_SCAN_PAUSE: '' })).not.toThrow();
  });
});
