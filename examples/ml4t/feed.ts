#!/usr/bin/env node
import { runProgram } from './src/console/run-program.ts';
import { feed } from './src/serve/feed.ts';

process.exitCode = await runProgram(feed, process.argv.slice(2));
