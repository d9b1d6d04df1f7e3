import type { RunEvent } from '@millrace/core';
import type { CommandContext, SessionFlags } from '../command-context.ts';
import { JsonReporter } from './json-reporter.ts';
import { LineReporter } from './line-reporter.ts';
import { LiveReporter } from './live-reporter.ts';
import { followedOutlook } from './run-outlook.ts';
import type { RunReporter } from './run-reporter.ts';

interface ViewRequest {
  readonly context: CommandContext;
  readonly flags: SessionFlags;
  /** Stages of which something is on record. */
  readonly ids: ReadonlySet<string>;
}

/** Shows the sessions of a run that another process executes, each as that process would show it. */
export class FollowedView {
  readonly #request: ViewRequest;
  #reporter: RunReporter | undefined;

  constructor(request: ViewRequest) {
    this.#request = request;
  }

  event(event: RunEvent): void {
    const isOpening = event.type === 'run.started' || event.type === 'run.resumed';
    if (isOpening || this.#reporter === undefined) this.#begin(event);
    this.#reporter?.event(event);
  }

  notice(text: string): void {
    if (this.#reporter === undefined) this.#request.context.terminal.notice(text);
    else this.#reporter.notice(text);
  }

  end(): void {
    this.#reporter?.end();
    this.#reporter = undefined;
  }

  #begin(event: RunEvent): void {
    this.end();
    const { context, flags, ids } = this.#request;
    this.#reporter = reporterFor(context, flags);
    this.#reporter.begin(followedOutlook(event, ids));
  }
}

/** How long the rest takes is known to the other process only: it has the plan. */
function reporterFor({ terminal }: CommandContext, flags: SessionFlags): RunReporter {
  if (flags.json === true) return new JsonReporter(terminal);
  if (!terminal.isLive) return new LineReporter(terminal);
  return new LiveReporter({ terminal, past: new Map(), concurrency: 1 });
}
