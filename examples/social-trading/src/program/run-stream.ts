import { type StreamHealth, type StreamStatusServer, stopOnSignals } from '@millrace/stream';
import type { Social } from '../flow/open-social.ts';
import type { HeldBack } from '../sentiment/sentiment-analyzer.ts';
import { eventLine } from './event-lines.ts';
import { openStatus } from './open-status.ts';
import type { ProgramIo } from './program-io.ts';
import { type Summary, summarise } from './summary.ts';

/**
 * Starts a stream, tells what happens in it, and sums up when it has come to its end. Ctrl-C and SIGTERM stop it in
 * order.
 * @param statusPort of a page that shows it; undefined: there is none
 */
export async function runStream(
  social: Social,
  io: ProgramIo,
  statusPort: number | undefined,
): Promise<Summary> {
  const { processor, analyzer, market } = social;
  let buffered = 0;
  let health: StreamHealth | undefined;
  let isInterrupted = false;
  let releaseSignals: (() => void) | undefined;
  const began = performance.now();
  const told = new Set<string>();
  const stopListening = processor.on((event) => {
    if (event.type === 'buffer.flushed') buffered += event.messages;
    // Components are gone once it has stopped, and with them how they were.
    if (event.type === 'stream.stopping') health = processor.health;
    const line = eventLine(event);
    if (line === undefined || told.has(line.text)) return;
    // What happens again and again is told once.
    if (line.isNotice) told.add(line.text);
    (line.isNotice ? io.notice : io.out)(`${line.at} ${line.text}`);
  });
  let status: StreamStatusServer | undefined;
  try {
    if (statusPort !== undefined) status = await openStatus([processor], statusPort);
    if (status !== undefined) io.notice(`Status: ${status.url}`);
    io.out(`Analyser: ${analyzer.name}, ${scoreText(analyzer.heldBack)}`);
    io.out(`Market: ${market}`);
    await processor.start();
    releaseSignals = stopOnSignals(processor, {
      onSignal: () => {
        isInterrupted = true;
        io.notice('stopping: what was accepted is brought to its end; again to leave it');
      },
    });
    const end = await processor.finished;
    const seconds = (performance.now() - began) / 1000;
    const seen = { buffered, health: health ?? processor.health, seconds };
    const summary = summarise(social, end, seen);
    return isInterrupted ? { ...summary, reason: 'interrupted' } : summary;
  } finally {
    releaseSignals?.();
    stopListening();
    await status?.close();
  }
}

function scoreText(heldBack: HeldBack | null): string {
  if (heldBack === null) return 'whose score nobody measured';
  const { own, lexicon, alwaysNeutral } = heldBack;
  const others = `lexicon ${lexicon.toFixed(3)}, always neutral ${alwaysNeutral.toFixed(3)}`;
  return `held-back macro-F1 ${own.toFixed(3)} (${others})`;
}
