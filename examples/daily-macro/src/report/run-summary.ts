import { RegimeLabel } from '../agents/regime.ts';
import { z } from '../base/schema.ts';
import { QualityGrade } from '../quality/quality-report.ts';
import { RiskLevel } from '../risk/limits.ts';

/** The figures of one run that people read, and that go into `pipeline_runs`. */
export const RunSummary = z
  .object({
    date: z.string(),
    quality: z.object({ score: z.number(), grade: QualityGrade }).readonly(),
    agentsAnswered: z.int(),
    agentsTotal: z.int(),
    signals: z.int(),
    positions: z.int(),
    /** Largest by absolute weight, at most five. */
    topPositions: z
      .array(z.object({ instrument: z.string(), weight: z.number() }).readonly())
      .readonly(),
    leverage: z.number(),
    /** One-day return at 95 %, negative for a loss, and how it was found. */
    var95: z.number(),
    varMethod: z.string(),
    regime: RegimeLabel,
    regimeScore: z.number(),
    riskLevel: RiskLevel,
    alerts: z.array(z.string()).readonly(),
    equityDollars: z.number(),
    /** Non-critical parts that failed; the run is degraded when there are any. */
    shortfalls: z.array(z.string()).readonly(),
  })
  .readonly();
export type RunSummary = z.infer<typeof RunSummary>;
