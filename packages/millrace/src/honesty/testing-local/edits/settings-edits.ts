import type { Market } from '../market/market.ts';
import { ROLES } from '../market/market-stages.ts';
import { type EditKinds, NOTHING, oneOf } from './edit.ts';

/** How stages are run and listed, which no outcome rests on. */
export const SETTINGS_EDITS: EditKinds<Market> = {
  retry: (market, random) => {
    const { fields } = market.stage(oneOf(ROLES, random));
    fields.retry = { attempts: 2 + (market.count() % 5), delay: '10ms', backoff: 'linear' };
    market.save();
    return NOTHING;
  },

  timeout: (market, random) => {
    const { fields } = market.stage(oneOf(ROLES, random));
    fields.timeout = `${60 + market.count()}s`;
    fields.grace = `${1 + random.integer(9)}s`;
    market.save();
    return NOTHING;
  },

  description: (market, random) => {
    const owner = oneOf([market.settings, market.stage(oneOf(ROLES, random)).fields], random);
    owner.description = `Description ${market.count()}`;
    market.save();
    return NOTHING;
  },

  concurrency: (market) => {
    market.settings.concurrency = 1 + (Number(market.settings.concurrency) % 5);
    market.save();
    return NOTHING;
  },

  tags: (market, random) => {
    market.stage(oneOf(ROLES, random)).fields.tags = [`tag-${market.count()}`, 'market'];
    market.save();
    return NOTHING;
  },
};
