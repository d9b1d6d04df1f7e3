import { describe, expect, it } from '@jest/globals';
import { parseCsv } from './read-csv.ts';

describe('reading CSV', () => {
  it('gives days and columns, with NaN for an empty cell', () => {
    const { days, columns } = parseCsv('date,A,B\n1970-01-02,1.5,\n1970-01-03,-2,3\n', 'x.csv');
    expect(days).toEqual([1, 2]);
    expect(columns.get('A')).toEqual([1.5, -2]);
    expect(columns.get('B')).toEqual([Number.NaN, 3]);
  });

  it('names file and line of a row with too few cells', () => {
    expect(() => parseCsv('date,A,B\n1970-01-02,1\n', 'x.csv')).toThrow('x.csv:2 has 2 cells, expected 3');
  });

  it('names file and line of a cell that is no number', () => {
    expect(() => parseCsv('date,A\n1970-01-02,1\n1970-01-03,n/a\n', 'x.csv')).toThrow('x.csv:3: "n/a"');
  });
});
