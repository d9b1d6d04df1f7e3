import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Behaviour, ChatServer, GOOD_THESIS } from '../testing-local/chat-server.ts';
import { TemporaryHome } from '../testing-local/scan.ts';

let home: TemporaryHome;
beforeEach(() => {
  home = new TemporaryHome();
});
afterEach(() => home.remove());

const flags = ['--tickers', '100', '--set', 'stages.debate.with.retryAfter="1ms"'];

/** The flags that point the scan to a model. */
function asking(baseUrl: string): readonly string[] {
  const model = JSON.stringify({ kind: 'openai', baseUrl, model: 'local' });
  return [...flags, '--set', `params.model=${model}`];
}

const stored = () => ({
  scores: home.rows('SELECT * FROM ticker_scores').length,
  contracts: home.rows('SELECT * FROM ticker_scores WHERE recommendation IS NOT NULL').length,
  theses: home.rows('SELECT ticker, action, conviction, direction, fallback_cause FROM ai_theses'),
});

const stageMs = async (runId: string, wanted: string): Promise<number> => {
  const stages = await home.stages(runId);
  return stages.find(({ stage }) => stage === wanted)?.durationMs ?? Number.NaN;
};

const noTrade = { action: 'No trade', conviction: 3, direction: 'neutral' };

describe('a scan whose debate model is down', () => {
  it.each(['refused', 'hangs', 'broken'] as const)(
    'skips the debate in less than a second when it is asked and %s',
    async (health) => {
      const server = await ChatServer.start(
        () => 'answers',
        health === 'refused' ? 'answers' : health,
      );
      const { baseUrl } = server;
      if (health === 'refused') await server.close();
      const result = await home.result(...asking(baseUrl));
      await server.close();
      expect(result.status).toBe('PARTIAL');
      const statuses = Object.fromEntries(
        result.stages.map(({ stage, status }) => [stage, status]),
      );
      expect(statuses).toMatchObject({ health: 'failed', debate: 'skipped', theses: 'succeeded' });
      expect(await stageMs(result.runId, 'health')).toBeLessThan(1000);
      expect(server.asked).toEqual([]);
      const { scores, contracts, theses } = stored();
      expect(scores).toBeGreaterThan(80);
      expect(contracts).toBeGreaterThan(10);
      expect(theses).toHaveLength(10);
      for (const thesis of theses) {
        expect(thesis).toMatchObject({ ...noTrade, fallback_cause: 'the model was not ready' });
      }
    },
  );

  it('debates on a resume once the model is back, and does nothing else again', async () => {
    await using server = await ChatServer.start(() => 'answers', 'broken');
    const partial = await home.result(...asking(server.baseUrl));
    server.becomesHealthy();
    const resumed = await home.result('--resume', partial.runId);
    expect(resumed.status).toBe('COMPLETED');
    expect(resumed.theses).toHaveLength(10);
    expect(resumed.theses[0]).toMatchObject({ cause: null, model: 'local', thesis: GOOD_THESIS });
    const stages = await home.stages(resumed.runId);
    const again = stages.filter(({ fence }) => fence === 2).map(({ stage }) => stage);
    expect(again).toEqual(['health', 'debate', 'theses']);
  });
});

describe('a scan whose debate model misbehaves', () => {
  it('gives the fallback to those whose debate failed, and names them; the others are debated', async () => {
    const behaviours: readonly Behaviour[] = [
      'bad thesis',
      'garbled',
      'busy',
      'broken',
      'cuts off',
    ];
    const seen = new Map<string, Behaviour>();
    await using server = await ChatServer.start(({ ticker }) => {
      if (!seen.has(ticker)) seen.set(ticker, behaviours[seen.size] ?? 'answers');
      return seen.get(ticker) ?? 'answers';
    });
    const result = await home.result(...asking(server.baseUrl));
    expect(result.status).toBe('PARTIAL');
    const bad = [...seen].filter(([, behaviour]) => behaviour !== 'answers').map(([key]) => key);
    expect(bad).toHaveLength(5);
    expect(result.itemErrors.map(({ stage, key }) => `${stage} ${key}`).sort()).toEqual(
      bad.map((ticker) => `debate ${ticker}`).sort(),
    );
    const { theses } = stored();
    for (const { ticker, ...thesis } of theses) {
      const fell = bad.includes(String(ticker));
      expect(thesis).toMatchObject(fell ? noTrade : { action: 'Buy it', fallback_cause: null });
    }
    // A resume asks for those alone.
    for (const ticker of bad) seen.set(ticker, 'answers');
    const before = server.asked.length;
    const resumed = await home.result('--resume', result.runId);
    expect(resumed).toMatchObject({ status: 'COMPLETED', itemErrors: [] });
    const askedAgain = new Set(server.asked.slice(before).map(({ ticker }) => ticker));
    expect([...askedAgain].sort()).toEqual(bad.sort());
  });

  it('keeps within its times when the server hangs, with the scores stored long before', async () => {
    let scoresWhenAsked = 0;
    await using server = await ChatServer.start(() => {
      scoresWhenAsked = stored().scores;
      return 'hangs';
    });
    const map = ['--set', 'stages.debate.map.timeout="150ms"'];
    const deadline = ['--set', 'stages.debate.map.deadline="350ms"'];
    const result = await home.result(...asking(server.baseUrl), ...map, ...deadline);
    expect(scoresWhenAsked).toBeGreaterThan(80);
    expect(result.status).toBe('PARTIAL');
    expect(result.itemErrors).toHaveLength(10);
    const reasons = new Set(result.itemErrors.map(({ reason }) => reason));
    expect([...reasons]).toEqual(['timed-out']);
    expect(await stageMs(result.runId, 'debate')).toBeLessThan(2000);
    expect(stored().theses).toHaveLength(10);
  });

  it('goes on without theses when the stage breaks as a whole', async () => {
    process.env.OPTIONS_SCAN_BREAK = 'theses';
    try {
      const { exitCode } = await home.scan(...flags);
      const strict = await home.scan(...flags, '--strict');
      expect([exitCode, strict.exitCode]).toEqual([0, 3]);
      expect(strict.out.join('\n')).toContain('▲ theses:');
      expect(stored().theses).toEqual([]);
    } finally {
      delete process.env.OPTIONS_SCAN_BREAK;
    }
  });
});
