import { describe, expect, it } from '@jest/globals';
import { FALLBACK_THESIS } from '../../debate/thesis.ts';
import { sampleFinalist } from '../../testing-local/finalist.ts';
import type { ScanResult } from '../scan-result.ts';
import { html } from './html.ts';
import { resultPage } from './result-page.ts';

const nasty = `<script>alert("1")</script><img src=x onerror='x'>&`;
const { contract, ...ranked } = sampleFinalist();

const result: ScanResult = {
  ...{ runId: 'run-1', date: '2015-05-11', status: 'PARTIAL', runStatus: 'degraded' },
  ...{ createdAt: '2026-11-22T04:00:00.000Z', durationMs: 1234 },
  tickers: { real: 1, generated: 2 },
  sources: { chains: ['modelled'], earnings: 'modelled', models: ['rule-based'] },
  scores: [ranked, { ...ranked, ticker: 'GEN00001', origin: 'generated' }],
  recommendations: [
    { ticker: 'AAPL', chain: 'modelled', contract, reason: null },
    { ticker: 'GE', chain: 'modelled', contract: null, reason: nasty },
  ],
  theses: [
    {
      ...{ ticker: 'AAPL', model: nasty, bull: nasty, bear: nasty, cause: nasty },
      thesis: { ...FALLBACK_THESIS, entryRationale: nasty, riskFactors: [nasty], action: nasty },
    },
  ],
  stages: [
    {
      ...{ stage: 'data', status: 'succeeded', durationMs: 10, attempt: 2 },
      items: { total: 3000, failed: 1, kept: 1700 },
    },
  ],
  itemErrors: [
    { stage: 'data', key: 'GE', reason: 'threw', message: nasty },
    { stage: 'health', key: null, reason: 'threw', message: 'down' },
  ],
};

describe('the page', () => {
  const page = resultPage(result);

  it('holds ranking, breakdown, contracts, theses, failures and stages', () => {
    for (const id of ['theses', 'ranking', 'contracts', 'failures', 'stages']) {
      expect(page).toContain(`<section id="${id}">`);
      expect(page).toContain(`href="#${id}"`);
    }
    expect(page).toContain('Bollinger width');
    expect(page).toContain('2015-06-19 (39 d)');
    expect(page).toContain('<strong>GE</strong>');
    expect(page).toContain('<strong>the whole stage</strong>');
    expect(page).toContain('3,000, 1,700 kept, 1 failed');
    expect(page).toContain('PARTIAL');
  });

  it('says what is made up, beside each generated ticker as well', () => {
    expect(page).toContain('2 of the tickers (GEN…) are generated');
    expect(page).toContain('option chains are modelled; dates of earnings are modelled');
    expect(page).toContain('<strong>GEN00001</strong> <span class="tag">generated</span>');
    const real = resultPage({
      ...result,
      tickers: { real: 3, generated: 0 },
      sources: { chains: ['the server http://x'], earnings: 'a file', models: ['m'] },
    });
    expect(real).not.toContain('Not a market');
  });

  it('shows whatever a server, a file or a model said as text', () => {
    expect(page).not.toContain('<img');
    expect(page).not.toContain('alert("1")');
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  });

  it('fetches nothing from anywhere', () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/\b(?:src|href)="(?!#)/);
    expect(page).not.toMatch(/https?:\/\/|@import|url\(/);
  });

  it('opens for a run that came to nothing', () => {
    const nothing = { scores: [], recommendations: [], theses: [], stages: [], itemErrors: [] };
    const empty = resultPage({ ...result, ...nothing, status: 'FAILED', runStatus: 'failed' });
    expect(empty).toContain('Nothing failed.');
    expect(empty).toContain('FAILED');
  });

  it('escapes what stands in attributes', () => {
    expect(html`<a title="${`"'&<>`}">`.text).toBe('<a title="&quot;&#39;&amp;&lt;&gt;">');
  });
});
