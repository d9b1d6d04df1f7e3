import { describe, expect, test } from '@jest/globals';
import { generateLayered, SeededRandom } from '@millrace/core';
import type { Drawing, DrawnStage } from '../drawing.ts';
import { DRAWN_STATUSES } from '../status-counts.ts';
import { drawSvg } from './draw-svg.ts';

function stage(id: string, more: Partial<DrawnStage> = {}): DrawnStage {
  return { id, needs: [], status: undefined, durationMs: undefined, note: undefined, ...more };
}

function drawing(stages: readonly DrawnStage[], more: Partial<Drawing> = {}): Drawing {
  return { title: 'daily', subtitle: undefined, direction: 'TB', stages, ...more };
}

const RUN = drawing(
  [
    stage('load', { status: 'kept', durationMs: 1200 }),
    stage('score', { needs: ['load'], status: 'failed', durationMs: 3, note: 'STAGE_THREW: <no>' }),
    stage('send', { needs: ['score', 'load'], status: 'skipped' }),
  ],
  { subtitle: 'run 1 · failed' },
);

interface Parsed {
  /** The text of each element by its name, entities taken back. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly names: ReadonlySet<string>;
}

const TOKEN = /<(\/?)([a-zA-Z]+)((?: [a-z-A-Z]+="[^"<>&]*")*)(\/?)>|([^<>]+)/gy;

/** Reads what XML allows of our own writing, and fails at anything else. */
function parse(svg: string): Parsed {
  const texts = new Map<string, string[]>();
  const open: string[] = [];
  let end = 0;
  for (const [token, closing, name = '', , empty, text] of svg.matchAll(TOKEN)) {
    end += token.length;
    if (text !== undefined) {
      const owner = open.at(-1) ?? '';
      if (text.trim() !== '') texts.set(owner, [...(texts.get(owner) ?? []), shown(text)]);
    } else if (closing === '/') {
      expect(open.pop()).toBe(name);
    } else if (empty !== '/') {
      open.push(name);
    }
  }
  expect(svg.slice(end)).toBe('');
  expect(open).toEqual([]);
  return {
    texts,
    names: new Set(Array.from(svg.matchAll(/<([a-zA-Z]+)/g), ([, name]) => name ?? '')),
  };
}

function shown(text: string): string {
  expect(text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

test('a run is shown with the status of each stage in a word and a sign, and how many there are', () => {
  const { texts } = parse(drawSvg(RUN));
  expect(texts.get('text')).toEqual([
    'daily',
    'run 1 · failed',
    '1 kept',
    '1 failed',
    '1 skipped',
    'load',
    'kept · 1.2s',
    'score',
    'failed · 3ms',
    'send',
    'skipped',
  ]);
  expect(texts.get('title')).toEqual([
    'daily: run 1 · failed',
    'load\nkept · 1.2s',
    'score\nfailed · 3ms\nSTAGE_THREW: <no>',
    'send\nskipped',
  ]);
  expect(texts.get('desc')).toEqual([
    'Stages: 3. Dependencies: 3. By status: 1 kept, 1 failed, 1 skipped.',
  ]);
  expect(drawSvg(RUN).match(/class="mark"/g)).toHaveLength(6);
  expect(drawSvg(RUN).match(/marker-end=/g)).toHaveLength(3);
});

test('a pipeline is shown without statuses', () => {
  const { texts, names } = parse(drawSvg(drawing([stage('load')])));
  expect(texts.get('text')).toEqual(['daily', 'load']);
  expect(texts.get('desc')).toEqual(['Stages: 1. Dependencies: 0.']);
  expect(names).not.toContain('circle');
});

test('it needs nothing from elsewhere and runs nothing', () => {
  const svg = drawSvg(RUN);
  const { names } = parse(svg);
  const allowed = [
    'svg',
    'title',
    'desc',
    'style',
    'defs',
    'marker',
    'g',
    'rect',
    'path',
    'text',
    'circle',
  ];
  expect(allowed).toEqual(expect.arrayContaining([...names]));
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
    /https?:|@import|href|\bon\w+=|url\((?!#)/,
  );
});

test('it follows the dark scheme of the reader, and its rules hold for nothing else of a page', () => {
  const style = parse(drawSvg(RUN)).texts.get('style')?.join('') ?? '';
  const [light = '', dark = ''] = style.split('@media(prefers-color-scheme:dark){');
  expect(dark).toContain('.ground{fill:#0d1117}');
  const selectors = Array.from(
    `${light}${dark}`.matchAll(/([^{}]+)\{/g),
    ([, found]) => found ?? '',
  );
  expect(selectors.length).toBeGreaterThan(20);
  for (const selector of selectors.flatMap((list) => list.split(','))) {
    expect(selector).toMatch(/^\.millrace-graph /);
  }
});

test('each status has a sign of its own, apart from two ways to take a result over and to wait', () => {
  const marks = DRAWN_STATUSES.map(
    (status) => /class="mark" d="([^"]+)"/.exec(drawSvg(drawing([stage('a', { status })])))?.[1],
  );
  expect(marks).not.toContain(undefined);
  expect(new Set(marks).size).toBe(DRAWN_STATUSES.length - 2);
});

test('a long id is cut in the box and whole under the pointer', () => {
  const id = `${'very-long-'.repeat(19)}id`;
  const { texts } = parse(drawSvg(drawing([stage(id)])));
  expect(texts.get('title')).toContain(id);
  expect(texts.get('text')?.at(-1)).toMatch(/^….*-id$/);
});

describe('directions', () => {
  function placesOf(direction: Drawing['direction']): readonly (readonly [number, number])[] {
    const svg = drawSvg({ ...RUN, direction });
    return Array.from(
      svg.matchAll(/class="stage \w+" transform="translate\(([\d.]+) ([\d.]+)\)"/g),
      ([, x, y]) => [Number(x), Number(y)] as const,
    );
  }

  test.each([
    ['TB', 1, 1],
    ['BT', 1, -1],
    ['LR', 0, 1],
    ['RL', 0, -1],
  ] as const)('%s: stages follow each other there', (direction, axis, sign) => {
    const along = placesOf(direction).map((place) => place[axis] * sign);
    expect(along).toHaveLength(3);
    expect(along).toEqual(along.toSorted((one, other) => one - other));
    expect(new Set(along).size).toBe(3);
  });
});

test('any text gives a well-formed drawing that shows it, and the same drawing the same text', () => {
  const random = new SeededRandom(11);
  for (let round = 0; round < 60; round++) {
    const text = (): string =>
      String.fromCharCode(
        ...Array.from({ length: 1 + random.integer(12) }, () =>
          random.integer(random.next() < 0.7 ? 0x80 : 0x10000),
        ),
      );
    const some = drawing(
      [stage(`a${text()}`, { note: text(), status: 'failed' }), stage(`b${text()}`)],
      {
        title: text(),
        subtitle: text(),
      },
    );
    const svg = drawSvg(some);
    const { texts } = parse(svg);
    const id = some.stages[1]?.id
      .toWellFormed()
      .replaceAll(/(?![\t\n])[\p{Cc}\ufffe\uffff]/gu, '\ufffd');
    expect(texts.get('title')?.at(-1)).toBe(id);
    expect(drawSvg(some)).toBe(svg);
  }
});

test('a hostile id stays text', () => {
  const ids = [
    '</text><script>alert(1)</script>',
    '" onload="alert(1)',
    ']]>',
    '&amp;',
    '__proto__',
    'constructor',
    '-rf',
  ];
  const { texts, names } = parse(
    drawSvg(drawing(ids.map((id, at) => stage(id, { needs: ids.slice(0, at) })))),
  );
  expect(texts.get('title')?.slice(1)).toEqual(ids);
  expect(names).not.toContain('script');
});

test('a thousand stages are drawn', () => {
  const nodes = generateLayered({ layers: 50, width: 20, maxNeeds: 2, seed: 4 });
  const svg = drawSvg(drawing(nodes.map(({ id, needs }) => stage(id, { needs }))));
  expect(svg.match(/class="stage plain"/g)).toHaveLength(1000);
});

test('nothing at all is drawn as a title', () => {
  expect(parse(drawSvg(drawing([]))).texts.get('text')).toEqual(['daily']);
});
