import { z } from '../base/schema.ts';
import { HttpChainSettings, HttpChains } from './http-chains.ts';
import { ModelledChains } from './modelled-chains.ts';
import type { OptionChainSource } from './option-chain-source.ts';

/** Which chains a config asks for. */
export const ChainSettings = z.discriminatedUnion('kind', [
  /** Computed from the realised volatility of the underlying; no market ever quoted them. */
  z.strictObject({ kind: z.literal('modelled') }),
  HttpChainSettings,
]);
export type ChainSettings = z.infer<typeof ChainSettings>;

/** @param rate continuous, a year */
export function openChains(settings: ChainSettings, rate: number): OptionChainSource {
  switch (settings.kind) {
    case 'modelled':
      return new ModelledChains(rate);
    case 'http':
      return new HttpChains(settings);
    default:
      return settings satisfies never;
  }
}
