import { isoOf } from '../base/calendar.ts';
import { httpJson } from '../base/http-json.ts';
import { ScanError } from '../base/scan-error.ts';
import { z } from '../base/schema.ts';
import { OptionChain } from './option-chain.ts';
import type { ChainRequest, OptionChainSource } from './option-chain-source.ts';

export const HttpChainSettings = z.strictObject({
  kind: z.literal('http'),
  /** `GET BASE/chains/AAPL?date=2015-05-11` gives `{ "quotes": [...] }`. */
  baseUrl: z.url({ protocol: /^https?$/ }),
});

const Answer = z.object({ quotes: OptionChain });

/** Chains from a server. */
export class HttpChains implements OptionChainSource {
  readonly name: string;
  readonly #baseUrl: string;

  constructor({ baseUrl }: z.infer<typeof HttpChainSettings>) {
    this.#baseUrl = baseUrl.replace(/\/$/, '');
    this.name = `the server ${new URL(baseUrl).origin}`;
  }

  async chain({ candidate: { ticker }, asOf, signal }: ChainRequest): Promise<OptionChain> {
    const url = new URL(`${this.#baseUrl}/chains/${encodeURIComponent(ticker)}`);
    url.searchParams.set('date', isoOf(asOf));
    const answer = Answer.safeParse(await httpJson({ url, signal, code: 'CHAIN_UNAVAILABLE' }));
    if (answer.success) return answer.data.quotes;
    const why = z.prettifyError(answer.error).replaceAll(/\s+/g, ' ');
    throw new ScanError('CHAIN_INVALID', `the chain of ${ticker} from ${this.name}: ${why}`);
  }
}
