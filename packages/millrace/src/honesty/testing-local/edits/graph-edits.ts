import type { Market } from '../market/market.ts';
import type { Role } from '../market/market-stages.ts';
import { type EditKinds, NOTHING, oneOf } from './edit.ts';

/** Outputs that are read by name alone: who writes it, and who reads it. */
const OUTPUTS: readonly (readonly [string, Role, readonly Role[]])[] = [
  ['bars', 'ingest', ['clean', 'archive']],
  ['closes', 'clean', ['rank', 'smooth']],
  ['summary', 'report', ['publish', 'deliver']],
];

const RENAMED: readonly Role[] = [
  'ingest',
  'clean',
  'rank',
  'smooth',
  'open',
  'post',
  'remark',
  'report',
  'archive',
  'settle',
  'share',
  'deliver',
];

export const GRAPH_EDITS: EditKinds<Market> = {
  'output key that is renamed with its readers': (market, random) => {
    const [name, writer, readers] = oneOf(OUTPUTS, random);
    const key = `${name}-${market.count()}`;
    market.stage(writer).fields.writes = { [name]: key };
    for (const reader of readers) market.stage(reader).fields.reads = { [name]: key };
    market.save();
    const reason = 'the keys that it writes, or its fallback, changed';
    return { runs: { [market.stage(writer).id]: reason }, effect: 'kept' };
  },

  'stage that is renamed': (market, random) => {
    const role = oneOf(RENAMED, random);
    market.stage(role).id = `${role}-${market.count()}`;
    market.save();
    const runs = market.idsOf(role).map((id) => [id, 'it has not run yet']);
    return { runs: Object.fromEntries(runs), effect: 'kept' };
  },

  'ordering-only dependency': (market) => {
    const stage = market.stage('settle');
    const others = stage.needs.filter((role) => role !== 'smooth');
    stage.needs = others.length < stage.needs.length ? others : [...others, 'smooth'];
    market.save();
    // Records do not tell one dependency from another, so those that ran since are named as well.
    const reason = /^(?:what it needs changed|"[\w-]+"(?: and "[\w-]+")* ran since)$/;
    return { runs: { [stage.id]: reason }, effect: 'kept' };
  },

  'value that is added to a matrix': (market) => {
    const region = `region-${market.count()}`;
    market.regions = [...market.regions, region];
    market.save();
    const id = `${market.stage('share').id}[${region}]`;
    return { runs: { [id]: 'it has not run yet' }, effect: 'kept' };
  },

  'value that is taken from a matrix': (market) => {
    market.regions = market.regions.slice(1);
    market.save();
    return NOTHING;
  },

  'stage that is added': (market) => {
    const id = market.addExtra();
    market.save();
    return { runs: { [id]: 'it has not run yet' }, effect: 'kept' };
  },

  'stage that is taken away': (market) => {
    const [oldest] = Object.keys(market.extra);
    if (oldest !== undefined) delete market.extra[oldest];
    market.save();
    return NOTHING;
  },

  fallback: (market) => {
    const { id, fields } = market.stage('deliver');
    fields.fallback = { receipt: `none ${market.count()}` };
    market.save();
    const reason = 'the keys that it writes, or its fallback, changed';
    return { runs: { [id]: reason }, effect: 'kept' };
  },
};
