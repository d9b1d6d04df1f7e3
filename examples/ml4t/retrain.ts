#!/usr/bin/env node
import { retrain } from './src/commands/retrain.ts';
import { runProgram } from './src/console/run-program.ts';

process.exitCode = await runProgram(retrain, process.argv.slice(2));
