import { type ItemOf, MappedStage, type MappedStageScope, z } from 'millrace';
import { dayOf } from '../src/base/calendar.ts';
import { ItemFailure } from '../src/base/item-failure.ts';
import { Candidate } from '../src/options/candidate.ts';
import { chooseContract } from '../src/options/choose-contract.ts';
import { ContractRules } from '../src/options/contract-rules.ts';
import { ChainSettings, openChains } from '../src/options/open-chains.ts';
import { Recommendation } from '../src/options/recommendation.ts';
import { rehearse } from '../src/rehearsal/rehearse.ts';

export default class Options extends MappedStage.of({
  description: 'Chooses one option contract for each candidate.',
  params: z.object({
    date: z.iso.date(),
    chains: ChainSettings,
    rate: z.number().default(0.05).describe('Riskless, continuous, a year.'),
    rules: ContractRules.prefault({}),
  }),
  inputs: z.object({ candidates: z.array(Candidate).readonly() }),
  outputs: z.object({
    recommendations: z.array(Recommendation).readonly(),
    optionFailures: z.array(ItemFailure).readonly(),
  }),
  map: {
    over: 'candidates',
    key: 'ticker',
    into: 'recommendations',
    failures: 'optionFailures',
    failureBudget: '100%',
    timeout: '30s',
    retry: {
      attempts: 3,
      delay: '1s',
      backoff: 'exponential',
      jitter: false,
      on: ['CHAIN_UNAVAILABLE'],
    },
  },
}) {
  override async runItem(
    candidate: ItemOf<typeof Options>,
    scope: MappedStageScope<typeof Options>,
  ) {
    await rehearse(scope);
    const { params, signal } = scope;
    const { chains, rate, rules } = params;
    const source = openChains(chains, rate);
    const asOf = dayOf(params.date);
    const chain = await source.chain({ candidate, asOf, signal });
    const choice = chooseContract({ candidate, chain, asOf, rate, rules });
    return { ticker: candidate.ticker, chain: source.name, ...choice };
  }
}
