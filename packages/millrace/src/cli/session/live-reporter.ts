import { formatDuration, type RunEvent } from '@millrace/core';
import { eventLine, progressText } from '../report/event-line.ts';
import { queuedText } from '../report/queued-text.ts';
import { roughDuration } from '../report/rough-duration.ts';
import { waitText } from '../report/wait-text.ts';
import { cutTo, padTo } from '../terminal/printable.ts';
import { markOf } from '../terminal/status-style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { Eta } from './eta.ts';
import { LiveArea } from './live-area.ts';
import { QueuedStages } from './queued-stages.ts';
import type { RunOutlook } from './run-outlook.ts';
import type { RunReporter } from './run-reporter.ts';

/** With more stages than this only what went wrong stays on the screen. */
const MOST_LASTING_LINES = 200;
const MOST_RUNNING_LINES = 8;
const BAR_WIDTH = 24;

interface RunningStage {
  readonly sinceMs: number;
  progress: string;
}

export interface LiveReporterOptions {
  readonly terminal: Terminal;
  /** How long each stage took before; empty when nobody knows. */
  readonly past: ReadonlyMap<string, number>;
  readonly concurrency: number;
}

/** For a person at a terminal: ended stages as lines, and below them what runs now and how far the run is. */
export class LiveReporter implements RunReporter {
  readonly #options: LiveReporterOptions;
  readonly #running = new Map<string, RunningStage>();
  readonly #queued = new QueuedStages();
  #area: LiveArea | undefined;
  #eta: Eta | undefined;
  #idWidth = 0;
  #total = 0;
  #ended = 0;
  #failed = 0;

  constructor(options: LiveReporterOptions) {
    this.#options = options;
  }

  begin({ stages, kept, idWidth, plan }: RunOutlook): void {
    const { terminal, past, concurrency } = this.#options;
    this.#idWidth = idWidth;
    this.#total = stages;
    this.#ended = kept;
    this.#eta = plan && new Eta(plan, concurrency, past);
    this.#area = new LiveArea(terminal, () => this.#draw());
    terminal.divertStray((text, from) => {
      if (from === 'stderr' && !terminal.noticesAreLive) terminal.writeNotice(text);
      else this.#area?.writeAbove(text.endsWith('\n') ? text : `${text}\n`);
    });
  }

  event(event: RunEvent): void {
    this.#queued.take(event);
    switch (event.type) {
      case 'stage.started':
        // One that is followed may have started long ago.
        this.#running.set(event.stage, {
          sinceMs: performance.now() - Math.max(0, Date.now() - event.at),
          progress: '',
        });
        break;
      case 'stage.queued': {
        // The items of a stage that runs wait while it does.
        const running = this.#running.get(event.stage);
        if (running !== undefined) running.progress = queuedText(event);
        break;
      }
      case 'stage.progress': {
        const running = this.#running.get(event.stage);
        if (running !== undefined) running.progress = progressText(event);
        break;
      }
      case 'stage.item-failed':
      case 'stage.signal-refused':
        this.#printLasting(event);
        break;
      case 'stage.waiting':
      case 'stage.woken': {
        const running = this.#running.get(event.stage);
        const progress = event.type === 'stage.woken' ? '' : waitText(event.name, event);
        if (running !== undefined) running.progress = progress;
        break;
      }
      case 'stage.retrying':
        this.#running.delete(event.stage);
        this.#printLasting(event);
        break;
      case 'stage.failed':
        this.#failed++;
        this.#settle(event.stage);
        this.#printLasting(event);
        break;
      case 'run.undoing':
      case 'stage.undone':
      case 'stage.undo-failed':
        this.#printLasting(event);
        break;
      case 'stage.succeeded':
      case 'stage.reused':
      case 'stage.skipped':
      case 'stage.cancelled':
        this.#settle(event.stage);
        if (this.#total <= MOST_LASTING_LINES && !isUnstarted(event)) this.#printLasting(event);
        break;
      default:
        break;
    }
    this.#area?.changed();
  }

  notice(text: string): void {
    this.#area?.writeAbove(`${this.#options.terminal.paint('yellow', text)}\n`);
  }

  /** Draws what is new at once, without waiting for its time. */
  drawNow(): void {
    this.#area?.drawNow();
  }

  end(): void {
    this.#area?.end();
    this.#options.terminal.divertStray(undefined);
  }

  #settle(stage: string): void {
    this.#running.delete(stage);
    this.#ended++;
    this.#eta?.ended(stage);
  }

  #printLasting(event: RunEvent): void {
    const { terminal } = this.#options;
    this.#area?.writeAbove(
      `${eventLine(event, { paint: terminal.paint, idWidth: this.#idWidth })}\n`,
    );
  }

  #draw(): readonly string[] {
    const { terminal } = this.#options;
    const room = Math.max(1, Math.min(MOST_RUNNING_LINES, terminal.rows - 4));
    const nowMs = performance.now();
    const lines = [...this.#running].slice(0, room).map(([id, { sinceMs, progress }]) => {
      const line = `${padTo(cutTo(id, this.#idWidth), this.#idWidth)}  ${padTo(formatDuration(nowMs - sinceMs), 6)}  ${progress}`;
      return `${markOf('running', terminal.paint)} ${cutTo(line.trimEnd(), terminal.columns - 3)}`;
    });
    const hidden = this.#running.size - lines.length;
    if (hidden > 0) lines.push(terminal.paint('dim', `  and ${hidden} more running`));
    const waiting = this.#queued
      .lines(room - lines.length, this.#idWidth, Date.now())
      .map((line) => {
        return `${markOf('pending', terminal.paint)} ${cutTo(line, terminal.columns - 3)}`;
      });
    return [...lines, ...waiting, this.#barLine(nowMs)];
  }

  #barLine(nowMs: number): string {
    const { paint } = this.#options.terminal;
    const filled = Math.round((this.#ended / Math.max(1, this.#total)) * BAR_WIDTH);
    const bar = paint('green', '━'.repeat(filled)) + paint('dim', '─'.repeat(BAR_WIDTH - filled));
    const elapsed = new Map(
      Array.from(this.#running, ([id, { sinceMs }]) => [id, nowMs - sinceMs]),
    );
    const remainingMs = this.#eta?.remainingMs(elapsed);
    const parts = [
      `${this.#ended}/${this.#total}`,
      `${this.#running.size} running`,
      ...(this.#queued.size === 0 ? [] : [`${this.#queued.size} waiting`]),
      ...(this.#failed === 0 ? [] : [paint('red', `${this.#failed} failed`)]),
      ...(remainingMs === undefined || remainingMs < 500
        ? []
        : [`about ${roughDuration(remainingMs)} left`]),
    ];
    return `${bar} ${parts.join(paint('dim', ' · '))}`;
  }
}

/** The summary counts these; a line for each would push away what matters. */
function isUnstarted(event: RunEvent): boolean {
  return event.type === 'stage.cancelled' && event.attempt === 0;
}
