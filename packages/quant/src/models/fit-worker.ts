// The program of a training thread.
import { parentPort } from 'node:worker_threads';
import { MillraceError } from '@millrace/core';
import { fitBody } from './fit-body.ts';
import type { FitAnswer, FitReply, FitRequest } from './fit-message.ts';
import type { FitRound } from './fit-round.ts';

const port = parentPort;
const send = (reply: FitReply): void => port?.postMessage(reply);

port?.on('message', (request: FitRequest) => send(answer(request)));

function answer({ samples, rows, spec, tellsRounds }: FitRequest): FitAnswer {
  try {
    const onRound = tellsRounds ? (round: FitRound) => send({ round }) : undefined;
    return { ok: true, body: fitBody(samples, rows, spec, onRound) };
  } catch (error) {
    const code = error instanceof MillraceError ? error.code : undefined;
    return { ok: false, code, message: error instanceof Error ? error.message : String(error) };
  }
}
