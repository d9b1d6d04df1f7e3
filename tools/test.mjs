// Runs every phase of the test suite, whatever failed before, and ends with one line of totals.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jestProjects } from './jest-projects.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'millrace-test-'));
const removeScratch = () => rmSync(scratch, { recursive: true, force: true });
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => {
    removeScratch();
    process.exit(code);
  });
}

async function npmRun(...args) {
  const child = spawn('npm', ['run', '--silent', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    // What the command line under test would leave behind for the next one goes with the rest.
    env: { ...process.env, NODE_COMPILE_CACHE: join(scratch, 'compiled') },
    shell: process.platform === 'win32',
  });
  const [code] = await once(child, 'close');
  return code === 0;
}

const commandPhase = (name) => ({
  name,
  present: name in scripts,
  async run() {
    return (await npmRun(name)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  },
});

const jestPhase = ({ name, testMatch, exclude }) => ({
  name,
  present: globSync(testMatch, {
    exclude: (path) => /(?:^|[\\/])(?:node_modules|dist)$/.test(path),
  }).some((file) => !exclude.some((suffix) => file.endsWith(suffix))),
  async run() {
    const outputFile = join(scratch, `${name}.json`);
    const args = ['--selectProjects', name, '--ci', '--json', `--outputFile=${outputFile}`];
    const ok = await npmRun('jest', '--', ...args);
    for (const skipped of skippedTests(outputFile)) console.log(`skipped: ${skipped}`);
    return { ...countTests(outputFile), ok };
  },
});

/** The names of skipped tests, which say why. */
function skippedTests(outputFile) {
  try {
    const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8'));
    return testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'pending')
      .map(({ fullName }) => fullName);
  } catch {
    return [];
  }
}

function countTests(outputFile) {
  try {
    const report = JSON.parse(readFileSync(outputFile, 'utf8'));
    return {
      passed: report.numPassedTests,
      // A file that could not be loaded holds tests that were never counted.
      failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const phases = [
  ...['build', 'types', 'lint', 'floors'].map(commandPhase),
  ...jestProjects.map(jestPhase),
  commandPhase('docs'),
].filter((phase) => phase.present);

const totals = { passed: 0, failed: 0 };
const failedPhases = [];

try {
  for (const phase of phases) {
    console.log(`\n== ${phase.name}`);
    const startedAt = performance.now();
    const { passed, failed, ok = failed === 0 } = await phase.run();
    // jest also fails for reasons that are no test, such as an open handle at the end.
    const failures = ok ? failed : Math.max(failed, 1);
    totals.passed += passed;
    totals.failed += failures;
    if (failures > 0) failedPhases.push(phase.name);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`== ${phase.name} ${failures > 0 ? 'FAILED' : 'ok'} in ${seconds} s`);
  }
} finally {
  removeScratch();
}

if (totals.failed > 0) process.exitCode = 1;
console.log(failedPhases.length > 0 ? `\nFailed phases: ${failedPhases.join(', ')}` : '');
console.log(`${totals.passed} passed, ${totals.failed} failed`);
