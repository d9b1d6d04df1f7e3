import { AgentId } from '../agents/agent-report.ts';
import { z } from '../base/schema.ts';
import { AssetClass } from './asset-class.ts';

export const Stance = z.enum(['long', 'neutral', 'short']);
export type Stance = z.infer<typeof Stance>;

/** What the agents together think of one asset class. */
export const ClassView = z
  .object({
    assetClass: AssetClass,
    /** -1 to 1. Above .1 long, below -.1 short. */
    net: z.number().min(-1).max(1),
    stance: Stance,
    /** The agents that weigh more than .10 and oppose the stance. */
    conflicts: z.array(AgentId).readonly(),
    /** True when an extreme regime halved the net. */
    halved: z.boolean(),
    answered: z.int(),
  })
  .readonly();
export type ClassView = z.infer<typeof ClassView>;
