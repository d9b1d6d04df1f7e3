import type { Market } from '../market/market.ts';
import type { Role } from '../market/market-stages.ts';
import {
  type EditKind,
  type EditKinds,
  type Explanations,
  type Foreseen,
  NOTHING,
  oneOf,
} from './edit.ts';

type Values = readonly (number | string)[];

/** Params that are read, each with values that lead to different outputs. */
const READ: readonly (readonly [Role, string, Values])[] = [
  ['rank', 'window', [3, 4, 5, 6]],
  ['open', 'cash', [1000, 2000, 3000.5]],
  ['hedge', 'ratio', [0.5, 0.25, 0.75]],
  ['calendar', 'days', [14, 9, 7]],
  ['pulse', 'beat', [1, 2, 3, 4]],
  ['publish', 'channel', ['desk', 'floor', 'the street']],
];

const UNREAD: readonly (readonly [Role, string])[] = [
  ['ingest', 'note'],
  ['calendar', 'note'],
  ['rank', 'note'],
  ['smooth', 'note'],
  ['open', 'note'],
];

export const PARAM_EDITS: EditKinds<Market> = {
  'param that is read': (market, random) => {
    const usable = READ.filter(([role]) => role !== 'hedge' || market.isHedging);
    const [role, name, values] = oneOf(usable, random);
    const others = values.filter((value) => value !== market.stage(role).with[name]);
    return { runs: editParam(market, role, [name, oneOf(others, random)]), effect: 'any' };
  },

  'param that is not read': (market, random) => {
    const [role, name] = oneOf(UNREAD, random);
    market.stage(role).with[name] = `note ${market.count()}`;
    market.save();
    return NOTHING;
  },

  'nested param that is read': (market, random) => {
    const name = oneOf(['low', 'high'] as const, random);
    return editLimit(market, name, oneOf(LIMITS[name], random));
  },

  'unread key of a nested param': (market) => {
    const params = market.stage('clean').with;
    params.limits = { ...limitsOf(market), label: `label ${market.count()}` };
    market.save();
    return NOTHING;
  },

  'param that is set for the first time, or left out': (market) => {
    const { id, with: params } = market.stage('rank');
    const before = params.extra;
    if (before === undefined) params.extra = market.count();
    else delete params.extra;
    market.save();
    const after = params.extra;
    const change = `with.extra ${before ?? 'not set'} -> ${after ?? 'not set'}`;
    // What is not there any more is told by the key that it stood under.
    const path = ['stages', id, 'with', ...(after === undefined ? [] : ['extra'])];
    return { runs: { [id]: `${change} at ${market.place(...path)}` }, effect: 'kept' };
  },

  'param of the pipeline': (market) => {
    const { id } = market.stage('deliver');
    const before = market.params.desk;
    const after = `desk ${market.count()}`;
    market.params.desk = after;
    market.save();
    // Where the param was set, not where its placeholder stands.
    const place = market.place('params', 'desk');
    const change = `with.desk ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
    return { runs: { [id]: `${change} at ${place}` }, effect: 'kept' };
  },

  'value of the initial context that is read': (market, random) => {
    const [key, role] = oneOf([['unit', 'report'] as const, ['mood', 'remark'] as const], random);
    const before = market.context[key];
    const after = `${key} ${market.count()}`;
    market.context[key] = after;
    market.save();
    const change = `context.${key} ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
    const reason = `${change} at ${market.place('context', key)}`;
    return { runs: { [market.stage(role).id]: reason }, effect: 'spreads' };
  },

  'value of the initial context that is not read': (market) => {
    market.context.motto = `motto ${market.count()}`;
    market.save();
    return NOTHING;
  },

  'environment variable behind a param': (market) => {
    const { id } = market.stage('deliver');
    const before = market.env.FEED;
    const after = `feed ${market.count()}`;
    market.env.FEED = after;
    const place = market.place('stages', id, 'with', 'feed');
    const change = `with.feed ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
    return { runs: { [id]: `${change} at ${place}` }, effect: 'kept' };
  },

  'secret that is rotated': (market) => {
    market.env.FEED_TOKEN = `token-${market.count()}-of-the-feed`;
    return NOTHING;
  },
};

/** Some prices are always between them. */
const LIMITS = { low: [90, 92, 94, 96, 98], high: [112, 114, 116, 118] };

/** The one edit that can go with any other: nothing else rests on it. */
export const nextBeat: EditKind<Market> = (market) => {
  const beat = Number(market.stage('pulse').with.beat) + 1;
  return { runs: editParam(market, 'pulse', ['beat', beat]), effect: 'kept' };
};

function editParam(
  market: Market,
  role: Role,
  [name, after]: readonly [string, number | string],
): Explanations {
  const { id, with: params } = market.stage(role);
  const before = params[name];
  params[name] = after;
  market.save();
  const place = market.place('stages', id, 'with', name);
  const change = `with.${name} ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
  return { [id]: `${change} at ${place}` };
}

interface Limits {
  readonly low: number;
  readonly high: number;
  readonly label: string;
}

function limitsOf(market: Market): Limits {
  return market.stage('clean').with.limits as unknown as Limits;
}

function editLimit(market: Market, name: keyof typeof LIMITS, wanted: number): Foreseen {
  const { id, with: params } = market.stage('clean');
  const limits = limitsOf(market);
  const before = limits[name];
  const after = wanted === before ? wanted + 1 : wanted;
  params.limits = { ...limits, [name]: after };
  market.save();
  const place = market.place('stages', id, 'with', 'limits', name);
  return {
    runs: { [id]: `with.limits.${name} ${before} -> ${after} at ${place}` },
    effect: 'any',
  };
}
