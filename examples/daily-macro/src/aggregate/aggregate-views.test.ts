import { describe, expect, it } from '@jest/globals';
import { AgentId, hasAnswered } from '../agents/agent-report.ts';
import { answered } from '../testing-local/sample.ts';
import { agentResponse, agentWeights } from './agent-weights.ts';
import { aggregateViews, netOf, stanceOf } from './aggregate-views.ts';
import { assetClasses } from './asset-class.ts';

const quiet = AgentId.options.map((agent) => answered(agent, 0, 0));
const withAgents = (...changed: ReturnType<typeof answered>[]) => {
  return quiet.map((report) => changed.find(({ agent }) => agent === report.agent) ?? report);
};
const viewOf = (reports: typeof quiet, regime: number, assetClass: string) => {
  return aggregateViews(reports, regime).find((view) => view.assetClass === assetClass);
};

describe('the weight table', () => {
  it.each(assetClasses)('sums to 1 for %s', (assetClass) => {
    const sum = AgentId.options.reduce(
      (total, agent) => total + agentWeights[agent][assetClass],
      0,
    );
    expect(sum).toBeCloseTo(1, 12);
  });
});

describe('the net of a class', () => {
  it('is sum(direction x weight x confidence) / sum(weight)', () => {
    // Equity, all five answering. Inflation up .6: 1 x -1 x .10 x .6 = -.06. Cross-asset up .8: .45 x .8 = .36.
    // Fiscal down .5: -1 x .20 x .5 = -.10. Sum .20, weights sum to 1.
    const reports = withAgents(
      answered('inflation', 1, 0.6),
      answered('cross-asset', 1, 0.8),
      answered('fiscal', -1, 0.5),
    );
    expect(netOf(reports.filter(hasAnswered), 'equity')).toBeCloseTo(0.2, 12);
  });

  it('counts only the weights of the agents that answered', () => {
    // Rates with monetary (.35, tight, .4) and fiscal (.20, neutral): -.35 x .4 / .55.
    const reports = [answered('monetary', 1, 0.4), answered('fiscal', 0, 0)].filter(hasAnswered);
    expect(netOf(reports, 'rates')).toBeCloseTo(-0.14 / 0.55, 12);
    expect(netOf([], 'rates')).toBe(0);
  });

  it('turns each agent the way its axis moves the class', () => {
    expect(agentResponse.inflation).toEqual({ rates: -1, fx: -1, equity: -1, commodity: 1 });
    expect(agentResponse.fx.fx).toBe(-1);
  });
});

describe('a class view', () => {
  it('is long above .1 and short below -.1', () => {
    expect([0.11, 0.1, 0, -0.1, -0.11].map(stanceOf)).toEqual([
      'long',
      'neutral',
      'neutral',
      'neutral',
      'short',
    ]);
  });

  it('names the agents above .10 that oppose a net that is not neutral', () => {
    // Equity: cross-asset .45 x .9 = .405; fiscal -.20 x .5 = -.10; inflation opposes too but weighs just .10.
    const reports = withAgents(
      answered('cross-asset', 1, 0.9),
      answered('fiscal', -1, 0.5),
      answered('inflation', 1, 0.5),
    );
    expect(viewOf(reports, 0, 'equity')).toMatchObject({ stance: 'long', conflicts: ['fiscal'] });
  });

  it('has no conflict while it is neutral', () => {
    const reports = withAgents(answered('cross-asset', 1, 0.1), answered('fiscal', -1, 0.3));
    expect(viewOf(reports, 0, 'equity')).toMatchObject({ stance: 'neutral', conflicts: [] });
  });

  it('is halved beyond .7 either way, which may turn it neutral', () => {
    const reports = withAgents(answered('cross-asset', 1, 0.4));
    // .45 x .4 = .18; halved .09.
    expect(viewOf(reports, 0.7, 'equity')).toMatchObject({ stance: 'long', halved: false });
    expect(viewOf(reports, 0.71, 'equity')).toMatchObject({ stance: 'neutral', halved: true });
    expect(viewOf(reports, -0.71, 'equity')?.net).toBeCloseTo(0.09, 12);
  });

  it('is given for the four classes in order, with the number of agents that answered', () => {
    const silent = { status: 'silent', agent: 'fx', silent: [] } as const;
    const views = aggregateViews([...quiet.slice(0, 3), silent], 0);
    expect(views.map((view) => [view.assetClass, view.answered])).toEqual([
      ['rates', 3],
      ['fx', 3],
      ['equity', 3],
      ['commodity', 3],
    ]);
  });
});
