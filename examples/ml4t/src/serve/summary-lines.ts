import { count, labelled, percent } from '../console/figures.ts';
import type { EnrichmentService } from '../service/enrichment-service.ts';

/** What a service did, for people. */
export function summaryLines({ counts, modelId, monitor }: EnrichmentService): readonly string[] {
  const { enriched, refused, late, sources, refusals, bars } = counts;
  const listed = (numbers: Readonly<Record<string, number>>): string =>
    Object.entries(numbers)
      .filter(([, number]) => number > 0)
      .map(([name, number]) => `${name} ${count(number)}`)
      .join(', ') || 'none';
  const { baseline, current } = monitor;
  const share = (value: number | null): string => (value === null ? 'unknown' : percent(value));
  return [
    labelled('Answered', `${count(enriched)}, ${count(late)} later than the timeout`),
    labelled('Refused', refused === 0 ? 'none' : listed({ ...refusals })),
    labelled('Confidence', listed({ ...sources })),
    labelled('Bars', listed(bars)),
    labelled(
      'Model',
      `${modelId ?? 'none'}; accuracy ${share(current)}, at its validation ${share(baseline)}`,
    ),
  ];
}
