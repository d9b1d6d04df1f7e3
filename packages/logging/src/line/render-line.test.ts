import { describe, expect, it } from '@jest/globals';
import type { LogLine } from './log-line.ts';
import { renderJson } from './render-json.ts';
import { renderText } from './render-text.ts';

const BASE: LogLine = { time: '2026-01-01T00:00:00.000Z', level: 'info', message: 'hello' };

const FORGERY =
  'ok\n2026-01-01T00:00:00.000Z ERROR [run-2] forged\r\u2028\u2029\u0085\u001b[2K\u009b1A\u202e\u2066\u0000\u007f';

describe('renderText', () => {
  it('shows who speaks and the fields', () => {
    const line = {
      ...BASE,
      runId: 'run-1',
      stage: 'my stage',
      attempt: 2,
      fields: { n: 1, s: 'a b', plain: 'x/y', nested: { a: [1] }, none: undefined, nil: null },
    };
    expect(renderText(line)).toBe(
      '2026-01-01T00:00:00.000Z INFO  [run-1 my stage#2] hello n=1 s="a b" plain=x/y nested={"a":[1]} none=undefined nil=null\n',
    );
    expect(renderText(BASE)).toBe('2026-01-01T00:00:00.000Z INFO  hello\n');
    expect(renderText({ ...BASE, runId: 'run-1' })).toContain(' [run-1] hello');
  });

  it('puts stacks and causes below, each line marked as continued', () => {
    const cause = {
      name: 'RangeError',
      message: 'low',
      stack: 'RangeError: low\n    at g (b.ts:2)',
    };
    const error = { name: 'TypeError', message: 'bad', stack: 'TypeError: bad\n    at f', cause };
    expect(
      renderText({ ...BASE, level: 'error', fields: { error } })
        .split('\n')
        .slice(1),
    ).toEqual([
      '    | TypeError: bad',
      '    |     at f',
      '    | caused by RangeError: low',
      '    |     at g (b.ts:2)',
      '',
    ]);
  });

  it.each(['message', 'runId', 'stage'] as const)('lets no %s forge a line', (key) => {
    const text = renderText({ ...BASE, [key]: FORGERY });
    expect(text.match(/\n/g)).toHaveLength(1);
    expect(text.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029\u202e\u2066]/u);
    expect(text).toContain('ok\\n2026');
  });

  it('lets no field, key or stack forge a line', () => {
    const error = { name: FORGERY, message: FORGERY, stack: `E: ${FORGERY}`, cause: null };
    const text = renderText({ ...BASE, fields: { [FORGERY]: FORGERY, error, list: [FORGERY] } });
    for (const line of text.split('\n').slice(1, -1)) expect(line).toMatch(/^ {4}\| /);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029\u202e\u2066]/u);
  });
});

describe('renderJson', () => {
  it('is one line without raw control characters that parses to the same', () => {
    const line = { ...BASE, message: FORGERY, fields: { [FORGERY]: ['\ud800', FORGERY] } };
    const text = renderJson(line);
    expect(text.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029\u202e\u2066]/u);
    expect(JSON.parse(text)).toEqual(line);
  });
});
