import { MillraceError, type RunResult, type WaitRecord } from '@millrace/core';
import { factLines } from '../report/fact-lines.ts';
import { summaryLines } from '../report/run-summary.ts';
import { waitJson } from '../report/wait-text.ts';
import { resumeCommand, runCommand } from '../runs/resume-command.ts';
import { signalCommand } from '../runs/signal-command.ts';
import { shownPath, shownStore } from '../runs/store-place.ts';
import type { SessionRequest } from './session-request.ts';

type SessionFacts = Pick<SessionRequest, 'context' | 'flags' | 'loaded' | 'storeSpec'>;

/** What is printed before and after the events of a session. */
export class SessionTexts {
  readonly #request: SessionFacts;
  readonly #logFile: string | undefined;

  constructor(request: SessionFacts, logFile: string | undefined) {
    this.#request = request;
    this.#logFile = logFile;
  }

  /** @param intro lines between the head and the events */
  printHead(runId: string, intro: readonly string[]): void {
    const { context, flags, storeSpec, loaded } = this.#request;
    const { terminal, cwd } = context;
    if (flags.json === true) return;
    const facts = factLines(
      [
        ['run', runId],
        ['pipeline', loaded.pipeline.name],
        ['store', shownStore(storeSpec, cwd)],
        ['log', this.#logFile === undefined ? undefined : shownPath(this.#logFile, cwd)],
      ],
      terminal.paint,
    );
    terminal.print([...facts, ...intro, ''].join('\n'));
  }

  /** @param waits what a run that was released waits for */
  async printResult(result: RunResult, waits: readonly WaitRecord[] = []): Promise<void> {
    const { context, flags, loaded, storeSpec } = this.#request;
    const { terminal, cwd, env } = context;
    const resume = isComplete(result) ? undefined : await this.resumeCommand(result.runId);
    if (flags.json !== true) {
      const { paint } = terminal;
      const { pipeline } = loaded;
      const asked = { runId: result.runId, store: storeSpec, cwd, env };
      const show = await runCommand('show', asked);
      const undo = await runCommand('undo', asked);
      const answer = await signalCommand(asked, waits);
      const options = { paint, pipeline, cwd, env, resume, show, undo, waits, answer };
      terminal.print(summaryLines(result, options).join('\n'));
      return;
    }
    const { context: _values, ...facts } = result;
    terminal.printJson({
      type: 'result',
      ...facts,
      store: storeSpec,
      ...(waits.length === 0 ? {} : { waits: waits.map(waitJson) }),
      ...(resume === undefined ? {} : { resume }),
    });
  }

  /** A run that could not be recorded any more goes on once its store can be written again. */
  async withResumeCommand(error: unknown, runId: string): Promise<unknown> {
    if (!(error instanceof MillraceError)) return error;
    const resume = await this.resumeCommand(runId);
    return new MillraceError(error.code, error.message, {
      details: { ...error.details, runId, ...(resume === undefined ? {} : { resume }) },
      cause: error,
      ...(error.help === undefined ? {} : { help: error.help }),
    });
  }

  async resumeCommand(runId: string): Promise<string | undefined> {
    const { context, storeSpec } = this.#request;
    const { cwd, env } = context;
    return resumeCommand({ runId, store: storeSpec, cwd, env });
  }
}

/** A run that was about some of its stages only can go on with the others. */
export function isComplete({ status, stages }: Pick<RunResult, 'status' | 'stages'>): boolean {
  return status === 'succeeded' && !stages.some(({ reason }) => reason === 'not selected');
}
