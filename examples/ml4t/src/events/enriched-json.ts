import { z } from '../base/schema.ts';
import type { Inference } from './inference-result.ts';

const Decimal = z.string().regex(/^\d+$/);

/** What is published for a signal. Whoever sent the signal has its bars, so they are not sent back. */
export const EnrichedJson = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('enriched'),
    instrumentId: z.string(),
    signal: z.number(),
    timestamp: Decimal,
    confidence: z.number(),
    regime_weight: z.number(),
    toxicity: z.number().nullable(),
    size: z.number(),
    weight: z.number(),
    modelId: z.string().nullable(),
    confidenceFrom: z.string(),
    latencyNs: Decimal,
    late: z.boolean(),
  }),
  z.object({
    kind: z.literal('refused'),
    instrumentId: z.string(),
    reason: z.string(),
    message: z.string(),
  }),
]);
export type EnrichedJson = z.infer<typeof EnrichedJson>;

export function encodeInference(inference: Inference): EnrichedJson {
  if (inference.kind === 'refused') {
    const { kind, instrumentId, reason, message } = inference;
    return { kind, instrumentId, reason, message };
  }
  const { enriched, size, risk, modelId, confidenceFrom, late } = inference;
  const { instrumentId, signal, timestamp } = enriched.event;
  return {
    kind: 'enriched',
    instrumentId,
    signal,
    timestamp: String(timestamp),
    ...enriched.toMetaOutput(),
    size,
    weight: risk.weights[instrumentId] ?? 0,
    modelId,
    confidenceFrom,
    latencyNs: String(enriched.latencyNs),
    late,
  };
}
