import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inExample } from '../base/example-folder.ts';
import { readSettings } from '../flow/read-settings.ts';
import { CRYPTO_SYMBOLS } from '../message/tickers.ts';
import { readSwitches } from '../rehearsal/switches.ts';
import { reportPage } from '../report/report-page.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';
import { readOptions } from './read-options.ts';

describe('the command line', () => {
  it('replays the shipped posts unless it is told otherwise', () => {
    const options = readOptions([]);
    expect(options).toMatchObject({ command: 'replay', durable: false, redis: undefined });
    expect(options.posts).toBe(inExample('data/generated-posts.jsonl'));
    const set = ['--set', 'stages.risk.with.blocked=true', '--set', 'a.b=text'];
    expect(readOptions(['replay', '--durable', '--speed', '60', ...set])).toMatchObject({
      ...{ durable: true, speed: 60, set: { 'stages.risk.with.blocked': true, 'a.b': 'text' } },
    });
    expect(readOptions(['replay', '--help']).command).toBe('help');
  });

  it.each([
    [['nonsense'], 'expected one of replay'],
    [['replay', 'twice'], 'got replay twice'],
    [['--speed', '0'], 'above 0'],
    [['--speed', 'fast'], 'got "fast"'],
    [['--set', 'x'], 'PATH=VALUE'],
    [['--home', ''], '--home wants a folder'],
    [['--durble'], '--durble'],
  ])('%j is refused with what is wrong', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(message);
  });
});

describe('stream.yaml', () => {
  const folder = useTemporaryFolder();
  const read = (text: string) => {
    const file = join(folder(), 'stream.yaml');
    writeFileSync(file, text);
    return readSettings(file);
  };

  it('says what the specification says, and so do the defaults', () => {
    const shipped = readSettings(inExample('stream.yaml'));
    expect(shipped.routing).toEqual({ immediateConfidence: 0.85, consensus: { minShare: 0.6 } });
    expect(shipped.tickers.excluded).toEqual(CRYPTO_SYMBOLS);
    expect(shipped.stream).toMatchObject({ buffer: { interval: '60s', size: 1000 } });
    const { stream, ...defaults } = read('');
    expect(stream).toEqual({});
    expect(shipped).toMatchObject(defaults);
  });

  it('is refused with all that is wrong at once', () => {
    const wrong =
      'stream: { buffer: { interval: 60 }, concurency: 2 }\nrouting: { consensus: { minShare: 0.4 } }';
    expect(() => read(wrong)).toThrow(/routing\.consensus\.minShare: .*stream/);
    expect(() => read(wrong)).toThrow(/buffer\.interval/);
    expect(() => read(wrong)).toThrow('concurency');
    expect(() => read('a: [')).toThrow('cannot be read');
  });
});

describe('the switches', () => {
  const places = ['gate', 'execute'];
  it('name a stage, and how many of its messages', () => {
    const switches = readSwitches(
      { SOCIAL_BREAK: 'gate:3,execute', SOCIAL_PAUSE: 'gate:2' },
      places,
    );
    expect([...switches.breaks]).toEqual([
      ['gate', 3],
      ['execute', Number.POSITIVE_INFINITY],
    ]);
    expect(switches.pause).toEqual({ stage: 'gate', before: 2 });
    expect(readSwitches({}, places)).toEqual({ breaks: new Map(), pause: undefined });
  });

  it.each([{ SOCIAL_BREAK: 'gat' }, { SOCIAL_PAUSE: 'gate:x' }, { SOCIAL_BREAK: 'gate,:' }])(
    '%j names none, and is refused',
    (environment) => {
      expect(() => readSwitches(environment, places)).toThrow('the stages are gate, execute');
    },
  );
});

describe('the page', () => {
  it('shows whatever a post said as text, and fetches nothing', () => {
    const page = reportPage({ rows: () => [{ reason: '<script>alert(1)</script>' }] }, 'none');
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('GENERATED');
    expect(reportPage({ rows: () => [] }, 'none')).toContain('None.');
  });

  it('finds its tables in the readme of what they mean', () => {
    const readme = readFileSync(inExample('README.md'), 'utf8');
    for (const table of ['results', 'orders', 'gate_records', 'signals']) {
      expect(readme).toContain(`\`${table}\``);
    }
  });
});
