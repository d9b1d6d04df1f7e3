import type { Agent } from '../agents/run-agents.ts';
import type { SignalRule } from '../agents/signal-rule.ts';
import { type Idea, Strategy } from '../strategies/strategy.ts';
import { brokenByHand } from './rehearse.ts';
import { brokenNames } from './switches.ts';

const isBroken = (name: string): boolean => brokenNames(process.env).includes(name);

/** DAILY_MACRO_BREAK=agents/fx breaks that agent alone. */
export function withBrokenAgents(stage: string, roster: readonly Agent[]): readonly Agent[] {
  return roster.map((agent) => {
    const name = `${stage}/${agent.id}`;
    return isBroken(name) ? { id: agent.id, rules: [brokenRule(name)] } : agent;
  });
}

/** DAILY_MACRO_BREAK=strategies/curve breaks that strategy alone. */
export function withBrokenStrategies(
  stage: string,
  roster: readonly Strategy[],
): readonly Strategy[] {
  return roster.map((strategy) => {
    const name = `${stage}/${strategy.id}`;
    return isBroken(name) ? new BrokenStrategy(strategy.id, name) : strategy;
  });
}

function brokenRule(name: string): SignalRule {
  const fail = (): never => {
    throw brokenByHand(name);
  };
  return {
    id: 'broken',
    unit: '',
    measure: fail,
    get series() {
      return fail();
    },
  };
}

class BrokenStrategy extends Strategy {
  readonly id: string;
  readonly #name: string;

  constructor(id: string, name: string) {
    super();
    this.id = id;
    this.#name = name;
  }

  override ideas(): readonly Idea[] {
    throw brokenByHand(this.#name);
  }
}
