import { count, counted, seconds } from '../base/figures.ts';
import type { ItemError } from '../ledger/scan-row.ts';
import type { ScanResult } from './scan-result.ts';

const RULE = '-'.repeat(72);
const DOUBLE_RULE = '='.repeat(72);
const TOP = 5;
/** So many failed tickers of a kind are named on the console. */
const NAMED = 8;

export interface ResultPlaces {
  readonly store: string;
  readonly ledger: string;
  readonly page: string;
  /** The command that goes on with it. */
  readonly resume: string;
}

/** What stands above a run. */
export function headerLines(title: string, date: string): readonly string[] {
  return [DOUBLE_RULE, `${title} -- ${date}`, DOUBLE_RULE];
}

/** What stands below it: the best of everything, what failed and why, and where it all is. */
export function resultLines(result: ScanResult, places: ResultPlaces): readonly string[] {
  const { tickers, durationMs, status, runId, runStatus } = result;
  const universe = `${counted(tickers.real, 'real ticker')}, ${count(tickers.generated)} GENERATED`;
  return [
    RULE,
    labelled('Universe', universe),
    labelled('Sources', sourcesText(result)),
    ...ranked(result),
    ...contracts(result),
    ...theses(result),
    ...failures(result.itemErrors),
    labelled('Total', `${seconds(durationMs)} ${runStatus === 'cancelled' ? 'CANCELLED' : status}`),
    DOUBLE_RULE,
    labelled('Page', places.page),
    labelled('Stored', `run ${runId} in ${places.store}`),
    labelled('Tables', `scan_runs, ticker_scores, ai_theses in ${places.ledger}`),
    ...(runStatus !== 'succeeded' ? [labelled('Resume', places.resume)] : []),
  ];
}

function labelled(label: string, text: string): string {
  return `${`${label}:`.padEnd(14)}${text}`;
}

function sourcesText({ sources }: ScanResult): string {
  const { chains, earnings, models } = sources;
  const named = (names: readonly string[]): string => names.join(' and ') || 'none';
  return `option chains ${named(chains)}, earnings ${earnings ?? 'none'}, theses ${named(models)}`;
}

function ranked({ scores }: ScanResult): readonly string[] {
  const best = scores
    .slice(0, TOP)
    .map(({ ticker, score, direction }) => `${ticker} ${score.toFixed(1)} ${direction}`);
  if (best.length === 0) return [labelled('Scored', 'none')];
  return [labelled('Scored', count(scores.length)), labelled('Best', best.join(', '))];
}

function contracts({ recommendations }: ScanResult): readonly string[] {
  if (recommendations.length === 0) return [];
  const chosen = recommendations.filter(({ contract }) => contract !== null).length;
  const of = `of ${counted(recommendations.length, 'candidate')}`;
  return [labelled('Contracts', `${count(chosen)} ${of}`)];
}

function theses({ theses: all }: ScanResult): readonly string[] {
  return all.slice(0, TOP).map(({ ticker, thesis, cause }, at) => {
    const { direction, conviction, action } = thesis;
    const why = cause === null ? '' : ` (${cause})`;
    const line = `${ticker} ${direction}, conviction ${conviction}: ${action}${why}`;
    return labelled(at === 0 ? 'Theses' : '', line).replace(/^:/, ' ');
  });
}

/** Stages that failed as a whole, then the first tickers of each stage; the page names all. */
function failures(errors: readonly ItemError[]): readonly string[] {
  const lines: string[] = [];
  for (const [stage, group] of Map.groupBy(errors, (error) => error.stage)) {
    const whole = group.filter(({ key }) => key === null);
    for (const { message } of whole) lines.push(labelled('Failed', `${stage}: ${message}`));
    const items = group.filter(({ key }) => key !== null);
    if (items.length > 0) {
      lines.push(labelled('Failed', `${counted(items.length, 'ticker')} in ${stage}`));
    }
    for (const { key, message } of items.slice(0, NAMED)) lines.push(`  ${key}: ${message}`);
    const more = items.length - NAMED;
    if (more > 0) lines.push(`  and ${count(more)} more, all on the page and in scan_runs`);
  }
  return lines;
}
