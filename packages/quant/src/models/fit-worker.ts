// The program of a training thread.
import { parentPort } from 'node:worker_threads';
import { MillraceError } from '@millrace/core';
import { fitBody } from './fit-body.ts';
import type { FitAnswer, FitRequest } from './fit-message.ts';

const port = parentPort;

port?.on('message', ({ samples, rows, spec }: FitRequest) => {
  port.postMessage(answer({ samples, rows, spec }));
});

function answer({ samples, rows, spec }: FitRequest): FitAnswer {
  try {
    return { ok: true, body: fitBody(samples, rows, spec) };
  } catch (error) {
    const code = error instanceof MillraceError ? error.code : undefined;
    return { ok: false, code, message: error instanceof Error ? error.message : String(error) };
  }
}
