/** What is written when the process ends, by `process.exit` or by an uncaught error. */
const flushes = new Set<() => void>();

function flushAll(): void {
  for (const flush of flushes) flush();
}

/**
 * Calls back, synchronously, when the process ends. However many logs there are, the process has one
 * listener. Returns how to take it back.
 */
export function onProcessExit(flush: () => void): () => void {
  if (flushes.size === 0) process.on('exit', flushAll);
  flushes.add(flush);
  return () => {
    flushes.delete(flush);
    if (flushes.size === 0) process.off('exit', flushAll);
  };
}
