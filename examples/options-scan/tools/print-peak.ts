/** Imported first by a measured process: it tells its largest resident memory, in MB, as its last line of notices. */
process.on('exit', () => {
  const { maxRSS } = process.resourceUsage();
  process.stderr.write(`peak ${Math.round(maxRSS / 1024)}\n`);
});
