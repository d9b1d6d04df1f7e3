#!/usr/bin/env node
// Plain JavaScript with no static imports: it must load on any Node in order to refuse an old one.
const [major, minor, patch] = process.versions.node.split('.').map(Number);
const supported =
  major > 24 ||
  (major === 24 && minor >= 15) ||
  (major === 22 && (minor > 23 || (minor === 23 && patch >= 3)));

if (supported) {
  await import('../dist/cli/main.js');
} else {
  console.error(
    `millrace needs Node ^22.23.3 or >=24.15, and this is Node ${process.versions.node}: install a newer Node and run the command again.`,
  );
  process.exitCode = 2;
}
