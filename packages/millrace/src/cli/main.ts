import { readFileSync } from 'node:fs';

const args = process.argv.slice(2);
const version = readVersion();

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  // Scripts ask for it again and again, so it loads nothing.
  process.stdout.write(`${version}\n`);
} else {
  const { compileCacheFolder, keepCompiledCode } = await import('./compile-cache.ts');
  keepCompiledCode(compileCacheFolder());
  const { endProcess, guardExit } = await import('./exit-guard.ts');
  guardExit();
  const { runCli } = await import('./run-cli.ts');
  endProcess(await runCli(args, version));
}

function readVersion(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}
