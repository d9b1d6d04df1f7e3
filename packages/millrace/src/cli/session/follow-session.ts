import { resolve } from 'node:path';
import {
  type CheckpointStore,
  type FollowEnd,
  followRun,
  type RunRecord,
  type SeenLease,
} from '@millrace/core';
import { openStore } from '../../facade/open-store.ts';
import type { CommandContext, SessionFlags } from '../command-context.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-code.ts';
import { printError } from '../print-error.ts';
import { EventsFile } from './events-file.ts';
import { leftNote, ownerNote, takeoverNote } from './followed-notes.ts';
import { followedHead, printFollowedResult } from './followed-texts.ts';
import { FollowedView } from './followed-view.ts';

interface FollowRequest {
  readonly context: CommandContext;
  readonly flags: SessionFlags;
  /** Absolute. */
  readonly storeSpec: string;
  readonly run: RunRecord;
}

export type FollowedSession =
  | { readonly kind: 'over'; readonly code: ExitCode }
  /** Nobody executes the run any more: it is to be resumed. */
  | { readonly kind: 'abandoned'; readonly abandoned: SeenLease };

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Watches a run that another process executes, and writes nothing to its store. */
export async function followSession(request: FollowRequest): Promise<FollowedSession> {
  const { context, flags, storeSpec } = request;
  const { terminal, cwd } = context;
  const events =
    flags.events === undefined
      ? undefined
      : new EventsFile(resolve(cwd, flags.events), terminal.redact);
  const store = await openStore(storeSpec, { readOnly: true });
  let fault: ReturnType<EventsFile['close']>;
  let session: FollowedSession;
  try {
    session = await concluded(request, store, await followed(request, store, events));
  } finally {
    fault = events?.close();
    await store.close();
  }
  if (fault === undefined) return session;
  printError(fault, { terminal, asJson: false, withStack: false, shell: context });
  return session.kind === 'over' ? { kind: 'over', code: EXIT.failed } : session;
}

async function followed(
  request: FollowRequest,
  store: CheckpointStore,
  events: EventsFile | undefined,
): Promise<FollowEnd> {
  const { context, flags, run } = request;
  const asJson = flags.json === true;
  if (!asJson) context.terminal.print(followedHead(run, { ...request, asJson }).join('\n'));
  const ids = new Set((await store.loadAttempts(run.id)).map(({ stage }) => stage));
  const view = new FollowedView({ context, flags, ids });
  const leave = new AbortController();
  const stop = (): void => leave.abort();
  for (const signal of SIGNALS) process.on(signal, stop);
  let owners = 0;
  try {
    return await followRun(store, run.id, {
      after: run.sessionStartSeq,
      signal: leave.signal,
      onEvent: (event) => {
        events?.add(event);
        view.event(event);
      },
      onOwner: (sight) => view.notice(ownerNote(sight, owners++ === 0)),
    });
  } finally {
    view.end();
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

async function concluded(
  request: FollowRequest,
  store: CheckpointStore,
  end: FollowEnd,
): Promise<FollowedSession> {
  const { context, flags } = request;
  const { terminal } = context;
  const asJson = flags.json === true;
  switch (end.kind) {
    case 'ended': {
      const status = await printFollowedResult(store, end.run, { ...request, asJson });
      return { kind: 'over', code: exitCodeOf(status, flags.strict === true) };
    }
    case 'stopped':
      terminal.notice(leftNote(end.run));
      return { kind: 'over', code: EXIT.cancelled };
    case 'abandoned':
      terminal.notice(takeoverNote(end));
      if (!asJson) terminal.print('');
      return { kind: 'abandoned', abandoned: end.abandoned };
  }
}
