import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { type Row, verdictOf } from './testing-local/verdict.ts';

describe('scalars', () => {
  it.each<Row>([
    ['text fits text', z.string(), z.string(), 'fits'],
    ['text is not a number', z.string(), z.number(), 'is text, not a number'],
    ['a number is not text', z.number(), z.string(), 'is a number, not text'],
    ['a number may have a fraction', z.number(), z.int(), 'may have a fraction'],
    ['a whole number is a number', z.int(), z.number(), 'fits'],
    ['whole numbers of other sizes fit', z.int(), z.int32(), 'fits'],
    ['multiples of a whole number are whole', z.number().multipleOf(5), z.int(), 'fits'],
    ['multiples of a fraction are not', z.number().multipleOf(0.5), z.int(), 'may have a fraction'],
    ['a refined number may be whole', z.number().refine(Number.isInteger), z.int(), 'fits'],
    ['a rounded number may be whole', z.number().overwrite(Math.round), z.int(), 'fits'],
    ['true or false is not text', z.boolean(), z.string(), 'is true or false, not text'],
    ['a bigint is not a number', z.bigint(), z.number(), 'is a bigint, not a number'],
    ['a number is not a bigint', z.number(), z.bigint(), 'is a number, not a bigint'],
    ['NaN is not a number', z.nan(), z.number(), 'is NaN, not a number'],
    ['a Date fits a Date', z.date(), z.date().min(new Date(0)), 'fits'],
    ['a Date is not text', z.date(), z.string(), 'is a Date, not text'],
    ['text is not a Date', z.iso.datetime(), z.date(), 'is text, not a Date'],
    ['a Date is not an object', z.date(), z.object({}), 'is a Date, not an object'],
    ['null is not left out', z.null(), z.undefined(), 'is null, not undefined'],
  ])('%s', (_, output, input, verdict) => {
    expect(verdictOf(output, input)).toBe(verdict);
  });
});

describe('limits and formats', () => {
  it.each<Row>([
    ['plain text may be a date', z.string(), z.iso.date(), 'fits'],
    ['plain text may be an address', z.string(), z.email(), 'fits'],
    ['a uuid is text', z.uuid(), z.string().min(1), 'fits'],
    ['one format is not held against another', z.email(), z.uuid(), 'fits'],
    ['a number may be in the range', z.number(), z.number().min(0).max(1), 'fits'],
    ['ranges that overlap fit', z.number().max(10), z.number().min(5), 'fits'],
    ['ranges that touch fit', z.number().max(5), z.number().min(5), 'fits'],
    [
      'ranges that touch where one is open do not',
      z.number().lt(5),
      z.number().min(5),
      'is less than 5, not at least 5',
    ],
    [
      'ranges apart do not fit',
      z.number().max(3),
      z.number().gt(5),
      'is at most 3, not more than 5',
    ],
    [
      'an infinite limit is none',
      z.number().max(Number.POSITIVE_INFINITY),
      z.number().min(9),
      'fits',
    ],
    [
      'lengths apart do not fit',
      z.string().max(2),
      z.string().min(3),
      'has a length of at most 2, not at least 3',
    ],
    [
      'lists of lengths apart do not fit',
      z.array(z.string()).min(4),
      z.array(z.string()).max(3),
      'has a length of at least 4, not at most 3',
    ],
    ['a list may be long enough', z.array(z.string()), z.array(z.string()).nonempty(), 'fits'],
  ])('%s', (_, output, input, verdict) => {
    expect(verdictOf(output, input)).toBe(verdict);
  });
});
