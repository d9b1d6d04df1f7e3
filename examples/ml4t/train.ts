#!/usr/bin/env node
import { runProgram } from './src/console/run-program.ts';
import { train } from './src/train/train.ts';

process.exitCode = await runProgram(train, process.argv.slice(2));
