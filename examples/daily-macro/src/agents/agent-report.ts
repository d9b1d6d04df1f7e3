import { z } from '../base/schema.ts';
import { Direction, Signal, Strength } from './signal.ts';

/** The five agents in their fixed order. */
export const AgentId = z.enum(['inflation', 'monetary', 'fiscal', 'fx', 'cross-asset']);
export type AgentId = z.infer<typeof AgentId>;

/** What an agent says as a whole, along its axis. */
export const Composite = z
  .object({ direction: Direction, confidence: z.number().min(0).max(1), strength: Strength })
  .readonly();
export type Composite = z.infer<typeof Composite>;

const Silence = z.object({ id: z.string(), reason: z.string() }).readonly();

/** `answered`: at least one signal could be read. `silent`: none could. `failed`: the agent broke. */
export const AgentReport = z.discriminatedUnion('status', [
  z
    .object({
      status: z.literal('answered'),
      agent: AgentId,
      composite: Composite,
      signals: z.array(Signal).readonly(),
      silent: z.array(Silence).readonly(),
    })
    .readonly(),
  z
    .object({
      status: z.literal('silent'),
      agent: AgentId,
      silent: z.array(Silence).readonly(),
    })
    .readonly(),
  z.object({ status: z.literal('failed'), agent: AgentId, reason: z.string() }).readonly(),
]);
export type AgentReport = z.infer<typeof AgentReport>;

export type AnsweredReport = Extract<AgentReport, { status: 'answered' }>;

export function hasAnswered(report: AgentReport): report is AnsweredReport {
  return report.status === 'answered';
}

export function countSignals(reports: readonly AgentReport[]): number {
  return reports.filter(hasAnswered).reduce((sum, { signals }) => sum + signals.length, 0);
}
