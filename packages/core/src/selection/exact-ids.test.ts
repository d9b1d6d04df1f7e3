import { describe, expect, it } from '@jest/globals';
import { selectStages } from './select-stages.ts';
import { idsSelected, pipelineOf } from './testing-local/selecting.ts';

describe('a stage id to the letter', () => {
  const NASTY = [
    'constructor',
    '__proto__',
    'toString',
    '🦊',
    '-rf',
    '--select',
    'a b',
    'a,b',
    'a',
    'b',
    'tag:x',
    'state:failed',
    '+x',
    'x+',
    'x',
    'c++',
    '2+x',
    'x+2',
    '*',
    'a*',
    '"',
    '"q"',
    "it's",
    'a[b',
    'a]b',
    '[',
    ',',
    '+',
    'größe',
    '日本 語',
    'e\u00a0f',
    '\\',
    '$(a)',
  ];
  const pipeline = pipelineOf(NASTY.map((id) => ({ id, needs: [] })));

  it.each(NASTY)('%j wins over every other reading', (id) => {
    expect(idsSelected(pipeline, { select: [id] })).toEqual([id]);
    expect(idsSelected(pipeline, { select: [`  ${id} `] })).toEqual([id]);
    expect(idsSelected(pipeline, { from: [id], until: [id] })).toEqual([id]);
    expect(idsSelected(pipeline, { exclude: [id] })).toEqual(NASTY.filter((other) => other !== id));
  });

  it.each(NASTY)('%j can go in quotes, with plus signs around', (id) => {
    const pair = pipelineOf([
      { id, needs: [] },
      { id: 'last', needs: [id] },
    ]);
    const quoted = id.includes('"') ? `'${id}'` : `"${id}"`;
    expect(idsSelected(pair, { select: [quoted] })).toEqual([id]);
    expect(idsSelected(pair, { select: [`2+${quoted}+`] })).toEqual([id, 'last']);
    expect(idsSelected(pair, { select: [`last ${quoted}`] })).toEqual([id, 'last']);
    expect(idsSelected(pair, { select: [`${quoted},1+last,${quoted}`] })).toEqual([id]);
  });

  it('wins as one part among others, and as one term of a part', () => {
    expect(idsSelected(pipeline, { select: ['a,b "'] })).toEqual(['a,b', '"']);
    expect(idsSelected(pipeline, { select: ['a[b a]b'] })).toEqual(['a[b', 'a]b']);
    expect(idsSelected(pipeline, { select: ['[,?'] })).toEqual(['[']);
    expect(idsSelected(pipeline, { select: ["it's,it*"] })).toEqual(["it's"]);
  });

  it('wins inside plus signs, the longest id first', () => {
    const chain = pipelineOf([
      { id: 'up', needs: [] },
      { id: 'c++', needs: ['up'] },
      { id: 'c', needs: ['c++'] },
      { id: 'tag:x', needs: ['c'] },
    ]);
    expect(idsSelected(chain, { select: ['c++'] })).toEqual(['c++']);
    expect(idsSelected(chain, { select: ['+c++'] })).toEqual(['up', 'c++']);
    expect(idsSelected(chain, { select: ['c+++1'] })).toEqual(['c++', 'c']);
    expect(idsSelected(chain, { select: ['c+'] })).toEqual(['c', 'tag:x']);
    expect(idsSelected(chain, { select: ['1+tag:x'] })).toEqual(['c', 'tag:x']);
  });

  it('is no glob, no tag and no state when it is quoted', () => {
    const tagged = pipelineOf([{ id: 'ab', needs: [] }], new Map([['ab', ['x']]]));
    for (const text of ['"a*"', '"tag:x"', '"state:new"']) {
      expect(selectStages(tagged, { select: [text] })).toMatchObject({
        ok: false,
        problem: [{ code: 'SELECTION_UNKNOWN', kind: 'stage', name: text.slice(1, -1) }],
      });
    }
  });
});
