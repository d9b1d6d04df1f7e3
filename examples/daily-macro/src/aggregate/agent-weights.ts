import type { AgentId } from '../agents/agent-report.ts';
import type { AssetClass } from './asset-class.ts';

type ByClass = Readonly<Record<AssetClass, number>>;

/** How much each agent counts for a class; each column sums to 1. */
export const agentWeights: Readonly<Record<AgentId, ByClass>> = {
  inflation: { rates: 0.25, fx: 0.1, equity: 0.1, commodity: 0.15 },
  monetary: { rates: 0.35, fx: 0.2, equity: 0.15, commodity: 0.05 },
  fiscal: { rates: 0.2, fx: 0.15, equity: 0.2, commodity: 0.05 },
  fx: { rates: 0.05, fx: 0.4, equity: 0.1, commodity: 0.2 },
  'cross-asset': { rates: 0.15, fx: 0.15, equity: 0.45, commodity: 0.55 },
};

/**
 * What an agent's axis going up means for a long position in a class. Long rates holds bonds; long fx holds
 * foreign currencies against the dollar.
 */
export const agentResponse: Readonly<Record<AgentId, Readonly<Record<AssetClass, 1 | -1>>>> = {
  // Rising inflation hurts bonds and multiples, brings the central bank, and lifts real things.
  inflation: { rates: -1, fx: -1, equity: -1, commodity: 1 },
  // Tight money is dear money: yields up, dollar up, the rest down.
  monetary: { rates: -1, fx: -1, equity: -1, commodity: -1 },
  // A looser budget is more debt to place and more demand.
  fiscal: { rates: -1, fx: 1, equity: 1, commodity: 1 },
  // A strong dollar is disinflation at home and a weight on profits and dollar prices.
  fx: { rates: 1, fx: -1, equity: -1, commodity: -1 },
  // Risk wanted: out of bonds and dollars, into stocks and commodities.
  'cross-asset': { rates: -1, fx: 1, equity: 1, commodity: 1 },
};
